# SPDX-License-Identifier: EUPL-1.2
"""Communes are loaded once, found by name or post code, and place the listings of their seats."""

import pytest

from app.actions import communes, companies, import_runs, imports, seats
from app.models.base import db
from app.models.communes import Commune, Epci
from app.models.companies import Organisation
from app.queries import communes as queries
from app.rules.companies import Role
from app.rules.errors import RuleBroken
from tests.builders import a_buyer, a_company, an_organiser, an_organiser_member

LIST = """insee_code,name,department,region,post_codes,siren,population,kind
34142,Lodève,34,76,34700,213401425,7426,commune-actuelle
34172,Montpellier,34,76,34000 34070 34080 34090,213401722,299096,commune-actuelle
35238,Rennes,35,53,35000 35200 35700,213502388,222485,commune-actuelle
42218,Saint-Étienne,42,84,42000 42100,214202186,173089,commune-actuelle
75056,Paris,75,11,75001 75011,217500016,2133111,commune-actuelle
75111,Paris 11e Arrondissement,75,11,75011,,142583,arrondissement-municipal
99999,Ailleurs,34,76,34999,,1,commune-deleguee
3414X,Fausse,34,76,34700,,1,commune-actuelle
"""


@pytest.fixture
def loaded(app):
    return communes.load(LIST.encode(), "communes.csv")


def test_a_list_of_communes_is_loaded_and_loading_it_again_changes_nothing(loaded):
    assert (loaded.added, loaded.changed, loaded.same, loaded.total) == (6, 0, 0, 7)
    assert [(number, fault.key) for number, fault in loaded.rejected] == [(9, "commune_code")]
    again = communes.load(LIST.replace("7426", "7500").encode(), "communes.csv")
    assert (again.added, again.changed, again.same) == (0, 1, 5)
    lodeve = queries.by_insee_code("34142")
    assert lodeve is not None and (lodeve.population, lodeve.post_codes) == (7500, ["34700"])


def test_saying_what_a_list_would_do_keeps_nothing(app):
    assert communes.load(LIST.encode(), "communes.csv", keep=False).added == 6
    assert db.session.query(Commune).count() == 0


def test_a_list_without_codes_is_refused_with_what_it_has(app):
    with pytest.raises(RuleBroken) as refused:
        communes.load(b"nom,region\nLodeve,76\n", "communes.csv")
    assert refused.value.facts == {"missing": "insee_code", "found": "nom, region"}


def test_groupings_are_known_by_their_siren(app):
    text = "siren,name,type,population\n243400017,Montpellier Métropole,ME,500000\n12,X,CC,1\n"
    assert communes.load_epcis(text.encode(), "epci.csv").added == 1
    assert db.session.query(Epci).one().kind == "ME"


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("lod", ["Lodève"]),
        ("saint etienne", ["Saint-Étienne"]),
        ("34", ["Montpellier", "Lodève"]),
        ("34700", ["Lodève"]),
        ("paris", ["Paris", "Paris 11e Arrondissement"]),
        ("x", []),
        ("%", []),
    ],
)
def test_a_commune_is_found_by_the_beginning_of_its_name_or_of_its_post_code(loaded, typed, names):
    assert [one.name for one in queries.found(typed)] == names


def test_a_listing_without_a_point_takes_that_of_its_commune_and_says_so(loaded):
    for number, (lat, lon) in enumerate([(43.7, 3.3), (43.8, 3.4), (43.9, 3.2)]):
        a_company(post_code="34700", city="LODEVE", lat=lat, lon=lon, siret=f"1{number:013}")
    bare = a_company(post_code="34700", city="Lodève Cedex 2", department="34", lat=None, lon=None)
    far = a_company(post_code="35000", city="Rennes", department="35", lat=None, lon=None)
    assert seats.complete() == 1
    assert (bare.lat, bare.lon) == (43.8, 3.3)
    assert bare.authors["lat"]["by"] == "communes"
    assert far.lat is None  # no seat is known in Rennes: nothing is invented
    assert seats.complete() == 0


def test_a_town_hall_is_placed_by_its_siren_and_a_district_by_its_post_code(loaded):
    hall = a_buyer(siret="21340142500018", name="MAIRIE", city="", post_code="", department="")
    a_company(post_code="75011", city="Paris", lat=48.86, lon=2.38)
    nearby = a_company(post_code="75011", city="PARIS 11", lat=None, lon=None)
    seats.complete()
    assert (hall.city, hall.post_code, hall.department) == ("Lodève", "34700", "34")
    assert "lodeve" in hall.search
    assert (nearby.lat, nearby.lon) == (48.86, 2.38)


def test_a_place_that_somebody_typed_stays_even_when_it_is_empty(loaded):
    hall = a_buyer(siret="21340142500018", city="Ici", post_code="", lat=None, lon=None)
    person = an_organiser_member(an_organiser())
    companies.describe(hall, by=person, city="", post_code="1")
    companies.describe(hall, by=person, post_code="")
    seats.complete()
    assert (hall.city, hall.post_code) == ("", "")


def test_a_better_list_replaces_the_point_of_the_commune(loaded):
    a_company(post_code="34700", city="Lodève", lat=43.7, lon=3.3)
    bare = a_company(post_code="34700", city="Lodève", lat=None, lon=None, siret="73282932000074")
    seats.complete()
    text = "siret,nom,lat,lon\n73282932000074,A,43.71,3.31\n"
    from_list(text)
    assert (bare.lat, bare.lon) == (43.71, 3.31)


def from_list(text):
    brought = imports.look_at(
        an_organiser(), by=None, role=Role.COMPANY, file_name="a.csv", content=text.encode()
    )
    import_runs.begin(brought, by=None)
    import_runs.carry_out(brought, by=None)


def test_an_import_places_what_it_brings(loaded):
    a_company(post_code="34700", city="Lodève", lat=43.7, lon=3.3)
    from_list("siret,nom,ville,code postal\n73282932000074,A,Lodève,34700\n")
    found = db.session.query(Organisation).filter_by(siret="73282932000074").one()
    assert (found.lat, found.authors["lat"]["by"]) == (43.7, "communes")
    assert found.authors["city"]["by"] == "import"
