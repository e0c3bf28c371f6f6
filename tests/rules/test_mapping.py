# SPDX-License-Identifier: EUPL-1.2
"""What the columns of a table hold is guessed, told how surely, and known again."""

import pytest

from app.rules.columns import NAMES, Column
from app.rules.companies import Role
from app.rules.mapping import Sureness, columns_of, fingerprint, guessed, is_name
from app.rules.search import folded


def seen(header, role=Role.COMPANY, examples=None):
    found = guessed(header, examples or [()] * len(header), role)
    return {one.name: (one.column, one.sureness) for one in found if one.column}


def test_columns_are_known_by_their_names_in_both_languages():
    assert seen(["N° SIRET", "Raison sociale", "Postcode", "couleur"]) == {
        "N° SIRET": (Column.SIRET, Sureness.NAMED),
        "Raison sociale": (Column.NAME, Sureness.NAMED),
        "Postcode": (Column.POST_CODE, Sureness.NAMED),
    }


def test_a_name_close_to_a_known_one_is_guessed_and_said_to_be_so():
    assert seen(["Raisons sociales", "Code_postale", "Latitudes"]) == {
        "Raisons sociales": (Column.NAME, Sureness.CLOSE),
        "Code_postale": (Column.POST_CODE, Sureness.CLOSE),
        "Latitudes": (Column.LAT, Sureness.CLOSE),
    }


def test_a_column_of_fourteen_digits_is_one_of_siret_numbers():
    examples = [("73282932000074", "356 000 000 00048", ""), ("A", "B", "C")]
    assert seen(["Identifiant", "Nom"], examples=examples) == {
        "Identifiant": (Column.SIRET, Sureness.HELD),
        "Nom": (Column.NAME, Sureness.NAMED),
    }


def test_the_first_of_two_columns_of_one_name_counts():
    found = guessed(["nom", "name"], [(), ()], Role.COMPANY)
    assert [one.column for one in found] == [Column.NAME, None]


def test_contracts_are_known_by_the_names_of_the_official_schema_and_by_plain_ones():
    official = ["id", "acheteur_id", "montant", "dateNotification", "titulaire_id", "codeCPV"]
    assert [column for column, _ in seen(official, None).values()] == [
        Column.CONTRACT, Column.BUYER, Column.AMOUNT, Column.NOTIFIED_ON, Column.HOLDER, Column.CPV,
    ]  # fmt: skip
    plain = ["uid", "buyer_siret", "amount_eur_ht", "notified_on", "duration_months"]
    assert [column for column, _ in seen(plain, None).values()] == [
        Column.UID, Column.BUYER, Column.AMOUNT, Column.NOTIFIED_ON, Column.MONTHS,
    ]  # fmt: skip


def test_the_headers_of_the_real_lists_are_known_and_no_other_column_is_taken_for_one():
    siae = (
        "siret,name,brand,kind,naf,address,post_code,city,department,department_name,region_code,"
        "region_name,lat,lon,employees_range,siret_luhn_ok"
    )
    assert set(siae.split(",")) - set(seen(siae.split(","))) == {
        "department_name", "region_code", "region_name", "employees_range", "siret_luhn_ok",
    }  # fmt: skip
    ess = (
        "siren,siret_siege,name,naf,legal_category,ess_family,flag_ess_sirene,company_size,"
        "headcount_band,creation_date,active,mission_company,rna,post_code,city,website,sources"
    )
    assert set(ess.split(",")) - set(seen(ess.split(","))) == {
        "siren", "company_size", "headcount_band", "creation_date", "rna",
    }  # fmt: skip


def test_files_with_the_same_columns_have_the_same_mark():
    assert fingerprint(["N° SIRET", "Nom"]) == fingerprint(["n° siret ", "NOM"])
    assert fingerprint(["Nom", "N° SIRET"]) != fingerprint(["N° SIRET", "Nom"])


@pytest.mark.parametrize("role", [Role.COMPANY, Role.BUYER, None])
def test_no_name_leads_to_two_columns_and_all_are_folded(role):
    names = [name for column in columns_of(role) for name in NAMES[column]]
    assert len(names) == len(set(names))
    assert names == [folded(name) for name in names]
    assert is_name("Nom", role) or role is None
