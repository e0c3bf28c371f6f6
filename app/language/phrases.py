# SPDX-License-Identifier: EUPL-1.2
"""Texts said often: a sentence for every refusal, a word for every status."""

from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum

from app.language import translate
from app.language.refusals import REFUSALS
from app.language.words import WORDS
from app.rules.companies import PrestaType
from app.rules.errors import Refusal

LONG_NUMBER = 10_000  # from here on, thousands are set apart


def word(value: StrEnum) -> str:
    """The word for a status or kind, in the reader's language."""
    return str(WORDS[type(value), value.value])


def sold(presta_type: str) -> str:
    """The word for a type of service kept as text (DISP, PREST, BUILD)."""
    return word(PrestaType(presta_type))


def refusal(problem: Refusal) -> str:
    """The sentence for a refusal: what is wrong and how to mend it."""
    return sentence(problem.key, problem.facts)


def sentence(key: str, facts: Mapping[str, object]) -> str:
    """The sentence of a refusal that was kept by its key and its facts."""
    return str(REFUSALS[key]) % {name: _said(fact) for name, fact in facts.items()}


def _said(fact: object) -> object:
    if isinstance(fact, StrEnum):
        return word(fact)
    if isinstance(fact, int) and fact >= LONG_NUMBER:
        return translate.number(fact)
    if isinstance(fact, datetime):
        return translate.moment(fact)
    if isinstance(fact, time):
        return translate.hour(fact)
    return translate.day(fact) if isinstance(fact, date) else fact
