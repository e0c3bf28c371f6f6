# SPDX-License-Identifier: EUPL-1.2
"""The history of a listing is read by its members and by organisers, and by nobody else."""

import pytest

from app.actions import companies
from app.models.base import db
from app.rules.companies import CompanyKind
from tests.builders import (
    a_company,
    a_member,
    a_user,
    an_organiser,
    an_organiser_member,
    log_in_as,
)


@pytest.fixture
def company(app):
    company = a_company(name="Les Jardins", company_kind=CompanyKind.ACI)
    member = a_member(company, a_user(name="Zoé Lefèvre"))
    companies.describe(company, by=member, website="jardins.example", turnover=450_000,
                       company_kind=CompanyKind.EA, description="<b>Nous</b>")  # fmt: skip
    companies.describe(company, by=None, source="import-siae", naf="8130Z")
    db.session.commit()
    return company


def history(client, company) -> str:
    return client.get(f"/espace/{company.id}/fiche/historique").text.replace("\u00a0", " ")


def test_it_says_who_changed_which_field_from_what_to_what(client, company):
    log_in_as(client, a_member(company))
    db.session.commit()
    page = history(client, company)
    assert "<strong>Zoé Lefèvre</strong> a complété la fiche" in page
    for field, before, after in (
        ("site internet", "rien", "https://jardins.example"),
        ("chiffre d’affaires", "rien", "450 000 €"),
        ("type de structure", "Chantier d’insertion (ACI)", "Entreprise adaptée (EA)"),
        ("présentation", "rien", "&lt;b&gt;Nous&lt;/b&gt;"),
    ):
        assert f"<dt>{field}</dt><dd><del>{before}</del>" in page
        assert f"<ins>{after}</ins>" in page
    assert "la liste importée « import-siae »" in page


def test_it_says_who_wrote_each_field(client, company):
    log_in_as(client, a_member(company))
    db.session.commit()
    page = history(client, company)
    assert 'Site internet</th><td data-label="Écrit par">Zoé Lefèvre' in page
    assert 'Code NAF</th><td data-label="Écrit par">la liste importée « import-siae »' in page


def test_an_organiser_reads_it_from_the_listing(client, company):
    log_in_as(client, an_organiser_member(an_organiser()))
    db.session.commit()
    here = f"/espace/{company.id}/fiche/historique"
    assert f'href="{here}"' in client.get(f"/annuaire/{company.id}").text
    assert client.get(here).status_code == 200


def test_others_neither_see_it_nor_its_link(client, company):
    here = f"/espace/{company.id}/fiche/historique"
    assert client.get(here).status_code == 302
    log_in_as(client, a_member(a_company()))
    db.session.commit()
    assert client.get(here).status_code == 404
    assert here not in client.get(f"/annuaire/{company.id}").text
