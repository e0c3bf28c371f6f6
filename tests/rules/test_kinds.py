# SPDX-License-Identifier: EUPL-1.2
"""Kinds of structure, their article, and their family of the SSE."""

import csv

import pytest

from app.rules.companies import CompanyKind, Family
from app.rules.kinds import BASES, FAMILY_OF_FORM, family_of, is_sse


def test_every_kind_has_its_article_but_the_one_outside_the_sse():
    assert set(BASES) == set(CompanyKind) - {CompanyKind.RESPONSIBLE}


def test_only_a_responsible_enterprise_and_work_in_prison_are_outside_the_sse():
    outside = {kind for kind in CompanyKind if not is_sse(kind)}
    assert outside == {CompanyKind.RESPONSIBLE, CompanyKind.SEP}
    assert not is_sse(None)


@pytest.mark.parametrize("family", list(Family))
def test_a_kind_that_is_a_family_is_that_family_whatever_else_is_said(family):
    assert family_of(CompanyKind(family.value), "9220", Family.MUTUAL) == family


@pytest.mark.parametrize(
    ("kind", "form", "said", "family"),
    [
        (CompanyKind.ACI, "9220", None, Family.ASSOCIATION),
        (CompanyKind.EA, "5558", None, Family.SCOP),
        (CompanyKind.EA, "5710", None, None),
        (CompanyKind.EA, "5710", Family.SSE_COMPANY, Family.SSE_COMPANY),
        (CompanyKind.EI, "5460", None, Family.COOPERATIVE),
        (CompanyKind.EI, "5460", Family.SCIC, Family.SCIC),
        (CompanyKind.EI, "9220", Family.SCIC, Family.ASSOCIATION),
        (CompanyKind.EI, "", Family.SCOP, Family.SCOP),
        (None, "9300", None, Family.FOUNDATION),
        (CompanyKind.SEP, "9220", Family.ASSOCIATION, None),
        (CompanyKind.RESPONSIBLE, "5710", Family.SSE_COMPANY, None),
    ],
)
def test_the_family_follows_from_the_kind_then_the_legal_form_then_what_is_said(
    kind, form, said, family
):
    assert family_of(kind, form, said) == family


def test_legal_forms_agree_with_the_reference_table(shared_data):
    with (shared_data / "data/ref/legal_form_mapping_insee_cj.csv").open(encoding="utf-8") as file:
        rows = {row["input_code"]: row["output_name"] for row in csv.DictReader(file)}
    expected = {"ASSOCIATION": Family.ASSOCIATION, "GROUPEMENT_EMPLOYEUR": Family.ASSOCIATION,
                "FONDATION": Family.FOUNDATION}  # fmt: skip
    for code, name in rows.items():
        if name in expected and code != "7321":  # a union of landowners is public
            assert FAMILY_OF_FORM[code] == expected[name], code
        if name in ("SAS", "SARL", "SA", "SNC", "COLLECTIVITE", "CCAS", "EPSMS") and code != "5532":
            assert code not in FAMILY_OF_FORM, code
