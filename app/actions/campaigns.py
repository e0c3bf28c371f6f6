# SPDX-License-Identifier: EUPL-1.2
"""A team opens the yearly census of needs, writes to buyers, and buyers answer."""

from collections.abc import Collection
from datetime import date

from app.actions import letters, links
from app.actions.base import action
from app.mail import needs as mail
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.campaigns import Campaign, CampaignBuyer
from app.models.editions import Edition
from app.models.history import remember
from app.models.jobs import Job, later
from app.queries import campaigns, jobs, questions
from app.rules import campaigns as rules
from app.rules.accounts import require_length
from app.rules.campaigns import Asked
from app.rules.errors import RuleBroken
from app.rules.jobs import ENDED


@action
def open_campaign(
    edition: Edition,
    *,
    by: User | None,
    name: str,
    year: int,
    answer_by: date | None,
    asked: Asked = Asked.ALL,
    departments: Collection[str] = (),
    message: str = "",
    sending: bool = True,
) -> Campaign:
    """Ask these buyers what they will buy; the letters leave by a job, at once if `sending`.

    Errors: RuleBroken on `name`, `answer_by`, `asked` when nobody is concerned, or `year`.
    """
    day = rules.require_day_to_come(answer_by, clock.today(edition.timezone))
    if not name.strip():
        raise RuleBroken("campaign_name", field="name")
    if not 2000 <= year <= 2100:
        raise RuleBroken("number_out", field="year", least=2000, most=2100)
    buyers = campaigns.concerned(edition, asked, departments)
    rules.require_somebody(len(buyers))
    campaign = Campaign(
        edition_id=edition.id, edition=edition, organiser_id=edition.organiser_id,
        name=require_length(name.strip(), field="name"), year=year, answer_by=day,
        message=message.strip(), opened_at=clock.now(), closed_at=None,
    )  # fmt: skip
    db.session.add(campaign)
    db.session.flush()
    db.session.add_all(
        CampaignBuyer(campaign_id=campaign.id, organisation_id=buyer, letters=0) for buyer in buyers
    )
    remember(by, "campaign.opened", campaign, name=campaign.name, buyers=len(buyers))
    if sending:
        send(campaign, by=by)
    return campaign


@action
def send(campaign: Campaign, *, by: User | None) -> Job:
    """Write to all who have not answered: the first letter, or a reminder; once a day at most.

    Errors: RuleBroken `campaign_closed`, `campaign_under_way`, `campaign_all_written`.
    """
    rules.require_open(campaign.is_open)
    if campaign.job_id is not None and jobs.by_id(campaign.job_id).state not in ENDED:
        raise RuleBroken("campaign_under_way")
    if not campaigns.to_write(campaign):
        raise RuleBroken("campaign_all_written")
    job = later(
        "write_campaign",
        owner_id=by.id if by else None,
        organiser_id=campaign.organiser_id,
        campaign=campaign.id,
    )
    campaign.job_id = job.id
    remember(by, "campaign.sent", campaign, name=campaign.name)
    return job


@action
def write(campaign: Campaign, numbers: Collection[int]) -> int:
    """Write to these buyers of a campaign, unless they answered meanwhile. Returns how many."""
    if not campaign.is_open:
        return 0
    buyers = campaigns.still_to_write(numbers)
    for buyer in buyers:
        link = links.page(
            "member.campaigns.answer",
            organisation=buyer.organisation_id,
            campaign=campaign.id,
        )
        for reader in questions.readers([buyer.organisation_id]):
            letter = mail.campaign_reminded if buyer.letters else mail.campaign_opened
            written = letter(
                language=reader.language, name=reader.name, campaign=campaign.name,
                year=campaign.year, organisation=buyer.organisation.display_name,
                team=campaign.edition.series.organiser.name, answer_by=campaign.answer_by,
                message=campaign.message, link=link,
            )  # fmt: skip
            letters.put(
                written, to=reader.email, name=reader.name, organiser_id=campaign.organiser_id
            )
        buyer.letters, buyer.written_at = buyer.letters + 1, clock.now()
    return len(buyers)


@action
def say_nothing(buyer: CampaignBuyer, *, by: User | None) -> None:
    """The buyer will buy nothing of interest this year. Errors: RuleBroken `campaign_closed`."""
    rules.require_open(buyer.campaign.is_open)
    buyer.nothing_at = clock.now()
    remember(by, "campaign.nothing", buyer.campaign, name=buyer.organisation.display_name)


@action
def change_mind(buyer: CampaignBuyer, *, by: User | None) -> None:
    """The buyer has something to say after all. Errors: RuleBroken `campaign_closed`."""
    rules.require_open(buyer.campaign.is_open)
    buyer.nothing_at = None


@action
def close_campaign(campaign: Campaign, *, by: User | None) -> None:
    """Nothing more is expected; no more letters leave. Errors: RuleBroken `campaign_closed`."""
    rules.require_open(campaign.is_open)
    campaign.closed_at = clock.now()
    remember(by, "campaign.closed", campaign, name=campaign.name)
