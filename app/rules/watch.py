# SPDX-License-Identifier: EUPL-1.2
"""What an organiser's team keeps an eye on: who lacks what, and from when it matters."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.rules.companies import Role
from app.rules.registrations import RegistrationState

FEW_MEETINGS = 4
"""A buyer with fewer accepted requests than this is not worth the journey (usual: 7 to 12)."""
LATE_ANSWER = timedelta(days=3)
QUIET = timedelta(days=1)
"""Nobody is reminded of the same thing twice within this time."""


class Lack(StrEnum):
    """What may be missing to a participant."""

    DELEGATE = "delegate"
    AVAILABILITY = "availability"
    ENOUGH_MEETINGS = "enough_meetings"
    ANY_MEETING = "any_meeting"
    ROOM = "room"


class Reminder(StrEnum):
    """What participants can be reminded of; the values are written in addresses."""

    ANSWERS = "reponses"
    AVAILABILITY = "disponibilites"


class WhyNone(StrEnum):
    """Why nobody has accepted to meet a participant."""

    ALL_DECLINED = "all_declined"
    WAITING = "waiting"
    NOTHING_ASKED = "nothing_asked"


@dataclass(frozen=True)
class Standing:
    """How a registration stands: its people, the room in their agendas, its requests.

    silent: delegates who never said when they are free. room: slots at which somebody is there.
    made: requests it sent. accepted, waiting, declined: requests of both ways, by their state.
    """

    delegates: int = 0
    silent: int = 0
    room: int = 0
    made: int = 0
    accepted: int = 0
    waiting: int = 0
    declined: int = 0

    @property
    def wished(self) -> int:
        """How many meetings would be held if everybody said yes."""
        return self.accepted + self.waiting

    @property
    def why_none(self) -> WhyNone:
        if self.waiting:
            return WhyNone.WAITING
        return WhyNone.ALL_DECLINED if self.declined else WhyNone.NOTHING_ASKED


def lacks(role: Role, state: RegistrationState, standing: Standing) -> frozenset[Lack]:
    """What is missing to an approved participant; nothing is expected of the others."""
    if state != RegistrationState.APPROVED:
        return frozenset()
    is_buyer, missing = role == Role.BUYER, set()
    if standing.delegates == 0:
        missing.add(Lack.DELEGATE)
    elif standing.silent:
        missing.add(Lack.AVAILABILITY)
    if standing.accepted == 0:
        missing.add(Lack.ANY_MEETING)
    if is_buyer and standing.accepted < FEW_MEETINGS:
        missing.add(Lack.ENOUGH_MEETINGS)
    if standing.delegates and standing.wished > standing.room:
        missing.add(Lack.ROOM)
    return frozenset(missing)
