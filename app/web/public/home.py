# SPDX-License-Identifier: EUPL-1.2
"""The public face of the fair."""

from flask import redirect, render_template, request, session
from werkzeug.wrappers import Response

from app.language.translate import LANGUAGES
from app.queries import editions
from app.rules.errors import NotFound
from app.rules.permissions import Permission
from app.web.shared.addresses import safe_next
from app.web.shared.guard import guard


@guard(Permission.VISIT)
def home() -> str:
    """The poster of the next edition."""
    return render_template("web/public/home.html", edition=editions.current())


@guard(Permission.VISIT)
def language(code: str) -> Response:
    """Read the site in another language from now on."""
    if code not in LANGUAGES:
        raise NotFound
    session["language"] = code
    return redirect(safe_next(request.form.get("next")))
