# SPDX-License-Identifier: EUPL-1.2
"""The sheets of a team: written, previewed, published, withdrawn."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions import guidance as actions
from app.language import phrases
from app.language.translate import gettext
from app.queries import companies, editions, guidance, needs, workshops
from app.queries.editions import Edition
from app.queries.guidance import Sheet
from app.rules.errors import RuleBroken
from app.rules.permissions import Permission
from app.web.forms.guidance import SheetForm, filled
from app.web.shared import filters
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.ORGANISE, edition=editions.by_slug)
def sheets(edition: Edition) -> str:
    """All the sheets of the team, drafts included."""
    return render_template(
        "web/organiser/sheets.html",
        edition=edition,
        page=guidance.of_team(edition.organiser_id, page=filters.page_number()),
    )


@guard(Permission.ORGANISE, edition=editions.by_slug)
def new(edition: Edition) -> str | Response | tuple[str, int]:
    """Begin a sheet."""
    form = _form(edition)
    if form.validate_on_submit():
        with said_on(form):
            (organiser,) = editions.teams(frozenset({edition.organiser_id}))
            sheet = actions.write(
                organiser, by=me(), kind=form.kind.data, wording=form.wording,
                credit=form.credit.data or "", **_attached(form),
            )  # fmt: skip
            flash(gettext("La fiche est enregistrée. Relisez-la, puis publiez-la."), "good")
            return _read_over(edition, sheet)
    return _form_page(edition, form, None)


@guard(Permission.ORGANISE, edition=editions.by_slug, sheet=guidance.by_id)
def edit(edition: Edition, sheet: Sheet) -> str | Response | tuple[str, int]:
    """Write the next version of a sheet."""
    words, about = guidance.latest_of(sheet), guidance.about(sheet)
    form = _form(edition, **filled(sheet, words, about))
    if form.validate_on_submit():
        with said_on(form):
            actions.rewrite(
                sheet, by=me(), wording=form.wording, credit=form.credit.data or "",
                **_attached(form),
            )  # fmt: skip
            flash(gettext("La nouvelle version est enregistrée. Relisez-la, puis publiez-la."))
            return _read_over(edition, sheet)
    return _form_page(edition, form, sheet)


@guard(Permission.ORGANISE, edition=editions.by_slug, sheet=guidance.by_id)
def preview(edition: Edition, sheet: Sheet) -> str:
    """The latest version as it will be read, and what one may do with it."""
    return render_template(
        "web/organiser/sheet.html",
        edition=edition,
        sheet=sheet,
        shown=guidance.Shown(sheet, guidance.latest_of(sheet)),
        about=guidance.about(sheet),
        versions=guidance.versions(sheet),
    )


@guard(Permission.ORGANISE, edition=editions.by_slug, sheet=guidance.by_id)
def publish(edition: Edition, sheet: Sheet) -> Response:
    """Show the latest version to everybody."""
    actions.publish(sheet, by=me())
    flash(gettext("La fiche est publiée."), "good")
    return _read_over(edition, sheet)


@guard(Permission.ORGANISE, edition=editions.by_slug, sheet=guidance.by_id)
def withdraw(edition: Edition, sheet: Sheet) -> Response:
    """Take a sheet back."""
    try:
        actions.withdraw(sheet, by=me())
    except RuleBroken as problem:
        flash(phrases.refusal(problem), "bad")
    else:
        flash(gettext("La fiche est retirée : plus personne ne la lit, sauf votre équipe."), "good")
    return _read_over(edition, sheet)


def _form(edition: Edition, **shown: Any) -> SheetForm:
    theirs = editions.of_organisers(frozenset({edition.organiser_id}))
    return SheetForm(
        sectors=companies.sectors(),
        editions=theirs,
        workshops=workshops.of_edition(edition),
        data=shown or None,
    )


def _form_page(edition: Edition, form: SheetForm, sheet: Sheet | None) -> str | tuple[str, int]:
    page = render_template(
        "web/organiser/sheet_form.html",
        edition=edition,
        form=form,
        sheet=sheet,
        groups=_by_group(),
    )
    return (page, 422) if form.errors else page


def _by_group() -> list[tuple[Any, list[Any]]]:
    """Each family with its trades."""
    found: dict[int, tuple[Any, list[Any]]] = {}
    for sector in companies.sectors():
        found.setdefault(sector.group_id, (sector.group, []))[1].append(sector)
    return list(found.values())


def _attached(form: SheetForm) -> dict[str, Any]:
    """What the form says the sheet is about: numbers of trades, needs, editions, workshops."""
    return {
        "sectors": form.sectors.data or [],
        "editions": form.editions.data or [],
        "workshops": form.workshops.data or [],
        "needs": [needs.by_id(number).id for number in form.need_numbers],
    }


def _read_over(edition: Edition, sheet: Sheet) -> Response:
    return redirect(url_for("organiser.guidance.preview", edition=edition.slug, sheet=sheet.id))
