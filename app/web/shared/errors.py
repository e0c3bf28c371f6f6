# SPDX-License-Identifier: EUPL-1.2
"""How a refusal looks: a page with its sentence, in the reader's language."""

import structlog
from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.documents.pdf import PdfUnavailable
from app.language import phrases
from app.rules.errors import NotAllowed, NotFound, Refusal, RuleBroken

STATUS = {RuleBroken: 409, NotAllowed: 403, NotFound: 404}
log = structlog.get_logger(__name__)


def _refused(problem: Refusal) -> tuple[str, int]:
    code = STATUS[type(problem)]
    return render_template(f"web/shared/{code}.html", sentence=phrases.refusal(problem)), code


def _stale_form(problem: CSRFError) -> tuple[str, int]:
    return render_template("web/shared/400.html"), 400


def _http(problem: HTTPException) -> tuple[str, int] | HTTPException:
    code = problem.code or 500
    if code not in (403, 404, 405, 409, 413, 429):
        return problem
    return render_template(f"web/shared/{code}.html", sentence=None), code


def _no_pdf(problem: PdfUnavailable) -> tuple[str, int]:
    return render_template("web/shared/503.html", sentence=str(problem)), 503


def _broken(problem: Exception) -> tuple[str, int]:
    log.exception("page failed")
    return render_template("web/shared/500.html"), 500


def init_app(app: Flask) -> None:
    """Answer every refusal with a page."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(PdfUnavailable, _no_pdf)
    if not app.testing:
        app.register_error_handler(Exception, _broken)
