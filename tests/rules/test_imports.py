# SPDX-License-Identifier: EUPL-1.2
"""Lines of a table of organisations are read, or turned down one by one."""

import pytest

from app.rules.columns import Column
from app.rules.companies import BuyerKind, CompanyKind, Role
from app.rules.errors import RuleBroken
from app.rules.imports import changes, reading_of
from app.rules.sheets import Sheet, sheet_of

FIVE_BAD = """SIRET;Raison sociale;Type;Code postal;Département;Latitude
73282932000074;Les Bons;ACI;34000;;43.6
7328293200007;Treize chiffres;ACI;34000;;
73282932000075;Chiffre faux;ACI;34000;;
35600000000048;;EI;34000;;
55210055400013;Type inconnu;SARL de ville;34000;;
73282932000074;Les Bons encore;ACI;34000;;
"""


def reading(text, role=Role.COMPANY, **more):
    return reading_of(sheet_of(text.encode(), "a.csv"), role, **more)


def test_five_bad_lines_are_reported_each_with_its_cell_and_reason():
    read = reading(FIVE_BAD)
    assert [line.facts["name"] for line in read.lines] == ["Les Bons"]
    assert [(bad.number, bad.column, bad.value, bad.key) for bad in read.rejected] == [
        (3, Column.SIRET, "7328293200007", "siret_length"),
        (4, Column.SIRET, "73282932000075", "siret_digits"),
        (5, Column.NAME, "", "import_name_missing"),
        (6, Column.KIND, "SARL de ville", "import_kind_unknown"),
        (7, Column.SIRET, "73282932000074", "import_twice"),
    ]
    assert read.rejected[-1].facts == {"line": 2}


def test_a_line_with_several_faults_tells_them_all():
    read = reading("siret,nom,lat,département\n12,,200,Atlantide\n")
    assert [(bad.column, bad.key) for bad in read.rejected] == [
        (Column.SIRET, "siret_length"),
        (Column.NAME, "import_name_missing"),
        (Column.LAT, "import_degrees_wrong"),
        (Column.DEPARTMENT, "import_department"),
    ]


def test_columns_are_known_by_french_and_english_names_and_others_are_left_aside():
    text = (
        "Company,N° SIRET,Postcode,City,Colour,Kind,sector_group_from_naf\n"
        "A,73282932000074,9500,Mirepoix,red,chantier d'insertion,x\n"
    )
    read = reading(text)
    assert read.ignored == ("Colour", "sector_group_from_naf")
    facts = read.lines[0].facts
    assert (facts["post_code"], facts["department"], facts["company_kind"]) == (
        "09500",
        "09",
        CompanyKind.ACI,
    )


def test_a_department_is_read_by_number_or_by_name():
    text = (
        "siret,nom,département\n73282932000074,A,Hérault\n35600000000048,B,9\n55210055400013,C,2a\n"
    )
    assert [line.facts["department"] for line in reading(text).lines] == ["34", "09", "2A"]


def test_buyers_without_a_kind_get_the_usual_one():
    text = "siret,nom,nature\n73282932000074,A,privé\n35600000000048,B,\n"
    read = reading(text, Role.BUYER, usual_kind=BuyerKind.PUBLIC)
    assert [line.facts["buyer_kind"] for line in read.lines] == [
        BuyerKind.PRIVATE,
        BuyerKind.PUBLIC,
    ]


@pytest.mark.parametrize(
    ("header", "key"), [("siret,ville", "import_no_name"), ("nom,ville", "import_no_siret")]
)
def test_a_missing_column_is_named_with_those_that_were_found(header, key):
    with pytest.raises(RuleBroken) as refused:
        reading_of(Sheet(tuple(header.split(",")), ((2, ("1", "2")),)), Role.COMPANY)
    assert (refused.value.key, refused.value.facts["found"]) == (key, header.replace(",", ", "))


def test_short_lines_are_read_as_if_their_last_cells_were_empty():
    assert reading("siret,nom,ville\n73282932000074,A\n").lines[0].facts["city"] == ""


def test_what_somebody_claimed_is_never_changed():
    assert changes({"city": "Sète"}, {"city": "Lodève"}, claimed=True, imported=True) == {}


def test_an_import_renews_what_an_import_wrote_and_fills_what_is_empty():
    line = {"city": "Sète", "brand": "", "naf": "8130Z"}
    there = {"city": "Lodève", "brand": "Les Verts", "naf": ""}
    assert changes(line, there, claimed=False, imported=True) == {"city": "Sète", "naf": "8130Z"}
    assert changes(line, there, claimed=False, imported=False) == {"naf": "8130Z"}
