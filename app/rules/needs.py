# SPDX-License-Identifier: EUPL-1.2
"""What a buyer may ask for, and for whom it may be reserved."""

from collections.abc import Collection
from enum import StrEnum

from app.rules.companies import Role
from app.rules.cpv import DIVISIONS
from app.rules.errors import RuleBroken
from app.rules.territories import DEPARTMENTS


class NeedKind(StrEnum):
    """How far the buyer is: exploring, asking for a quote, or about to tender."""

    SOURCING = "SOURCING"
    QUOTE = "QUOTE"
    TENDER = "TENDER"


class NeedState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class AmountBand(StrEnum):
    """Estimated value without tax, over the whole contract, in euros."""

    UNKNOWN = "unknown"
    UNDER_5K = "0-5000"
    UNDER_15K = "5000-15000"
    UNDER_40K = "15000-40000"
    UNDER_60K = "40000-60000"
    UNDER_90K = "60000-90000"
    UNDER_216K = "90000-216000"
    UNDER_1M = "216000-1000000"
    OVER_1M = "1000000-"


# A contract rarely runs longer than twenty years; more is a slip of the finger.
MOST_MONTHS = 240
MOST_EUROS = 10_000_000_000


def band_of(amount: float | None) -> AmountBand:
    """The band that holds an amount in euros without tax, if there is one."""
    if amount is None:
        return AmountBand.UNKNOWN
    for band in AmountBand:
        low, _, high = band.value.partition("-")
        if low.isdigit() and float(low) <= amount and (not high or amount < float(high)):
            return band
    return AmountBand.UNKNOWN


class SetAside(StrEnum):
    """To whom a contract is reserved, by article of the code de la commande publique."""

    NONE = "none"
    HANDICAP = "L2113-12"
    INTEGRATION = "L2113-13"
    BOTH = "L2113-12+13"
    PRISON = "L2113-13-1"
    SSE = "L2113-15"


NEXT: dict[NeedState, frozenset[NeedState]] = {
    NeedState.DRAFT: frozenset({NeedState.PUBLISHED, NeedState.CLOSED}),
    NeedState.PUBLISHED: frozenset({NeedState.CLOSED}),
    NeedState.CLOSED: frozenset({NeedState.PUBLISHED}),
}


def require_step(now: NeedState, wanted: NeedState) -> None:
    """Errors: RuleBroken `need_step` when a need cannot go from one state to the other."""
    if wanted not in NEXT[now]:
        raise RuleBroken("need_step", now=now, wanted=wanted)


def require_buyer(role: Role) -> None:
    """Only a buyer has needs. Errors: RuleBroken `need_not_a_buyer`."""
    if role != Role.BUYER:
        raise RuleBroken("need_not_a_buyer")


def require_title(title: str) -> None:
    """Errors: RuleBroken `need_title`."""
    if not title.strip():
        raise RuleBroken("need_title", field="title")


def require_complete(sectors: Collection[object], departments: Collection[str]) -> None:
    """A published need says which trade and where, or nobody can be proposed for it.

    Errors: RuleBroken `need_sectors` or `need_departments`.
    """
    if not sectors:
        raise RuleBroken("need_sectors", field="sectors")
    if not departments:
        raise RuleBroken("need_departments", field="departments")


def months_of(number: int | None) -> int | None:
    """How long it runs, renewals included. Errors: RuleBroken `number_out` on `months`."""
    if number is not None and not 1 <= number <= MOST_MONTHS:
        raise RuleBroken("number_out", field="months", least=1, most=MOST_MONTHS)
    return number


def euros_of(number: int | None) -> int | None:
    """An exact estimate, without tax. Errors: RuleBroken `number_out` on `amount_exact`."""
    if number is not None and not 1 <= number <= MOST_EUROS:
        raise RuleBroken("number_out", field="amount_exact", least=1, most=MOST_EUROS)
    return number


def cpv_of(text: str, *, field: str = "cpv") -> str:
    """The 2 to 8 digits of a CPV code, without its check digit ("77310000-6" is "77310000").

    Errors: RuleBroken `cpv_unknown` when its division is none of the 45.
    Source: regulation (EC) 213/2008.
    """
    digits = text.strip().partition("-")[0].replace(" ", "")
    if digits and (
        not digits.isdecimal() or not 2 <= len(digits) <= 8 or digits[:2] not in DIVISIONS
    ):
        raise RuleBroken("cpv_unknown", field=field, written=text.strip())
    return digits


def departments_of(codes: Collection[str]) -> list[str]:
    """Known codes of departments, each once, in order. Errors: RuleBroken `department_unknown`."""
    for code in codes:
        if code not in DEPARTMENTS:
            raise RuleBroken("department_unknown", field="departments", written=code)
    return sorted(set(codes))
