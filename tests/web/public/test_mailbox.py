# SPDX-License-Identifier: EUPL-1.2
"""The mailbox of a demonstration."""

import pytest

from app.actions import letters
from app.mail.letters import Written
from app.models.base import db
from app.web.public.mailbox import with_links
from tests.builders import an_edition


def a_letter(to: str = "claire@demo.invalid", subject: str = "Bonjour", text: str = "x"):
    return letters.put(Written("test", subject, text, "<script>alert(1)</script>"), to=to, name="C")


@pytest.fixture
def fair(app):
    an_edition(is_demonstration=True)
    db.session.commit()


def test_the_letters_of_invented_people_are_read_by_anybody(client, fair):
    a_letter(subject="Premier")
    letter = a_letter(
        subject="Second", text="Bonjour <b>vous</b>\nhttp://127.0.0.1:8000/entrer/abc"
    )
    page = client.get("/boite-aux-lettres").text
    assert page.index("Second") < page.index("Premier")
    read = client.get(f"/boite-aux-lettres/{letter.id}").text
    assert '<a href="/entrer/abc">http://127.0.0.1:8000/entrer/abc</a>' in read
    assert "&lt;b&gt;vous&lt;/b&gt;" in read
    assert "<script>alert" not in read


def test_letters_are_found_by_address(client, fair):
    a_letter("bruno@demo.invalid", "Pour Bruno")
    a_letter("claire@demo.invalid", "Pour Claire")
    page = client.get("/boite-aux-lettres?q=bruno").text
    assert ("Pour Bruno" in page, "Pour Claire" in page) == (True, False)
    assert "Aucun courriel" in client.get("/boite-aux-lettres?q=zoe").text


def test_the_letter_of_a_real_person_is_never_shown(client, fair):
    letter = a_letter("claire@vraie.fr", "Votre lien pour entrer")
    assert "Votre lien" not in client.get("/boite-aux-lettres").text
    assert client.get(f"/boite-aux-lettres/{letter.id}").status_code == 404


def test_a_real_fair_has_no_public_mailbox(client):
    an_edition(is_demonstration=False)
    letter = a_letter()
    db.session.commit()
    assert client.get("/boite-aux-lettres").status_code == 404
    assert client.get(f"/boite-aux-lettres/{letter.id}").status_code == 404


def test_only_addresses_of_this_site_can_be_followed(app):
    words = with_links("Voir https://evil.example/x. Ou http://127.0.0.1:8000/annuaire?q=a&b=c !")
    assert words == (
        "Voir https://evil.example/x. Ou "
        '<a href="/annuaire?q=a&amp;b=c">http://127.0.0.1:8000/annuaire?q=a&amp;b=c</a> !'
    )
