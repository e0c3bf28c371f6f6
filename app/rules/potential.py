# SPDX-License-Identifier: EUPL-1.2
"""What the inclusive structures of a place could do of a purchase, and by which lever of the law.

The levers are tried from the strongest to the weakest; each says yes, no or unsure, why, and on
which article it rests. The numbers of structures (more than 30 to reserve a whole contract, more
than 10 to reserve a lot, two to ask for a clause) and the safe share of 30 % are those of the
« potentiel inclusif » of Le marché de l'inclusion, read in August 2026; they are no law. Where its
code never advises an award criterion, this one does when a single structure could serve.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from app.rules import eligibility
from app.rules.clauses import offered
from app.rules.companies import HANDICAP, INTEGRATION, CompanyKind
from app.rules.criteria import SAFE_PERCENT
from app.rules.eligibility import Buying
from app.rules.needs import SetAside
from app.rules.reservations import RESERVATIONS, Answer, may_answer

ENOUGH_TO_RESERVE, ENOUGH_FOR_A_LOT, ENOUGH_FOR_A_CLAUSE = 30, 10, 2
QUOTES = 3


class Lever(StrEnum):
    """What a buyer may do, the strongest first."""

    DIRECT_ORDER = "direct_order"
    SET_ASIDE = "set_aside"
    LOT = "lot"
    CLAUSE = "clause"
    CRITERION = "criterion"


@dataclass(frozen=True)
class Able:
    """A structure that could serve: its kind, and what the contract would make of its turnover.

    percent: None when nothing tells how large it is, or how large the contract is.
    """

    kind: CompanyKind | None
    percent: int | None = None

    @property
    def is_safe(self) -> bool:
        return self.percent is None or self.percent <= SAFE_PERCENT


@dataclass(frozen=True)
class Advice:
    """One lever: yes, no or unsure, the key of its reason with its facts, and what it rests on."""

    lever: Lever
    answer: Answer
    key: str
    article: str
    source: str
    since: date
    set_aside: SetAside = SetAside.NONE
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Potential:
    """How many structures could serve, how many of them safely, of which kinds, and the levers."""

    able: int
    safe: int
    kinds: Mapping[CompanyKind | None, int]
    levers: tuple[Advice, ...]

    @property
    def advised(self) -> Advice | None:
        """The strongest lever that is possible."""
        found = [one for one in self.levers if one.answer == Answer.YES]
        return found[0] if found else None


def potential(buying: Buying, able: Collection[Able]) -> Potential:
    """What could be done of this purchase by these structures."""
    kinds = Counter(one.kind for one in able)
    levers = (
        _direct_order(buying, able),
        *_reserved(buying, able),
        _clause(buying, able),
        _criterion(buying, able),
    )
    safe = sum(one.is_safe for one in able)
    return Potential(len(able), safe, dict(kinds.most_common()), levers)


def _direct_order(buying: Buying, able: Collection[Able]) -> Advice:
    """Below the threshold, ask a few of them for a quote. A private buyer always may."""
    verdict = eligibility.direct_order(buying)
    facts: dict[str, object] = {"able": len(able), "quotes": min(QUOTES, len(able))}
    if not buying.is_public or verdict is None:
        key = "private" if not buying.is_public else "unknown_law"
        answer = Answer.YES if not buying.is_public and able else Answer.UNSURE
        return Advice(
            Lever.DIRECT_ORDER, answer, key if able else "nobody", "", "", buying.day, facts=facts
        )
    answer = verdict.answer if able else Answer.NO
    key = verdict.key if able else "nobody"
    facts |= verdict.facts
    return Advice(
        Lever.DIRECT_ORDER, answer, key, verdict.article, verdict.source, verdict.since,
        facts=facts,
    )  # fmt: skip


def _reserved(buying: Buying, able: Collection[Able]) -> tuple[Advice, Advice]:
    """To whom the whole could be reserved, or else one lot of it."""
    choice = _reservation_for(buying, able)
    rule = RESERVATIONS[choice]
    eligible = [one for one in able if may_answer(choice, one.kind)]
    safe = sum(one.is_safe for one in eligible)
    facts = {"eligible": len(eligible), "safe": safe, "enough": ENOUGH_TO_RESERVE}
    law = eligibility.reserved(replace(buying, set_aside=choice))
    forbidden = law is not None and law.answer == Answer.NO
    whole, lot = (
        Advice(
            lever, _answer(enough, forbidden), _why(enough, forbidden, len(eligible), safe),
            rule.article, rule.source, rule.since, choice, {**facts, "enough": needed},
        )
        for lever, enough, needed in (
            (Lever.SET_ASIDE, safe > ENOUGH_TO_RESERVE, ENOUGH_TO_RESERVE),
            (Lever.LOT, len(eligible) > ENOUGH_FOR_A_LOT, ENOUGH_FOR_A_LOT),
        )
    )  # fmt: skip
    return whole, lot


def _answer(enough: bool, forbidden: bool) -> Answer:
    return Answer.YES if enough and not forbidden else Answer.NO


def _why(enough: bool, forbidden: bool, eligible: int, safe: int) -> str:
    if forbidden:
        return "forbidden"
    if enough:
        return "enough"
    return "too_big" if eligible > ENOUGH_TO_RESERVE >= safe else "too_few"


def _reservation_for(buying: Buying, able: Collection[Able]) -> SetAside:
    """One article when its structures are enough by themselves, else both together."""
    counts = {
        SetAside.INTEGRATION: sum(one.kind in INTEGRATION for one in able),
        SetAside.HANDICAP: sum(one.kind in HANDICAP for one in able),
    }
    best = max(counts, key=lambda one: counts[one])
    if counts[best] > ENOUGH_TO_RESERVE or buying.day < RESERVATIONS[SetAside.BOTH].since:
        return best
    return SetAside.BOTH if all(counts.values()) else best


def _clause(buying: Buying, able: Collection[Able]) -> Advice:
    """A social condition of execution: from some amount on, the law asks for it anyway."""
    clause = _of_library("insertion-hours", buying.day)
    law = eligibility.social_condition(buying) if buying.is_public else None
    due = law is not None and law.answer == Answer.YES
    enough = len(able) >= ENOUGH_FOR_A_CLAUSE
    key = "due" if due else "enough" if enough else "too_few"
    facts = {"able": len(able), "enough": ENOUGH_FOR_A_CLAUSE}
    if law is not None and due:
        return Advice(
            Lever.CLAUSE, Answer.YES, key, law.article, law.source, law.since, facts=facts
        )
    answer = Answer.YES if enough else Answer.NO
    return Advice(Lever.CLAUSE, answer, key, *clause, facts=facts)


def _criterion(buying: Buying, able: Collection[Able]) -> Advice:
    """Points for what an offer does for people far from work; it needs no structure nearby."""
    key = "always" if able else "nobody"
    return Advice(
        Lever.CRITERION, Answer.YES, key, *_of_library("social-criterion", buying.day),
        facts={"able": len(able)},
    )  # fmt: skip


def _of_library(code: str, day: date) -> tuple[str, str, date]:
    """(article, source, since) of a clause of the library on this day."""
    known = {one.code: one for one in offered(max(day, date(2019, 4, 1)))}
    clause = known[code]
    return clause.article, "code de la commande publique", clause.since
