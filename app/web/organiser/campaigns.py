# SPDX-License-Identifier: EUPL-1.2
"""The team's census of needs: open it, watch who answered, remind the others, take the table."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions import campaigns as actions
from app.documents import campaigns as papers
from app.language.phrases import word
from app.language.places import place
from app.language.translate import gettext
from app.queries import campaigns, editions, jobs
from app.queries.campaigns import Campaign, Line
from app.queries.companies import Organisation
from app.queries.editions import Edition
from app.rules.campaigns import Asked, Reply
from app.rules.permissions import Permission
from app.web.forms.campaigns import CampaignForm
from app.web.shared import filters
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guard(Permission.ORGANISE, edition=editions.by_slug)
def census(edition: Edition) -> str | Response | tuple[str, int]:
    """The campaigns of an edition, and the form that opens one."""
    form = CampaignForm()
    form.offer(campaigns.departments())
    if form.year.data is None and not form.is_submitted():
        form.year.data = campaigns.next_year()
        form.name.data = gettext("Besoins %(year)s", year=form.year.data)
    if form.validate_on_submit():
        with said_on(form):
            opened = actions.open_campaign(
                edition, by=me(), name=form.name.data or "", year=form.year.data or 0,
                answer_by=form.answer_by.data, asked=Asked(form.asked.data),
                departments=form.departments.data or [], message=form.message.data or "",
            )  # fmt: skip
            flash(gettext("Le recensement est ouvert : les lettres partent."), "good")
            return redirect(_page(opened))
    page = render_template(
        "web/organiser/campaigns.html",
        edition=edition, form=form, opened=campaigns.of_edition(edition),
    )  # fmt: skip
    return (page, 422) if form.errors else page


@guard(Permission.ORGANISE, edition=editions.by_slug, campaign=campaigns.by_id)
def campaign(edition: Edition, campaign: Campaign) -> str:
    """How many answered, by kind of buyer and by department, and who is awaited."""
    lines = campaigns.lines(campaign)
    reply = filters.one_of(Reply, "reponse")
    return render_template(
        "web/organiser/campaign.html",
        edition=edition,
        campaign=campaign,
        tally=campaigns.tally(lines),
        by_kind=campaigns.tallies(lines, _kind),
        by_place=campaigns.tallies(lines, _place),
        lines=[line for line in lines if _is(line, reply)],
        reply_asked=reply,
        replies=[(one.value, word(one)) for one in Reply],
        to_write=len(campaigns.to_write(campaign)),
        job=jobs.by_id(campaign.job_id) if campaign.job_id else None,
    )


@guard(Permission.ORGANISE, edition=editions.by_slug, campaign=campaigns.by_id)
def send(edition: Edition, campaign: Campaign) -> Response:
    """Write to those who have not answered."""
    actions.send(campaign, by=me())
    return redirect(_page(campaign))


@guard(Permission.ORGANISE, edition=editions.by_slug, campaign=campaigns.by_id)
def close(edition: Edition, campaign: Campaign) -> Response:
    """Nothing more is expected."""
    actions.close_campaign(campaign, by=me())
    flash(gettext("Le recensement est clos."), "good")
    return redirect(_page(campaign))


@guard(Permission.ORGANISE, edition=editions.by_slug, campaign=campaigns.by_id)
def table(edition: Edition, campaign: Campaign) -> Response:
    """The buyers, their answers and their needs, for a spreadsheet."""
    content = papers.workbook(campaigns.lines(campaign), campaigns.all_needs(campaign))
    name = gettext("recensement-%(number)s.xlsx", number=campaign.id)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=XLSX, headers=headers)


def _is(line: Line, reply: Reply | None) -> bool:
    """Whoever was not written to yet is awaited too."""
    return reply in (None, line.reply) or (reply == Reply.WAITING and line.is_awaited)


def _kind(buyer: Organisation) -> str:
    return word(buyer.buyer_kind) if buyer.buyer_kind else gettext("Nature inconnue")


def _place(buyer: Organisation) -> str:
    return place(buyer.department) if buyer.department else gettext("Département inconnu")


def _page(campaign: Campaign) -> str:
    return url_for(
        "organiser.campaigns.campaign", edition=campaign.edition.slug, campaign=campaign.id
    )
