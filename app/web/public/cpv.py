# SPDX-License-Identifier: EUPL-1.2
"""Looking a CPV code up by words: a page of its own, and the choices of the form of a need."""

from flask import render_template, request

from app.language import translate
from app.queries import cpv
from app.rules.cpv import DIVISIONS
from app.rules.permissions import Permission
from app.web.shared.guard import guard


@guard(Permission.VISIT)
def search() -> str:
    """Words in French or English, or the first digits; codes with what they are a part of."""
    sought = (request.args.get("q") or request.args.get("cpv_words") or "").strip()[:100]
    language = translate.language()
    in_form = "cpv_words" in request.args
    ticked = [
        code
        for code in request.args.getlist("cpv_codes")[:20]
        if code.isdecimal() and len(code) <= 8 and code[:2] in DIVISIONS
    ]
    return render_template(
        "web/shared/cpv_choices.html" if in_form else "web/public/cpv.html",
        sought=sought,
        found=cpv.search(sought, language=language) if sought else None,
        ticked=cpv.entries(ticked, language=language),
        has_cpv=cpv.is_loaded(),
    )
