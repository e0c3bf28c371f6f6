# SPDX-License-Identifier: EUPL-1.2
"""When an organisation may come to an edition, and what may become of its registration."""

from enum import StrEnum

from app.rules.accounts import require_length
from app.rules.editions import EditionState, Mode
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
    """Errors: RuleBroken `registration_step` when a registration cannot become what is wanted."""
    if wanted not in NEXT[now]:
        raise RuleBroken("registration_step", now=now, wanted=wanted)


def require_open(state: EditionState) -> None:
    """One registers for, and asks for meetings at, an open edition only. Errors: `edition_shut`."""
    if state != EditionState.OPEN:
        raise RuleBroken("edition_shut", state=state)


def require_alive(state: RegistrationState) -> None:
    """Errors: RuleBroken `registration_over` once a registration was refused or cancelled."""
    if state in (RegistrationState.REFUSED, RegistrationState.CANCELLED):
        raise RuleBroken("registration_over", state=state)


def require_reason(reason: str) -> None:
    """A refusal says why. Errors: RuleBroken `refusal_reason`."""
    if not reason.strip():
        raise RuleBroken("refusal_reason", field="reason")


def require_name(first_name: str, last_name: str) -> None:
    """A badge needs a name. Errors: RuleBroken `delegate_name`, `too_long`."""
    if not first_name.strip() and not last_name.strip():
        raise RuleBroken("delegate_name", field="first_name")
    require_length(first_name, field="first_name")
    require_length(last_name, field="last_name")


def attends_remotely(mode: Mode, remote: bool) -> bool:
    """Whether a delegate takes part by video; everybody does at a digital edition.

    Errors: RuleBroken `remote_in_person` when the edition has no video rooms.
    """
    if remote and mode == Mode.IN_PERSON:
        raise RuleBroken("remote_in_person", field="remote")
    return remote or mode == Mode.DIGITAL
