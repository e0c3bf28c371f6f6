# SPDX-License-Identifier: EUPL-1.2
"""Bringing organisations or contracts into the directory: columns, preview, confirm, report."""

from contextlib import closing

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import import_runs as runs
from app.actions import imports as actions
from app.actions import jobs as work
from app.documents import imports as papers
from app.language import phrases
from app.language.translate import gettext, ngettext
from app.queries import editions, imports
from app.queries.editions import Edition
from app.queries.imports import DirectoryImport
from app.rules.columns import Column
from app.rules.errors import RuleBroken
from app.rules.imports import Fate, Holds, ImportState
from app.rules.permissions import Permission
from app.web.forms.imports import ImportForm, columns_for, columns_said
from app.web.shared.forms import say_on
from app.web.shared.guard import guard
from app.web.shared.login import me

MOST_SHOWN = 50
FACTS = {"company_kind": Column.KIND, "buyer_kind": Column.KIND}
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guard(Permission.ORGANISE, edition=editions.by_slug)
def upload(edition: Edition) -> str | Response | tuple[str, int]:
    """Choose a table; nothing changes before it is confirmed."""
    form = ImportForm()
    if form.validate_on_submit():
        try:
            return redirect(_page(edition, _brought(edition, form)))
        except RuleBroken as problem:
            say_on(form, problem)
    shown = render_template(
        "web/organiser/import.html",
        edition=edition,
        form=form,
        latest=imports.latest(edition),
        names=imports.source_names(edition.organiser_id),
    )
    return (shown, 422) if form.errors else shown


@guard(Permission.ORGANISE, edition=editions.by_slug, directory_import=imports.by_id)
def shown(edition: Edition, directory_import: DirectoryImport) -> str:
    """What a table would do, is doing or did, and the lines turned down."""
    return _shown(edition, directory_import)


def _shown(edition: Edition, one: DirectoryImport, problem: str = "") -> str:
    faults = imports.rejected_of(one, MOST_SHOWN)
    said = {place: column for column, place in one.columns.items()}
    return render_template(
        "web/organiser/import_report.html",
        edition=edition,
        one=one,
        counts=[(fate, one.counts.get(fate, 0)) for fate in _fates(one)],
        faults=[(fault, papers.reason(fault)) for fault in faults],
        more=max(0, imports.count_rejected(one) - len(faults)),
        choices=columns_for(one),
        chosen=[
            request.form.get(f"column-{place}", said.get(place, ""))
            for place in range(len(one.header))
        ],
        problem=problem or (phrases.sentence(**one.problem) if one.problem else ""),
        samples=[(fate, [told for told in one.samples if told["fate"] == fate]) for fate in Fate],
        fact_word=_fact_word,
    )


@guard(Permission.ORGANISE, edition=editions.by_slug, directory_import=imports.by_id)
def columns(
    edition: Edition, directory_import: DirectoryImport
) -> str | Response | tuple[str, int]:
    """Say what each column holds; the preview is made again."""
    try:
        said = columns_said(directory_import, request.form)
        actions.say_columns(directory_import, columns=said, by=me())
    except RuleBroken as problem:
        if problem.key == "import_step":
            raise
        return _shown(edition, directory_import, phrases.refusal(problem)), 422
    flash(
        gettext("Ces colonnes sont retenues : le prochain fichier semblable sera lu ainsi."), "good"
    )
    return redirect(_page(edition, directory_import))


@guard(Permission.ORGANISE, edition=editions.by_slug, directory_import=imports.by_id)
def confirm(edition: Edition, directory_import: DirectoryImport) -> Response:
    """Let the good lines into the directory."""
    runs.confirm(
        directory_import,
        by=me(),
        list_buyers=request.form.get("list_buyers") == "1",
        kin=request.form.getlist("kin"),
    )
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
    runs.put_aside(directory_import, by=me())
    flash(gettext("Ce fichier est écarté. Rien n'a changé dans l'annuaire."))
    return redirect(url_for("organiser.imports.upload", edition=edition.slug))


@guard(Permission.ORGANISE, edition=editions.by_slug, directory_import=imports.by_id)
def report(edition: Edition, directory_import: DirectoryImport) -> Response:
    """The rejected lines as a text table, to be mended and sent again."""
    return _file(directory_import, "csv", papers.report(directory_import), CSV_TYPE)


@guard(Permission.ORGANISE, edition=editions.by_slug, directory_import=imports.by_id)
def workbook(edition: Edition, directory_import: DirectoryImport) -> Response:
    """The rejected lines as a spreadsheet."""
    return _file(directory_import, "xlsx", papers.workbook(directory_import), XLSX_TYPE)


def _fact_word(name: str) -> str:
    """The word for an attribute of a listing that a table changes."""
    return phrases.word(FACTS.get(name) or Column(name))


def _file(an_import: DirectoryImport, ending: str, content: bytes, content_type: str) -> Response:
    name = gettext("lignes-refusees-%(number)s", number=an_import.id)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(content, content_type=content_type, headers=headers)


def _brought(edition: Edition, form: ImportForm) -> DirectoryImport:
    """Errors: RuleBroken on the field `file`."""
    with closing(form.file.data) as file:
        name, content = file.filename, file.read()
    return actions.bring(
        edition.series.organiser,
        by=me(),
        role=form.holds,
        file_name=name,
        content=content,
        usual=form.usual,
        source=(form.source.data or "").strip(),
    )


def _fates(an_import: DirectoryImport) -> list[Fate]:
    """Nobody types a contract."""
    of_contracts = an_import.holds == Holds.CONTRACTS
    return [fate for fate in Fate if not (of_contracts and fate == Fate.KEPT)]


def _done(an_import: DirectoryImport) -> str:
    read = an_import.good
    if an_import.holds == Holds.CONTRACTS:
        return ngettext("C'est fait : un marché lu.", "C'est fait : %(num)d marchés lus.", read)
    return ngettext("C'est fait : une ligne lue.", "C'est fait : %(num)d lignes lues.", read)


def _page(edition: Edition, an_import: DirectoryImport) -> str:
    return url_for("organiser.imports.shown", edition=edition.slug, directory_import=an_import.id)
