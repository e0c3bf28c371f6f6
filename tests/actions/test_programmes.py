# SPDX-License-Identifier: EUPL-1.2
"""A buyer's programme becomes drafts, once, and never takes away what was typed."""

from datetime import date

import pytest

from app.actions import needs
from app.actions import programmes as actions
from app.documents.workbooks import Tab, workbook
from app.models.base import db
from app.models.needs import Need
from app.queries import needs as queries
from app.queries import programmes
from app.rules.errors import RuleBroken
from app.rules.needs import AmountBand, NeedState, SetAside
from tests.builders import a_buyer, a_company, a_sector

TITLES = ("Réf.", "Objet du marché", "Métier", "Montant estimé HT", "Date de début", "Réservé")
LINES = (
    ("P-1", "Entretien des parcs", "Espaces verts", 45000, date(2027, 3, 1), "insertion"),
    ("P-2", "Repas de fin d'année", "Traiteur de luxe", "cher", None, ""),
    ("P-3", "", "", 500, None, ""),
)


def a_file(lines=LINES, titles=TITLES):
    above = [("Service des achats",), ("Programmation 2027",), ()]
    return workbook([Tab("Achats", (("Ville", 9),), [*above, titles, *lines])])


def brought(buyer, lines=LINES):
    return actions.look_at(buyer, by=None, file_name="achats.xlsx", content=a_file(lines))


@pytest.fixture
def buyer(app):
    return a_buyer()


def of(buyer):
    return {need.line_key: need for need in db.session.query(Need).filter_by(
        organisation_id=buyer.id
    )}  # fmt: skip


def test_looking_writes_nothing_and_says_what_would_come(buyer):
    a_sector("Espaces verts")
    programme = brought(buyer)
    assert of(buyer) == {}
    assert programme.counts["new"] == 2 and programme.total == 3
    told = [(one.number, one.key, one.is_fatal) for one in programmes.faults_of(programme)]
    assert told == [
        (7, "programme_amount", False), (7, "programme_sector", False),
        (8, "programme_no_title", True),
    ]  # fmt: skip


def test_confirming_writes_drafts_and_nothing_else(buyer):
    sector = a_sector("Espaces verts")
    programme = brought(buyer)
    assert actions.carry_out(programme, by=None)["new"] == 2
    parks, meals = of(buyer)["P-1"], of(buyer)["P-2"]
    assert {parks.state, meals.state} == {NeedState.DRAFT}
    assert (parks.amount_exact, parks.amount_band) == (45_000, AmountBand.UNDER_60K)
    assert (parks.starts_on, parks.set_aside) == (date(2027, 3, 1), SetAside.INTEGRATION)
    assert queries.sectors(parks) == [sector] and parks.departments == ["34"]
    with pytest.raises(RuleBroken, match="import_done"):
        actions.carry_out(programme, by=None)


def test_the_same_file_twice_changes_nothing(buyer):
    actions.carry_out(brought(buyer), by=None)
    again = brought(buyer)
    assert {fate: again.counts[fate] for fate in ("new", "changed", "same")} == {
        "new": 0, "changed": 0, "same": 2,
    }  # fmt: skip
    actions.carry_out(again, by=None)
    assert len(of(buyer)) == 2


def test_a_second_file_changes_what_nobody_typed_and_keeps_the_rest(buyer):
    actions.carry_out(brought(buyer), by=None)
    needs.change(of(buyer)["P-1"], by=None, title="Entretien de nos parcs, en mieux")
    later = (("P-1", "Entretien des parcs et jardins", "", 50000, date(2027, 4, 1), "insertion"),)
    programme = brought(buyer, later)
    assert programme.counts["changed"] == 1
    actions.carry_out(programme, by=None)
    parks = of(buyer)["P-1"]
    assert parks.title == "Entretien de nos parcs, en mieux"
    assert (parks.amount_exact, parks.starts_on) == (50_000, date(2027, 4, 1))


def test_a_need_that_left_the_drafts_is_left_alone(buyer):
    a_sector("Espaces verts")
    actions.carry_out(brought(buyer), by=None)
    needs.publish(of(buyer)["P-1"], by=None)
    programme = brought(buyer, (("P-1", "Autre chose", "", 1000, None, ""),))
    assert programme.counts["kept"] == 1
    actions.carry_out(programme, by=None)
    assert of(buyer)["P-1"].title == "Entretien des parcs"


def test_two_buyers_may_have_the_same_references(buyer):
    other = a_buyer()
    for one in (buyer, other):
        actions.carry_out(brought(one), by=None)
    assert len(of(buyer)) == len(of(other)) == 2


def test_a_company_brings_no_programme(app):
    with pytest.raises(RuleBroken, match="need_not_a_buyer"):
        brought(a_company())


@pytest.mark.parametrize(
    ("content", "name", "key"),
    [
        (b"", "a.csv", "sheet_empty"),
        (b"un;deux\n1;2\n", "a.csv", "programme_no_header"),
        (b"PK\x03\x04 broken", "a.xlsx", "sheet_not_spreadsheet"),
        (b"x" * (5 * 1024**2 + 1), "a.csv", "file_too_big"),
        (("objet;montant\n" + "Tonte;1\n" * 600).encode(), "a.csv", "sheet_too_long"),
    ],
)
def test_a_wrong_file_is_refused_on_its_field(buyer, content, name, key):
    with pytest.raises(RuleBroken) as refused:
        actions.look_at(buyer, by=None, file_name=name, content=content)
    assert (refused.value.key, refused.value.field) == (key, "file")


def test_a_programme_put_aside_is_forgotten(buyer):
    actions.put_aside(brought(buyer), by=None)
    assert programmes.latest(buyer) == []
