# SPDX-License-Identifier: EUPL-1.2
"""What an address, a name and a password must be."""

import pytest

from app.rules.accounts import require_address, require_name, require_password
from app.rules.errors import RuleBroken


def test_an_address_is_kept_in_small_letters():
    assert require_address(" Claire.Vasseur@Exemple.FR ") == "claire.vasseur@exemple.fr"


@pytest.mark.parametrize("text", ["", "claire", "claire@exemple", "a b@exemple.fr", "a@b@c.fr"])
def test_something_else_than_an_address_is_refused(text):
    with pytest.raises(RuleBroken) as refused:
        require_address(text)
    assert (refused.value.key, refused.value.field) == ("address_wrong", "email")


def test_a_name_is_tidied_but_never_empty():
    assert require_name("  Zoé   N'Guyen ") == "Zoé N'Guyen"
    with pytest.raises(RuleBroken):
        require_name("   ")
    with pytest.raises(RuleBroken):
        require_name("x" * 201)


def test_a_password_is_long_rather_than_strange():
    assert require_password("deux mots longs") == "deux mots longs"
    with pytest.raises(RuleBroken) as refused:
        require_password("court")
    assert refused.value.facts == {"least": 10, "written": 5}
