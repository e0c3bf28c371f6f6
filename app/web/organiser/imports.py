# SPDX-License-Identifier: EUPL-1.2
"""Bringing organisations or public contracts into the directory: look, confirm, read the report."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import contract_imports
from app.actions import imports as actions
from app.actions import jobs as work
from app.documents import imports as papers
from app.language.translate import gettext, ngettext
from app.queries import editions, imports
from app.queries.editions import Edition
from app.queries.imports import DirectoryImport
from app.rules.companies import BuyerKind, Role
from app.rules.errors import RuleBroken
from app.rules.imports import Fate, Holds, ImportState
from app.rules.permissions import Permission
from app.web.forms.imports import ImportForm
from app.web.shared.forms import say_on
from app.web.shared.guard import guard
from app.web.shared.login import me

MOST_SHOWN = 100
CSV_TYPE = "text/csv; charset=utf-8"


@guard(Permission.ORGANISE, edition=editions.by_slug)
def upload(edition: Edition) -> str | Response | tuple[str, int]:
    """Choose a table; nothing changes before it is confirmed."""
    form = ImportForm()
    if form.validate_on_submit():
        try:
            return redirect(_page(edition, _looked_at(edition, form)))
        except RuleBroken as problem:
            say_on(form, problem)
    shown = render_template(
        "web/organiser/import.html", edition=edition, form=form, latest=imports.latest(edition)
    )
    return (shown, 422) if form.errors else shown


@guard(Permission.ORGANISE, edition=editions.by_slug, directory_import=imports.by_id)
def shown(edition: Edition, directory_import: DirectoryImport) -> str:
    """What a table would do, is doing or did, and the lines turned down."""
    faults = imports.rejected_of(directory_import)
    return render_template(
        "web/organiser/import_report.html",
        edition=edition,
        one=directory_import,
        counts=[(fate, directory_import.counts.get(fate, 0)) for fate in _fates(directory_import)],
        faults=[(fault, papers.reason(fault)) for fault in faults[:MOST_SHOWN]],
        more=max(0, len(faults) - MOST_SHOWN),
    )


@guard(Permission.ORGANISE, edition=editions.by_slug, directory_import=imports.by_id)
def confirm(edition: Edition, directory_import: DirectoryImport) -> Response:
    """Let the good lines into the directory."""
    list_buyers = request.form.get("list_buyers") == "1"
    actions.confirm(directory_import, by=me(), list_buyers=list_buyers)
    if directory_import.state == ImportState.DONE:
        flash(_done(directory_import), "good")
    return redirect(_page(edition, directory_import))


@guard(Permission.ORGANISE, edition=editions.by_slug, directory_import=imports.by_id)
def stop(edition: Edition, directory_import: DirectoryImport) -> Response:
    """Stop on the way; the lines that are in stay."""
    if directory_import.job is not None:
        work.cancel(directory_import.job, by=me())
    return redirect(_page(edition, directory_import))


@guard(Permission.ORGANISE, edition=editions.by_slug, directory_import=imports.by_id)
def discard(edition: Edition, directory_import: DirectoryImport) -> Response:
    """Put the table aside: nothing of it enters the directory."""
    actions.put_aside(directory_import, by=me())
    flash(gettext("Ce fichier est écarté. Rien n'a changé dans l'annuaire."))
    return redirect(url_for("organiser.imports.upload", edition=edition.slug))


@guard(Permission.ORGANISE, edition=editions.by_slug, directory_import=imports.by_id)
def report(edition: Edition, directory_import: DirectoryImport) -> Response:
    """The rejected lines, for a spreadsheet."""
    name = gettext("lignes-refusees-%(number)s.csv", number=directory_import.id)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(papers.report(directory_import), content_type=CSV_TYPE, headers=headers)


def _looked_at(edition: Edition, form: ImportForm) -> DirectoryImport:
    """Errors: RuleBroken on the field `file`."""
    name, content = form.file.data.filename, form.file.data.read()
    team = edition.series.organiser
    if form.role.data == form.CONTRACTS:
        return contract_imports.look_at(team, by=me(), file_name=name, content=content)
    return actions.look_at(
        team,
        by=me(),
        role=Role(form.role.data),
        usual_kind=BuyerKind(form.usual_kind.data),
        file_name=name,
        content=content,
    )


def _fates(an_import: DirectoryImport) -> list[Fate]:
    """Nobody claims a contract."""
    of_contracts = an_import.holds == Holds.CONTRACTS
    return [fate for fate in Fate if not (of_contracts and fate == Fate.CLAIMED)]


def _done(an_import: DirectoryImport) -> str:
    read = an_import.good
    if an_import.holds == Holds.CONTRACTS:
        return ngettext("C'est fait : un marché lu.", "C'est fait : %(num)d marchés lus.", read)
    return ngettext("C'est fait : une ligne lue.", "C'est fait : %(num)d lignes lues.", read)


def _page(edition: Edition, an_import: DirectoryImport) -> str:
    return url_for("organiser.imports.shown", edition=edition.slug, directory_import=an_import.id)
