# SPDX-License-Identifier: EUPL-1.2
"""The organiser brings a table, sees what it would do, and decides."""

import io

import pytest

from app.models.base import db
from app.models.companies import Contract, Organisation
from app.models.imports import DirectoryImport
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
    form = {"role": role, "usual_kind": "PUBLIC", "file": (io.BytesIO(content), name)}
    return client.post(f"/organisation/{edition.slug}/import", data=form, follow_redirects=True)


def imported():
    return db.session.query(DirectoryImport).one()


def test_a_table_is_shown_with_its_bad_lines_before_anything_changes(client, edition):
    page = send(client, edition).get_data(as_text=True)
    assert "Rien n’est encore entré" in page
    assert "Le numéro SIRET a 14" in page
    assert "Colonnes laissées de côté : couleur" in page.replace("\xa0", " ")
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
    assert answer.get_data(as_text=True).startswith("\ufeffLigne;Colonne;Valeur;Raison")


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        (b"", "a.csv", "Ce fichier est vide"),
        (b"siret,nom\n1,A\n", "a.xlsx", "n’en est pas un"),
        ("siret,nom\n1,Hérault\n".encode("utf-16-le"), "a.csv", "accents de ce fichier"),
        ("siret,ville\n1,Sète\n", "a.csv", "Il manque la colonne du nom"),
        ("nom,ville\nA,Sète\n", "a.csv", "Il manque la colonne « siret »"),
        (b"siret,nom\n" + b"1,A\n" * 60_000, "a.csv", "Ce fichier a 60 000 lignes"),
    ],
)
def test_a_bad_file_is_answered_with_a_sentence_beside_the_field(
    client, edition, text, name, sentence
):
    answer = send(client, edition, text, name)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True).replace("\xa0", " ")


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
    assert imported().job.result == {"contracts": 251}
    assert db.session.query(Contract).count() == 251


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        (b"siret,nom\n1,A\n", "a.csv", "Il manque des colonnes : id, acheteur_id"),
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
