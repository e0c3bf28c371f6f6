# SPDX-License-Identifier: EUPL-1.2
"""Public contracts are read in their three formats, and each unusable line says why."""

import io
import json
from datetime import date

import pytest

from app.rules import decp
from app.rules.decp_files import reading_of
from app.rules.errors import RuleBroken

TODAY = date(2026, 11, 22)
BUYER, HOLDER, OTHER = "21340172800013", "73282932000074", "35600000000048"
HEADER = "uid,id,acheteur_id,montant,dateNotification,titulaire_id,codeCPV,dureeMois"


def table(*lines, header=HEADER):
    return "\n".join([header, *lines]).encode()


def line(own="M1", amount="100", day="2025-01-10", holder=HOLDER, cpv="45210000", months="12"):
    return f"{BUYER}{own},{own},{BUYER},{amount},{day},{holder},{cpv},{months}"


def official(*contracts):
    whole = []
    for number, more in enumerate(contracts, start=1):
        usual = {"id": f"M{number}", "acheteur": {"id": BUYER}, "montant": 100.0}
        whole.append({**usual, "dateNotification": "2025-01-10", **more})
    return json.dumps({"marches": {"marche": whole}}).encode()


def read(content):
    return reading_of(io.BytesIO(content), today=TODAY)


def one(content):
    reading = read(content)
    assert reading.rejected == ()
    return reading.contracts[0]


def faults(content):
    return [(fault.number, fault.column.value, fault.key) for fault in read(content).rejected]


def test_lines_of_one_contract_are_one_contract_with_several_holders():
    found = read(table(line(), line("M2"), line(holder=OTHER), line(holder=OTHER)))
    assert (found.total, found.uids) == (4, 2)
    assert [holder.number for holder in found.contracts[0].holders] == [HOLDER, OTHER]


def test_several_amounts_of_one_contract_are_lots():
    found = read(table(line(), line(amount="250.5"), line("M2")))
    assert [(lot.uid[-2:], lot.lot) for lot in found.contracts] == [
        ("M1", "100.00"), ("M1", "250.50"), ("M2", "100.00"),
    ]  # fmt: skip
    assert (found.uids, found.in_lots) == (2, 1)


@pytest.mark.parametrize(
    ("bad", "column", "key"),
    [
        (line(own=""), "contract", "decp_no_id"),
        (line().replace(f",{BUYER},", ",,"), "buyer", "decp_no_buyer"),
        (line(amount="1e17"), "amount", "decp_amount_high"),
        (line(amount="100000000000.01"), "amount", "decp_amount_high"),
        (line(amount="0"), "amount", "decp_amount_low"),
        (line(amount="-5"), "amount", "decp_amount_low"),
        (line(amount="cent"), "amount", "decp_amount_text"),
        (line(amount="nan"), "amount", "decp_amount_text"),
        (line(day="2009-12-31"), "notified_on", "decp_date"),
        (line(day="2028-01-01"), "notified_on", "decp_date"),
        (line(day="10/01/2025"), "notified_on", "decp_date"),
        (line(day=""), "notified_on", "decp_date"),
    ],
)
def test_an_unusable_line_is_counted_with_its_reason(bad, column, key):
    assert faults(table(line(), bad)) == [(3, column, key)]


def test_nobody_said_is_not_a_fault():
    found = one(table(line(amount="NC", cpv="NC", months="NC", holder="")))
    assert (found.amount, found.lot, found.cpv, found.holders) == (None, "", "", ())
    assert (found.months, found.expected_end) == (None, None)


@pytest.mark.parametrize(
    ("written", "code"),
    [("45210000-2", "45210000"), ("452", "45200000"), ("45", "45000000"), ("", ""), ("BTP", "")],
)
def test_a_cpv_code_has_eight_digits_and_no_check_digit(written, code):
    assert decp.cpv_of(written) == code


def test_a_date_may_carry_an_hour_and_next_year_is_allowed():
    assert one(table(line(day="2027-12-31T00:00:00+01:00"))).notified_on == date(2027, 12, 31)


def test_a_duration_that_ends_on_a_day_that_is_not_there_ends_on_the_last_of_the_month():
    assert decp.months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert decp.months_after(date(2024, 12, 31), 12) == date(2025, 12, 31)


def test_the_official_format_keeps_considerations_holders_and_amendments():
    holders = [{"titulaire": {"id": HOLDER, "typeIdentifiant": "SIRET"}}]
    changes = [
        {"modification": {"id": 2, "dateNotificationModification": "2025-06-01", "montant": 300.0}},
        {"modification": {"id": 3, "dateNotificationModification": "2025-07-01", "dureeMois": 24}},
        {"modification": {"id": 1, "dateNotificationModification": "2025-06-01", "montant": 200.0}},
        {"modification": {"id": 4, "dateNotificationModification": "2025-08-01", "montant": 1e17}},
    ]
    social = {"considerationSociale": ["Clause sociale", "Critère social", "Clause sociale"]}
    found = one(
        official(
            {"titulaires": holders, "dureeMois": 12, "considerationsSociales": social,
             "modifications": changes, "marcheInnovant": True, "offresRecues": 0}
        )
    )  # fmt: skip
    assert (found.amount, found.current_amount) == (100.0, 300.0)
    assert (found.months, found.current_months) == (12, 24)
    assert found.expected_end == date(2027, 1, 10)
    assert found.social == ("Clause sociale", "Critère social")
    assert (found.environmental, found.innovative, found.offers) == (None, True, 0)
    assert found.holders[0].siren == HOLDER[:9]


def test_the_format_of_2019_has_amounts_as_text_and_numbers_of_no_kind():
    contract = {
        "id": "M1", "acheteur": {"id": BUYER, "nom": "Lodève"}, "montant": "30000.00",
        "dateNotification": "2021-12-11", "codeCPV": "34928400-2", "dureeMois": "36",
        "titulaires": [
            {"id": HOLDER, "typeIdentifiant": ""}, {"id": OTHER, "typeIdentifiant": "siret"},
            {"id": "BE0428759497", "typeIdentifiant": ""},
        ],
        "modifications": [{"dateSignatureModification": "2022-01-01", "montant": "31000"}],
    }  # fmt: skip
    found = one(json.dumps({"marches": [contract]}).encode())
    assert (found.buyer_name, found.amount, found.current_amount) == ("Lodève", 30000.0, 31000.0)
    assert [holder.siren for holder in found.holders] == [HOLDER[:9], OTHER[:9], ""]


def test_a_table_writes_considerations_in_one_cell():
    cells = '"Clause sociale, Critère social",NC'
    head = f"{HEADER},considerationsSociales,considerationsEnvironnementales"
    found = one(table(f"{line()},{cells}", header=head))
    assert found.social == ("Clause sociale", "Critère social")
    assert found.environmental is None


def test_a_line_of_a_table_that_amends_a_contract_is_no_lot_even_when_it_comes_first():
    head = f"{HEADER},modification_id,donneesActuelles"
    lines = [line(amount="180", months="18") + ",2,true", line(amount="150") + ",1,false"]
    found = read(table(*lines, line() + ",0,false", header=head))
    assert [(lot.amount, lot.current_amount, lot.current_months) for lot in found.contracts] == [
        (100.0, 180.0, 18)
    ]


def test_an_amendment_of_one_lot_among_several_is_refused_for_it_does_not_say_which():
    head = f"{HEADER},modification_id"
    lines = [line() + ",0", line(amount="200") + ",0", line(amount="250") + ",1"]
    assert faults(table(*lines, header=head)) == [(4, "contract", "decp_change_of_lots")]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "sheet_empty"),
        (HEADER.encode(), "sheet_empty"),
        (b"siret,nom\n1,A\n", "decp_columns"),
        (b"PK\x03\x04\x14\0\0\0", "sheet_not_spreadsheet"),
        (b"M\0\1\2", "decp_shape"),
        (b'{"marches": {"marche": [{"id": "M1"', "decp_json"),
        (b'{"autres": []}', "decp_json"),
        (table('"M1', line()), "sheet_broken"),
        (table(*[line()] * 200) + b"\xff", "sheet_encoding"),
    ],
)
def test_a_bad_file_is_refused_whole_on_its_field(content, key):
    with pytest.raises(RuleBroken) as refused:
        read(content)
    assert (refused.value.key, refused.value.field) == (key, "file")


def test_a_file_with_an_old_encoding_is_read_too():
    head = f"{HEADER},acheteur_nom"
    found = read((head + "\n" + line() + ",Lodève\n").encode("cp1252"))
    assert found.contracts[0].buyer_name == "Lodève"


def test_more_lines_than_a_memory_should_hold_are_refused(monkeypatch):
    monkeypatch.setattr("app.rules.decp_files.MOST_LINES", 3)
    with pytest.raises(RuleBroken, match="sheet_too_long"):
        read(table(*[line()] * 4))


def test_a_list_longer_than_a_piece_is_read_to_its_end():
    assert read(official(*[{"objet": "x" * 300} for _ in range(1000)])).total == 1000


def test_concessions_in_their_own_list_are_left_aside():
    contracts = json.loads(official({}))["marches"]["marche"]
    whole = {"contrat-concession": [{"id": "C1"}], "marche": contracts}
    assert read(json.dumps({"marches": whole}).encode()).total == 1


def test_the_real_file_of_2019_is_read_with_its_faults_counted(shared_data):
    path = shared_data / "data/decp/decp_ville_de_croix_2019_2021.json"
    with path.open("rb") as stream:
        found = reading_of(stream, today=TODAY)
    assert found.total == 159
    assert len(found.rejected) + sum(1 for _ in found.contracts) <= 159
    assert {fault.key for fault in found.rejected} == {"decp_no_id", "decp_amount_low"}


@pytest.mark.parametrize(
    "name", ["exemple_marches_avec_modifications.json", "exemple_marches_concessions.json"]
)
def test_the_official_examples_are_read(shared_data, name):
    with (shared_data / "data/decp" / name).open("rb") as stream:
        found = reading_of(stream, today=TODAY)
    assert found.rejected == () and found.total == 2
    assert found.contracts[0].amount == 575000.0
