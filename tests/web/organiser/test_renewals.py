# SPDX-License-Identifier: EUPL-1.2
"""The organiser sees which contracts end, and prepares needs that it cannot publish."""

from datetime import UTC, date, datetime

import pytest

from app.models import clock
from app.models.base import db
from app.models.needs import Need
from app.rules.needs import NeedState
from tests.actions.test_renewals import a_contract
from tests.builders import a_buyer, a_user, an_edition, an_organiser_member, log_in_as

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def that_day():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def edition(client):
    edition = an_edition()
    log_in_as(client, an_organiser_member(edition.series.organiser))
    db.session.commit()
    return edition


def page(client, edition, query=""):
    answer = client.get(f"/organisation/{edition.slug}/renouvellements{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True).replace("\xa0", " ")


def test_the_horizon_and_the_filters_live_in_the_address(client, edition):
    herault = a_buyer(name="Ville de Lodève", department="34")
    a_contract(herault)
    a_contract(
        a_buyer(name="Ville de Foix", department="09"), uid="U2", cpv="77310000",
        notified_on=date(2026, 2, 1), duration_months=12,
    )  # fmt: skip
    assert "2 marchés se terminent" in page(client, edition)
    assert "1 marché se termine" in page(client, edition, "?mois=6")
    for query in ("?famille=espaces-verts", "?departement=09"):
        shown = page(client, edition, query)
        assert "1 marché se termine" in shown and "Aménagement" not in shown
    assert "Ville de Lodève" in page(client, edition, f"?acheteur={herault.id}")
    assert "2 marchés se terminent" in page(client, edition, "?mois=999&acheteur=x&famille=zz")


def test_one_click_prepares_a_draft_that_only_its_buyer_may_publish(client, edition):
    contract = a_contract(a_buyer(name="Ville de Lodève"))
    here = f"/organisation/{edition.slug}/renouvellements"
    answer = client.post(
        f"{here}/{contract.id}", data={"back": f"{here}?mois=18"}, follow_redirects=True
    )
    shown = answer.get_data(as_text=True).replace("\xa0", " ")
    assert "Le brouillon est dans l’espace de Ville de Lodève" in shown
    assert answer.request.full_path == f"{here}?mois=18"
    need = db.session.query(Need).one()
    assert (need.contract_id, need.state) == (contract.id, NeedState.DRAFT)
    assert "À renouveler" in need.title and "24" in need.text
    assert client.get(f"/besoins/{need.id}").status_code == 404
    assert client.post(f"/besoins/{need.id}/publier").status_code == 404


def test_two_clicks_make_one_need(client, edition):
    contract = a_contract(a_buyer())
    for _ in range(2):
        client.post(f"/organisation/{edition.slug}/renouvellements/{contract.id}")
    assert db.session.query(Need).count() == 1


def test_nobody_but_a_team_sees_them_or_prepares_needs(client, edition):
    contract = a_contract(a_buyer())
    stranger = a_user()
    db.session.commit()
    log_in_as(client, stranger)
    here = f"/organisation/{edition.slug}/renouvellements"
    assert client.get(here).status_code == 404
    assert client.post(f"{here}/{contract.id}").status_code == 404
    assert db.session.query(Need).count() == 0


def test_an_empty_list_says_where_contracts_come_from(client, edition):
    shown = page(client, edition)
    assert "Aucun marché connu ne se termine" in shown
    assert f"/organisation/{edition.slug}/import" in shown


@pytest.mark.parametrize("many", [1, 50])
def test_the_page_asks_no_query_per_contract(client, edition, count_queries, many):
    for number in range(many):
        a_contract(a_buyer(), uid=f"U{number}")
    page(client, edition)
    with count_queries:
        page(client, edition)
    assert len(count_queries) <= 20
