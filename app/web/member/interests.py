# SPDX-License-Identifier: EUPL-1.2
"""A company says that a need interests it; the buyer says yes or no."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import interests as actions
from app.language.translate import gettext
from app.queries import interests, needs
from app.queries.interests import NeedInterest
from app.queries.needs import Need
from app.rules.errors import NotAllowed
from app.rules.permissions import Permission
from app.web.forms.interests import InterestForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me
from app.web.shared.standing import standing


@guard(Permission.ASK_ABOUT_NEED, need=needs.by_id)
def show(need: Need) -> str | Response | tuple[str, int]:
    """Some words to the buyer, who answers yes or no."""
    company = standing()
    if company is None:
        raise NotAllowed
    shown = interests.between(need, company)
    form = InterestForm(obj=shown) if request.method == "GET" else InterestForm()
    if form.validate_on_submit():
        with said_on(form):
            actions.show(need, company, by=me(), message=form.message.data or "")
            flash(gettext("L'acheteur sait que son besoin vous intéresse."), "good")
            return redirect(url_for("public.needs.need", need=need.id))
    page = render_template("web/member/interest_form.html", form=form, need=need, shown=shown)
    return (page, 422) if form.errors else page


@guard(Permission.MANAGE_NEED, interest=interests.by_id)
def accept(interest: NeedInterest) -> Response:
    """Yes: this company reads our name, if the need is anonymous."""
    actions.accept(interest, by=me())
    name = interest.company.display_name
    flash(gettext("C'est oui : %(name)s est prévenue.", name=name), "good")
    return _back(interest)


@guard(Permission.MANAGE_NEED, interest=interests.by_id)
def decline(interest: NeedInterest) -> Response:
    """No, and nothing more is told."""
    actions.decline(interest, by=me())
    name = interest.company.display_name
    flash(gettext("%(name)s est prévenue que vous ne donnez pas suite.", name=name), "good")
    return _back(interest)


def _back(interest: NeedInterest) -> Response:
    return redirect(url_for("public.needs.need", need=interest.need_id, _anchor="interets"))
