# SPDX-License-Identifier: EUPL-1.2
"""To whom a contract may be reserved: each article with its kinds, its date and its source."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.rules import law
from app.rules.companies import HANDICAP, INTEGRATION, CompanyKind, Family
from app.rules.kinds import BASES, Basis
from app.rules.law import Standing
from app.rules.needs import SetAside


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Reservation:
    """To whom an article lets a contract be reserved.

    kinds: those that may answer. sure: those of which no more has to be known than their kind.
    """

    article: str
    since: date
    source: str
    kinds: frozenset[CompanyKind]
    sure: frozenset[CompanyKind]
    standing: Standing = Standing.CURRENT


# The families of the SSE, loi 2014-856 article 1. An inclusive structure is one by its legal form,
# which its kind does not tell; work in prison is organised by the State, hence never is.
SSE_FAMILIES = frozenset(
    {
        CompanyKind.ASSOCIATION,
        CompanyKind.SCOP,
        CompanyKind.SCIC,
        CompanyKind.COOPERATIVE,
        CompanyKind.MUTUAL,
        CompanyKind.FOUNDATION,
        CompanyKind.SSE_COMPANY,
    }
)
PRISON = frozenset({CompanyKind.SEP})
# Responsible, but a family of the SSE it is not: no article reserves anything to it.
OUTSIDE = frozenset({CompanyKind.RESPONSIBLE})

RESERVATIONS: dict[SetAside, Reservation] = {
    SetAside.HANDICAP: Reservation(
        "L2113-12", date(2016, 4, 1), "ordonnance 2015-899 du 23 juillet 2015, article 36",
        HANDICAP, HANDICAP,
    ),
    SetAside.INTEGRATION: Reservation(
        "L2113-13", date(2016, 4, 1), "ordonnance 2015-899 du 23 juillet 2015, article 36",
        INTEGRATION, INTEGRATION,
    ),
    SetAside.BOTH: Reservation(
        "L2113-14", date(2020, 12, 9), "loi 2020-1525 du 7 décembre 2020 (ASAP)",
        HANDICAP | INTEGRATION, HANDICAP | INTEGRATION,
    ),
    SetAside.PRISON: Reservation(
        "L2113-13-1", date(2022, 10, 21), "ordonnance 2022-1336 du 19 octobre 2022, article 19",
        PRISON, PRISON, Standing.TO_CHECK,
    ),
    SetAside.SSE: Reservation(
        "L2113-15", date(2016, 4, 1), "ordonnance 2015-899 du 23 juillet 2015, article 37",
        frozenset(CompanyKind) - PRISON - OUTSIDE, SSE_FAMILIES,
    ),
}  # fmt: skip


def may_answer(set_aside: SetAside, kind: CompanyKind | None) -> bool:
    """Whether a structure of this kind may hold a contract so reserved."""
    if kind is None:
        return False
    reservation = RESERVATIONS.get(set_aside)
    return reservation is None or kind in reservation.kinds


def was_there(set_aside: SetAside, day: date) -> bool:
    """Whether the law of that day knew this reservation."""
    reservation = RESERVATIONS.get(set_aside)
    return reservation is None or reservation.since <= day


def is_sure(set_aside: SetAside, kind: CompanyKind | None) -> bool:
    """Whether its kind alone proves it, or its legal form must still be looked at."""
    reservation = RESERVATIONS.get(set_aside)
    return reservation is None or kind in reservation.sure


@dataclass(frozen=True)
class WhatLawSays:
    """Of one structure: where its kind is defined, and which contracts may be reserved to it.

    basis, family: None when no article defines them. reserved: (set-aside, whether it is sure).
    is_foreign: French law only knows it as the equivalent of such a structure.
    """

    basis: Basis | None
    family: Family | None
    reserved: tuple[tuple[SetAside, bool], ...]
    is_foreign: bool = False


def what_law_says(
    kind: CompanyKind | None, family: Family | None, *, is_foreign: bool = False
) -> WhatLawSays:
    """What the law says of a structure of this kind and family.

    A family of the SSE, once it is known, makes sure what the kind alone leaves open. Of a foreign
    one nothing is sure: the articles open the contract to « structures équivalentes ».
    """

    def sure(set_aside: SetAside) -> bool:
        by_family = set_aside == SetAside.SSE and family is not None
        return not is_foreign and (is_sure(set_aside, kind) or by_family)

    reserved = tuple((one, sure(one)) for one in RESERVATIONS if may_answer(one, kind))
    return WhatLawSays(BASES.get(kind) if kind else None, family, reserved, is_foreign)


def sse_service(cpv: str) -> Answer:
    """Whether a code is in the list of services open to the SSE.

    Unsure for a code that stands for several, some of them listed, and for one below a listed code:
    the list names single codes, and it is argued whether those below follow.
    """
    first, last = cpv.ljust(8, "0"), cpv.ljust(8, "9")
    if cpv and any(start <= first and last <= end for start, end in law.SSE_SERVICES):
        return Answer.YES
    near = any(
        (first <= end and start <= last) or cpv.startswith(start.rstrip("0"))
        for start, end in law.SSE_SERVICES
    )
    return Answer.UNSURE if near else Answer.NO
