# SPDX-License-Identifier: EUPL-1.2
"""Every verdict that the law can give has its title and its sentence."""

import itertools
from datetime import date

import pytest

from app.language.translate import use_language
from app.language.verdicts import SENTENCES, TITLES, said, title
from app.rules.eligibility import Buying, direct_order, verdicts
from app.rules.needs import AmountBand, SetAside

DAYS = (date(2019, 5, 1), date(2022, 1, 1), date(2026, 3, 1), date(2026, 11, 22))
CODES = ("", "77", "45", "80", "85311000")
AMOUNTS = (None, 30_000, 50_000, 90_000, 120_000, 180_000, 2_000_000, 6_000_000)
BANDS = ("unknown", "40000-60000", "90000-216000", "1000000-")


def every_verdict():
    for day, cpv, euros, band, set_aside, months in itertools.product(
        DAYS, CODES, AMOUNTS, BANDS, SetAside, (None, 12, 48)
    ):
        buying = Buying(day, cpv, AmountBand(band), euros, set_aside, months, is_innovative=True)
        yield from verdicts(buying)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_verdict_is_told_in_words(app, language):
    seen = {(one.question, one.key): one for one in every_verdict()}
    answers = {(one.question, one.answer): one for one in every_verdict()}
    with app.test_request_context(), use_language(language):
        for one in [*seen.values(), *answers.values()]:
            assert title(one) and "%" not in said(one).replace("\u00a0%", "").replace("50%", "")
    assert set(seen) == set(SENTENCES), set(SENTENCES) ^ set(seen)
    assert set(answers) == set(TITLES), set(TITLES) ^ set(answers)


def test_the_threshold_and_its_change_are_told_in_euros_and_days(app):
    verdict = direct_order(Buying(date(2026, 3, 1), cpv="77", euros=50_000))
    assert verdict is not None
    with app.test_request_context(), use_language("fr"):
        plain = said(verdict).replace("\u00a0", " ")
    assert "atteint le seuil de 40 000 €" in plain
    assert "passe à 60 000 € le 1er avril 2026" in plain
