# SPDX-License-Identifier: EUPL-1.2
"""People ask for the newsletter, confirm and leave; a team composes an issue and sends it."""

import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta

from flask import current_app

from app.actions import letters, links
from app.actions.base import action
from app.mail import newsletters as mail
from app.mail.letters import Written
from app.models import clock
from app.models.accounts import Organiser, User
from app.models.base import db
from app.models.history import remember
from app.models.jobs import Job, later
from app.models.letters import Letter
from app.models.newsletters import Issue, IssueSending, Subscription
from app.queries import jobs, newsletters
from app.queries.newsletters import Contents
from app.rules.accounts import require_address
from app.rules.errors import RuleBroken
from app.rules.newsletters import (
    Audience,
    IssueState,
    Part,
    Reader,
    SubscriptionState,
    month_before,
    require_draft,
)


@action
def subscribe(
    organiser: Organiser,
    *,
    email: str,
    audience: Audience,
    departments: Collection[str],
    language: str,
) -> None:
    """Ask for the newsletter: nothing is sent but the letter in which one confirms.

    An address that is confirmed already gets a letter that says so, and where to change: the page
    answers the same to everybody, so that nobody learns who reads it.
    Errors: RuleBroken on `email`. Source: double opt-in, CNIL; GDPR art. 7(1).
    """
    address = require_address(email)
    found = newsletters.of_address(organiser.id, address)
    if found is None:
        found = Subscription(
            organiser_id=organiser.id, email=address, code=secrets.token_urlsafe(24),
            state=SubscriptionState.ASKED, asked_at=clock.now(), confirmed_at=None, left_at=None,
        )  # fmt: skip
        db.session.add(found)
    if found.state != SubscriptionState.CONFIRMED:
        found.state, found.asked_at = SubscriptionState.ASKED, clock.now()
        found.audience, found.departments = audience, sorted(set(departments))
        found.language = language
    db.session.flush()
    confirmed = found.state == SubscriptionState.CONFIRMED
    page = "public.newsletter.settings" if confirmed else "public.newsletter.confirm"
    written = mail.subscription_asked(
        language=language,
        team=organiser.name,
        confirmed=confirmed,
        link=links.page(page, subscription=found.code),
    )
    letters.put(written, to=address, name="")


@action
def confirm(subscription: Subscription) -> None:
    """The person clicked in the letter: the next issue will come."""
    if subscription.state != SubscriptionState.CONFIRMED:
        subscription.state, subscription.confirmed_at = SubscriptionState.CONFIRMED, clock.now()
        subscription.left_at = None


@action
def adjust(
    subscription: Subscription,
    *,
    audience: Audience,
    departments: Collection[str],
    language: str,
) -> None:
    """Change what one wants to read about."""
    subscription.audience, subscription.language = audience, language
    subscription.departments = sorted(set(departments))


@action
def leave(subscription: Subscription) -> None:
    """No further issue is sent; said twice, it is no fault."""
    if subscription.state != SubscriptionState.LEFT:
        subscription.state, subscription.left_at = SubscriptionState.LEFT, clock.now()


@action
def compose(organiser: Organiser, *, by: User | None) -> Issue:
    """Begin an issue with all that is new since the last one, or in the last month."""
    until = clock.today()
    last = newsletters.last_day_told(organiser.id)
    since = min(until, last + timedelta(days=1)) if last else month_before(until)
    new = newsletters.news(since, until)
    issue = Issue(
        organiser_id=organiser.id,
        title_fr="",
        title_en="",
        intro_fr="",
        intro_en="",
        since=since,
        until=until,
        chosen=_numbers(new),
        state=IssueState.DRAFT,
        created_at=clock.now(),
        sent_at=None,
    )
    db.session.add(issue)
    db.session.flush()
    remember(by, "issue.composed", issue)
    return issue


@action
def arrange(
    issue: Issue,
    *,
    by: User | None,
    titles: Mapping[str, str],
    intros: Mapping[str, str],
    chosen: Mapping[Part, Collection[int]],
) -> None:
    """Write the team's word (language → Markdown) and keep what the issue tells of.

    Errors: RuleBroken `issue_gone`, or `issue_title_missing` on `title_fr`.
    """
    require_draft(issue.state)
    if not titles["fr"].strip():
        raise RuleBroken("issue_title_missing", field="title_fr")
    issue.title_fr, issue.title_en = titles["fr"].strip(), titles["en"].strip()
    issue.intro_fr, issue.intro_en = intros["fr"].strip(), intros["en"].strip()
    issue.chosen = {part.value: list(chosen.get(part, ())) for part in Part}


@action
def send(issue: Issue, *, by: User) -> Job:
    """Have the issue written to all who confirmed, in batches, by a job.

    Errors: RuleBroken `issue_gone`, `issue_title_missing`, `issue_empty`, `issue_nobody`.
    """
    db.session.refresh(issue, with_for_update={"of": Issue})
    require_draft(issue.state)
    if not issue.title_fr:
        raise RuleBroken("issue_title_missing", field="title_fr")
    if not issue.intro_fr and not any(issue.chosen.values()):
        raise RuleBroken("issue_empty")
    if not newsletters.readers_left(issue):
        raise RuleBroken("issue_nobody")
    return _begin(issue, by)


@action
def resume(issue: Issue, *, by: User) -> Job:
    """Go on with a sending that was stopped: nobody gets the issue twice.

    Errors: RuleBroken `issue_not_stopped`.
    """
    job = jobs.last_of("send_issue", issue=issue.id)
    if issue.state != IssueState.SENDING or (job is not None and not job.has_ended):
        raise RuleBroken("issue_not_stopped")
    return _begin(issue, by)


@action
def discard(issue: Issue, *, by: User | None) -> None:
    """Throw a draft away. Errors: RuleBroken `issue_gone`."""
    require_draft(issue.state)
    remember(by, "issue.discarded", issue)
    db.session.delete(issue)


@action
def write_batch(
    issue: Issue, numbers: list[int], contents: Contents, written: dict[Reader, Written]
) -> list[Letter]:
    """Write to these subscriptions; `written` keeps the words of readers met before."""
    batch = []
    for subscription in newsletters.subscriptions(numbers):
        reader = newsletters.reader_of(subscription)
        if reader not in written:
            written[reader] = words_for(issue, reader, contents)
        letter = letters.put(
            mail.addressed(written[reader], _exit(subscription)),
            to=subscription.email,
            name="",
            organiser_id=issue.organiser_id,
            unsubscribe=_exit(subscription),
            alone=False,
        )
        batch.append(letter)
        sending = IssueSending(
            issue_id=issue.id, subscription_id=subscription.id, letter_id=letter.id
        )
        db.session.add(sending)
    db.session.flush()
    return batch


@action
def note_sent(issue: Issue) -> None:
    """All readers were written to."""
    issue.state, issue.sent_at = IssueState.SENT, clock.now()


@action
def try_out(issue: Issue, *, by: User, reader: Reader) -> None:
    """Send the issue to oneself first, as such a reader gets it."""
    written = words_for(issue, reader, newsletters.contents(issue))
    here = links.page("public.newsletter.subscribe")
    letters.put(
        mail.addressed(written, here), to=by.email, name=by.name, organiser_id=issue.organiser_id
    )


def words_for(issue: Issue, reader: Reader, contents: Contents) -> Written:
    """The letter as such a reader gets it, its way out still to be filled in."""
    english = reader.language == "en"
    return mail.issue(
        language=reader.language,
        team=issue.organiser.name,
        title=(issue.title_en if english else "") or issue.title_fr,
        intro=(issue.intro_en if english else "") or issue.intro_fr,
        parts=contents.for_reader(reader),
        base=current_app.config["BASE_URL"],
        archive=links.page("public.newsletter.issue", issue=issue.id),
    )


def _begin(issue: Issue, by: User) -> Job:
    issue.state = IssueState.SENDING
    remember(by, "issue.sent", issue, title=issue.title_fr)
    return later("send_issue", owner_id=by.id, organiser_id=issue.organiser_id, issue=issue.id)


def _exit(subscription: Subscription) -> str:
    return links.page("public.newsletter.leave", subscription=subscription.code)


def _numbers(new: Contents) -> dict[str, list[int]]:
    return {
        Part.NEEDS.value: [one.id for one in new.needs],
        Part.COMPANIES.value: [one.id for one in new.companies],
        Part.SHEETS.value: [one.sheet.id for one in new.sheets],
        Part.EDITIONS.value: [one.id for one in new.editions],
    }
