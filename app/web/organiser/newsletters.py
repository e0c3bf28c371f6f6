# SPDX-License-Identifier: EUPL-1.2
"""The newsletter of a team: its readers, its issues, and sending one."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import letters
from app.actions import newsletters as actions
from app.language import phrases
from app.language.translate import LANGUAGES, gettext
from app.queries import editions, jobs, newsletters, teams
from app.queries.editions import Edition
from app.queries.newsletters import Issue
from app.rules.errors import NotAllowed, RuleBroken
from app.rules.newsletters import Audience, IssueState, Reader
from app.rules.permissions import Permission
from app.rules.territories import DEPARTMENTS
from app.web.forms.newsletters import IssueForm
from app.web.shared import filters
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.ORGANISE, edition=editions.by_slug)
def newsletter(edition: Edition) -> str:
    """The issues, who reads them, and the addresses that are left out."""
    return render_template(
        "web/organiser/newsletter.html",
        edition=edition,
        issues=newsletters.of_team(edition.organiser_id),
        audiences=newsletters.audiences(edition.organiser_id),
        kinds=list(Audience),
        suspended=newsletters.suspensions(edition.organiser_id),
    )


@guard(Permission.ORGANISE, edition=editions.by_slug)
def compose(edition: Edition) -> Response:
    """Begin an issue with all that is new."""
    organiser = teams.chosen(edition.organiser_id)
    if organiser is None:
        raise NotAllowed
    return _to(edition, actions.compose(organiser, by=me()))


@guard(Permission.ORGANISE, edition=editions.by_slug, issue=newsletters.by_id)
def issue(edition: Edition, issue: Issue) -> str | Response | tuple[str, int]:
    """Write the team's word and choose the news; once it is sent, what became of it."""
    if issue.state != IssueState.DRAFT:
        return _sent(edition, issue)
    new = newsletters.news(issue.since, issue.until)
    form = IssueForm(new, obj=issue, data=dict(issue.chosen))
    if form.validate_on_submit():
        with said_on(form):
            actions.arrange(issue, by=me(), **form.arranged)
            page = "preview" if "relire" in request.form else "issue"
            flash(gettext("Le numéro est enregistré."), "good")
            return _to(edition, issue, page)
    page = render_template(
        "web/organiser/issue_form.html", edition=edition, issue=issue, form=form, new=new
    )
    return (page, 422) if form.errors else page


@guard(Permission.ORGANISE, edition=editions.by_slug, issue=newsletters.by_id)
def preview(edition: Edition, issue: Issue) -> str:
    """The issue as one kind of reader gets it."""
    reader = _reader()
    return render_template(
        "web/organiser/issue_preview.html",
        edition=edition,
        issue=issue,
        reader=reader,
        letter=actions.words_for(issue, reader, newsletters.contents(issue)),
        left=len(newsletters.readers_left(issue)),
        audiences=list(Audience),
        departments=DEPARTMENTS,
        languages=LANGUAGES,
    )


@guard(Permission.ORGANISE, edition=editions.by_slug, issue=newsletters.by_id)
def try_out(edition: Edition, issue: Issue) -> Response:
    """Send it to oneself first."""
    person = me()
    if person is None:
        raise NotAllowed
    actions.try_out(issue, by=person, reader=_reader())
    flash(gettext("Un exemplaire part à %(address)s.", address=person.email), "good")
    return _to(edition, issue, "preview")


@guard(Permission.ORGANISE, edition=editions.by_slug, issue=newsletters.by_id)
def send(edition: Edition, issue: Issue) -> Response:
    """Send it to everybody, or go on with a sending that was stopped."""
    person = me()
    if person is None:
        raise NotAllowed
    begin = actions.resume if issue.state == IssueState.SENDING else actions.send
    try:
        job = begin(issue, by=person)
    except RuleBroken as problem:
        flash(phrases.refusal(problem), "bad")
        return _to(edition, issue)
    return redirect(url_for("shared.jobs.job", job=job.id))


@guard(Permission.ORGANISE, edition=editions.by_slug, issue=newsletters.by_id)
def discard(edition: Edition, issue: Issue) -> Response:
    """Throw a draft away."""
    try:
        actions.discard(issue, by=me())
    except RuleBroken as problem:
        flash(phrases.refusal(problem), "bad")
    else:
        flash(gettext("Le brouillon est jeté."), "good")
    return redirect(url_for("organiser.newsletters.newsletter", edition=edition.slug))


@guard(Permission.ORGANISE, edition=editions.by_slug)
def lift(edition: Edition, suspension: int) -> Response:
    """Write to a suspended address again."""
    found = newsletters.suspension_of(edition.organiser_id, suspension)
    letters.lift(found, by=me())
    flash(gettext("%(address)s recevra de nouveau les envois.", address=found.address), "good")
    return redirect(url_for("organiser.newsletters.newsletter", edition=edition.slug))


def _sent(edition: Edition, issue: Issue) -> str:
    return render_template(
        "web/organiser/issue.html",
        edition=edition,
        issue=issue,
        letters=newsletters.letters_of(issue),
        left=len(newsletters.readers_left(issue)),
        job=jobs.last_of("send_issue", issue=issue.id),
    )


def _reader() -> Reader:
    given = request.values
    audience = filters.one_of(Audience, "lecteur") or Audience.COMPANY
    department = given.get("departement", "")
    language = given.get("langue", "fr")
    return Reader(
        audience,
        frozenset({department} if department in DEPARTMENTS else ()),
        language if language in LANGUAGES else "fr",
    )


def _to(edition: Edition, issue: Issue, page: str = "issue") -> Response:
    return redirect(url_for(f"organiser.newsletters.{page}", edition=edition.slug, issue=issue.id))
