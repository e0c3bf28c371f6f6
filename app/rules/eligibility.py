# SPDX-License-Identifier: EUPL-1.2
"""What the law of a day allows for a need: direct order, set-aside, procedure, social condition.

Each answer is a verdict: yes, no or unsure, the key of its reason with the facts of its sentence,
and the dated line of the law. It informs the buyer, who alone decides. The code binds public buyers
only: a private one gets no verdict. A code of CPV with fewer than 8 digits stands for all below it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.rules import law
from app.rules.errors import RuleBroken
from app.rules.law import Measure, Rule, Standing
from app.rules.needs import AmountBand, SetAside
from app.rules.reservations import RESERVATIONS, Answer, Reservation, sse_service


class Nature(StrEnum):
    """What is bought, as its CPV division tells."""

    SUPPLIES = "supplies"
    SERVICES = "services"
    WORKS = "works"


class Question(StrEnum):
    """What a verdict is about, in the order in which it is shown."""

    DIRECT_ORDER = "direct_order"
    INNOVATIVE_ORDER = "innovative_order"
    SET_ASIDE = "set_aside"
    PROCEDURE = "procedure"
    SOCIAL_CONDITION = "social_condition"


@dataclass(frozen=True)
class Amount:
    """What is known of the estimate, in euros: at least, and at most (None without limit)."""

    least: int
    most: int | None

    def below(self, euros: int) -> bool:
        return self.most is not None and self.most < euros


@dataclass(frozen=True)
class Buying:
    """A need as the law sees it, on the day whose rules count.

    cpv: 0 to 8 digits. euros: the exact estimate, which then counts instead of the band.
    """

    day: date
    cpv: str = ""
    band: AmountBand = AmountBand.UNKNOWN
    euros: int | None = None
    set_aside: SetAside = SetAside.NONE
    months: int | None = None
    is_innovative: bool = False
    is_public: bool = True

    @property
    def amount(self) -> Amount | None:
        if self.euros is not None:
            return Amount(self.euros, self.euros)
        if self.band == AmountBand.UNKNOWN:
            return None
        least, _, most = self.band.partition("-")
        return Amount(int(least), int(most) - 1 if most else None)


@dataclass(frozen=True)
class Verdict:
    """One answer, the key of its reason, the facts of its sentence, and what it rests on.

    later: the next line of the law, when it would turn the answer into a yes.
    """

    question: Question
    answer: Answer
    key: str
    article: str
    source: str
    since: date
    standing: Standing = Standing.CURRENT
    facts: Mapping[str, object] = field(default_factory=dict)
    later: Rule | None = None


def nature_of(cpv: str) -> Nature | None:
    """Supplies, services or works; None without a code.

    Source: regulation (EC) 213/2008: division 45 is works, 50 to 98 services, the rest and 48
    (software) supplies.
    """
    if not cpv:
        return None
    division = int(cpv[:2])
    if division == 45:
        return Nature.WORKS
    return Nature.SERVICES if division >= 50 else Nature.SUPPLIES


def verdicts(buying: Buying) -> tuple[Verdict, ...]:
    """All that the law of that day says about a need, in the order of the questions."""
    if not buying.is_public:
        return ()
    found = (
        direct_order(buying),
        innovative_order(buying),
        reserved(buying),
        procedure(buying),
        social_condition(buying),
    )
    return tuple(one for one in found if one is not None)


def direct_order(buying: Buying) -> Verdict | None:
    """Whether it may be ordered without publicity nor competition. Source: R2122-8."""
    nature = nature_of(buying.cpv)
    measures = {
        None: (Measure.DISPENSE, Measure.DISPENSE_WORKS),
        Nature.WORKS: (Measure.DISPENSE_WORKS,),
    }.get(nature, (Measure.DISPENSE,))
    return _below(Question.DIRECT_ORDER, buying, measures, {"nature": nature})


def innovative_order(buying: Buying) -> Verdict | None:
    """The same for an innovative purchase; nothing for any other. Source: R2122-9-1."""
    if not buying.is_innovative:
        return None
    return _below(Question.INNOVATIVE_ORDER, buying, (Measure.DISPENSE_INNOVATIVE,), {})


def reserved(buying: Buying) -> Verdict | None:
    """Whether the need may be reserved as it is; nothing when it is open to all.

    Source: L2113-12 to L2113-16.
    """
    if buying.set_aside == SetAside.NONE:
        return None
    rule = RESERVATIONS[buying.set_aside]
    answer, key = _reserved(buying, rule)
    facts = {
        "since": rule.since,
        "cpv": buying.cpv,
        "months": buying.months,
        "most": law.SSE_MOST_MONTHS,
        "share": law.LEAST_SHARE,
        "set_aside": buying.set_aside,
    }
    return Verdict(
        Question.SET_ASIDE, answer, key, rule.article, rule.source, rule.since, rule.standing, facts
    )


def _reserved(buying: Buying, rule: Reservation) -> tuple[Answer, str]:
    """What surely forbids comes first, then what is not known, then what is left to check."""
    if buying.day < rule.since:
        return Answer.NO, "not_yet"
    if buying.set_aside != SetAside.SSE:
        return Answer.YES, "reserved"
    listed = sse_service(buying.cpv)
    if listed == Answer.NO:
        return Answer.NO, "cpv_outside"
    if buying.months is not None and buying.months > law.SSE_MOST_MONTHS:
        return Answer.NO, "too_long"
    if listed == Answer.UNSURE:
        return Answer.UNSURE, "cpv_vague" if buying.cpv else "cpv_missing"
    if buying.months is None:
        return Answer.UNSURE, "months_missing"
    return Answer.YES, "reserved_sse"


def procedure(buying: Buying) -> Verdict | None:
    """Whether a formal procedure is called for; nothing when surely not. Source: L2124-1."""
    return _reached(Question.PROCEDURE, buying)


def social_condition(buying: Buying) -> Verdict | None:
    """Whether the contract must hold a social condition of execution. Source: L2112-2-1."""
    rule = law.in_force(Measure.SOCIAL_CONDITION, buying.day)
    return _reached(Question.SOCIAL_CONDITION, buying, rule) if rule is not None else None


def require_lawful(buying: Buying) -> None:
    """A need is not published under a reservation that the law surely forbids.

    Errors: RuleBroken `set_aside_not_yet`, `set_aside_cpv` or `set_aside_too_long`.
    """
    verdict = reserved(buying) if buying.is_public else None
    if verdict is None or verdict.answer != Answer.NO:
        return
    if verdict.key == "not_yet":
        raise RuleBroken("set_aside_not_yet", field="set_aside")
    if verdict.key == "too_long":
        raise RuleBroken(
            "set_aside_too_long", field="months", months=buying.months, most=law.SSE_MOST_MONTHS
        )
    raise RuleBroken("set_aside_cpv", field="set_aside", cpv=buying.cpv)


def _below(
    question: Question, buying: Buying, measures: Collection[Measure], facts: Mapping[str, object]
) -> Verdict | None:
    """Is the value below the threshold? With two, because the nature is unknown: below both?"""
    rules = [rule for one in measures if (rule := law.in_force(one, buying.day)) is not None]
    if len(rules) < len(measures):
        return None
    limits = [rule.euros or 0 for rule in rules]
    rule = rules[0]
    amount = buying.amount
    if amount is None:
        answer, key = Answer.UNSURE, "amount_missing"
    elif amount.below(min(limits)):
        answer, key = Answer.YES, "below"
    elif amount.least >= max(limits):
        answer, key = Answer.NO, "reached"
    elif amount.below(max(limits)):
        answer, key = Answer.UNSURE, "nature_missing"
    else:
        answer, key = Answer.UNSURE, "straddles"
    later = law.after(rule)
    helps = later is not None and amount is not None and amount.below(later.euros or 0)
    told = {**facts, "euros": limits[0], "works": max(limits)}
    return _verdict(question, answer, key, rule, told, later if helps else None)


def _reached(question: Question, buying: Buying, basis: Rule | None = None) -> Verdict | None:
    """Does the value reach the European threshold? The lower one binds the central State alone."""
    nature, amount = nature_of(buying.cpv), buying.amount
    goods, works = (Measure.EU_STATE, Measure.EU_OTHERS), (Measure.EU_WORKS,)
    measures = {None: goods + works, Nature.WORKS: works}.get(nature, goods)
    rules = [rule for one in measures if (rule := law.in_force(one, buying.day)) is not None]
    if amount is None or len(rules) < len(measures):
        return None
    limits = [rule.euros or 0 for rule in rules]
    if amount.below(min(limits)):
        return None
    sure = amount.least >= max(limits)
    told = {"state": limits[0], "euros": limits[len(limits) > 1], "works": limits[-1]}
    unsure = {None: "nature_missing", Nature.WORKS: "straddles_works"}.get(nature, "straddles")
    key = "reached" if sure else unsure
    answer = Answer.YES if sure else Answer.UNSURE
    return _verdict(question, answer, key, basis or rules[-1], {**told, "nature": nature})


def _verdict(
    question: Question,
    answer: Answer,
    key: str,
    rule: Rule,
    facts: Mapping[str, object],
    later: Rule | None = None,
) -> Verdict:
    if answer == Answer.YES:
        later = None
    return Verdict(
        question, answer, key, rule.article, rule.source, rule.since, rule.standing, facts, later
    )
