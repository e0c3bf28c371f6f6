# SPDX-License-Identifier: EUPL-1.2
"""French typography, and dates and numbers in both languages."""

from datetime import UTC, date, datetime

import pytest

from app.language import translate

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            "Quand ? À 9 h 25 : trop tard !",
            f"Quand{NBSP}? À 9{NBSP}h{NBSP}25{NBSP}: trop tard{NBSP}!",
        ),
        ("« oui »", f"«{NBSP}oui{NBSP}»"),
        ("60 000 € à 71 %", f"60{NBSP}000{NBSP}€ à 71{NBSP}%"),
        ("l'acheteur n'est pas là", "l’acheteur n’est pas là"),
        ("il y en a %(count)s : %(name)s", f"il y en a %(count)s{NBSP}: %(name)s"),
        ("calcul n° 5", f"calcul n°{NBSP}5"),
    ],
)
def test_french_text_is_typeset(typed, shown):
    assert translate.typography(typed) == shown


def test_facts_are_filled_in_after_typesetting(app):
    with translate.use_language("fr"):
        assert translate.gettext("Bonjour %(name)s", name="A : B") == "Bonjour A : B"


def test_dates_and_numbers_follow_the_language(app):
    noon = datetime(2027, 11, 24, 9, 25, tzinfo=UTC)
    with translate.use_language("fr"):
        assert translate.day(date(2027, 11, 24)) == "mercredi 24 novembre"
        assert translate.hour(noon) == f"10{NBSP}h{NBSP}25"
        assert translate.euros(60000) == f"60{NBSP}000{NBSP}€"
        assert translate.percent(0.004, 1) == f"0,4{NBSP}%"
    with translate.use_language("en"):
        assert translate.day(date(2027, 11, 24)) == "Wednesday 24 November"
        assert translate.hour(noon) == "10:25"
        assert translate.euros(60000) == "€60,000"
