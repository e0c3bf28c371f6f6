# SPDX-License-Identifier: EUPL-1.2
"""What the law says of a need, by the rules of the day on which it was published, or of today."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.models import clock
from app.models.companies import Organisation
from app.models.needs import Need
from app.rules import law
from app.rules.companies import BuyerKind
from app.rules.eligibility import Buying, Question, Verdict
from app.rules.eligibility import verdicts as verdicts_on
from app.rules.law import Measure, Rule
from app.rules.reservations import Answer


def bought(need: Need, *, on: date | None = None) -> Buying:
    """A need as the law sees it on a day; a draft is judged by the rules of today."""
    return Buying(
        day=on or need.published_on or clock.today(),
        cpv=need.cpv,
        band=need.amount_band,
        euros=need.amount_exact,
        set_aside=need.set_aside,
        months=need.months,
        is_innovative=bool(need.is_innovative),
        is_public=need.organisation.buyer_kind != BuyerKind.PRIVATE,
    )


def verdicts(need: Need) -> tuple[Verdict, ...]:
    """All that the law says of a need; nothing for a private buyer."""
    return verdicts_on(bought(need))


def foreseen(organisation: Organisation, facts: Mapping[str, Any]) -> tuple[Verdict, ...]:
    """The same for what a buyer has typed and not kept yet; facts are those of a need."""
    euros = facts["amount_exact"]
    return verdicts_on(
        Buying(
            day=clock.today(),
            cpv=facts["cpv"],
            band=facts["amount_band"],
            euros=euros if euros and euros > 0 else None,
            set_aside=facts["set_aside"],
            months=facts["months"],
            is_innovative=facts["is_innovative"],
            is_public=organisation.buyer_kind != BuyerKind.PRIVATE,
        )
    )


def shown_to_all(need: Need) -> tuple[Verdict, ...]:
    """What everybody may read: the reservation and a possible direct order, by the band alone."""
    found = verdicts_on(replace(bought(need), euros=None))
    return tuple(
        one
        for one in found
        if one.question == Question.SET_ASIDE
        or (one.question == Question.DIRECT_ORDER and one.answer == Answer.YES)
    )


def in_force(day: date | None = None) -> dict[Measure, Rule]:
    """The rules of a day, of today unless said otherwise."""
    day = day or clock.today()
    found = {measure: law.in_force(measure, day) for measure in Measure}
    return {measure: rule for measure, rule in found.items() if rule is not None}
