# SPDX-License-Identifier: EUPL-1.2
"""What happens at each place of a fair: who meets whom, slot by slot."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from app.models.editions import Edition, Slot
from app.queries import published
from app.queries.editions import places, slots
from app.queries.published import Attendee, Party, PublishedMeeting
from app.rules.companies import Role
from app.rules.editions import PlaceKind


@dataclass(frozen=True)
class Side:
    """One of the two at a table, and its people."""

    name: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Turn:
    """A slot at a place; buyer and company are None while nobody meets there. Instants in UTC."""

    start: datetime
    end: datetime
    buyer: Side | None
    company: Side | None


@dataclass(frozen=True)
class TableList:
    """Everything that is planned at one place, day by day, slot by slot."""

    code: str
    kind: PlaceKind
    accessible: bool
    days: tuple[tuple[date, tuple[Turn, ...]], ...]

    @property
    def meetings(self) -> int:
        return sum(1 for _, turns in self.days for turn in turns if turn.buyer)


def of_edition(edition: Edition) -> list[TableList]:
    """The places of an edition, as they stand in the hall."""
    meetings = [one for one in published.meetings(edition) if one.takes_place]
    going = published.attendees(edition, meetings)
    taken = {(one.place, one.slot): one for one in meetings}
    grid, zone = slots(edition), ZoneInfo(edition.timezone)
    by_day = [
        (day, list(of_day))
        for day, of_day in groupby(grid, key=lambda slot: slot.starts_at.astimezone(zone).date())
    ]
    return [
        TableList(
            code=place.code,
            kind=place.kind,
            accessible=place.accessible,
            days=tuple(
                (
                    day,
                    tuple(_turn(slot, taken.get((place.code, slot.id)), going) for slot in of_day),
                )
                for day, of_day in by_day
            ),
        )
        for place in places(edition)
    ]


def _turn(slot: Slot, meeting: PublishedMeeting | None, going: dict[int, list[Attendee]]) -> Turn:
    if meeting is None:
        return Turn(slot.starts_at, slot.ends_at, None, None)
    sides = (meeting.asking, meeting.asked)
    buyer, company = sides if sides[0].role == Role.BUYER else sides[::-1]
    people = going[meeting.id]
    both = (_side(meeting, party, people) for party in (buyer, company))
    return Turn(slot.starts_at, slot.ends_at, *both)


def _side(meeting: PublishedMeeting, party: Party, people: list[Attendee]) -> Side:
    return Side(party.name, tuple(one.name for one in published.of_side(meeting, party, people)))
