# SPDX-License-Identifier: EUPL-1.2
"""Listings asked for by people whose address is not that of the organisation."""

import re

import pytest

from app.actions import companies
from app.models.base import db
from app.queries import companies as directory
from tests.builders import (
    a_company,
    a_user,
    an_edition,
    an_organiser,
    an_organiser_member,
    log_in_as,
)


@pytest.fixture
def edition(client):
    organiser = an_organiser()
    log_in_as(client, an_organiser_member(organiser))
    edition = an_edition(organiser)
    db.session.commit()
    return edition


def test_the_cockpit_tells_of_them_and_the_team_says_yes(client, edition):
    company = a_company(name="Les Jardins", website="https://jardins.example")
    zoe = a_user(name="Zoé Lefèvre", email="zoe@ailleurs.example")
    companies.claim(company, by=zoe)
    cockpit = client.get(f"/organisation/{edition.slug}").text
    assert f'href="/organisation/{edition.slug}/fiches-demandees"' in cockpit
    page = client.get(f"/organisation/{edition.slug}/fiches-demandees").text
    for said in ("Les Jardins", "Zoé Lefèvre", "zoe@ailleurs.example", "jardins.example"):
        assert said in page
    (yes,) = re.findall(r'action="(/espace/\d+/equipe/\d+/accepter)"', page)
    client.post(yes)
    assert [one.user_id for one in directory.members(company)] == [zoe.id]
    page = client.get(f"/organisation/{edition.slug}/fiches-demandees").text
    assert "Personne n’attend votre réponse" in page


def test_nobody_else_reads_them(client, edition):
    log_in_as(client, a_user())
    db.session.commit()
    assert client.get(f"/organisation/{edition.slug}/fiches-demandees").status_code == 404
