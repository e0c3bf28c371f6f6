# SPDX-License-Identifier: EUPL-1.2
"""A purchase programme read from whatever table a buyer keeps."""

from datetime import date

import pytest

from app.rules.errors import RuleBroken
from app.rules.needs import NeedKind, SetAside
from app.rules.programmes import Field, amount_of, day_of, is_title, programme_of
from app.rules.sheets import sheet_of


def read(text: str):
    return programme_of(sheet_of(text.encode(), "programme.csv", is_title=is_title))


def test_the_header_is_found_below_a_title_and_under_other_names():
    found = read(
        "Service des achats;;;\n"
        "Programmation 2027 (version du 3 novembre);;;\n"
        "\n"
        "N° de projet;Intitulé du marché;Montant estimé (€ HT);Date prévisionnelle de début\n"
        "P-12;Entretien des parcs;45 000,00 €;01/03/2027\n"
        "P-13;Nettoyage des halles;1,2 M€;T2 2027\n"
        ";TOTAL;1 245 000;\n"
    )
    assert set(found.columns) == {Field.KEY, Field.TITLE, Field.AMOUNT, Field.STARTS_ON}
    first, second = found.lines
    assert (first.key, first.title) == ("P-12", "Entretien des parcs")
    assert first.facts["amount_exact"] == 45_000 and first.facts["starts_on"] == date(2027, 3, 1)
    assert second.facts["amount_exact"] == 1_200_000
    assert second.facts["starts_on"] == date(2027, 4, 1)
    assert found.faults == ()


@pytest.mark.parametrize(
    "header",
    [
        "objet,budget",
        "Objet du marche,Montant prévisionnel HT",
        "Libellé,Estimation (HT)",
        "Désignaton,Montnat estimé",  # slips of the finger
        "Projet d'achat,Durée (mois)",
    ],
)
def test_columns_are_known_by_likeness(header):
    assert Field.TITLE in read(f"{header}\nTonte,12\n").columns


def test_a_table_without_titles_is_refused_with_a_way_to_mend_it():
    with pytest.raises(RuleBroken) as refused:
        read("a;b;c\n1;2;3\n")
    assert (refused.value.key, refused.value.field) == ("programme_no_header", "file")


def test_a_line_says_all_that_a_need_can_be_made_of():
    found = read(
        "ref;objet;métier;code cpv;durée;département;marché réservé;procédure;publication prévue\n"
        "1;Tonte;Espaces verts;77310000-6;3 ans;Hérault, 30 et Lozère;insertion;MAPA;mars 2027\n"
    )
    (line,) = found.lines
    assert line.sector == "Espaces verts"
    assert line.facts == {
        "title": "Tonte", "cpv": "77310000", "months": 36, "departments": ["30", "34", "48"],
        "set_aside": SetAside.INTEGRATION, "kind": NeedKind.TENDER,
        "tender_on": date(2027, 3, 1),
    }  # fmt: skip


def test_a_cell_that_cannot_be_read_is_left_empty_and_told_and_a_line_without_object_is_refused():
    found = read(
        "ref;objet;montant;début\n1;Tonte;cher;un jour\n2;;500;\n1;Tonte encore;;\n3;Bon;500;\n"
    )
    assert [line.title for line in found.lines] == ["Tonte", "Bon"]
    told = [(fault.number, fault.column, fault.key, fault.is_fatal) for fault in found.faults]
    assert told == [
        (2, Field.AMOUNT, "programme_amount", False),
        (2, Field.STARTS_ON, "programme_day", False),
        (3, Field.TITLE, "programme_no_title", True),
        (4, Field.KEY, "import_twice", True),
    ]


def test_without_a_reference_the_object_is_the_key():
    assert [line.key for line in read("objet;montant\nTonte d'été;1\n").lines] == ["tonte d ete"]


@pytest.mark.parametrize(
    ("written", "euros"),
    [
        ("45000", 45_000), ("45 000 €", 45_000), ("45.000,50 € HT", 45_000),
        ("45,000.50", 45_000), ("1.250.000", 1_250_000), ("45k€", 45_000), ("1,5 M€", 1_500_000),
        ("environ 90 000", 90_000), ("2 millions d'euros", 2_000_000), ("12.5", 12),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(written, euros):
    assert amount_of(written) == euros


@pytest.mark.parametrize("written", ["NC", "à définir", "0", "99999999999999"])
def test_what_is_no_amount_is_refused(written):
    with pytest.raises(RuleBroken):
        amount_of(written)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2027-03-15", date(2027, 3, 15)), ("2027-03-15T00:00:00", date(2027, 3, 15)),
        ("15/03/2027", date(2027, 3, 15)), ("03/2027", date(2027, 3, 1)),
        ("mars 2027", date(2027, 3, 1)), ("Juillet 2027", date(2027, 7, 1)),
        ("3e trimestre 2027", date(2027, 7, 1)), ("T4 2027", date(2027, 10, 1)),
        ("2027", date(2027, 1, 1)), ("May 2027", date(2027, 5, 1)),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(written, day):
    assert day_of(written) == day
