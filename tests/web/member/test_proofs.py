# SPDX-License-Identifier: EUPL-1.2
"""A member adds what makes the listing believed, and others see it."""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import select

from app.actions import listings, reference
from app.models import clock
from app.models.base import db
from app.models.listings import Label, Network
from app.queries import listings as told
from tests.builders import a_buyer, a_company, a_member, log_in_as


@pytest.fixture
def company(client):
    reference.load_labels()
    reference.load_networks()
    company = a_company(name="Les Jardins")
    log_in_as(client, a_member(company))
    db.session.commit()
    return company


@pytest.fixture
def label(company):
    return db.session.scalars(select(Label).where(Label.slug == "esus")).one()


def picture(colour: str = "green", kind: str = "JPEG") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(out, kind)
    return io.BytesIO(out.getvalue())


def test_a_label_is_added_with_its_certificate_shown_and_taken_away(client, company, label):
    until = clock.now().date() + timedelta(days=400)
    typed = {"label-label": label.id, "label-expires_on": until.isoformat(),
             "label-proof": (picture(), "../certificat.jpg")}  # fmt: skip
    answer = client.post(f"/espace/{company.id}/fiche/labels", data=typed)
    assert answer.headers["Location"] == f"/espace/{company.id}/fiche/preuves#labels"
    (held,) = told.public_labels(company)

    page = client.get(f"/annuaire/{company.id}").text
    (address,) = re.findall(r'href="(/annuaire/\d+/justificatifs/[^"]+)"', page)
    with client.get(address) as paper:
        assert paper.mimetype == "image/jpeg"
        assert paper.headers["Content-Disposition"] == "attachment; filename=esus.jpg"
    client.post(f"/espace/{company.id}/fiche/labels/{held.id}/retirer")
    assert told.labels_of([company]) == {}
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Montrez ce qui prouve ce label"),
        ({"label-label": ""}, "Choisissez un label"),
        ({"label-proof_link": "deux mots"}, "Écrivez l’adresse d’un site"),
        ({"label-proof_link": "a.fr", "label-expires_on": "2001-01-01"}, "Ce jour est passé"),
        ({"label-proof_link": "a.fr", "label-expires_on": "demain"}, "Écrivez une date"),
        ({"label-proof": (io.BytesIO(b"MZ"), "a.pdf")}, "ni une image ni un PDF"),
    ],
)
def test_a_label_that_cannot_be_kept_says_why_and_loses_nothing(
    client, company, label, typed, sentence
):
    facts = {"label-label": label.id, "label-proof_link": "", **typed}
    page = client.post(f"/espace/{company.id}/fiche/labels", data=facts).text
    assert sentence in page
    assert told.labels_of([company]) == {}
    if typed.get("label-label") is None:
        assert re.search(rf'<option selected value="{label.id}"', page)


def test_an_expired_label_is_shown_as_such_to_its_holder_alone(client, company, label):
    over = clock.now().date() - timedelta(days=1)
    listings.hold_label(company, by=None, label=label, source="import-esus", expires_on=over)
    assert "expiré" in client.get(f"/espace/{company.id}/fiche/preuves").text
    assert "utilité sociale (Esus)" not in client.get(f"/annuaire/{company.id}").text
    board = client.get(f"/espace/{company.id}").text
    assert "label expiré ou qui expire bientôt" in board


def test_a_network_is_joined_and_left(client, company):
    network = db.session.scalars(select(Network).where(Network.slug == "coorace")).one()
    client.post(f"/espace/{company.id}/fiche/reseaux", data={"network-network": network.id})
    (place,) = told.networks_of([company])[company.id]
    assert "Coorace" in client.get(f"/annuaire/{company.id}").text
    client.post(f"/espace/{company.id}/fiche/reseaux/{place.id}/retirer")
    assert told.networks_of([company]) == {}
    page = client.post(f"/espace/{company.id}/fiche/reseaux", data={}).text
    assert "Choisissez" in page


def test_a_reference_is_added_shown_and_taken_away(client, company):
    typed = {"reference-client": "Ville de Lodève", "reference-year": "2024",
             "reference-text": "<b>Deux parcs</b>"}  # fmt: skip
    client.post(f"/espace/{company.id}/fiche/references", data=typed)
    (reference,) = told.references(company)
    page = client.get(f"/annuaire/{company.id}").text
    assert "Ville de Lodève" in page
    assert "<b>Deux parcs" not in page
    client.post(f"/espace/{company.id}/fiche/references/{reference.id}/retirer")
    assert told.references(company) == []
    page = client.post(
        f"/espace/{company.id}/fiche/references", data={**typed, "reference-year": "1800"}
    ).text
    assert "Écrivez une année de 1950" in page
    assert "Ville de Lodève" in page


def test_photos_are_added_put_first_shown_and_taken_away(client, company):
    for colour in ("red", "green"):
        typed = {"photo-photo": (picture(colour), "a.jpg"), "photo-alternative": f"Un mur {colour}"}
        client.post(f"/espace/{company.id}/fiche/photos", data=typed)
    first, second = told.photos(company)
    client.post(f"/espace/{company.id}/fiche/photos/{second.id}/premiere")
    page = client.get(f"/annuaire/{company.id}").text
    assert re.findall(r'alt="(Un mur \w+)"', page) == ["Un mur green", "Un mur red"]
    (address, _) = re.findall(r'src="(/annuaire/\d+/photos/[^"]+)"', page)
    with client.get(address) as shown:
        assert shown.mimetype == "image/jpeg"
    client.post(f"/espace/{company.id}/fiche/photos/{first.id}/retirer")
    assert [one.id for one in told.photos(company)] == [second.id]


def test_a_photo_without_words_or_cut_short_says_so(client, company):
    here = f"/espace/{company.id}/fiche/photos"
    silent = {"photo-photo": (picture(), "a.jpg"), "photo-alternative": ""}
    assert "Dites ce que montre la photo" in client.post(here, data=silent).text
    short = io.BytesIO(picture().read()[:-40])
    cut = {"photo-photo": (short, "a.jpg"), "photo-alternative": "Un mur"}
    page = client.post(here, data=cut).text
    assert "ou il est incomplet" in page
    assert 'value="Un mur"' in page
    none = client.post(here, data={"photo-alternative": "Un mur"}).text
    assert "ou il est incomplet" in none


@pytest.mark.parametrize("part", ["labels", "reseaux", "references", "photos"])
def test_nobody_adds_to_the_listing_of_another(client, company, part):
    other = a_company()
    db.session.commit()
    assert client.post(f"/espace/{other.id}/fiche/{part}").status_code == 404
    assert client.get(f"/espace/{other.id}/fiche/preuves").status_code == 404


def test_what_another_holds_is_not_removed_through_ones_own_page(client, company, label):
    other = a_company()
    held = listings.hold_label(other, by=None, label=label, proof_link="a.fr")
    reference = listings.add_reference(other, by=None, client="Le CHU")
    photo = listings.add_photo(other, by=None, picture=picture().read(), alternative="x")
    network = db.session.scalars(select(Network).limit(1)).one()
    place = listings.join_network(other, by=None, network=network)
    for part, row in (("labels", held), ("references", reference), ("photos", photo),
                      ("reseaux", place)):  # fmt: skip
        here = f"/espace/{company.id}/fiche/{part}/{row.id}/retirer"
        assert client.post(here).status_code == 404
    assert client.get(f"/annuaire/{company.id}/photos/{photo.file}").status_code == 404
    assert client.get(f"/annuaire/{company.id}/justificatifs/../{photo.file}").status_code == 404


def test_a_full_page_takes_as_many_queries_as_a_short_one(client, company, label, count_queries):
    def asked() -> int:
        db.session.commit()
        with count_queries:
            assert client.get(f"/espace/{company.id}/fiche/preuves").status_code == 200
        return len(count_queries)

    before = asked()
    for one in db.session.scalars(select(Label)).all():
        listings.hold_label(company, by=None, label=one, proof_link="a.fr")
    for number in range(9):
        listings.add_reference(company, by=None, client=f"Client {number}")
    assert asked() == before


def test_a_buyer_is_not_offered_proofs(client):
    buyer = a_buyer()
    log_in_as(client, a_member(buyer))
    db.session.commit()
    assert "/fiche/preuves" not in client.get(f"/espace/{buyer.id}/fiche").text
