# SPDX-License-Identifier: EUPL-1.2
"""A table is looked at without changing anything, confirmed, and never undoes what people typed."""

import pytest
from sqlalchemy import func, select

from app.actions import companies, imports
from app.documents import imports as papers
from app.models.base import db
from app.models.companies import Organisation
from app.models.imports import DirectoryImport
from app.queries import imports as queries
from app.rules.companies import Role
from app.rules.errors import RuleBroken
from app.rules.imports import ImportState
from app.rules.jobs import JobState
from tests.builders import a_buyer, a_company, an_organiser, an_organiser_member

LIST = """siret,nom,type,ville,code postal
73282932000074,Les Verts,ACI,Lodève,34700
35600000000048,La Table,EI,Sète,34200
7328293200007,Treize,EI,,
"""


def looked_at(text=LIST, role=Role.COMPANY, organiser=None, **more):
    organiser = organiser or an_organiser()
    content = text if isinstance(text, bytes) else text.encode()
    return imports.look_at(
        organiser, by=None, role=role, file_name="liste.csv", content=content, **more
    )


def everybody():
    return list(db.session.scalars(select(Organisation).order_by(Organisation.id)))


def test_looking_at_a_table_changes_nothing_in_the_directory(app):
    one = looked_at()
    assert everybody() == []
    assert (one.total, one.good, one.rejected_lines) == (3, 2, 1)
    assert one.counts == {"new": 2, "changed": 0, "same": 0, "claimed": 0}
    assert one.state == ImportState.CHECKED


def test_a_confirmed_table_fills_the_directory_and_its_file_is_forgotten(app):
    one = looked_at()
    imports.confirm(one, by=None)
    assert [(found.name, found.city, found.department) for found in everybody()] == [
        ("Les Verts", "Lodève", "34"),
        ("La Table", "Sète", "34"),
    ]
    assert (one.state, one.content, one.done) == (ImportState.DONE, b"", 2)


def test_importing_the_same_table_again_changes_nothing(app):
    organiser = an_organiser()
    imports.confirm(looked_at(organiser=organiser), by=None)
    before = [(one.id, one.updated_at, one.name) for one in everybody()]
    again = looked_at(organiser=organiser)
    imports.confirm(again, by=None)
    assert again.counts == {"new": 0, "changed": 0, "same": 2, "claimed": 0}
    assert [(one.id, one.updated_at, one.name) for one in everybody()] == before


def test_a_later_table_renews_what_was_imported_but_never_to_nothing(app):
    organiser = an_organiser()
    imports.confirm(looked_at(organiser=organiser), by=None)
    later = "siret,nom,ville\n73282932000074,Les Verts Sillons,\n"
    imports.confirm(looked_at(later, organiser=organiser), by=None)
    changed = everybody()[0]
    assert (changed.name, changed.city) == ("Les Verts Sillons", "Lodève")
    assert "verts sillons" in changed.search


def test_what_its_people_claimed_and_typed_stays(app):
    organiser = an_organiser()
    imports.confirm(looked_at(organiser=organiser), by=None)
    mine = everybody()[0]
    companies.claim(mine, by=an_organiser_member(organiser))
    companies.describe(mine, by=None, city="Clermont")
    again = looked_at(organiser=organiser)
    imports.confirm(again, by=None)
    assert again.counts["claimed"] == 1
    assert mine.city == "Clermont"


def test_what_was_typed_without_a_claim_is_only_completed(app):
    typed = a_company(siret="73282932000074", name="Verts", city="", source="typed")
    imports.confirm(looked_at(), by=None)
    assert (typed.name, typed.city) == ("Verts", "Lodève")


def test_a_company_that_the_directory_knows_as_a_buyer_is_turned_down(app):
    a_buyer(siret="73282932000074", name="Mairie de Lodève")
    one = looked_at()
    bad = queries.rejected_of(one)
    assert [(fault.number, fault.key) for fault in bad] == [
        (2, "import_other_bank"),
        (4, "siret_length"),
    ]
    assert "Mairie de Lodève" in papers.reason(bad[0])
    imports.confirm(one, by=None)
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 2


def test_a_line_that_the_directory_refuses_after_all_joins_the_report(app):
    a_company(siret="55210055400013", vat_number="BE0428759497")
    text = "siret,tva,nom\n73282932000074,BE0428759497,Les Verts\n35600000000048,,La Table\n"
    one = looked_at(text)
    imports.confirm(one, by=None)
    assert [(fault.number, fault.key) for fault in queries.rejected_of(one)] == [(2, "siret_taken")]
    assert everybody()[-1].name == "La Table"


def test_a_table_put_aside_or_done_cannot_be_confirmed(app):
    aside, done = looked_at(), looked_at()
    imports.put_aside(aside, by=None)
    imports.confirm(done, by=None)
    for one in (aside, done):
        with pytest.raises(RuleBroken, match="import_step"):
            imports.confirm(one, by=None)


def test_a_file_that_is_too_heavy_is_refused_before_it_is_read(app):
    with pytest.raises(RuleBroken) as refused:
        looked_at(b"siret,nom\n" + b"x" * (5 * 1024**2))
    assert (refused.value.key, refused.value.facts) == ("sheet_too_big", {"most": 5, "written": 6})


def sirets(count):
    """Valid numbers of establishments of La Poste: their digits add up to a multiple of five."""
    numbers = (f"356000000{n:05}" for n in range(100_000))
    good = (one for one in numbers if sum(map(int, one)) % 5 == 0 and one != "35600000000048")
    return [next(good) for _ in range(count)]


def test_a_long_table_is_carried_out_by_a_job(app):
    text = "siret,nom\n" + "".join(f"{one},Agence {one}\n" for one in sirets(250))
    one = looked_at(text)
    assert one.rejected == []
    imports.confirm(one, by=None)
    one = db.session.get(DirectoryImport, one.id, populate_existing=True)
    assert (one.state, one.done, one.job.state) == (ImportState.DONE, 250, JobState.DONE)
    assert len(everybody()) == 250


def test_a_long_table_that_was_stopped_goes_on_without_doubles(app):
    text = "siret,nom\n" + "".join(f"{one},Agence {one}\n" for one in sirets(250))
    one = looked_at(text)
    imports.carry_out(one, imports.lines_of(one)[:100], by=None)
    imports.confirm(one, by=None)
    assert len(everybody()) == 250


def test_the_report_is_a_table_that_carries_no_formula(app):
    one = looked_at('siret,nom\n"=HYPERLINK(""x"")",A\n73282932000074,B\n')
    lines = papers.report(one).decode("utf-8-sig").splitlines()
    assert lines[0] == "Ligne;Colonne;Valeur;Raison"
    assert lines[1].startswith("2;SIRET;\"'=HYPERLINK")
