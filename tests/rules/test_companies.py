# SPDX-License-Identifier: EUPL-1.2
"""What may be said of an organisation."""

import pytest

from app.rules.companies import (
    country_of,
    legal_form_of,
    presta_types_of,
    require_euros,
    require_headcount,
    siret_of,
    vat_of,
    website_of,
)
from app.rules.errors import RuleBroken

REAL, INVENTED = "73282932000074", "73282932000075"


def refusal(function, *arguments, **named) -> tuple[str, str | None]:
    with pytest.raises(RuleBroken) as refused:
        function(*arguments, **named)
    return refused.value.key, refused.value.field


def test_a_siret_may_be_typed_with_spaces_and_points():
    assert siret_of(" 732 829 320-00074. ") == REAL


def test_the_post_office_has_its_own_check_digit():
    assert siret_of("35600000049837") == "35600000049837"


@pytest.mark.parametrize(
    ("text", "key"),
    [("7328293200007", "siret_length"), ("", "siret_length"), ("7328293200007A", "siret_length"),
     (INVENTED, "siret_digits")],
)  # fmt: skip
def test_a_wrong_siret_is_refused_on_its_field(text, key):
    assert refusal(siret_of, text) == (key, "siret")


def test_an_invented_organisation_must_have_an_impossible_siret():
    assert siret_of(INVENTED, demonstration=True) == INVENTED
    assert refusal(siret_of, REAL, demonstration=True) == ("siret_not_invented", "siret")


def test_a_foreign_organisation_has_a_vat_number():
    assert vat_of("BE 0403.019.261") == "BE0403019261"
    assert refusal(vat_of, "BE 0403.019.262") == ("vat_wrong", "vat_number")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("exemple.fr", "https://exemple.fr"), (" http://a.exemple.fr/x?y=1 ",
      "http://a.exemple.fr/x?y=1"), ("", "")],
)  # fmt: skip
def test_a_website_gets_its_https(typed, kept):
    assert website_of(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["javascript:alert(1)", "https://", "mailto:a@exemple.fr", "ftp://exemple.fr", "deux mots",
     "https://moi:secret@exemple.fr", 'https://exemple.fr/"><script>'],
)  # fmt: skip
def test_anything_else_than_a_page_of_the_web_is_refused(typed):
    assert refusal(website_of, typed) == ("website_wrong", "website")


def test_what_is_sold_has_a_fixed_order():
    assert presta_types_of(["BUILD", "DISP", "unknown"]) == ["DISP", "BUILD"]
    assert refusal(presta_types_of, []) == ("presta_types_missing", "presta_types")


def test_a_headcount_is_a_number_of_people():
    assert require_headcount(None) is None
    assert require_headcount(24) == 24
    assert refusal(require_headcount, -1) == ("headcount_wrong", "headcount")


def test_a_french_vat_number_does_not_stand_for_a_siret():
    assert refusal(vat_of, "FR 83 404833048") == ("vat_french", "vat_number")


@pytest.mark.parametrize(
    ("number", "country"),
    [("BE0403019261", "BE"), ("EL094259216", "GR"), ("XI110305878", "GB"), (None, "FR")],
)
def test_a_vat_number_tells_the_country(number, country):
    assert country_of(number) == country


def test_a_sum_is_a_whole_number_of_euros():
    assert require_euros(None, field="turnover") is None
    assert require_euros(0, field="turnover") == 0
    assert refusal(require_euros, -1, field="turnover") == ("euros_wrong", "turnover")
    assert refusal(require_euros, 10**17, field="turnover") == ("euros_wrong", "turnover")


def test_a_legal_form_has_four_digits():
    assert (legal_form_of(" 9220 "), legal_form_of("")) == ("9220", "")
    for typed in ("922", "92200", "92A0", "٩٢٢٠"):
        assert refusal(legal_form_of, typed) == ("legal_form_wrong", "legal_form")
