# SPDX-License-Identifier: EUPL-1.2
"""What a company and a need are compared by: how much each criterion counts, and how it is shared.

Each criterion gives a share of its points, from 0 to 100. One that the need does not allow to
compare (no CPV code, no amount, no reservation) is left out: the points of the others are then
reckoned on 100. What a company has not said of itself counts for half, so that silence neither
helps nor excludes. There is no other weight anywhere.

| criterion | points | whole | part |
|---|---|---|---|
| sector | 28 | a trade of the need | 40 % for another trade of its family |
| territory | 20 | reaches every department | the part of the departments that it reaches |
| CPV | 10 | the code of the need | the digits in common with its family or a contract it won |
| near | 10 | same town | one hundredth less per kilometre; 50 % in the department of the need |
| size | 10 | the contract is at most 30 % of its turnover | falls to nothing at 100 % |
| set-aside | 8 | its kind alone proves it eligible | 50 % when its legal form must be checked |
| novelty | 8 | never met at an earlier edition | nothing |
| type | 6 | sells what is asked: goods, services or staff | nothing |
"""

from collections.abc import Collection
from enum import StrEnum

from app.rules.needs import AmountBand

# A contract should not make more than this part of the holder's turnover, in per cent, or it
# depends on it. Source: « potentiel inclusif » of Le marché de l'inclusion (30 %).
SAFE_PERCENT = 30
# Rough yearly turnover per employee of services, in euros, where the turnover is not known.
EUROS_PER_EMPLOYEE = 45_000
# From this distance on, a seat is no longer near.
FAR_KM = 100
# Codes of CPV are told apart down to the category. Source: regulation (EC) 213/2008.
CPV_DIGITS = 5
SIBLING, HALF, WHOLE = 40, 50, 100


class Criterion(StrEnum):
    """What is compared, in the order in which it is said."""

    SECTOR = "sector"
    TERRITORY = "territory"
    SET_ASIDE = "set_aside"
    CPV = "cpv"
    PRESTA = "presta"
    NEAR = "near"
    SIZE = "size"
    NOVELTY = "novelty"


WEIGHTS: dict[Criterion, int] = {
    Criterion.SECTOR: 28,
    Criterion.TERRITORY: 20,
    Criterion.SET_ASIDE: 8,
    Criterion.CPV: 10,
    Criterion.PRESTA: 6,
    Criterion.NEAR: 10,
    Criterion.SIZE: 10,
    Criterion.NOVELTY: 8,
}


def points(earned: int, possible: int) -> int:
    """A score of 0 to 100 from what was earned of what the need allows to compare.

    earned: the sum of weight × share. possible: the sum of the weights.
    """
    return (2 * earned + possible) // (2 * possible)


def significant(cpv: str) -> str:
    """The digits of a code that tell it from those above it: "77310000" → "7731"."""
    return (cpv[:2] + cpv[2:].rstrip("0"))[:CPV_DIGITS]


def digits_in_common(one: str, other: str) -> int:
    """How far down the tree two codes go together; one digit alone means nothing."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count if count >= 2 else 0


def cpv_share(wanted: str, known: str) -> int:
    """How close a code that a company is known by is to the one of the need, 0 to 100."""
    return WHOLE * digits_in_common(wanted, known) // len(wanted) if wanted else 0


def closest(wanted: Collection[str], known: Collection[str]) -> int:
    """The best of these codes and those, 0 without any."""
    return max((cpv_share(one, other) for one in wanted for other in known), default=0)


def near_share(km: int) -> int:
    """The nearer, the better, down to nothing."""
    return max(0, WHOLE - WHOLE * km // FAR_KM)


def size_share(percent: int) -> int:
    """Whole up to the safe part of a turnover, then less and less."""
    over = max(0, percent - SAFE_PERCENT)
    return max(0, WHOLE - WHOLE * over // (WHOLE - SAFE_PERCENT))


def euros_a_year(band: AmountBand, months: int | None) -> int | None:
    """The least that the contract brings in a year, in euros; None when nothing was said."""
    if band == AmountBand.UNKNOWN:
        return None
    least = int(band.partition("-")[0])
    return least * 12 // months if months and months > 12 else least


def capacity_of(turnover: int | None, headcount: int | None) -> int | None:
    """What a company does in a year, in euros: its turnover, or else what its people can do."""
    if turnover:
        return turnover
    return headcount * EUROS_PER_EMPLOYEE if headcount else None


def dependency(euros: int, capacity: int) -> int:
    """What a contract would make of a year's turnover, in per cent."""
    return WHOLE * euros // capacity
