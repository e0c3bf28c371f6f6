# SPDX-License-Identifier: EUPL-1.2
"""Rules of public procurement as dated data: what is in force on a day, since when, says who.

A line is never rewritten when the law changes: it is ended, and the next one is added below it, so
that a need of 2025 is still judged by the rules of 2025. Amounts are in euros without tax, for the
whole need over its whole duration. Articles are those of the code de la commande publique.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Measure(StrEnum):
    """What a threshold decides."""

    DISPENSE = "dispense"
    DISPENSE_WORKS = "dispense_works"
    DISPENSE_INNOVATIVE = "dispense_innovative"
    EU_STATE = "eu_state"
    EU_OTHERS = "eu_others"
    EU_WORKS = "eu_works"
    SOCIAL_CONDITION = "social_condition"
    SPASER = "spaser"


class Standing(StrEnum):
    """Whether the line is held for established, or must be checked in the official text."""

    CURRENT = "current"
    TO_CHECK = "to_check"


@dataclass(frozen=True)
class Rule:
    """One line of the law, from `since` to `until` included; euros is None where none counts."""

    measure: Measure
    euros: int | None
    since: date
    until: date | None
    article: str
    source: str
    standing: Standing = Standing.CURRENT

    def holds_on(self, day: date) -> bool:
        """Whether it was in force on this day."""
        return self.since <= day and (self.until is None or day <= self.until)


def _two_years(first: int, *euros: int, standing: Standing = Standing.TO_CHECK) -> Iterator[Rule]:
    """The three European thresholds of two years: central State, other buyers, works."""
    for measure, amount in zip(
        (Measure.EU_STATE, Measure.EU_OTHERS, Measure.EU_WORKS), euros, strict=True
    ):
        since, until = date(first, 1, 1), date(first + 1, 12, 31)
        source = f"avis relatif aux seuils {first}-{first + 1}"
        yield Rule(measure, amount, since, until, "L2124-1", source, standing)


RULES: tuple[Rule, ...] = (
    Rule(
        Measure.DISPENSE, 25_000, date(2015, 10, 1), date(2019, 12, 31), "R2122-8",
        "décret 2015-1163 du 17 septembre 2015", Standing.TO_CHECK,
    ),
    Rule(
        Measure.DISPENSE, 40_000, date(2020, 1, 1), date(2026, 3, 31), "R2122-8",
        "décret 2019-1344 du 12 décembre 2019",
    ),
    Rule(
        Measure.DISPENSE, 60_000, date(2026, 4, 1), None, "R2122-8",
        "décret 2025-1386 du 29 décembre 2025",
    ),
    Rule(
        Measure.DISPENSE_WORKS, 25_000, date(2015, 10, 1), date(2019, 12, 31), "R2122-8",
        "décret 2015-1163 du 17 septembre 2015", Standing.TO_CHECK,
    ),
    Rule(
        Measure.DISPENSE_WORKS, 40_000, date(2020, 1, 1), date(2020, 7, 23), "R2122-8",
        "décret 2019-1344 du 12 décembre 2019",
    ),
    Rule(
        Measure.DISPENSE_WORKS, 70_000, date(2020, 7, 24), date(2020, 12, 8), "R2122-8",
        "décret 2020-893 du 22 juillet 2020", Standing.TO_CHECK,
    ),
    Rule(
        Measure.DISPENSE_WORKS, 100_000, date(2020, 12, 9), date(2022, 12, 30), "R2122-8",
        "loi 2020-1525 du 7 décembre 2020 (ASAP), article 142", Standing.TO_CHECK,
    ),
    Rule(
        Measure.DISPENSE_WORKS, 100_000, date(2022, 12, 31), date(2025, 12, 31), "R2122-8",
        "décret 2022-1683 du 28 décembre 2022, prolongé en 2024",
    ),
    Rule(
        Measure.DISPENSE_WORKS, 100_000, date(2026, 1, 1), None, "R2122-8",
        "décret 2025-1386 du 29 décembre 2025",
    ),
    Rule(
        Measure.DISPENSE_INNOVATIVE, 100_000, date(2018, 12, 26), date(2024, 12, 31), "R2122-9-1",
        "décret 2018-1225 du 24 décembre 2018, rendu durable par le décret 2021-1634",
    ),
    Rule(
        Measure.DISPENSE_INNOVATIVE, 100_000, date(2025, 1, 1), date(2025, 12, 31), "R2122-9-1",
        "décret 2021-1634 du 13 décembre 2021", Standing.TO_CHECK,
    ),
    Rule(
        Measure.DISPENSE_INNOVATIVE, 140_000, date(2026, 1, 1), None, "R2122-9-1",
        "seuil européen de l'État, d'après une seule source", Standing.TO_CHECK,
    ),
    *_two_years(2018, 144_000, 221_000, 5_548_000),
    *_two_years(2020, 139_000, 214_000, 5_350_000),
    *_two_years(2022, 140_000, 215_000, 5_382_000),
    *_two_years(2024, 143_000, 221_000, 5_538_000, standing=Standing.CURRENT),
    *_two_years(2026, 140_000, 216_000, 5_404_000, standing=Standing.CURRENT),
    Rule(
        Measure.SOCIAL_CONDITION, None, date(2026, 8, 22), None, "L2112-2-1",
        "loi 2021-1104 du 22 août 2021 (Climat et résilience), article 35",
    ),
    Rule(
        Measure.SPASER, 100_000_000, date(2016, 2, 6), date(2022, 12, 31), "L2111-3",
        "décret 2016-412 du 7 avril 2016", Standing.TO_CHECK,
    ),
    Rule(
        Measure.SPASER, 50_000_000, date(2023, 1, 1), None, "L2111-3",
        "décret 2022-767 du 2 mai 2022",
    ),
)  # fmt: skip


def in_force(measure: Measure, day: date) -> Rule | None:
    """The line that held on this day, None when the law said nothing yet, or we do not know."""
    return next((one for one in of(measure) if one.holds_on(day)), None)


def after(rule: Rule) -> Rule | None:
    """The next line of the same measure, if the law is known to change."""
    return next((one for one in of(rule.measure) if one.since > rule.since), None)


def of(measure: Measure) -> list[Rule]:
    """All the lines of a measure, the oldest first."""
    return [one for one in RULES if one.measure == measure]


def needs_spaser(yearly_euros: int, day: date) -> bool:
    """Whether a buyer who buys so much a year must have a plan for responsible procurement.

    Source: L2111-3 and D2111-3 of the code.
    """
    rule = in_force(Measure.SPASER, day)
    return rule is not None and rule.euros is not None and yearly_euros > rule.euros


# Longest contract that may be reserved to the SSE, in months. Source: L2113-16.
SSE_MOST_MONTHS = 36
# Least share of workers with a disability, furthest from work, or detained, in per cent: R2113-7.
LEAST_SHARE = 50

# Services that may be reserved to the SSE: CPV codes without check digit, from and to included.
# Source: directive 2014/24/EU, article 77(1); the notice on social services annexed to the code.
# It ends its range of division 85 at 85323000, the last code that there is.
SSE_SERVICES: tuple[tuple[str, str], ...] = (
    ("75121000", "75121000"),
    ("75122000", "75122000"),
    ("75123000", "75123000"),
    ("79622000", "79622000"),
    ("79624000", "79624000"),
    ("79625000", "79625000"),
    ("80110000", "80110000"),
    ("80300000", "80300000"),
    ("80420000", "80420000"),
    ("80430000", "80430000"),
    ("80511000", "80511000"),
    ("80520000", "80520000"),
    ("80590000", "80590000"),
    ("85000000", "85999999"),
    ("92500000", "92500000"),
    ("92600000", "92600000"),
    ("98133000", "98133000"),
    ("98133110", "98133110"),
)
