# SPDX-License-Identifier: EUPL-1.2
"""Lines of a table of organisations are read, or turned down one by one."""

import pytest

from app.rules.columns import Column
from app.rules.companies import BuyerKind, CompanyKind, Role
from app.rules.errors import RuleBroken
from app.rules.imports import Fate, Line, TurnedDown, Usual, differences
from app.rules.listing_lines import lines_in
from app.rules.mapping import guessed, require_columns
from app.rules.outlines import table_of

FIVE_BAD = """SIRET;Raison sociale;Type;Code postal;Département;Latitude
73282932000074;Les Bons;ACI;34000;;43.6
7328293200007;Treize chiffres;ACI;34000;;
73282932000075;Chiffre faux;ACI;34000;;
35600000000048;;EI;34000;;
55210055400013;Type inconnu;SARL de ville;34000;;
73282932000074;Les Bons encore;ACI;34000;;
"""


def reading(text, role=Role.COMPANY, **usual):
    """The good lines, and the faults of the others."""
    content = text if isinstance(text, bytes) else text.encode()
    sheet = table_of(content, "a.csv", role)
    found = guessed(sheet.header, [()] * len(sheet.header), role)
    columns = {one.column: one.place for one in found if one.column}
    require_columns(sheet.header, columns, role)
    read = list(lines_in(sheet, columns, role, Usual(**usual)))
    good = [line for line in read if isinstance(line, Line)]
    return good, [fault for line in read if isinstance(line, TurnedDown) for fault in line.faults]


def test_five_bad_lines_are_reported_each_with_its_cell_and_reason():
    good, bad = reading(FIVE_BAD)
    assert [line.facts["name"] for line in good] == ["Les Bons"]
    assert [(one.number, one.column, one.value, one.key) for one in bad] == [
        (3, Column.SIRET, "7328293200007", "siret_length"),
        (4, Column.SIRET, "73282932000075", "siret_digits"),
        (5, Column.NAME, "", "import_name_missing"),
        (6, Column.KIND, "SARL de ville", "import_kind_unknown"),
        (7, Column.SIRET, "73282932000074", "import_twice"),
    ]
    assert bad[-1].facts == {"line": 2}


def test_a_line_with_several_faults_tells_them_all():
    _, bad = reading("siret,nom,lat,département\n12,,200,Atlantide\n")
    assert [(one.column, one.key) for one in bad] == [
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
    facts = reading(text)[0][0].facts
    assert (facts["post_code"], facts["department"], facts["company_kind"]) == (
        "09500",
        "09",
        CompanyKind.ACI,
    )


def test_a_department_is_read_by_number_or_by_name():
    text = (
        "siret,nom,département\n73282932000074,A,Hérault\n35600000000048,B,9\n55210055400013,C,2a\n"
    )
    assert [line.facts["department"] for line in reading(text)[0]] == ["34", "09", "2A"]


def test_buyers_without_a_kind_get_the_usual_one():
    text = "siret,nom,nature\n73282932000074,A,privé\n35600000000048,B,\n"
    good, _ = reading(text, Role.BUYER, buyer_kind=BuyerKind.PUBLIC)
    assert [line.facts["buyer_kind"] for line in good] == [
        BuyerKind.PRIVATE,
        BuyerKind.PUBLIC,
    ]


@pytest.mark.parametrize(
    ("header", "key"), [("siret,ville", "import_no_name"), ("nom,ville", "import_no_siret")]
)
def test_a_missing_column_is_named_with_those_that_were_found(header, key):
    with pytest.raises(RuleBroken) as refused:
        reading(f"{header}\n1,2\n")
    assert (refused.value.key, refused.value.facts["found"]) == (key, header.replace(",", ", "))


def test_short_lines_are_read_as_if_their_last_cells_were_empty():
    assert reading("siret,nom,ville\n73282932000074,A\n")[0][0].facts["city"] == ""


PERSON, LIST = {"by": "person:3", "on": "2026-11-01"}, {"by": "import: SIAE", "on": "2026-11-01"}


def told(line, there, authors=(), **more):
    usual = {"claimed": False, "imported": False, "source": "import: SIAE"}
    found = differences(line, there, authors=dict(authors), **{**usual, **more})
    return dict(found.changes), found.kept, found.fate


def test_what_somebody_typed_is_never_changed_even_to_nothing():
    line = {"city": "Sète", "website": "https://a.test"}
    there = {"city": "Lodève", "website": ""}
    authors = {"city": PERSON, "website": PERSON}
    assert told(line, there, authors) == ({}, ("city", "website"), Fate.KEPT)


def test_an_import_renews_what_an_import_wrote_and_fills_what_is_empty():
    line = {"city": "Sète", "brand": "", "naf": "8130Z", "name": "B"}
    there = {"city": "Lodève", "brand": "Les Verts", "naf": "", "name": "A"}
    authors = {"city": LIST, "name": PERSON}
    assert told(line, there, authors) == (
        {"city": "Sète", "naf": "8130Z"}, ("name",), Fate.CHANGED,
    )  # fmt: skip


def test_what_people_claimed_is_only_completed_for_they_vouch_for_the_rest():
    line = {"city": "Sète", "naf": "8130Z"}
    there = {"city": "Lodève", "naf": ""}
    assert told(line, there, {"city": LIST}, claimed=True) == (
        {"naf": "8130Z"}, ("city",), Fate.CHANGED,
    )  # fmt: skip


def test_a_listing_without_authors_is_trusted_by_where_it_came_from():
    line, there = {"city": "Sète"}, {"city": "Lodève"}
    assert told(line, there, imported=True)[0] == {"city": "Sète"}
    assert told(line, there)[2] == Fate.KEPT
    assert told({"city": "Lodève"}, there)[2] == Fate.SAME


def test_two_lists_that_disagree_do_not_take_turns(source="import: ESS"):
    line, there = {"city": "Sète", "naf": "8130Z"}, {"city": "Lodève", "naf": ""}
    assert told(line, there, {"city": LIST}, source=source) == (
        {"naf": "8130Z"}, ("city",), Fate.CHANGED,
    )  # fmt: skip
    for weaker in ("import", "communes", "DECP"):
        said = {"city": {"by": weaker, "on": "2026-11-01"}}
        assert told(line, there, said, source=source)[0] == line


def test_a_family_never_replaces_the_kind_that_the_list_of_structures_tells():
    family = {"company_kind": CompanyKind.ASSOCIATION}
    assert told(family, {"company_kind": CompanyKind.ACI}, {"company_kind": LIST})[2] == Fate.SAME
    turned = {"company_kind": CompanyKind.EI}
    other = {"company_kind": {"by": "import: ESS", "on": "2026-11-01"}}
    assert told(turned, family, other)[0] == turned
    assert told(turned, family, {"company_kind": PERSON})[2] == Fate.KEPT


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ("association,9220,True,", CompanyKind.ASSOCIATION),
        ("cooperative,5458,True,", CompanyKind.SCOP),
        ("cooperative,5560,True,", CompanyKind.COOPERATIVE),
        (",5710,True,", CompanyKind.SSE_COMPANY),
        (",5710,,O", CompanyKind.RESPONSIBLE),
        (",5710,True,O", CompanyKind.SSE_COMPANY),
        (",5710,,", None),
        ("fondation,9900,True,", CompanyKind.FOUNDATION),
        ("ACI,9220,True,", CompanyKind.ACI),
        ("société à mission,5710,,", CompanyKind.RESPONSIBLE),
    ],
)
def test_the_kind_is_what_is_written_else_what_the_legal_form_and_the_register_prove(cells, kind):
    head = "siret,nom,ess_family,legal_category,flag_ess_sirene,mission_company"
    assert reading(f"{head}\n73282932000074,A,{cells}\n")[0][0].facts["company_kind"] == kind


def test_what_the_file_does_not_say_is_what_the_organiser_said_of_the_whole_list():
    text = "siret,nom,type\n73282932000074,A,\n35600000000048,B,EI\n"
    good, _ = reading(text, company_kind=CompanyKind.SSE_COMPANY, label="esus")
    assert [line.facts["company_kind"] for line in good] == ["SSE_COMPANY", "EI"]
    assert [line.labels for line in good] == [("esus",), ("esus",)]


def test_labels_are_found_among_other_words():
    text = "siret,nom,sources\n73282932000074,A,ess_france|esus|sirene\n"
    assert reading(text)[0][0].labels == ("esus",)


def test_an_organisation_that_has_closed_is_turned_down():
    text = "siret,nom,active\n73282932000074,A,False\n35600000000048,B,True\n"
    good, bad = reading(text)
    assert [line.facts["name"] for line in good] == ["B"]
    assert [(one.column, one.key) for one in bad] == [(Column.ACTIVE, "import_closed")]


def test_one_vat_number_on_two_lines_is_turned_down_like_one_siret():
    text = "siret,tva,nom\n73282932000074,BE0428759497,A\n,BE0428759497,B\n"
    assert [one.key for one in reading(text)[1]] == ["import_twice"]
