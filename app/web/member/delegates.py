# SPDX-License-Identifier: EUPL-1.2
"""The people an organisation sends: added, corrected, taken off."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import registrations as actions
from app.language.translate import gettext, ngettext
from app.queries import meetings, registrations
from app.queries.registrations import Delegate, Registration
from app.rules.permissions import Permission
from app.web.forms.participation import DelegateForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me

SPEAK = Permission.SPEAK_FOR_REGISTRATION


@guard(SPEAK, registration=registrations.by_id)
def add(registration: Registration) -> str | Response | tuple[str, int]:
    """One more person."""
    form = DelegateForm()
    form.fit(registration.edition.mode)
    if form.validate_on_submit():
        with said_on(form):
            delegate = actions.add_delegate(registration, by=me(), **form.facts)  # type: ignore[arg-type]
            flash(gettext("%(name)s aura son badge.", name=delegate.name), "good")
            return _back(registration)
    return _page(form, registration)


@guard(SPEAK, delegate=registrations.delegate_by_id)
def change(delegate: Delegate) -> str | Response | tuple[str, int]:
    """A name, a function or an address is corrected; meetings and badge code stay."""
    attendance = "remote" if delegate.remote else "here"
    form = DelegateForm(obj=delegate, data={"attendance": attendance})
    form.fit(delegate.registration.edition.mode)
    if form.validate_on_submit():
        with said_on(form):
            actions.change_delegate(delegate, by=me(), **_kept(form, delegate))
            flash(gettext("C'est enregistré."), "good")
            return _back(delegate.registration)
    return _page(form, delegate.registration, delegate)


@guard(SPEAK, delegate=registrations.delegate_by_id)
def remove(delegate: Delegate) -> str | Response:
    """The consequences first, then the person is taken off the list."""
    registration = delegate.registration
    if request.method == "GET":
        return render_template(
            "web/member/delegate_removal.html",
            delegate=delegate,
            registration=registration,
            meetings=meetings.of_delegate(delegate),
        )
    name = delegate.name
    freed = actions.remove_delegate(delegate, by=me())
    flash(gettext("%(name)s ne vient plus.", name=name), "good")
    if freed:
        flash(
            ngettext(
                "%(num)d rendez-vous est libéré ; l'autre partie est prévenue.",
                "%(num)d rendez-vous sont libérés ; les autres parties sont prévenues.",
                freed,
            ),
            "attention",
        )
    return _back(registration)


def _kept(form: DelegateForm, delegate: Delegate) -> dict[str, object]:
    """What was typed; where attendance is not asked, it stays as it is."""
    facts = form.facts
    return facts if "attendance" in form else {**facts, "remote": delegate.remote}


def _back(registration: Registration) -> Response:
    here = url_for(
        "member.participation.show",
        organisation=registration.organisation_id,
        edition=registration.edition.slug,
        _anchor="delegues",
    )
    return redirect(here)


def _page(
    form: DelegateForm, registration: Registration, delegate: Delegate | None = None
) -> str | tuple[str, int]:
    page = render_template(
        "web/member/delegate_form.html", form=form, registration=registration, delegate=delegate
    )
    return (page, 422) if form.errors else page
