# SPDX-License-Identifier: EUPL-1.2
"""One line of log per request, with an identifier that links what happened in it."""

import logging
import secrets
import time

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger("passerelle.web")


def _begin() -> None:
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=secrets.token_hex(4))


def _end(response: Response) -> Response:
    took = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000)
    log.info(
        "answered", method=request.method, path=request.path, status=response.status_code, ms=took
    )
    return response


def init_app(app: Flask) -> None:
    """Log as text on a console or as JSON for machines, as LOG_FORMAT says."""
    as_json = app.config.get("LOG_FORMAT") == "json"
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.WARNING if app.testing else logging.INFO
        ),
    )
    app.before_request(_begin)
    app.after_request(_end)
