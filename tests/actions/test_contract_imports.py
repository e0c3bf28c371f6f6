# SPDX-License-Identifier: EUPL-1.2
"""Public contracts are looked at, let in once, and proven by their real half-year."""

import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.actions import import_runs, imports
from app.models.base import db
from app.models.companies import Contract, ContractHolder, Organisation
from app.models.history import HistoryLine
from app.queries import imports as queries
from app.rules.companies import Role
from app.rules.errors import RuleBroken
from app.rules.imports import ImportState
from tests.builders import a_buyer, a_company, an_organiser

KNOWN, UNKNOWN, HOLDER = "35600000000048", "99900001100018", "73282932000074"
HEAD = "id,acheteur_id,acheteur_nom,montant,dateNotification,titulaire_id,codeCPV,dureeMois"
LINES = (
    f"M1,{KNOWN},La Poste,1000,2025-01-10,{HOLDER},45210000,12",
    f"M1,{KNOWN},La Poste,1000,2025-01-10,40000000000001,45210000,12",
    f"M2,{UNKNOWN},Mairie,2000,2025-02-10,{HOLDER},45210000,24",
    f"M3,{KNOWN},La Poste,1e17,2025-02-10,{HOLDER},45210000,24",
    f"M4,123456789,Sans SIRET,300,2025-02-10,{HOLDER},45210000,24",
)


def brought(name, content, organiser):
    return imports.look_at(organiser, by=None, role=None, file_name=name, content=content)


def looked_at(*lines, organiser=None):
    content = "\n".join([HEAD, *(lines or LINES)]).encode()
    return brought("decp.csv", content, organiser or an_organiser())


def how_many(table):
    return db.session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def buyer(app):
    return a_buyer(siret=KNOWN, name="La Poste")


def test_looking_at_a_file_says_what_it_would_do_and_changes_nothing(buyer):
    one = looked_at()
    assert how_many(Contract) == 0
    assert (one.total, one.good) == (5, 2)
    assert one.counts == {"new": 1, "changed": 0, "same": 0, "kept": 0}
    assert one.figures == {
        "contracts": 3, "in_lots": 0, "without_amount": 0, "unlisted": 1, "strangers": 1,
    }  # fmt: skip
    faults = [(fault.number, fault.key, fault.value) for fault in queries.rejected_of(one)]
    assert faults == [(5, "decp_amount_high", "1e17"), (6, "decp_buyer_number", "123456789")]


def test_a_confirmed_file_notes_contracts_and_their_holders(buyer):
    one = looked_at()
    import_runs.confirm(one, by=None)
    noted = db.session.scalars(select(Contract)).one()
    assert (noted.organisation_id, noted.amount, noted.lot) == (buyer.id, 1000.0, "1000.00")
    assert (noted.source, noted.expected_end.isoformat()) == ("DECP", "2026-01-10")
    holders = db.session.scalars(select(ContractHolder).order_by(ContractHolder.id))
    assert [holder.siren for holder in holders] == ["732829320", "400000000"]
    assert (one.state, one.content) == (ImportState.DONE, b"")
    assert db.session.scalars(select(HistoryLine.verb)).all()[-1] == "import.confirmed"


def test_buyers_who_are_not_in_the_directory_are_listed_only_if_somebody_says_so(buyer):
    import_runs.confirm(looked_at(), by=None)
    assert how_many(Organisation) == 1
    import_runs.confirm(looked_at(), by=None, list_buyers=True)
    listed = db.session.scalars(select(Organisation).order_by(Organisation.id.desc())).first()
    assert (listed.siret, listed.name, listed.source) == (UNKNOWN, "Mairie", "DECP")
    assert (listed.role, listed.claimed_at) == (Role.BUYER, None)
    assert how_many(Contract) == 2


def test_importing_the_same_file_again_changes_nothing(buyer):
    organiser = an_organiser()
    import_runs.confirm(looked_at(organiser=organiser), by=None, list_buyers=True)
    before = (how_many(Contract), how_many(ContractHolder), how_many(Organisation))
    again = looked_at(organiser=organiser)
    assert again.counts == {"new": 0, "changed": 0, "same": 2, "kept": 0}
    import_runs.confirm(again, by=None, list_buyers=True)
    assert (how_many(Contract), how_many(ContractHolder), how_many(Organisation)) == before


def test_a_later_file_completes_a_contract_but_never_to_nothing(buyer):
    organiser = an_organiser()
    import_runs.confirm(looked_at(organiser=organiser), by=None)
    later = looked_at(f"M1,{KNOWN},,1000,2025-01-10,99900003700013,NC,36", organiser=organiser)
    assert later.counts["changed"] == 1
    import_runs.confirm(later, by=None)
    noted = db.session.scalars(select(Contract)).one()
    assert (noted.duration_months, noted.cpv) == (36, "45210000")
    assert how_many(ContractHolder) == 3


def test_a_contract_whose_buyer_is_known_as_a_company_is_turned_down(app):
    a_company(siret=KNOWN, name="La Poste")
    one = looked_at(LINES[0])
    assert [fault.key for fault in queries.rejected_of(one)] == ["decp_buyer_is_company"]
    import_runs.confirm(one, by=None, list_buyers=True)
    assert how_many(Contract) == 0


def test_every_line_of_a_contract_that_is_turned_down_is_in_the_report(app):
    a_company(siret=KNOWN, name="La Poste")
    one = looked_at(*LINES[:2])
    assert [fault.number for fault in queries.rejected_of(one)] == [2, 3]


def test_a_file_of_something_else_is_refused(app):
    with pytest.raises(RuleBroken, match="decp_columns"):
        brought("a.csv", b"siret,nom\n1,A\n", an_organiser())


@pytest.mark.slow
def test_the_real_half_year_is_in_within_a_minute_and_again_changes_nothing(app, shared_data):
    path: Path = shared_data / "data/decp/decp_2024H2_travaux_cpv4521.csv"
    organiser = an_organiser()

    start = time.monotonic()
    first = brought(path.name, path.read_bytes(), organiser)
    import_runs.confirm(first, by=None, list_buyers=True)
    assert time.monotonic() - start < 60
    db.session.expire_all()
    assert (first.state, first.total) == (ImportState.DONE, 8957)
    noted = how_many(Contract)
    again = brought(path.name, path.read_bytes(), organiser)
    assert again.counts == {"new": 0, "changed": 0, "same": noted, "kept": 0}
    numbers = {fault.value for fault in queries.rejected_of(first)}
    assert numbers == {"27110000034000", "64552016400000", "884123902", "63590003402052"}
    assert 0 < 6341 - noted <= first.refused


def test_the_golden_set_is_let_in_with_its_amendment(app, shared_data):
    path: Path = shared_data / "data/decp/golden_decp_synthetic.json"
    one = brought(path.name, path.read_bytes(), an_organiser())
    import_runs.confirm(one, by=None, list_buyers=True)
    assert (one.figures["strangers"], how_many(Contract)) == (2, 12)
    noted = {contract.uid[14:]: contract for contract in db.session.scalars(select(Contract))}
    assert (noted["M11"].amount, noted["M11"].current_amount) == (60_000.0, 95_000.0)
    assert noted["M04"].social == ["Clause sociale", "Critère social"]
    assert noted["M10"].innovative is True
    held = db.session.scalars(
        select(ContractHolder.siren).where(ContractHolder.contract_id == noted["M07"].id)
    )
    assert sorted(held) == ["999000037", "999000052"]
