# SPDX-License-Identifier: EUPL-1.2
"""Pages of plain words: accessibility, what becomes of data, who runs the site."""

from flask import render_template

from app.rules.permissions import Permission
from app.web.shared.guard import guard


@guard(Permission.VISIT)
def accessibility() -> str:
    """The accessibility statement."""
    return render_template("web/public/accessibility.html")


@guard(Permission.VISIT)
def privacy() -> str:
    """Which data are kept, why, and for how long."""
    return render_template("web/public/privacy.html")


@guard(Permission.VISIT)
def legal() -> str:
    """Who runs the site, and under which licence."""
    return render_template("web/public/legal.html")
