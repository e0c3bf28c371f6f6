# SPDX-License-Identifier: EUPL-1.2
"""A table is looked at without changing anything, confirmed, and never undoes what people typed."""

import json
import time
from collections import Counter

import pytest
from sqlalchemy import func, select, update

from app.actions import (
    communes,
    companies,
    import_runs,
    imports,
    listing_imports,
    reference,
    seats,
)
from app.documents import imports as papers
from app.jobs import progress
from app.models.base import db
from app.models.companies import Organisation
from app.models.imports import DirectoryImport, ImportProfile
from app.models.jobs import Job
from app.models.listings import OrganisationLabel
from app.queries import imports as queries
from app.rules.columns import Column
from app.rules.companies import CompanyKind, Role
from app.rules.errors import RuleBroken
from app.rules.imports import ImportState, Usual
from app.rules.jobs import JobState
from app.rules.sheets import sheet_of
from tests.builders import a_buyer, a_company, an_organiser, an_organiser_member

LIST = """siret,nom,type,ville,code postal
73282932000074,Les Verts,ACI,Lodève,34700
35600000000048,La Table,EI,Sète,34200
7328293200007,Treize,EI,,
"""


def looked_at(text=LIST, role=Role.COMPANY, organiser=None, name="liste.csv", **more):
    organiser = organiser or an_organiser()
    content = text if isinstance(text, bytes) else text.encode()
    return imports.look_at(organiser, by=None, role=role, file_name=name, content=content, **more)


def bring(content, role=Role.COMPANY, organiser=None, name="liste.csv", **more):
    content = content if isinstance(content, bytes) else content.encode()
    organiser = organiser or an_organiser()
    return imports.bring(organiser, by=None, role=role, file_name=name, content=content, **more)


def everybody():
    return list(db.session.scalars(select(Organisation).order_by(Organisation.id)))


def test_looking_at_a_table_changes_nothing_in_the_directory(app):
    one = looked_at()
    assert everybody() == []
    assert (one.total, one.good, one.refused) == (3, 2, 1)
    assert one.counts == {"new": 2, "changed": 0, "same": 0, "kept": 0}
    assert one.state == ImportState.CHECKED


def test_a_confirmed_table_fills_the_directory_and_its_file_is_forgotten(app):
    one = looked_at()
    import_runs.confirm(one, by=None)
    assert [(found.name, found.city, found.department) for found in everybody()] == [
        ("Les Verts", "Lodève", "34"),
        ("La Table", "Sète", "34"),
    ]
    assert (one.state, one.content, one.done) == (ImportState.DONE, b"", 2)


def test_importing_the_same_table_again_changes_nothing(app):
    organiser = an_organiser()
    import_runs.confirm(looked_at(organiser=organiser), by=None)
    before = [(one.id, one.updated_at, one.name) for one in everybody()]
    again = looked_at(organiser=organiser)
    import_runs.confirm(again, by=None)
    assert again.counts == {"new": 0, "changed": 0, "same": 2, "kept": 0}
    assert [(one.id, one.updated_at, one.name) for one in everybody()] == before


def test_a_later_table_renews_what_was_imported_but_never_to_nothing(app):
    organiser = an_organiser()
    import_runs.confirm(looked_at(organiser=organiser), by=None)
    later = "siret,nom,ville\n73282932000074,Les Verts Sillons,\n"
    import_runs.confirm(looked_at(later, organiser=organiser), by=None)
    changed = everybody()[0]
    assert (changed.name, changed.city) == ("Les Verts Sillons", "Lodève")
    assert "verts sillons" in changed.search


def test_what_its_people_claimed_and_typed_stays(app):
    organiser = an_organiser()
    import_runs.confirm(looked_at(organiser=organiser), by=None)
    mine = everybody()[0]
    companies.claim(mine, by=an_organiser_member(organiser))
    companies.describe(mine, by=None, city="Clermont")
    again = looked_at(organiser=organiser)
    import_runs.confirm(again, by=None)
    assert again.counts["kept"] == 1
    assert mine.city == "Clermont"


def test_what_was_typed_without_a_claim_is_only_completed(app):
    typed = a_company(siret="73282932000074", name="Verts", city="", source="typed")
    import_runs.confirm(looked_at(), by=None)
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
    import_runs.confirm(one, by=None)
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 2


def test_a_line_that_the_directory_refuses_after_all_joins_the_report(app):
    a_company(siret="55210055400013", vat_number="BE0428759497")
    text = "siret,tva,nom\n73282932000074,BE0428759497,Les Verts\n35600000000048,,La Table\n"
    one = looked_at(text)
    import_runs.confirm(one, by=None)
    assert [(fault.number, fault.key) for fault in queries.rejected_of(one)] == [(2, "siret_taken")]
    assert everybody()[-1].name == "La Table"


def test_a_table_put_aside_or_done_cannot_be_confirmed(app):
    aside, done = looked_at(), looked_at()
    import_runs.put_aside(aside, by=None)
    import_runs.confirm(done, by=None)
    for one in (aside, done):
        with pytest.raises(RuleBroken, match="import_step"):
            import_runs.confirm(one, by=None)


def test_a_file_that_is_too_heavy_is_refused_before_it_is_read(app):
    with pytest.raises(RuleBroken) as refused:
        bring(b"siret,nom\n" + b"x" * (5 * 1024**2))
    assert (refused.value.key, refused.value.facts) == ("sheet_too_big", {"most": 5, "written": 6})


def sirets(count):
    """Valid numbers of establishments of La Poste: their digits add up to a multiple of five."""
    numbers = (f"356000000{n:05}" for n in range(100_000))
    good = (one for one in numbers if sum(map(int, one)) % 5 == 0 and one != "35600000000048")
    return [next(good) for _ in range(count)]


def test_a_long_table_is_carried_out_by_a_job(app):
    text = "siret,nom\n" + "".join(f"{one},Agence {one}\n" for one in sirets(250))
    one = looked_at(text)
    assert one.refused == 0
    import_runs.confirm(one, by=None)
    one = db.session.get(DirectoryImport, one.id, populate_existing=True)
    assert (one.state, one.done, one.job.state) == (ImportState.DONE, 250, JobState.DONE)
    assert len(everybody()) == 250


def test_a_long_table_that_was_stopped_goes_on_without_doubles(app):
    text = "siret,nom\n" + "".join(f"{one},Agence {one}\n" for one in sirets(250))
    one = looked_at(text)
    lines = list(listing_imports.good_lines_of(one))
    listing_imports.carry_out(one, lines[:100], by=None)
    import_runs.confirm(one, by=None)
    assert len(everybody()) == 250


def test_a_long_table_stops_when_somebody_says_so_and_goes_on_when_somebody_says_so(
    app, monkeypatch
):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_REPORTS", 0.0)
    text = "siret,nom\n" + "".join(f"{one},Agence {one}\n" for one in sirets(700))
    one = looked_at(text)
    whole, parts = listing_imports.carry_out, []

    def carry_out(an_import, lines, *, by):
        whole(an_import, lines, by=by)
        parts.append(len(lines))
        elsewhere = update(Job).where(Job.id == an_import.job_id).values(cancel=len(parts) == 2)
        with db.engine.begin() as connection:
            connection.execute(elsewhere)

    monkeypatch.setattr(listing_imports, "carry_out", carry_out)
    import_runs.confirm(one, by=None)
    one = queries.by_id(one.id)
    assert (one.state, one.job.state) == (ImportState.CONFIRMED, JobState.CANCELLED)
    assert (parts, one.done, len(everybody())) == ([250, 250], 500, 500)
    import_runs.confirm(one, by=None)
    one = queries.by_id(one.id)
    assert (one.state, one.done, len(everybody())) == (ImportState.DONE, 700, 700)


def test_the_report_holds_each_line_as_it_was_written_and_carries_no_formula(app):
    text = 'siret,nom\n"=HYPERLINK(""x"")",A\n73282932000074,B\n'
    one = looked_at(text)
    lines = papers.report(one).decode("utf-8-sig").splitlines()
    assert lines[0] == "Ligne;Colonne;Valeur;Raison;siret;nom"
    assert lines[1].startswith("2;SIRET;\"'=HYPERLINK")
    assert lines[1].endswith(";A")


def test_the_report_is_a_workbook_too_that_can_be_mended_and_sent_again(app):
    organiser = an_organiser()
    one = looked_at("siret,nom\n7328293200007,Les Verts\n", organiser=organiser)
    sheet = sheet_of(papers.workbook(one), "refus.xlsx")
    assert sheet.header == ("Ligne", "Colonne", "Valeur", "Raison", "siret", "nom")
    number, cells = next(iter(sheet.lines))
    assert (number, cells[0], cells[4:]) == (2, "2", ("7328293200007", "Les Verts"))
    again = looked_at(papers.workbook(one), name="refus.xlsx", organiser=organiser)
    assert [fault.number for fault in queries.rejected_of(again)] == [2]


def test_columns_that_nobody_knows_wait_until_somebody_says_them_and_are_then_remembered(app):
    organiser = an_organiser()
    text = "Ident;Quoi;Lieu\n73282932000074;Les Verts;Lodève\n"
    one = bring(text, organiser=organiser)
    assert (one.state, one.problem["key"]) == (ImportState.BROUGHT, "import_no_name")
    assert one.columns == {"siret": 0} and one.unsure == ["siret"]
    said = {Column.SIRET: 0, Column.NAME: 1, Column.CITY: 2}
    imports.say_columns(one, columns=said, by=None)
    assert (one.state, one.counts["new"], one.problem) == (ImportState.CHECKED, 1, {})
    import_runs.confirm(one, by=None)
    assert [(found.name, found.city) for found in everybody()] == [("Les Verts", "Lodève")]
    later = bring(text.replace("Lodève", "Sète"), organiser=organiser)
    assert (later.state, later.remembered, later.counts["changed"]) == ("checked", True, 1)
    assert later.samples[0]["changes"] == {"city": ["Lodève", "Sète"]}
    assert bring(text).remembered is False  # another team says its own columns


def test_columns_without_what_no_line_can_do_without_are_refused_and_nothing_is_remembered(app):
    one = bring("Ident;Quoi\n73282932000074;Les Verts\n")
    with pytest.raises(RuleBroken, match="import_no_siret"):
        imports.say_columns(one, columns={Column.NAME: 1}, by=None)
    assert db.session.query(ImportProfile).count() == 0


def test_the_name_of_a_list_is_kept_on_each_fact_that_it_says(app):
    organiser = an_organiser()
    import_runs.confirm(looked_at(organiser=organiser, source="SIAE, liste de mai"), by=None)
    found = everybody()[0]
    assert found.source == "import: SIAE, liste de mai"
    assert found.authors["city"]["by"] == "import: SIAE, liste de mai"
    again = looked_at(organiser=organiser)
    assert (again.source_name, again.remembered) == ("SIAE, liste de mai", True)
    assert queries.source_names(organiser.id) == ["SIAE, liste de mai"]


def test_what_a_person_typed_stays_field_by_field_and_the_rest_is_renewed(app):
    organiser = an_organiser()
    import_runs.confirm(looked_at(organiser=organiser), by=None)
    mine = everybody()[0]
    companies.describe(mine, by=an_organiser_member(organiser), name="Les Verts du Lodévois")
    later = "siret,nom,ville\n73282932000074,LES VERTS,Clermont\n"
    one = looked_at(later, organiser=organiser)
    import_runs.confirm(one, by=None)
    assert one.counts["changed"] == 1
    assert (mine.name, mine.city) == ("Les Verts du Lodévois", "Clermont")
    again = looked_at(later, organiser=organiser)
    assert again.counts["kept"] == 1
    assert again.samples[0]["kept"] == {"name": ["Les Verts du Lodévois", "LES VERTS"]}


def test_labels_of_a_list_are_held_once_and_found_by_search(app):
    reference.load_labels()
    organiser = an_organiser()
    usual = Usual(company_kind=CompanyKind.SSE_COMPANY, label="esus")
    text = "siret,nom\n73282932000074,Les Verts\n"
    for counted in ("new", "same"):
        one = looked_at(text, organiser=organiser, usual=usual)
        assert one.counts[counted] == 1
        import_runs.confirm(one, by=None)
    held = db.session.query(OrganisationLabel).one()
    assert (held.label.slug, held.source, held.proof_file) == ("esus", "import", None)
    found = everybody()[0]
    assert found.company_kind == CompanyKind.SSE_COMPANY
    assert "solidaire d utilite sociale" in found.search


def test_a_json_list_and_a_workbook_do_what_a_csv_does(app):
    organiser = an_organiser()
    import_runs.confirm(looked_at(organiser=organiser), by=None)
    told = [
        {"siret": "73282932000074", "nom": "Les Verts", "type": "ACI", "ville": "Lodève"},
        {"siret": 35600000000048, "nom": "La Table", "type": "EI", "ville": "Sète"},
    ]
    one = looked_at(json.dumps(told), name="liste.json", organiser=organiser)
    assert one.counts == {"new": 0, "changed": 0, "same": 2, "kept": 0}


def test_a_batch_of_lines_looks_up_as_often_whatever_its_length(app, count_queries):
    organiser = an_organiser()
    costs = []
    for first, count in ((0, 20), (20, 200)):
        numbers = sirets(220)[first : first + count]
        text = "siret,nom\n" + "".join(f"{one},Agence {one}\n" for one in numbers)
        one = looked_at(text, organiser=organiser)
        lines = list(listing_imports.good_lines_of(one))
        with count_queries:
            listing_imports.carry_out(one, lines, by=None)
        costs.append(sum(one.startswith("SELECT") for one in count_queries.statements))
    assert costs[1] <= costs[0] + 2


def test_a_file_longer_than_a_page_can_wait_for_is_looked_at_by_a_job(app, monkeypatch):
    monkeypatch.setattr(imports, "LOOKED_AT_ONCE", 10)
    one = bring(LIST)
    one = queries.by_id(one.id)
    assert (one.state, one.job, one.counts["new"]) == (ImportState.CHECKED, None, 2)


def test_a_job_that_cannot_read_its_file_after_all_says_why(app, monkeypatch):
    monkeypatch.setattr(imports, "LOOKED_AT_ONCE", 10)
    monkeypatch.setattr(listing_imports, "lines_of", raises(RuleBroken("sheet_broken", line=3)))
    one = queries.by_id(bring(LIST).id)
    assert (one.state, one.problem) == (
        ImportState.BROUGHT, {"key": "sheet_broken", "facts": {"line": "3"}},
    )  # fmt: skip
    import_runs.put_aside(one, by=None)


def raises(fault):
    def fails(*_):
        raise fault

    return fails


@pytest.mark.slow
def test_the_real_lists_are_in_within_seconds_and_again_change_nothing(app, shared_data):
    reference.load_labels()
    organiser = an_organiser()

    def brought(path, name):
        path = shared_data / "data" / path
        return looked_at(path.read_bytes(), name=path.name, organiser=organiser, source=name)

    began = time.monotonic()
    siae = brought("siae/siae_le_marche_fixture.csv", "SIAE")
    import_runs.begin(siae, by=None)
    import_runs.carry_out(siae, by=None)
    assert time.monotonic() - began < 30
    assert (siae.total, siae.refused, len(everybody())) == (3841, 13, 3828)
    ess = brought("ess/ess_numerique_2026.csv", "ESS France")
    assert {fault.key for fault in queries.rejected_of(ess)} == {"import_closed"}
    import_runs.begin(ess, by=None)
    import_runs.carry_out(ess, by=None)
    kinds = Counter(one.company_kind for one in everybody() if one.source == "import: ESS France")
    assert kinds[CompanyKind.ASSOCIATION] > 2000 and kinds[CompanyKind.SCOP] > 50
    assert kinds[CompanyKind.RESPONSIBLE] == 0  # all that have a mission are of the SSE too
    held = db.session.query(OrganisationLabel).count()
    assert 0 < held < 100
    again = brought("ess/ess_numerique_2026.csv", "")
    assert (again.counts["new"], again.counts["changed"], again.remembered) == (0, 0, True)
    inclusive = brought("siae/siae_le_marche_fixture.csv", "")
    assert inclusive.source_name == "SIAE"
    assert (inclusive.counts["new"], inclusive.counts["changed"]) == (0, 0)


def test_a_list_comes_in_on_either_database(either_app):
    with either_app.app_context():
        reference.load_labels()
        organiser = an_organiser()
        db.session.commit()
        usual = Usual(label="esus")
        text = "siret,nom,ville\n" + "".join(f"{one},Agence {one},Sète\n" for one in sirets(260))
        for counted in ("new", "same"):
            one = looked_at(text + "12,Faux,\n", organiser=organiser, usual=usual)
            assert (one.counts[counted], one.refused) == (260, 1)
            import_runs.confirm(one, by=None)
            one = queries.by_id(one.id)
            assert (one.state, one.done) == (ImportState.DONE, 260)
        assert len(everybody()) == 260
        assert db.session.query(OrganisationLabel).count() == 260
        loaded = communes.load(b"code,nom,codes postaux\n34301,S\xc3\xa8te,34200\n", "c.csv")
        assert (loaded.added, seats.complete()) == (1, 260)
        db.session.remove()
