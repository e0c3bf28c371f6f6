# SPDX-License-Identifier: EUPL-1.2
"""The buyer ticks clauses; everybody reads them on the need."""

from datetime import UTC, datetime

from app.actions import clauses as actions
from app.models import clock
from app.models.base import db
from app.queries import clauses
from tests.builders import a_buyer, a_company, a_member, a_need, log_in_as


def test_the_buyer_picks_clauses_and_everybody_reads_them(client):
    buyer = a_buyer()
    need, user, reader = a_need(buyer), a_member(buyer), a_member(a_company())
    db.session.commit()
    log_in_as(client, user)
    address = f"/besoins/{need.id}/clauses"
    assert address in client.get(f"/besoins/{need.id}").text

    answer = client.post(address, data={"clauses": ["waste", "small-lots"]})
    assert answer.status_code == 302
    page = client.get(address).text
    assert page.count(" checked") == 2

    log_in_as(client, reader)
    page = client.get(f"/besoins/{need.id}").text
    assert "Déchets réduits et triés" in page and address not in page
    assert client.get(address).status_code == 404
    client.post("/langue/en")
    assert "Less waste, sorted" in client.get(f"/besoins/{need.id}").text


def test_a_newer_version_is_told_and_an_unknown_clause_refused(client):
    buyer = a_buyer()
    need, user = a_need(buyer), a_member(buyer)
    with clock.frozen(datetime(2026, 3, 1, tzinfo=UTC)):
        actions.choose(need, by=None, codes=["insertion-hours"])
    db.session.commit()
    log_in_as(client, user)
    address = f"/besoins/{need.id}/clauses"
    with clock.frozen(datetime(2026, 11, 22, tzinfo=UTC)):
        assert "Le besoin garde la version 1." in client.get(address).text
        refused = client.post(address, data={"clauses": ["nonsense"]})
        assert refused.status_code == 422 and "n’est plus proposée" in refused.text
        client.post(address, data={"clauses": ["insertion-hours"], "renewed": "y"})
    assert [one.version for one in clauses.of_need(need)] == [2]
