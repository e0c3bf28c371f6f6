# SPDX-License-Identifier: EUPL-1.2
"""The team's list of needs: the setting, the queue, publishing many, sending one back."""

import pytest

from app.actions import needs as actions
from app.models.base import db
from app.rules.needs import NeedState
from tests.builders import (
    a_buyer,
    a_company,
    a_member,
    a_need,
    a_registration,
    a_sector,
    an_edition,
    an_organiser,
    an_organiser_member,
    log_in_as,
)


@pytest.fixture
def edition(client):
    organiser = an_organiser(validates_needs=True)
    edition = an_edition(organiser)
    log_in_as(client, an_organiser_member(organiser))
    db.session.commit()
    return edition


@pytest.fixture
def waiting(edition):
    buyer = a_buyer(name="Ville de Valfleury")
    a_registration(edition, buyer)
    needs = [
        a_need(buyer, a_sector(), state=NeedState.DRAFT, title=f"Besoin {word}")
        for word in ("premier", "second")
    ]
    for need in needs:
        actions.publish(need, by=None)
    db.session.commit()
    return needs


def address(edition, more=""):
    return f"/organisation/{edition.slug}/besoins{more}"


def test_the_team_reads_a_need_and_publishes_many_at_once(client, edition, waiting):
    page = client.get(address(edition)).text
    assert "Besoin premier" in page and "en attente de validation" in page
    assert "Ce besoin attend votre lecture" in client.get(f"/besoins/{waiting[0].id}").text
    client.post(address(edition, "/publier"), data={"choix": [one.id for one in waiting]})
    assert {one.state for one in waiting} == {NeedState.PUBLISHED}
    assert "2 besoins sont publiés" in client.get(address(edition)).text


def test_nothing_ticked_is_said(client, edition, waiting):
    client.post(address(edition, "/publier"))
    assert "Cochez d’abord" in client.get(address(edition)).text


def test_a_need_is_sent_back_with_a_reason_that_its_buyer_reads(client, edition, waiting):
    there = address(edition, f"/{waiting[0].id}/renvoyer")
    assert client.post(there, data={"reason": ""}).status_code == 422
    client.post(there, data={"reason": "Choisissez le bon métier."})
    assert waiting[0].state == NeedState.SENT_BACK
    log_in_as(client, a_member(waiting[0].organisation))
    db.session.commit()
    assert "Choisissez le bon métier." in client.get(f"/besoins/{waiting[0].id}/modifier").text


def test_nobody_else_reads_a_need_that_waits(client, waiting):
    for user in (
        a_member(a_company()),
        an_organiser_member(an_organiser()),
    ):
        db.session.commit()
        log_in_as(client, user)
        assert client.get(f"/besoins/{waiting[0].id}").status_code == 404


def test_another_team_publishes_nothing_of_ours(client, edition, waiting):
    theirs = an_edition()
    log_in_as(client, an_organiser_member(theirs.series.organiser))
    db.session.commit()
    client.post(address(theirs, "/publier"), data={"choix": [waiting[0].id]})
    assert waiting[0].state == NeedState.SUBMITTED
    assert client.get(address(theirs, f"/{waiting[0].id}/renvoyer")).status_code == 404


def test_the_team_may_trust_its_buyers(client, edition):
    client.post(address(edition, "/lecture"), data={"wanted": "0"})
    assert not edition.series.organiser.validates_needs
    assert "sans vous attendre" in client.get(address(edition)).text
    client.post(address(edition, "/lecture"), data={"wanted": "1"})
    assert edition.series.organiser.validates_needs


def test_a_buyer_sees_where_its_need_stands_and_takes_it_back(client, edition, waiting):
    need = waiting[0]
    log_in_as(client, a_member(need.organisation))
    db.session.commit()
    page = client.get(f"/besoins/{need.id}").text
    assert "L’équipe du salon le lit" in page and f"/besoins/{need.id}/reprendre" in page
    client.post(f"/besoins/{need.id}/reprendre")
    assert need.state == NeedState.DRAFT
    assert "Publier après lecture" in client.get(f"/besoins/{need.id}/modifier").text


def test_the_list_costs_the_same_for_one_need_and_for_thirty(
    client, edition, waiting, count_queries
):
    slug = edition.slug

    def asked():
        db.session.remove()
        with count_queries:
            client.get(f"/organisation/{slug}/besoins")
        return len(count_queries)

    asked()
    for_two = asked()
    for _ in range(30):
        buyer = a_buyer()
        a_registration(edition, buyer)
        a_need(buyer)
    db.session.commit()
    assert asked() == for_two
