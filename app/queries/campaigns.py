# SPDX-License-Identifier: EUPL-1.2
"""The yearly census of needs: its buyers, what they answered, and who is still awaited."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from app.models import clock
from app.models.base import db
from app.models.campaigns import Campaign as Campaign
from app.models.campaigns import CampaignBuyer as CampaignBuyer
from app.models.companies import Membership, Organisation
from app.models.editions import Edition
from app.models.needs import Need
from app.models.registrations import Registration
from app.queries.rows import one_of
from app.rules.campaigns import Asked, Reply, Tally, may_be_written, reply_of
from app.rules.companies import MembershipState, Role
from app.rules.errors import NotFound
from app.rules.needs import NeedState
from app.rules.registrations import RegistrationState


@dataclass(frozen=True)
class Line:
    """A buyer of a campaign: how many needs it wrote down, and where it stands."""

    buyer: CampaignBuyer
    needs: int

    @property
    def organisation(self) -> Organisation:
        return self.buyer.organisation

    @property
    def reply(self) -> Reply:
        return reply_of(
            needs=self.needs, nothing_at=self.buyer.nothing_at, written_at=self.buyer.written_at
        )

    @property
    def is_awaited(self) -> bool:
        return self.reply in (Reply.WAITING, Reply.UNWRITTEN)


def by_id(campaign_id: int) -> Campaign:
    """The campaign of this number. Errors: NotFound."""
    return one_of(Campaign, campaign_id)


def of_edition(edition: Edition) -> list[tuple[Campaign, Tally]]:
    """The campaigns of an edition, the latest first, with how far each is; three queries."""
    found = select(Campaign).where(Campaign.edition_id == edition.id)
    all_of_them = list(db.session.scalars(found.order_by(Campaign.opened_at.desc(), Campaign.id)))
    lines = _lines(select(CampaignBuyer).where(CampaignBuyer.campaign_id.in_(
        [one.id for one in all_of_them]
    )))  # fmt: skip
    told: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        told[line.buyer.campaign_id].append(line)
    return [(one, tally(told[one.id])) for one in all_of_them]


def lines(campaign: Campaign) -> list[Line]:
    """The buyers of a campaign by name; two queries."""
    return _lines(select(CampaignBuyer).where(CampaignBuyer.campaign_id == campaign.id))


def _lines(found: Select[CampaignBuyer]) -> list[Line]:
    buyers = list(db.session.scalars(found))
    numbers = {one.campaign_id for one in buyers}
    counted = (
        select(Need.campaign_id, Need.organisation_id, func.count())
        .where(Need.campaign_id.in_(numbers), Need.state != NeedState.WITHDRAWN)
        .group_by(Need.campaign_id, Need.organisation_id)
    )
    needs = {(row[0], row[1]): row[2] for row in db.session.execute(counted)} if numbers else {}
    lines = [Line(one, needs.get((one.campaign_id, one.organisation_id), 0)) for one in buyers]
    return sorted(lines, key=lambda line: (line.organisation.display_name, line.buyer.id))


def tally(lines: Collection[Line]) -> Tally:
    """How many of these buyers answered, and how."""
    replies = Counter(line.reply for line in lines)
    return Tally(len(lines), replies[Reply.NEEDS], replies[Reply.NOTHING])


def tallies(lines: Collection[Line], by: Callable[[Organisation], str]) -> dict[str, Tally]:
    """The same by kind or department of the buyers; most buyers first."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[by(line.organisation)].append(line)
    told = {name: tally(some) for name, some in groups.items()}
    return dict(sorted(told.items(), key=lambda one: (-one[1].all, one[0])))


def asked_of(organisation: Organisation) -> list[Line]:
    """The campaigns still open that ask this buyer, the first to end first."""
    found = (
        select(CampaignBuyer)
        .join(Campaign, Campaign.id == CampaignBuyer.campaign_id)
        .where(CampaignBuyer.organisation_id == organisation.id, Campaign.closed_at.is_(None))
    )
    return sorted(_lines(found), key=lambda line: (line.buyer.campaign.answer_by, line.buyer.id))


def open_for(organisation: Organisation) -> int | None:
    """The id of the campaign to which a need of this buyer now belongs: the first one to end."""
    found = (
        select(Campaign.id)
        .join(CampaignBuyer, CampaignBuyer.campaign_id == Campaign.id)
        .where(CampaignBuyer.organisation_id == organisation.id, Campaign.closed_at.is_(None))
        .order_by(Campaign.answer_by, Campaign.id)
    )
    return db.session.scalar(found.limit(1))


def of_buyer(campaign: Campaign, organisation: Organisation) -> Line:
    """How one buyer stands. Errors: NotFound when the campaign does not ask it."""
    lines = _lines(
        select(CampaignBuyer).where(
            CampaignBuyer.campaign_id == campaign.id,
            CampaignBuyer.organisation_id == organisation.id,
        )
    )
    if not lines:
        raise NotFound
    return lines[0]


def needs_of(line: Line) -> list[Need]:
    """The needs that this buyer wrote down for a campaign, in the order written."""
    found = select(Need).where(
        Need.campaign_id == line.buyer.campaign_id,
        Need.organisation_id == line.buyer.organisation_id,
    )
    return list(db.session.scalars(found.order_by(Need.id)))


def all_needs(campaign: Campaign) -> list[Need]:
    """All the needs of a campaign, by buyer."""
    found = select(Need).where(Need.campaign_id == campaign.id)
    needs = db.session.scalars(found.order_by(Need.id))
    return sorted(needs, key=lambda need: (need.organisation.display_name, need.id))


def departments() -> list[str]:
    """Where there are buyers to ask."""
    theirs = select(Organisation.department).where(Organisation.role == Role.BUYER).distinct()
    return sorted(code for code in db.session.scalars(theirs) if code)


def next_year() -> int:
    """The year about which one asks in autumn."""
    return clock.today().year + 1


def concerned(edition: Edition, asked: Asked, departments: Collection[str]) -> list[int]:
    """The ids of the buyers that a campaign would ask: those somebody speaks for."""
    found = (
        select(Organisation.id)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Organisation.role == Role.BUYER, Membership.state == MembershipState.ACTIVE)
        .distinct()
        .order_by(Organisation.id)
    )
    if asked == Asked.COMING:
        coming = select(Registration.organisation_id).where(
            Registration.edition_id == edition.id,
            Registration.state.in_([RegistrationState.PENDING, RegistrationState.APPROVED]),
        )
        found = found.where(Organisation.id.in_(coming))
    if departments:
        found = found.where(Organisation.department.in_(departments))
    return list(db.session.scalars(found))


def to_write(campaign: Campaign) -> list[int]:
    """The ids of the lines of those who have not answered and had no letter for a day."""
    now = clock.now()
    return [
        line.buyer.id
        for line in lines(campaign)
        if line.is_awaited and may_be_written(line.buyer.written_at, now)
    ]


def still_to_write(numbers: Collection[int]) -> list[CampaignBuyer]:
    """Those of these lines that may still be written to, read again just before."""
    now = clock.now()
    found = _lines(select(CampaignBuyer).where(CampaignBuyer.id.in_(numbers)))
    return [
        line.buyer
        for line in found
        if line.is_awaited and may_be_written(line.buyer.written_at, now)
    ]
