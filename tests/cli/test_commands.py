# SPDX-License-Identifier: EUPL-1.2
"""Commands: what they do, what they say, and with which exit code."""

import re

import pytest
from sqlalchemy import func, select

from app.models.accounts import Organiser
from app.models.base import db
from app.models.communes import Commune
from app.models.companies import Organisation, Sector
from app.models.editions import Edition
from app.models.letters import Letter, SuspendedAddress
from app.models.listings import OrganisationLabel
from app.models.meetings import Meeting
from tests.builders import an_edition, an_organiser
from tests.mail.test_bounces import REPORT

LIST = "siret,nom,type\n73282932000074,Les Verts,ACI\n123,Faux,EI\n"


def run(app, *words):
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


def how_many(table):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table))


@pytest.mark.slow
def test_demo_builds_schedules_publishes_and_says_how_to_log_in(app):
    said = run(app, "demo", "--size", 0.05, "--seconds", 1)
    assert said.exit_code == 0, said.output
    found = db.session.scalars(select(Edition)).one()
    assert (found.name, found.version, found.is_demonstration) == ("Coventis 2027", 1, True)
    placed = re.search(r"placed\W+(\d+)", said.output)
    assert placed and int(placed[1]) == how_many(Meeting) > 0
    for address in ("organisateur", "entreprise", "acheteur"):
        assert f"{address}@demo.invalid" in said.output
    assert "passerelle-demo" in said.output
    again = run(app, "demo", "--if-empty")
    assert again.exit_code == 0 and "entreprise@demo.invalid" in again.output


def test_demo_leaves_a_fair_that_is_there_alone(app):
    an_edition()
    db.session.commit()
    said = run(app, "demo", "--if-empty")
    assert said.exit_code == 0
    assert "demo.invalid" not in said.output
    assert run(app, "demo").exit_code == 1
    assert how_many(Organisation) == 0


def test_demo_says_which_file_is_missing(app, tmp_path):
    said = run(app, "demo", "--data", tmp_path)
    assert said.exit_code == 1
    assert "companies_occitanie.csv manque" in said.output


def test_import_only_looks_unless_it_is_confirmed(app, tmp_path):
    an_organiser()
    db.session.commit()
    file = tmp_path / "liste.csv"
    file.write_text(LIST, encoding="utf-8")
    looked = run(app, "import", "companies", file)
    assert looked.exit_code == 0
    assert "Le numéro SIRET a 14" in looked.output
    assert how_many(Organisation) == 0
    assert run(app, "import", "companies", file, "--confirm").exit_code == 0
    assert how_many(Organisation) == 1


def test_import_of_a_bad_file_ends_with_its_sentence(app, tmp_path):
    an_organiser()
    db.session.commit()
    file = tmp_path / "liste.xlsx"
    file.write_text(LIST, encoding="utf-8")
    said = run(app, "import", "buyers", file)
    assert said.exit_code == 1
    assert "n’en est pas un" in said.output


def test_import_names_its_list_writes_a_workbook_and_says_the_label(app, tmp_path):
    an_organiser()
    db.session.commit()
    run(app, "reference")
    file, report = tmp_path / "liste.csv", tmp_path / "refus.xlsx"
    file.write_text(LIST, encoding="utf-8")
    words = ("--confirm", "--source", "Liste nationale", "--label", "esus", "--report", report)
    said = run(app, "import", "companies", file, *words)
    assert said.exit_code == 0, said.output
    assert report.read_bytes().startswith(b"PK")
    found = db.session.scalars(select(Organisation)).one()
    assert found.source == "import: Liste nationale"
    assert how_many(OrganisationLabel) == 1


def test_import_loads_communes_once_confirmed_and_places_the_listings(app, tmp_path):
    file = tmp_path / "communes.csv"
    file.write_text("code,nom,codes postaux\n34142,Lodève,34700\n12,X,1\n", encoding="utf-8")
    looked = run(app, "import", "communes", file)
    assert "1 ajoutés" in looked.output and how_many(Commune) == 0
    assert "Un code Insee" in looked.output
    assert run(app, "import", "communes", file, "--confirm").exit_code == 0
    assert how_many(Commune) == 1


def test_import_of_a_list_of_trades_without_families_ends_with_its_sentence(app, tmp_path):
    file = tmp_path / "metiers.csv"
    file.write_text("metier\nDentelle\n", encoding="utf-8")
    said = run(app, "import", "sectors", file)
    assert said.exit_code == 1 and "cette liste de métiers" in said.output


def test_reference_loads_the_trades(app):
    assert "61" in run(app, "reference").output
    assert how_many(Sector) == 61


def test_a_team_is_founded_and_its_first_member_receives_a_link(app):
    said = run(app, "organiser", "create", "Chambre d'Oc", "equipe@exemple.test")
    assert said.exit_code == 0, said.output
    assert db.session.scalars(select(Organiser.name)).all() == ["Chambre d'Oc"]
    assert db.session.scalars(select(Letter.to_email)).all() == ["equipe@exemple.test"]


def test_a_team_with_a_wrong_address_is_refused_with_its_sentence(app):
    said = run(app, "organiser", "create", "Chambre", "equipe")
    assert said.exit_code == 1
    assert how_many(Organiser) == 0


def test_a_second_demonstration_is_refused_with_the_way_out(app):
    an_edition(is_demonstration=True)
    db.session.commit()
    said = run(app, "demo", "--size", "0.05")
    assert said.exit_code == 1
    assert "--replace" in said.output


def test_a_demonstration_never_replaces_a_real_fair(app):
    an_edition(is_demonstration=False)
    db.session.commit()
    said = run(app, "demo", "--replace", "--size", "0.05")
    assert said.exit_code == 1
    assert "vrai salon" in said.output
    assert how_many(Edition) == 1


def test_a_demonstration_is_replaced_when_asked(app):
    an_edition(is_demonstration=True, slug="ancienne")
    db.session.commit()
    said = run(app, "demo", "--replace", "--size", "0.05", "--seconds", "1")
    assert said.exit_code == 0, said.output
    assert db.session.scalars(select(Edition.slug)).all() == ["coventis-2027"]


def test_returned_letters_suspend_their_address(app, tmp_path):
    (tmp_path / "report.eml").write_bytes(REPORT)
    said = run(app, "bounce", tmp_path)
    assert said.exit_code == 0 and "partie@exemple.fr" in said.output
    again = run(app, "bounce", tmp_path / "report.eml")
    assert again.exit_code == 0
    assert how_many(SuspendedAddress) == 1
