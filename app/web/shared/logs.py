# SPDX-License-Identifier: EUPL-1.2
"""One line of log per request, with an identifier that links what happened in it."""

import logging
import secrets
import time

import structlog
from flask import Flask, Response, g, request

LONGEST_NAME = 20  # longer than any number, shorter than any token
log = structlog.get_logger("passerelle.web")


def _begin() -> None:
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=secrets.token_hex(4))


def _end(response: Response) -> Response:
    took = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000)
    log.info("answered", method=request.method, path=_path(), status=response.status_code, ms=took)
    return response


def _path() -> str:
    """The address without the secrets that some hold: links of letters, private calendars."""
    secrets_in_it = [str(value) for value in (request.view_args or {}).values()]
    path = request.path
    for secret in secrets_in_it:
        path = path.replace(secret, "…") if len(secret) > LONGEST_NAME else path
    return path


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
