# SPDX-License-Identifier: EUPL-1.2
"""Contracts that end soon, as organisers and buyers both look at them: choices in the address."""

from dataclasses import dataclass
from typing import Any

from flask import request

from app.actions import renewals as actions
from app.language import contracts as words
from app.language import translate
from app.language.places import place
from app.queries import renewals
from app.queries.contracts import Contract
from app.queries.renewals import Narrowing, Need
from app.rules.cpv import division_name
from app.rules.sectors import BY_SLUG, FAMILIES
from app.web.shared import filters
from app.web.shared.login import me

HORIZONS = (6, 12, 18)
USUAL = 12


@dataclass(frozen=True)
class Choices:
    """What one may choose among: (value, words) of each list."""

    months: list[int]
    departments: list[tuple[str, str]]
    buyers: list[tuple[str, str]]
    families: list[tuple[str, str]]


def asked(buyer: int | None = None) -> Narrowing:
    """What the address asks for; buyer: the only one whose contracts may be seen."""
    months, chosen = _number("mois"), _number("acheteur")
    family = request.args.get("famille", "")
    return Narrowing(
        months=months if months in HORIZONS else USUAL,
        buyer=buyer if buyer is not None else chosen,
        department="" if buyer is not None else request.args.get("departement", "")[:3],
        family=family if family in BY_SLUG else "",
    )


def shown(narrowing: Narrowing, *, whole: bool = True) -> dict[str, Any]:
    """What the list needs; whole: of all buyers, with the choices among them."""
    today = renewals.today()
    english = translate.language() == "en"
    return {
        "asked": narrowing,
        "ending": renewals.ending(narrowing, today=today, page=filters.page_number()),
        "about": words.about,
        "division": lambda cpv: division_name(cpv, translate.language()),
        "choices": Choices(
            list(HORIZONS),
            [(code, place(code)) for code in renewals.departments(narrowing, today=today)]
            if whole
            else [],
            [(str(key), name) for key, name in renewals.buyers(narrowing, today=today)]
            if whole
            else [],
            [(one.slug, one.english if english else one.french) for one in FAMILIES],
        ),
    }


def draft(contract: Contract) -> Need:
    """The need that follows this contract, drafted in the words of who asks."""
    return actions.draft(
        contract,
        by=me(),
        title=words.renewal_title(contract.title, contract.cpv),
        text=words.renewal_text(contract.notified_on, contract.duration_months),
    )


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
