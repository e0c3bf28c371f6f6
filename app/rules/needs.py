# SPDX-License-Identifier: EUPL-1.2
"""What a buyer may ask for, and for whom it may be reserved."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from app.rules.companies import CompanyKind, GeoRange, PrestaType, Role
from app.rules.cpv import DIVISIONS
from app.rules.errors import RuleBroken
from app.rules.search import folded
from app.rules.territories import DEPARTMENTS, LONGEST_REACH_KM, REGIONS
from app.rules.territories import departments_of as departments_in


class NeedKind(StrEnum):
    """How far the buyer is: exploring, asking for a quote, or about to tender."""

    SOURCING = "SOURCING"
    QUOTE = "QUOTE"
    TENDER = "TENDER"


class NeedState(StrEnum):
    """Where a need stands: submitted to the organiser's team, shown to all, or ended some way."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    PUBLISHED = "published"
    CLOSED = "closed"
    AWARDED = "awarded"
    WITHDRAWN = "withdrawn"


class InterestState(StrEnum):
    """What became of a company's interest in a need."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


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


UNSEEN = frozenset({NeedState.DRAFT, NeedState.SENT_BACK})
"""In the buyer's hands: nobody else has it before them."""
ENDED = frozenset({NeedState.CLOSED, NeedState.AWARDED, NeedState.WITHDRAWN})
_SHOWN = frozenset({NeedState.SUBMITTED, NeedState.PUBLISHED})

NEXT: dict[NeedState, frozenset[NeedState]] = {
    NeedState.DRAFT: _SHOWN | {NeedState.CLOSED, NeedState.WITHDRAWN},
    NeedState.SUBMITTED: frozenset(
        {NeedState.PUBLISHED, NeedState.SENT_BACK, NeedState.DRAFT, NeedState.WITHDRAWN}
    ),
    NeedState.SENT_BACK: _SHOWN | {NeedState.WITHDRAWN},
    NeedState.PUBLISHED: ENDED | {NeedState.SENT_BACK},
    NeedState.CLOSED: _SHOWN | {NeedState.AWARDED},
    NeedState.AWARDED: frozenset({NeedState.CLOSED}),
    NeedState.WITHDRAWN: _SHOWN,
}

MOST_CPV = 10
MOST_FILES = 5


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


def require_complete(
    sectors: Collection[object],
    departments: Collection[str],
    geo_range: GeoRange = GeoRange.ZONES,
) -> None:
    """A published need says which trade and where, or nobody can be proposed for it.

    Errors: RuleBroken `need_sectors` or `need_departments`.
    """
    if not sectors:
        raise RuleBroken("need_sectors", field="sectors")
    if not departments and geo_range != GeoRange.COUNTRY:
        raise RuleBroken("need_departments", field="departments")


def reach_of(geo_range: GeoRange, km: int | None) -> int | None:
    """How far around the buyer's seat, when the need says so. Errors: `distance_missing`."""
    if geo_range != GeoRange.CUSTOM:
        return None
    if km is None or not 1 <= km <= LONGEST_REACH_KM:
        raise RuleBroken("distance_missing", field="distance_km", most=LONGEST_REACH_KM)
    return km


def require_end_after_start(starts_on: date | None, ends_on: date | None) -> None:
    """Errors: RuleBroken `need_ends_early` on `ends_on`."""
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken("need_ends_early", field="ends_on", starts_on=starts_on)


def require_reason(reason: str) -> str:
    """Why a need is sent back, in a sentence. Errors: RuleBroken `need_reason`."""
    if len(reason.strip()) < 5:
        raise RuleBroken("need_reason", field="reason")
    return reason.strip()


def require_unnamed(texts: Mapping[str, str], names: Collection[str]) -> None:
    """An anonymous need does not give its buyer away: by a name, nor by its number.

    texts: field → what is written there. Errors: RuleBroken `need_names_buyer` on that field.
    """
    wanted = [f" {told} " for name in names if len(told := folded(name)) > 2]
    for field, text in texts.items():
        said = f" {folded(text)} "
        if any(name in said for name in wanted):
            raise RuleBroken("need_names_buyer", field=field)


def presta_types_of(values: Collection[str]) -> list[str]:
    """Known types of service, in their order."""
    return [one.value for one in PrestaType if one.value in values]


def kinds_of(values: Collection[str]) -> list[str]:
    """Known kinds of structure, in their order."""
    return [one.value for one in CompanyKind if one.value in values]


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


def cpv_list(texts: Collection[str], *, main: str, field: str = "cpv") -> list[str]:
    """The codes beside the main one, each once. Errors: `cpv_unknown`, `number_out`."""
    codes = [code for text in texts if (code := cpv_of(text, field=field)) and code != main]
    if len(codes) >= MOST_CPV:
        raise RuleBroken("cpv_too_many", field=field, most=MOST_CPV)
    return list(dict.fromkeys(codes))


def departments_of(codes: Collection[str]) -> list[str]:
    """Known codes of departments, each once, in order; a region ("R76") stands for all of its own.

    Errors: RuleBroken `department_unknown`.
    """
    found: set[str] = set()
    for code in codes:
        if code not in DEPARTMENTS and code not in REGIONS:
            raise RuleBroken("department_unknown", field="departments", written=code)
        found |= set(departments_in(code)) if code in REGIONS else {code}
    return sorted(found)
