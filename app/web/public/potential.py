# SPDX-License-Identifier: EUPL-1.2
"""What inclusive structures could do of a purchase, and by which lever: for anybody who buys."""

from flask import render_template, request

from app.language import potential as words
from app.queries import potential as potentials
from app.queries.potential import Purchase
from app.rules.errors import RuleBroken
from app.rules.permissions import Permission
from app.rules.potential import Potential
from app.web.forms.matching import PurchaseForm
from app.web.shared.forms import say_on
from app.web.shared.guard import guard
from app.web.shared.standing import standing


@guard(Permission.VISIT)
def potential() -> str:
    """A short form, and the answer below it; all of it lives in the address."""
    ours = standing()
    form = PurchaseForm(home=ours.department if ours else "", formdata=request.args or None)
    purchase, found = _answer(form) if request.args and form.validate() else (None, None)
    return render_template(
        "web/public/potential.html", form=form, purchase=purchase, found=found,
        said=words.said, titled=words.titled,
    )  # fmt: skip


def _answer(form: PurchaseForm) -> tuple[Purchase | None, Potential | None]:
    try:
        purchase = Purchase(**form.facts)
    except RuleBroken as problem:
        say_on(form, problem)
        return None, None
    if not purchase.family and not purchase.cpv:
        return None, None
    return purchase, potentials.of(purchase)
