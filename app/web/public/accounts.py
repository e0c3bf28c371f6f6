# SPDX-License-Identifier: EUPL-1.2
"""Logging in and out."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from app.rules.permissions import Permission
from app.web.shared import login
from app.web.shared.guard import guard


@guard(Permission.VISIT)
def log_in() -> str:
    """To be written by the accounts helper."""
    return ""


@guard(Permission.VISIT)
def log_out() -> Response:
    """Leave."""
    login.let_out()
    return redirect(url_for("public.home.home"))
