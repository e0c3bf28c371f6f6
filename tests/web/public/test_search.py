# SPDX-License-Identifier: EUPL-1.2
"""The search of the directory: slips, numbers, filters with counts, cards, table, comparison."""

import io
import re
from datetime import date, timedelta

import pytest
from python_calamine import CalamineWorkbook

from app.models import clock
from app.models.base import db
from app.models.companies import Contract, ContractHolder
from app.models.listings import Label, Network, NetworkMember, OrganisationLabel
from app.rules.companies import CompanyKind, Family, GeoRange
from app.rules.search import folded
from tests.builders import (
    a_buyer,
    a_company,
    a_member,
    a_need,
    a_registration,
    a_request,
    a_sector,
    a_user,
    an_activity,
    an_edition,
    an_offer,
    log_in_as,
)
from tests.web.public.test_directory import a_listed, search, shown


def boxes(page: str, name: str) -> dict[str, int]:
    """value → count of each box of a filter."""
    found = re.findall(
        rf'name="{name}" value="([^"]+)"[^>]*>.*?number">([\d\s\u00a0]+)<', page, re.S
    )
    return {value: int(re.sub(r"\D", "", count)) for value, count in found}


def a_label(company, slug: str, expires_on: date | None = None) -> None:
    label = db.session.query(Label).filter_by(slug=slug).one_or_none()
    if label is None:
        label = Label(slug=slug, name_fr=slug.upper(), name_en=slug.upper(), issuer="", website="")
        db.session.add(label)
        db.session.flush()
    db.session.add(
        OrganisationLabel(
            organisation_id=company.id,
            label_id=label.id,
            proof_link="",
            source="typed",
            expires_on=expires_on,
            added_at=clock.now(),
        )
    )


def test_a_slip_is_understood_and_said(client):
    a_listed("Menuiserie des Tamaris")
    page = search(client, "?q=menuisrie")
    assert shown(page) == ["Menuiserie des Tamaris"]
    assert "Aucune fiche ne contient «\u00a0menuisrie\u00a0»" in page
    assert "Aucune fiche ne contient" not in search(client, "?q=menuiserie")


def test_hyphens_saints_and_numbers_in_groups_are_found(client):
    a_listed("Esat Saint-Jean", siret="73282932000074")
    company = a_listed("732 829 320 00074 Papier")
    company.search = folded("73282932000074 Papier")
    assert shown(search(client, "?q=st+jean")) == ["Esat Saint-Jean"]
    assert shown(search(client, "?q=esat-saint-jean")) == ["Esat Saint-Jean"]
    assert shown(search(client, "?q=732+829+320+00074")) == ["732 829 320 00074 Papier"]
    assert shown(search(client, "?q=732829320")) == ["732 829 320 00074 Papier"]


def test_a_cpv_code_finds_the_trades_it_stands_for(client):
    gardens = a_sector("Espaces verts")
    gardens.group.slug = "espaces-verts"
    an_activity(a_listed("Les Jardins"), gardens)
    an_activity(a_listed("La Lessive"), a_sector("Linge"))
    assert shown(search(client, "?q=77310000-6")) == ["Les Jardins"]
    assert shown(search(client, "?q=77310000")) == ["Les Jardins"]
    assert shown(search(client, "?q=99999999")) == []


def test_each_filter_counts_what_it_would_find_and_stays_in_the_address(client):
    gardens, laundry = a_sector("Espaces verts"), a_sector("Linge")
    one = a_listed("Un", company_kind=CompanyKind.ACI, headcount=8, family=Family.ASSOCIATION)
    two = a_listed("Deux", company_kind=CompanyKind.ESAT, headcount=60, may_group=True)
    an_activity(one, gardens, presta_types=["PREST", "BUILD"])
    an_activity(two, gardens)
    an_activity(two, laundry)
    a_label(one, "esus")
    a_label(two, "esus", expires_on=clock.today() - timedelta(days=1))
    network = Network(slug="unea", name="UNEA", brand="", website="")
    db.session.add(network)
    db.session.flush()
    db.session.add(NetworkMember(organisation_id=two.id, network_id=network.id, source="typed"))
    page = search(client)
    assert boxes(page, "type") == {"ACI": 1, "ESAT": 1}
    assert boxes(page, "metier") == {gardens.group.slug: 2, laundry.group.slug: 1}
    assert boxes(page, "prestation") == {"PREST": 2, "BUILD": 1}
    assert boxes(page, "famille") == {"ASSOCIATION": 1}
    assert boxes(page, "label") == {"esus": 1}
    assert boxes(page, "reseau") == {"unea": 1}
    assert boxes(page, "taille") == {"under_10": 1, "under_250": 1}
    assert boxes(page, "preuve") == {"groups": 1}
    page = search(client, "?type=ACI")
    assert boxes(page, "type") == {"ACI": 1, "ESAT": 1}
    assert boxes(page, "metier") == {gardens.group.slug: 1}
    for query, names in (
        ("?label=esus", ["Un"]), ("?reseau=unea", ["Deux"]), ("?taille=under_250", ["Deux"]),
        ("?famille=ASSOCIATION", ["Un"]), ("?preuve=groups", ["Deux"]),
        ("?label=rge", ["Deux", "Un"]),
    ):  # fmt: skip
        assert shown(search(client, query)) == names, query


def test_a_family_opens_its_trades_and_a_trade_narrows_it(client):
    gardens = a_sector("Espaces verts")
    other = a_sector("Forêt")
    other.group_id = gardens.group_id
    an_activity(a_listed("Jardiniers"), gardens)
    an_activity(a_listed("Forestiers"), other)
    db.session.flush()
    family = gardens.group.slug
    assert gardens.slug not in boxes(search(client), "metier")
    page = search(client, f"?metier={family}")
    assert boxes(page, "metier")[gardens.slug] == boxes(page, "metier")[other.slug] == 1
    page = search(client, f"?metier={family}&metier={other.slug}")
    assert shown(page) == ["Forestiers"]


def test_responsible_private_enterprises_stand_apart(client):
    a_listed("Une Scop", company_kind=CompanyKind.SCOP)
    a_listed("Une responsable", company_kind=CompanyKind.RESPONSIBLE)
    assert shown(search(client, "?type=RESPONSIBLE")) == ["Une responsable"]
    page = search(client)
    assert boxes(page, "type") == {"SCOP": 1, "RESPONSIBLE": 1}


def test_a_place_means_who_works_there_unless_the_seat_is_asked(client):
    sector = a_sector()
    an_activity(a_listed("Partout", department="75"), sector, geo_range=GeoRange.COUNTRY)
    a_listed("Ici", department="34")
    assert shown(search(client, "?zone=34")) == ["Ici", "Partout"]
    page = search(client, "?zone=34&lieu=siege")
    assert shown(page) == ["Ici"]
    assert "Siège\u00a0: Hérault (34)" in page
    page = search(client, "?zone=11&lieu=siege")
    assert "chercher aussi celles d’ailleurs qui y interviennent : 1" in page


def test_the_map_of_france_leads_to_each_department(client):
    a_listed("Ici", department="29")
    page = search(client, "?vue=carte&q=ici")
    assert 'aria-label="Finistère\u00a0: 1 fiche"' in page
    assert 'href="/annuaire?q=ici&amp;zone=29"' in page
    assert shown(page) == []


def test_a_card_says_why_it_answers(client):
    buyer = a_buyer()
    company = a_listed("Les Jardins", siret="90000000100012", company_kind=CompanyKind.ESAT)
    an_activity(company, a_sector("Espaces verts"), geo_range=GeoRange.ZONES, zones=["11"])
    for name in ("Tonte", "Taille", "Élagage", "Compost"):
        an_offer(company, name)
    a_label(company, "rge")
    contract = Contract(
        uid="1", lot="", organisation_id=buyer.id, title="", nature="", procedure="", cpv="",
        amount=50000.0, current_amount=None, notified_on=clock.today(), grouping="", source="",
    )  # fmt: skip
    db.session.add(contract)
    db.session.flush()
    db.session.add(ContractHolder(contract_id=contract.id, number="1", siren="900000001", name=""))
    page = search(client, "?zone=11")
    assert "intervient\u00a0: Aude (11)" in page
    assert "marchés réservés L2113-12" in page
    assert "RGE" in page
    assert "1 marché public gagné depuis" in page
    assert "Tonte · Taille · Élagage" in page
    assert "Compost" not in page


def test_a_card_offers_the_meeting_or_says_why_not(client):
    edition, company, buyer = an_edition(), a_listed("Les Jardins"), a_buyer()
    asked, asking = a_registration(edition, company), a_registration(edition, buyer)
    log_in_as(client, a_member(buyer))
    page = search(client)
    assert f"/participation/{asking.id}/demandes/nouvelle?to={asked.id}" in page
    a_request(asking, asked)
    page = search(client)
    assert f"/demandes/nouvelle?to={asked.id}" not in page
    assert "Une demande est déjà en cours entre vous." in page


def test_fifty_cards_of_a_fair_take_as_many_queries_as_one(client, count_queries):
    edition, sector, buyer = an_edition(), a_sector(), a_buyer()
    asking = a_registration(edition, buyer)
    log_in_as(client, a_member(buyer))

    def list_some(count: int) -> int:
        for _ in range(count):
            company = a_listed("Les Jardins")
            an_activity(company, sector)
            an_offer(company)
            a_label(company, "esus")
            a_request(asking, a_registration(edition, company))
        db.session.commit()
        search(client, "?q=jardins&zone=34")
        with count_queries:
            search(client, "?q=jardins&zone=34")
        return len(count_queries)

    assert list_some(1) == list_some(11) == list_some(38)


def sheets(answer) -> list[list[list]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    return [book.get_sheet_by_index(number).to_python() for number in range(2)]


def test_the_search_as_a_spreadsheet_says_how_many_and_nothing_of_people(client, monkeypatch):
    company = a_listed('=HYPERLINK("http://x")', company_kind=CompanyKind.ACI, headcount=12)
    a_listed("Autre", company_kind=CompanyKind.ESAT)
    member = a_member(company, a_user(name="Jeanne Secrète", email="jeanne@exemple.test"))
    log_in_as(client, member)
    db.session.commit()
    lines, about = sheets(client.get("/annuaire.xlsx?type=ACI"))
    assert len(lines) == 2
    assert lines[1][0] == '=HYPERLINK("http://x")'
    assert lines[1][lines[0].index("Salariés")] == 12
    assert about[0][1] == about[1][1] == 1
    everything = str(lines) + str(about)
    assert "Jeanne" not in everything
    assert "jeanne@" not in everything
    monkeypatch.setattr("app.web.public.results.MOST_LINES", 1)
    lines, about = sheets(client.get("/annuaire.xlsx"))
    assert (len(lines) - 1, about[0][1], about[1][1]) == (1, 1, 2)


def test_the_spreadsheet_asks_who_is_there(client):
    answer = client.get("/annuaire.xlsx?q=jardins")
    assert answer.status_code == 302
    assert "/connexion?next=/annuaire.xlsx" in answer.location.replace("%2F", "/")


def test_up_to_four_listings_stand_side_by_side(client, count_queries):
    sector = a_sector("Espaces verts")
    companies = [a_listed(f"Numéro {number}") for number in range(5)]
    for company in companies:
        an_activity(company, sector)
        a_label(company, "esus")
    db.session.commit()
    query = "&".join(f"fiche={company.id}" for company in companies)
    page = client.get(f"/annuaire/comparer?{query}").text
    assert "Numéro 3" in page
    assert "Numéro 4" not in page
    assert "1 fiche de plus était cochée" in page
    assert page.count("Espaces verts") == 4

    def queries(count: int) -> int:
        asked = "&".join(f"fiche={company.id}" for company in companies[:count])
        with count_queries:
            client.get(f"/annuaire/comparer?{asked}")
        return len(count_queries)

    assert queries(1) == queries(4)


@pytest.mark.parametrize("query", ["", "?fiche=abc", "?fiche=99999999999", "?fiche=12345"])
def test_a_comparison_of_nothing_shows_the_way(client, query):
    page = client.get(f"/annuaire/comparer{query}").text
    assert "Rien à comparer pour l’instant" in page


def test_what_is_compared_follows_the_search(client):
    company = a_listed("Les Jardins")
    a_company(name="Autre")
    page = search(client, f"?fiche={company.id}")
    assert f'<input type="hidden" name="fiche" value="{company.id}">' in page
    assert "1 fiche à comparer" in page
    assert f'id="comparer{company.id}"' not in page


def test_a_buyer_sorts_by_its_need_and_reads_why(client, count_queries):
    gardens, buyer = a_sector("Espaces verts"), a_buyer()
    need = a_need(buyer, gardens, title="Entretien de 12 collèges", departments=["34"])
    an_activity(a_listed("Zèbre"), gardens, geo_range=GeoRange.ZONES, zones=["34"])
    far = a_listed("Loin", department="59", post_code="59000", lat=50.6, lon=3.1)
    an_activity(far, gardens, geo_range=GeoRange.ZONES, zones=["59"])
    an_activity(a_listed("Autre"), a_sector("Linge"))
    member = a_member(buyer)
    assert shown(search(client, f"?besoin={need.id}")) == ["Autre", "Loin", "Zèbre"]
    log_in_as(client, member)
    assert f"?besoin={need.id}" in search(client)
    page = search(client, f"?besoin={need.id}")
    assert shown(page) == ["Zèbre", "Loin", "Autre"]
    assert "Classées selon votre besoin" in page
    assert "Même métier\u00a0: Espaces verts" in page
    assert "autre métier" in page

    def queries() -> int:
        search(client, f"?besoin={need.id}")
        with count_queries:
            search(client, f"?besoin={need.id}")
        return len(count_queries)

    few = queries()
    for number in range(9):
        an_activity(a_listed(f"Encore {number}"), gardens)
    assert queries() == few


def test_nobody_sorts_by_the_need_of_another(client):
    buyer, other = a_buyer(), a_buyer()
    need = a_need(other, a_sector(), title="Secret de l'autre")
    a_listed("Les Jardins")
    log_in_as(client, a_member(buyer))
    page = search(client, f"?besoin={need.id}")
    assert "Secret de l" not in page
    assert "Classées selon" not in page
