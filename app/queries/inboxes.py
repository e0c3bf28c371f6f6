# SPDX-License-Identifier: EUPL-1.2
"""The requests of one registration, sorted as its people look at them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.models.companies import Sector
from app.models.meetings import Meeting, MeetingRequest
from app.models.registrations import Delegate, Registration
from app.queries import meetings, registrations, suggestions, unplaced
from app.queries.suggestions import Suggestion
from app.queries.unplaced import LeftOut
from app.rules.meetings import RequestState
from app.rules.schedules import Change

ENDED = (RequestState.DECLINED, RequestState.WITHDRAWN, RequestState.EXPIRED)


@dataclass(frozen=True)
class Left:
    """An accepted request without a meeting; why is None when the schedule did not know it yet."""

    request: MeetingRequest
    registration: Registration
    why: LeftOut | None

    @property
    def partner(self) -> Registration:
        is_ours = self.request.from_id == self.registration.id
        return self.request.asked if is_ours else self.request.asking

    @property
    def is_ours(self) -> bool:
        """Whether the reason speaks of our side."""
        return self.why is not None and self.why.speaks_of(self.registration.id)

    @property
    def is_theirs(self) -> bool:
        return self.why is not None and self.why.speaks_of(self.partner.id)

    @property
    def could_open(self) -> datetime | None:
        """The slot (UTC) at which one person more on our side, and nothing else, would do."""
        ways = self.why.help if self.why else ()
        alone = len(ways) == 1 and ways[0].kind == Change.SEAT and ways[0].side is not None
        if not alone or ways[0].side.registration_id != self.registration.id:  # type: ignore[union-attr]
            return None
        return ways[0].slot


@dataclass(frozen=True)
class Inbox:
    """to_answer: received, pending. sent: ours, whatever became of them except withdrawn ones.

    awaiting: accepted, before any schedule is published. planned: with their meeting, in time
    order. left: accepted, without a meeting in the published schedule. closed: received, ended.
    fitting: organisation id → why the pair suits. leads: registration id → who asks. together: the
    of consortia that another company leads for us.
    """

    to_answer: list[MeetingRequest]
    sent: list[MeetingRequest]
    awaiting: list[MeetingRequest]
    planned: list[Meeting]
    left: list[Left]
    closed: list[MeetingRequest]
    fitting: Mapping[int, Suggestion]
    sectors: Mapping[int, Sector]
    leads: Mapping[int, Delegate]
    together: list[MeetingRequest] = field(default_factory=list)


def of_registration(registration: Registration) -> Inbox:
    """Everything for the page of requests; a constant number of queries."""
    everything = meetings.of_registration(registration)
    received = [one for one in everything if one.to_id == registration.id]
    to_answer = [one for one in received if one.state == RequestState.PENDING]
    accepted = [one for one in everything if one.state == RequestState.ACCEPTED]
    planned = meetings.scheduled(accepted)
    waiting = [one for one in accepted if one.id not in planned]
    is_published = registration.edition.version > 0
    proposed = suggestions.other_side(registration) if to_answer else None
    return Inbox(
        to_answer=to_answer,
        sent=[one for one in everything if _shown_as_sent(one, registration)],
        awaiting=[] if is_published else waiting,
        planned=sorted(planned.values(), key=lambda meeting: meeting.slot.starts_at),
        left=_left(registration, waiting) if is_published else [],
        closed=[one for one in received if one.state in ENDED],
        fitting={one.organisation.id: one for one in proposed.found} if proposed else {},
        sectors=proposed.sectors if proposed else {},
        leads=registrations.leads([one.from_id for one in to_answer]),
        together=meetings.with_consortia(registration),
    )


def _left(registration: Registration, waiting: list[MeetingRequest]) -> list[Left]:
    reasons = unplaced.of_edition(registration.edition) if waiting else {}
    return [Left(one, registration, reasons.get(one.id)) for one in waiting]


def _shown_as_sent(request: MeetingRequest, registration: Registration) -> bool:
    return request.from_id == registration.id and request.state != RequestState.WITHDRAWN
