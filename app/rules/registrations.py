# SPDX-License-Identifier: EUPL-1.2
"""When an organisation may come to an edition, and what may become of its registration."""

from enum import StrEnum

from app.rules.errors import RuleBroken


class RegistrationState(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"


NEXT: dict[RegistrationState, frozenset[RegistrationState]] = {
    RegistrationState.PENDING: frozenset(
        {RegistrationState.APPROVED, RegistrationState.REFUSED, RegistrationState.CANCELLED}
    ),
    RegistrationState.APPROVED: frozenset({RegistrationState.CANCELLED}),
    RegistrationState.REFUSED: frozenset({RegistrationState.APPROVED}),
    RegistrationState.CANCELLED: frozenset({RegistrationState.PENDING}),
}


def require_step(now: RegistrationState, wanted: RegistrationState) -> None:
    """Errors: RuleBroken `registration_step` when a registration cannot go from one to the other."""
    if wanted not in NEXT[now]:
        raise RuleBroken("registration_step", now=now, wanted=wanted)
