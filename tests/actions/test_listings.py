# SPDX-License-Identifier: EUPL-1.2
"""A listing adds what makes it believed, and its files follow."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from app.actions import companies, listings, reference, uploads
from app.jobs import handlers
from app.models import clock
from app.models.base import db
from app.models.history import HistoryLine
from app.models.listings import Label, Network
from app.queries import companies as directory
from app.queries import listings as told
from app.rules.errors import RuleBroken
from app.rules.listings import MOST_PHOTOS
from tests.builders import a_company, a_user


def a_picture(colour: str = "green") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (800, 600), colour).save(out, "JPEG")
    return out.getvalue()


def refusal(function, *arguments, **named) -> tuple[str, str | None]:
    with pytest.raises(RuleBroken) as refused:
        function(*arguments, **named)
    return refused.value.key, refused.value.field


def files(app: Flask) -> set[str]:
    return {path.name for path in Path(app.config["UPLOAD_FOLDER"]).glob("*")}


def verbs() -> list[str]:
    return list(db.session.scalars(select(HistoryLine.verb).order_by(HistoryLine.id)))


@pytest.fixture
def label(app) -> Label:
    reference.load_labels()
    return db.session.scalars(select(Label).where(Label.slug == "esus")).one()


@pytest.fixture
def network(app) -> Network:
    reference.load_networks()
    return db.session.scalars(select(Network).where(Network.slug == "coorace")).one()


@pytest.fixture(autouse=True)
def empty_folder(app):
    for path in Path(app.config["UPLOAD_FOLDER"]).glob("*"):
        path.unlink()


@pytest.fixture
def at_once(app, monkeypatch):
    """Jobs are carried out as soon as the change is kept."""
    done: list[int] = []
    monkeypatch.setitem(app.extensions, "send_job", done.append)
    return done


def carry_out_all(at_once):
    while at_once:
        handlers.carry_out(at_once.pop(0))


def test_a_label_is_held_with_a_page_that_proves_it_and_found_by_its_name(label):
    company = a_company()
    until = clock.now().date() + timedelta(days=300)
    held = listings.hold_label(
        company, by=None, label=label, proof_link="exemple.fr/esus", expires_on=until
    )
    assert (held.proof_link, held.expires_on, held.source) == (
        "https://exemple.fr/esus", until, "typed",
    )  # fmt: skip
    assert "solidaire d utilite sociale" in company.search
    listings.drop_label(held, by=None)
    assert told.labels_of([company]) == {}
    assert "utilite" not in company.search


def test_a_label_without_proof_or_already_over_is_refused(label):
    company = a_company()
    yesterday = clock.now().date() - timedelta(days=1)
    assert refusal(listings.hold_label, company, by=None, label=label) == (
        "label_unproved", "proof_link",
    )  # fmt: skip
    assert refusal(
        listings.hold_label, company, by=None, label=label, proof_link="a.fr", expires_on=yesterday
    ) == ("label_over", "expires_on")
    assert refusal(listings.hold_label, company, by=None, label=label, proof_link="deux mots") == (
        "website_wrong", "proof_link",
    )  # fmt: skip
    assert refusal(listings.hold_label, company, by=None, label=label, proof=b"MZ") == (
        "proof_unreadable", "proof",
    )  # fmt: skip


def test_an_official_list_proves_a_label_by_itself(label):
    company = a_company()
    over = date(2020, 1, 1)
    held = listings.hold_label(company, by=None, label=label, source="import-esus", expires_on=over)
    assert (held.source, held.expires_on) == ("import-esus", over)


def test_a_label_said_again_is_renewed_and_its_old_paper_forgotten(app, label, at_once):
    company = a_company()
    first = listings.hold_label(company, by=None, label=label, proof=a_picture("red"))
    old = first.proof_file
    again = listings.hold_label(company, by=None, label=label, proof=a_picture("blue"))
    assert again.id == first.id
    assert files(app) == {old, again.proof_file}, "nothing is removed before the change is kept"
    carry_out_all(at_once)
    assert files(app) == {again.proof_file}
    listings.drop_label(again, by=None)
    carry_out_all(at_once)
    assert files(app) == set()


def test_only_what_holds_today_is_shown_to_others(label):
    company, today = a_company(), clock.now().date()
    held = listings.hold_label(company, by=None, label=label, proof_link="a.fr", expires_on=today)
    assert told.public_labels(company) == [held]
    assert told.labels_to_renew(company) == 1
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert told.public_labels(company) == []
        assert told.labels_to_renew(company) == 1


def test_a_network_is_joined_once_and_left(network):
    company = a_company()
    place = listings.join_network(company, by=None, network=network)
    assert listings.join_network(company, by=None, network=network).id == place.id
    assert "coorace" in company.search
    listings.leave_network(place, by=None)
    assert told.networks_of([company]) == {}
    assert verbs() == ["network.joined", "network.left"]


def test_references_come_latest_first(app):
    company = a_company()
    for client, year in (("Ville de Lodève", 2019), ("Le CHU", None), ("La Région", 2025)):
        listings.add_reference(company, by=None, client=client, year=year, text=" Deux parcs. ")
    kept = told.references(company)
    assert [(one.client, one.year) for one in kept] == [
        ("La Région", 2025), ("Ville de Lodève", 2019), ("Le CHU", None),
    ]  # fmt: skip
    assert kept[0].text == "Deux parcs."
    listings.remove_reference(kept[0], by=None)
    assert len(told.references(company)) == 2


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"client": " "}, ("name_missing", "client")),
        ({"client": "A", "year": 3025}, ("year_wrong", "year")),
        ({"client": "A", "text": "x" * 601}, ("too_long", "text")),
    ],
)
def test_a_reference_says_who_and_when(app, facts, refused):
    assert refusal(listings.add_reference, a_company(), by=None, **facts) == refused


def test_photos_are_kept_in_order_and_their_files_forgotten(app, at_once):
    company = a_company()
    shown = [
        listings.add_photo(company, by=None, picture=a_picture(colour), alternative=colour)
        for colour in ("red", "green", "blue")
    ]
    listings.show_first(shown[2], by=None)
    assert [one.alternative for one in told.photos(company)] == ["blue", "red", "green"]
    assert (shown[1].width, shown[1].height) == (800, 600)
    left = {shown[1].file, shown[2].file}
    listings.remove_photo(shown[0], by=None)
    carry_out_all(at_once)
    assert files(app) == left


def test_a_photo_says_what_it_shows_is_readable_new_and_one_of_few(app):
    company = a_company()
    add = listings.add_photo
    assert refusal(add, company, by=None, picture=a_picture(), alternative=" ") == (
        "alternative_missing", "alternative",
    )  # fmt: skip
    assert refusal(add, company, by=None, picture=b"", alternative="x") == (
        "picture_unreadable", "photo",
    )  # fmt: skip
    add(company, by=None, picture=a_picture(), alternative="x")
    assert refusal(add, company, by=None, picture=a_picture(), alternative="y") == (
        "photo_there", "photo",
    )  # fmt: skip
    for number in range(MOST_PHOTOS - 1):
        add(company, by=None, picture=a_picture(f"rgb({number * 20},0,0)"), alternative="x")
    assert refusal(add, company, by=None, picture=a_picture("white"), alternative="x") == (
        "listing_full", "photo",
    )  # fmt: skip


def test_the_old_logo_is_forgotten_unless_it_comes_back(app, at_once):
    company = a_company()
    companies.set_logo(company, by=None, picture=a_picture("red"))
    red, number = company.logo, company.id
    companies.set_logo(company, by=None, picture=a_picture("blue"))
    companies.set_logo(company, by=None, picture=a_picture("red"))
    assert company.logo == red
    carry_out_all(at_once)
    assert files(app) == {red}
    companies.remove_logo(directory.by_id(number), by=None)
    carry_out_all(at_once)
    assert (directory.by_id(number).logo, files(app)) == (None, set())


def test_a_file_that_somebody_shows_is_never_taken_away(app):
    company = a_company()
    photo = listings.add_photo(company, by=None, picture=a_picture(), alternative="x")
    assert not uploads.take_away(photo.file)
    assert not uploads.take_away("../../etc/passwd")
    assert files(app) == {photo.file}


def test_every_change_is_remembered_with_who_made_it(label):
    company, user = a_company(), a_user()
    listings.hold_label(company, by=user, label=label, proof_link="a.fr")
    line = db.session.scalars(select(HistoryLine)).one()
    assert (line.verb, line.user_id, line.subject_id) == ("label.held", user.id, company.id)
    assert line.facts["name"] == label.name_fr


def test_what_no_listing_shows_is_swept_away(app):
    company = a_company()
    photo = listings.add_photo(company, by=None, picture=a_picture(), alternative="x")
    (uploads.folder() / "99-lost.jpg").write_bytes(b"lost")
    assert uploads.sweep() == 1
    assert files(app) == {photo.file}
