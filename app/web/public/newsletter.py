# SPDX-License-Identifier: EUPL-1.2
"""Asking for the newsletter, confirming it, changing it, leaving it, and reading it on the site."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import newsletters as actions
from app.language.translate import gettext, language
from app.queries import newsletters, teams
from app.queries.newsletters import Issue, Subscription
from app.rules.errors import NotFound
from app.rules.newsletters import Audience, Reader
from app.rules.permissions import Permission
from app.web.forms.newsletters import ReadingForm, SubscriptionForm
from app.web.shared import filters
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.limits import against_floods_of_letters
from app.web.shared.navigation import current_edition


@guard(Permission.VISIT)
@against_floods_of_letters
def subscribe() -> str | Response | tuple[str, int]:
    """Ask for the newsletter of the team of the next fair; a letter asks to confirm."""
    edition = current_edition()
    organiser = teams.chosen(edition.organiser_id if edition else None)
    if organiser is None:
        raise NotFound
    form = SubscriptionForm(data={"language": language()})
    if form.validate_on_submit():
        with said_on(form):
            actions.subscribe(organiser, email=form.email.data or "", **form.wishes)
            return redirect(url_for("public.newsletter.asked"))
    page = render_template("web/public/newsletter.html", form=form, organiser=organiser)
    return (page, 422) if form.errors else page


@guard(Permission.VISIT)
def asked() -> str:
    """The same answer to everybody: a letter is on its way."""
    return render_template("web/public/newsletter_asked.html")


@guard(Permission.VISIT, subscription=newsletters.subscription)
def confirm(subscription: Subscription) -> str | Response:
    """Confirm by a button: programs that open links in letters confirm nothing."""
    if request.method == "POST":
        actions.confirm(subscription)
        flash(gettext("C'est confirmé : vous recevrez la prochaine lettre."), "good")
        return _settings(subscription)
    return render_template("web/public/newsletter_confirm.html", subscription=subscription)


@guard(Permission.VISIT, subscription=newsletters.subscription)
def settings(subscription: Subscription) -> str | Response | tuple[str, int]:
    """Change what one reads about."""
    form = ReadingForm(obj=subscription)
    if form.validate_on_submit():
        actions.adjust(subscription, **form.wishes)
        flash(gettext("Vos réglages sont enregistrés."), "good")
        return _settings(subscription)
    page = render_template(
        "web/public/newsletter_settings.html", form=form, subscription=subscription
    )
    return (page, 422) if form.errors else page


@guard(Permission.VISIT, subscription=newsletters.subscription)
def leave(subscription: Subscription) -> str:
    """Leave by one click, from here or from the reader's mail program, which has no token.

    Source: RFC 8058 §3.2: the POST carries no cookie and must not be redirected.
    """
    if request.method == "POST":
        actions.leave(subscription)
    return render_template("web/public/newsletter_left.html", subscription=subscription)


@guard(Permission.READ_ISSUE, issue=newsletters.by_id)
def issue(issue: Issue) -> str:
    """A sent issue, on the site."""
    audience = filters.one_of(Audience, "lecteur") or Audience.OTHER
    reader = Reader(audience, frozenset(), language())
    return render_template(
        "web/public/newsletter_issue.html",
        issue=issue,
        parts=newsletters.contents(issue).for_reader(reader),
        base="",
    )


def _settings(subscription: Subscription) -> Response:
    return redirect(url_for("public.newsletter.settings", subscription=subscription.code))
