# SPDX-License-Identifier: EUPL-1.2
"""Letters about accounts: one main link, said in both parts, and nothing of others as markup."""

from typing import Any

import pytest

from app.mail import letters

LINK = "https://exemple.fr/confirmer/abc"
ORGANISATION = {"organisation": "L'<b>Atelier</b>"}
ABOUT: list[tuple[Any, dict[str, str]]] = [
    (letters.verify_address, {}),
    (letters.verify_address, ORGANISATION),
    (letters.login_link, {}),
    (letters.new_password, {}),
    (letters.claim_approved, ORGANISATION),
    (letters.claim_waiting, {**ORGANISATION, "asking": "Zoé", "email": "zoe@exemple.test"}),
]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("letter", "facts"), ABOUT)
def test_a_letter_has_one_main_link_in_both_parts(app, letter, facts, language):
    with app.test_request_context():
        written = letter(language=language, name="Claire", link=LINK, **facts)

    assert written.subject.strip() and "\n" not in written.subject
    assert written.text.count(LINK) == 1
    assert written.html.count(f'href="{LINK}"') == 1
    assert f'<html lang="{language}">' in written.html
    assert "<b>Atelier" not in written.html
    assert "Claire" in written.text
