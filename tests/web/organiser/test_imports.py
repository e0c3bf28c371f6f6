# SPDX-License-Identifier: EUPL-1.2
"""The organiser brings a table, sees what it would do, and decides."""

import io
import zipfile
from datetime import datetime

import pytest
import xlsxwriter
from sqlalchemy import func, select

from app.actions import reference
from app.models.base import db
from app.models.companies import Contract, Organisation
from app.models.establishments import Establishment
from app.models.imports import DirectoryImport
from app.models.listings import OrganisationLabel
from tests.builders import a_buyer, a_user, an_edition, an_organiser_member, log_in_as

LIST = "siret,nom,couleur\n73282932000074,Les Verts,vert\n123,Faux,bleu\n"


@pytest.fixture
def edition(client):
    edition = an_edition()
    user = an_organiser_member(edition.series.organiser)
    db.session.commit()
    log_in_as(client, user)
    return edition


def send(client, edition, text=LIST, name="liste.csv", role="company"):
    content = text if isinstance(text, bytes) else text.encode()
    usual = {"usual_kind": "PUBLIC", "usual_company_kind": "", "label": "", "source": ""}
    form = {"role": role, **usual, "file": (io.BytesIO(content), name)}
    return client.post(f"/organisation/{edition.slug}/import", data=form, follow_redirects=True)


def plain(answer):
    return answer.get_data(as_text=True).replace("\xa0", " ").replace("\u202f", " ")


def imported():
    return db.session.query(DirectoryImport).one()


def test_a_table_is_shown_with_its_bad_lines_before_anything_changes(client, edition):
    page = send(client, edition).get_data(as_text=True)
    assert "Rien n’est encore entré" in page
    assert "Le numéro SIRET a 14" in page
    assert "Les colonnes du fichier" in page and "laisser de côté" in page
    assert db.session.query(Organisation).count() == 0


def test_confirming_lets_the_good_lines_in(client, edition):
    send(client, edition)
    page = client.post(
        f"/organisation/{edition.slug}/import/{imported().id}/confirmer", follow_redirects=True
    )
    assert "L’import est terminé" in page.get_data(as_text=True)
    assert [one.name for one in db.session.query(Organisation)] == ["Les Verts"]


def test_putting_aside_lets_nothing_in(client, edition):
    send(client, edition)
    client.post(f"/organisation/{edition.slug}/import/{imported().id}/ecarter")
    assert db.session.query(Organisation).count() == 0
    page = client.get(f"/organisation/{edition.slug}/import/{imported().id}")
    assert "a été écarté" in page.get_data(as_text=True)


def test_the_bad_lines_are_downloaded_in_the_language_of_the_reader(client, edition):
    send(client, edition)
    answer = client.get(f"/organisation/{edition.slug}/import/{imported().id}/lignes.csv")
    assert answer.mimetype == "text/csv"
    assert answer.get_data(as_text=True).startswith("\ufeffLigne;Colonne;Valeur;Raison;siret;nom")
    workbook = client.get(f"/organisation/{edition.slug}/import/{imported().id}/lignes.xlsx")
    assert workbook.mimetype.endswith("spreadsheetml.sheet")
    assert workbook.data.startswith(b"PK")


BOMB = io.BytesIO()
with zipfile.ZipFile(BOMB, "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (201 * 1024**2))


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        (b"", "a.csv", "Ce fichier est vide"),
        (b"siret,nom\n", "a.csv", "Ce fichier est vide"),
        (b"siret,nom\n1,A\n", "a.xlsx", "n’en est pas un"),
        (b"siret,nom\n1,A\n", "a.xls", "d’un ancien format"),
        ("siret,nom\n1,Hérault\n".encode("mac-roman"), "a.csv", "accents de ce fichier"),
        (b"\x89PNG\r\n\0\0\0", "a.csv", "accents de ce fichier"),
        (b'siret,nom\n1,"A\n', "a.csv", "La ligne 2 ne se lit pas"),
        (b'{"siret": "1"}', "a.json", "n’est pas une liste"),
        (b"siret,nom\n" + b"1\n" * 200_000, "a.csv", "Ce fichier a 200 000 lignes"),
        (BOMB.getvalue(), "a.xlsx", "trop gros une fois déplié"),
    ],
    ids=lambda one: one[:12] if isinstance(one, str) else "",
)
def test_a_bad_file_is_answered_with_a_sentence_beside_the_field(
    client, edition, text, name, sentence
):
    answer = send(client, edition, text, name)
    assert answer.status_code == 422
    assert sentence in plain(answer)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("siret,ville\n1,Sète\n", "Il manque la colonne du nom"),
        ("nom,ville\nA,Sète\n", "Il manque la colonne « siret »"),
    ],
)
def test_a_file_without_a_needed_column_asks_which_column_it_is(client, edition, text, sentence):
    answer = send(client, edition, text)
    assert answer.status_code == 200
    assert sentence in plain(answer)
    assert "Dites ce que contiennent les colonnes" in plain(answer)
    assert "Sète" in plain(answer)


def test_columns_are_said_once_and_the_next_file_is_read_the_same_way(client, edition):
    text = "Ident;Quoi;Lieu\n73282932000074;Les Verts;Lodève\n"
    send(client, edition, text)
    here = f"/organisation/{edition.slug}/import/{imported().id}"
    twice = client.post(f"{here}/colonnes", data={"column-0": "siret", "column-1": "siret"})
    assert twice.status_code == 422
    assert "est choisi pour deux colonnes" in plain(twice)
    assert '<option value="siret" selected>' in plain(twice)
    said = {"column-0": "siret", "column-1": "name", "column-2": "city", "column-9": "naf"}
    page = client.post(f"{here}/colonnes", data=said, follow_redirects=True)
    assert "Ces colonnes sont retenues" in plain(page)
    assert "À ajouter" in plain(page)
    client.post(f"{here}/confirmer")
    again = send(client, edition, text.replace("Lodève", "Sète"))
    assert "comme la dernière fois" in plain(again)
    assert "Lodève → Sète" in plain(again)


def test_a_list_says_its_name_and_what_its_lines_leave_out(client, edition):
    reference.load_labels()
    db.session.commit()
    form = {
        "role": "company", "usual_kind": "PUBLIC", "usual_company_kind": "SSE_COMPANY",
        "label": "esus", "source": "Liste nationale", "file": (io.BytesIO(LIST.encode()), "l.csv"),
    }  # fmt: skip
    page = client.post(f"/organisation/{edition.slug}/import", data=form, follow_redirects=True)
    assert "Liste nationale" in plain(page)
    client.post(f"/organisation/{edition.slug}/import/{imported().id}/confirmer")
    held = db.session.query(OrganisationLabel).one()
    assert (held.label.slug, held.source) == ("esus", "import: Liste nationale")
    assert db.session.query(Organisation).one().company_kind == "SSE_COMPANY"


def test_the_pages_of_imports_cost_a_fixed_number_of_queries(client, edition, count_queries):
    costs = []
    for count in (3, 60):
        lines = "".join(f"{number},A{number}\n" for number in range(count))
        send(client, edition, f"siret,nom\n{lines}")
        latest = db.session.scalar(select(func.max(DirectoryImport.id)))
        db.session.rollback()
        for page in ("import", f"import/{latest}"):
            with count_queries:
                client.get(f"/organisation/{edition.slug}/{page}")
            costs.append(len(count_queries))
    assert costs[:2] == costs[2:]


def test_no_file_at_all_is_answered_too(client, edition):
    answer = client.post(f"/organisation/{edition.slug}/import", data={"role": "company"})
    assert "Choisissez un fichier" in answer.get_data(as_text=True)


def test_nobody_but_the_team_sees_an_import(client, edition):
    send(client, edition)
    stranger = a_user()
    db.session.commit()
    log_in_as(client, stranger)
    here = f"/organisation/{edition.slug}/import"
    assert client.get(here).status_code == 404
    assert client.get(f"{here}/{imported().id}").status_code == 404
    assert client.post(f"{here}/{imported().id}/confirmer").status_code == 404


def test_another_team_does_not_find_it_under_its_own_edition(client, edition):
    send(client, edition)
    other = an_edition()
    log_in_as(client, an_organiser_member(other.series.organiser))
    db.session.commit()
    page = client.get(f"/organisation/{other.slug}/import/{imported().id}")
    assert page.status_code == 404


CONTRACTS = (
    "id,acheteur_id,acheteur_nom,montant,dateNotification,titulaire_id\n"
    "M1,35600000000048,La Poste,1000,2025-01-10,73282932000074\n"
    "M2,99900001100018,Mairie,2000,2025-01-10,73282932000074\n"
    "M3,35600000000048,La Poste,1e17,2025-01-10,73282932000074\n"
)


def test_contracts_are_shown_then_let_in_with_the_buyers_that_one_wants(client, edition):
    a_buyer(siret="35600000000048", name="La Poste")
    db.session.commit()
    page = send(client, edition, CONTRACTS, "decp.csv", "contracts").get_data(as_text=True)
    assert "D’un acheteur absent de l’annuaire" in page
    assert "Montant inexploitable" in page
    address = f"/organisation/{edition.slug}/import/{imported().id}"
    assert "1e17" in client.get(f"{address}/lignes.csv").get_data(as_text=True)
    done = client.post(f"{address}/confirmer", data={"list_buyers": "1"}, follow_redirects=True)
    assert "2 marchés lus" in done.get_data(as_text=True).replace("\xa0", " ")
    assert db.session.query(Contract).count() == 2
    assert {one.name for one in db.session.query(Organisation)} == {"La Poste", "Mairie"}


def test_contracts_without_the_box_leave_unknown_buyers_out(client, edition):
    a_buyer(siret="35600000000048", name="La Poste")
    db.session.commit()
    send(client, edition, CONTRACTS, "decp.csv", "contracts")
    client.post(f"/organisation/{edition.slug}/import/{imported().id}/confirmer")
    assert [one.uid for one in db.session.query(Contract)] == ["35600000000048M1"]
    assert db.session.query(Organisation).count() == 1


def test_a_long_file_of_contracts_is_carried_out_by_a_job(client, edition):
    a_buyer(siret="35600000000048", name="La Poste")
    db.session.commit()
    head = CONTRACTS.splitlines()[0]
    lines = [f"M{n},35600000000048,P,{n},2025-01-10,73282932000074" for n in range(1, 252)]
    send(client, edition, "\n".join([head, *lines]), "decp.csv", "contracts")
    client.post(f"/organisation/{edition.slug}/import/{imported().id}/confirmer")
    db.session.expire_all()
    assert (imported().state, imported().done) == ("done", 251)
    assert imported().job.result == {"lines": 251}
    assert db.session.query(Contract).count() == 251


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        (b"PK\x03\x04", "a.xlsx", "n’en est pas un"),
        (b"id,objet\n" + b"1\n" * 200_001, "a.csv", "Ce fichier a 200 001 lignes"),
        (b'{"marches": {"marche": [{"id"', "a.json", "la lecture s’arrête après 0 marchés"),
        (b'{"autre": 1}', "a.json", "n’a pas la forme des données essentielles"),
    ],
)
def test_a_bad_file_of_contracts_is_answered_beside_the_field(
    client, edition, text, name, sentence
):
    answer = send(client, edition, text, name, "contracts")
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True).replace("\xa0", " ")


def test_contracts_whose_columns_have_other_names_are_said_and_read(client, edition):
    a_buyer(siret="35600000000048", name="La Poste")
    db.session.commit()
    text = "Marché n°;Qui;Combien;Notifié\nM1;35600000000048;1000;2025-01-10\n"
    page = send(client, edition, text, "marches.csv", "contracts")
    assert "Il manque des colonnes : id, montant, dateNotification" in plain(page)
    here = f"/organisation/{edition.slug}/import/{imported().id}"
    columns = ("contract", "buyer", "amount", "notified_on")
    said = {f"column-{place}": column for place, column in enumerate(columns)}
    assert "À ajouter" in plain(client.post(f"{here}/colonnes", data=said, follow_redirects=True))
    client.post(f"{here}/confirmer")
    assert [one.amount for one in db.session.query(Contract)] == [1000.0]


def test_contracts_come_in_a_workbook_too(client, edition):
    a_buyer(siret="35600000000048", name="La Poste")
    db.session.commit()
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, CONTRACTS.splitlines()[0].split(","))
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(1, 0, ["M1", 35600000000048, "La Poste", 1000.5])
        sheet.write_datetime(1, 4, datetime(2025, 1, 10), day)
        sheet.write_row(2, 0, ["M2", 35600000000048, "La Poste", "NC", "2025-02-10"])
    page = send(client, edition, out.getvalue(), "decp.xlsx", "contracts")
    assert "1 sans montant" in plain(page)
    client.post(f"/organisation/{edition.slug}/import/{imported().id}/confirmer")
    found = db.session.query(Contract).order_by(Contract.uid)
    assert [(one.amount, one.notified_on.isoformat()) for one in found] == [
        (1000.5, "2025-01-10"), (None, "2025-02-10"),
    ]  # fmt: skip


def test_an_establishment_of_a_known_buyer_is_proposed_and_attached_only_if_one_says_so(
    client, edition
):
    town = a_buyer(siret="21340172200003", name="COMMUNE DE MONTPELLIER (MAIRIE)")
    db.session.commit()
    text = (
        "id,acheteur_id,acheteur_nom,montant,dateNotification,titulaire_id\n"
        "M1,21340172200011,VILLE DE MONTPELLIER,1000,2025-01-10,73282932000074\n"
        "M2,21340172200029,REGIE DES EAUX,1000,2025-01-10,73282932000074\n"
    )
    page = send(client, edition, text, "decp.csv", "contracts")
    assert "Des établissements à rapprocher" in plain(page)
    assert 'value="21340172200011"' in plain(page)
    assert 'value="21340172200029"' not in plain(page)
    here = f"/organisation/{edition.slug}/import/{imported().id}"
    client.post(f"{here}/confirmer", data={"kin": ["21340172200011", "21340172200029"]})
    assert [(one.uid[-2:], one.organisation_id) for one in db.session.query(Contract)] == [
        ("M1", town.id)
    ]
    assert [one.siret for one in db.session.query(Establishment)] == ["21340172200011"]
    again = send(client, edition, text, "decp.csv", "contracts")
    assert "Des établissements à rapprocher" not in plain(again)
