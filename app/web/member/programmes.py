# SPDX-License-Identifier: EUPL-1.2
"""A buyer brings its purchase programme: look, confirm, and find drafts to complete."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions import programmes as actions
from app.documents import programmes as papers
from app.language.translate import gettext, ngettext
from app.queries import companies, programmes
from app.queries.companies import Organisation
from app.queries.programmes import NeedImport
from app.rules.companies import Role
from app.rules.errors import NotFound
from app.rules.permissions import Permission
from app.rules.programmes import MOST_NEEDS, Fate
from app.web.forms.attachments import ProgrammeForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me

SPEAK = Permission.SPEAK_FOR_ORGANISATION
MOST_SHOWN = 100


@guard(SPEAK, organisation=companies.by_id)
def upload(organisation: Organisation) -> str | Response | tuple[str, int]:
    """Choose a table; no need is written before it is confirmed."""
    if organisation.role != Role.BUYER:
        raise NotFound
    form = ProgrammeForm()
    if form.validate_on_submit():
        file = form.file.data
        with said_on(form):
            looked_at = actions.look_at(
                organisation, by=me(), file_name=file.filename or "", content=file.read()
            )
            return redirect(_page(looked_at))
    page = render_template(
        "web/member/programme.html",
        form=form, organisation=organisation, latest=programmes.latest(organisation),
        most=MOST_NEEDS,
    )  # fmt: skip
    return (page, 422) if form.errors else page


@guard(SPEAK, programme=programmes.by_id)
def shown(programme: NeedImport) -> str:
    """What the table would do or did, and what could not be read."""
    faults = programmes.faults_of(programme)
    return render_template(
        "web/member/programme_report.html",
        one=programme,
        counts=[(fate, programme.counts.get(fate.value, 0)) for fate in Fate],
        faults=[(fault, papers.reason(fault)) for fault in faults[:MOST_SHOWN]],
        more=max(0, len(faults) - MOST_SHOWN),
        lost=len({fault.number for fault in faults if fault.is_fatal}),
        lines=programme.lines[:MOST_SHOWN],
        columns=papers.columns_of(programme),
    )


@guard(SPEAK, programme=programmes.by_id)
def confirm(programme: NeedImport) -> Response:
    """Write the drafts."""
    made = actions.carry_out(programme, by=me())[Fate.NEW.value]
    words = ngettext("Un brouillon est prêt.", "%(num)d brouillons sont prêts.", made)
    flash(f"{words} {gettext('Complétez-les, puis publiez ceux que vous voulez.')}", "good")
    return redirect(url_for("member.needs.mine", organisation=programme.organisation_id))


@guard(SPEAK, programme=programmes.by_id)
def discard(programme: NeedImport) -> Response:
    """Forget the table; nothing was written."""
    organisation = programme.organisation_id
    actions.put_aside(programme, by=me())
    flash(gettext("Ce tableau est écarté : aucun besoin n'a changé."))
    return redirect(url_for("member.programmes.upload", organisation=organisation))


@guard(SPEAK, programme=programmes.by_id)
def report(programme: NeedImport) -> Response:
    """What could not be read, for a spreadsheet."""
    name = gettext("lignes-refusees-%(number)s.csv", number=programme.id)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = papers.report(programmes.faults_of(programme))
    return Response(content, content_type="text/csv; charset=utf-8", headers=headers)


def _page(programme: NeedImport) -> str:
    return url_for("member.programmes.shown", programme=programme.id)
