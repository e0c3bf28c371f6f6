# SPDX-License-Identifier: EUPL-1.2
"""Opening and changing an edition, its half-days and its places, as a person does it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.models.base import db
from app.models.editions import Edition
from app.models.registrations import Unavailability
from app.queries import editions
from app.rules.editions import EditionState
from tests.builders import (
    a_block,
    a_company,
    a_delegate,
    a_registration,
    a_table,
    a_user,
    an_edition,
    an_organiser,
    an_organiser_member,
    log_in_as,
)

TYPED = {
    "series_name": "Coventis",
    "name": "Coventis 2027",
    "theme": "",
    "mode": "in_person",
    "starts_on": "2027-11-24",
    "ends_on": "2027-11-25",
    "venue": "Halle du Verdanson",
    "city": "Montpellier",
    "timezone": "Europe/Paris",
    "practical": "Tram 1",
    "registration_closes_at": "2027-10-15T18:00",
    "requests_close_at": "2027-10-29T18:00",
    "answers_close_at": "",
}
BLOCK = {
    "name": "Mercredi matin",
    "day": "2027-11-24",
    "starts": "09:00",
    "slot_minutes": "20",
    "changeover_minutes": "5",
    "count": "7",
}
PLACES = {"kind": "table", "first": "1", "count": "3", "accessible": "y", "link": ""}


@pytest.fixture
def team(app):
    return an_organiser()


@pytest.fixture
def organiser(team, client):
    """A browser in which a member of the team is logged in."""
    user = an_organiser_member(team)
    db.session.commit()
    log_in_as(client, user)
    return client


@pytest.fixture
def edition(team):
    found = an_edition(team)
    db.session.commit()
    return found


def read(slug):
    db.session.expire_all()
    return editions.by_slug(slug)


def test_an_edition_is_opened_with_hours_of_the_fair(organiser, team):
    answer = organiser.post("/organisation/nouvelle", data={**TYPED, "organiser": team.id})

    assert answer.location == "/organisation/coventis-2027/creneaux"
    edition = read("coventis-2027")
    assert edition.registration_closes_at == datetime(2027, 10, 15, 16, tzinfo=UTC)
    assert edition.requests_close_at == datetime(2027, 10, 29, 16, tzinfo=UTC)
    assert edition.answers_close_at is None
    assert edition.state == EditionState.DRAFT


def test_deadlines_of_the_settings_are_shown_in_hours_of_the_fair(organiser, team):
    organiser.post(
        "/organisation/nouvelle",
        data={**TYPED, "organiser": team.id, "timezone": "Indian/Reunion"},
    )
    page = organiser.get("/organisation/coventis-2027/reglages").text

    assert read("coventis-2027").registration_closes_at == datetime(2027, 10, 15, 14, tzinfo=UTC)
    assert 'value="2027-10-15T18:00"' in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "  "}, "Il manque le nom. Écrivez par exemple Coventis 2027."),
        ({"starts_on": "24/11/2027"}, "Écrivez une date, par exemple 2027-11-24."),
        ({"ends_on": "2027-11-23"}, "Le dernier jour vient avant le premier"),
        ({"answers_close_at": "2027-10-20T18:00"}, "Cette échéance vient avant la précédente"),
        ({"answers_close_at": "2027-12-20T18:00"}, "vient après le premier jour du salon"),
        ({"answers_close_at": "demain"}, "Écrivez une date et une heure"),
        ({"mode": "on_the_moon"}, "Choisissez dans la liste."),
        ({"timezone": "Europe/Montpellier"}, "Choisissez dans la liste."),
        ({"name": "x" * 201}, "C’est trop long"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(organiser, team, wrong, sentence):
    typed = {**TYPED, "organiser": team.id, "theme": "Économie circulaire", **wrong}

    page = organiser.post("/organisation/nouvelle", data=typed)

    assert page.status_code == 200
    assert sentence in page.text
    assert 'value="Économie circulaire"' in page.text
    assert db.session.scalars(select(Edition)).all() == []


def test_nobody_opens_an_edition_for_another_team(organiser):
    other = an_organiser()
    db.session.commit()

    organiser.post("/organisation/nouvelle", data={**TYPED, "organiser": other.id})

    assert db.session.scalars(select(Edition)).all() == []


def test_a_person_without_a_team_opens_nothing(app, client):
    user = a_user()
    db.session.commit()
    log_in_as(client, user)

    assert client.get("/organisation/nouvelle").status_code == 403
    assert client.get("/organisation").status_code == 403


def test_another_teams_edition_is_no_model(organiser):
    theirs = an_edition(an_organiser())
    db.session.commit()

    assert organiser.get(f"/organisation/nouvelle?modele={theirs.slug}").status_code == 404


def test_the_next_edition_proposes_dates_and_takes_over_places(organiser, team, edition):
    a_table(edition, "7")
    a_block(edition)
    db.session.commit()
    address = f"/organisation/nouvelle?modele={edition.slug}"
    page = organiser.get(address).text
    assert 'value="2029-11-21"' in page

    organiser.post(
        address,
        data={
            **TYPED,
            "organiser": team.id,
            "series_name": edition.series.name,
            "starts_on": "2029-11-21",
            "ends_on": "2029-11-22",
            "name": "Salon 2029",
        },
    )

    following = read("salon-2029")
    assert following.series_id == edition.series_id
    assert [place.code for place in editions.places(following)] == ["7"]
    assert len(editions.slots(following)) == 3


def test_settings_are_changed(organiser, edition):
    organiser.post(f"/organisation/{edition.slug}/reglages", data={**TYPED, "name": "Un nom"})

    assert read(edition.slug).name == "Un nom"


def test_an_edition_is_announced_then_closed(organiser, team):
    edition = an_edition(team, state=EditionState.DRAFT)
    db.session.commit()
    slug = edition.slug

    organiser.post(f"/organisation/{slug}/annoncer")
    assert read(slug).state == EditionState.OPEN
    organiser.post(f"/organisation/{slug}/clore")
    assert read(slug).state == EditionState.CLOSED
    assert organiser.post(f"/organisation/{slug}/clore").status_code == 409


def test_the_hours_of_a_block_are_seen_before_it_is_added(organiser, edition):
    address = f"/organisation/{edition.slug}/creneaux"

    page = organiser.post(address, data={**BLOCK, "preview": "1"}).text

    assert "irait de 9\u00a0h à 11\u00a0h\u00a050" in page
    assert editions.blocks(read(edition.slug)) == []
    organiser.post(address, data=BLOCK)
    assert len(editions.slots(read(edition.slug))) == 7


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"starts": "9 heures"}, "Écrivez une heure, par exemple 09:00."),
        ({"count": "sept"}, "Écrivez un nombre entier, par exemple 7."),
        ({"count": ""}, "Il manque le nombre de créneaux."),
        ({"count": "99"}, "Écrivez un nombre entier de 1 à 40."),
        ({"slot_minutes": "0"}, "Écrivez un nombre entier de 5 à 120."),
        ({"day": "2027-11-30"}, "n’est pas un jour du salon"),
        ({"starts": "22:30"}, "finirait après minuit"),
        ({"starts": "11:00"}, "Cette plage chevauche celle de mercredi 24 novembre"),
    ],
)
@pytest.mark.parametrize("button", [{}, {"preview": "1"}])
def test_a_wrong_block_is_explained_and_stays_typed(organiser, edition, wrong, sentence, button):
    organiser.post(f"/organisation/{edition.slug}/creneaux", data={**BLOCK, "count": "6"})

    page = organiser.post(
        f"/organisation/{edition.slug}/creneaux",
        data={**BLOCK, "name": "Tout autre nom", "starts": "14:00", **wrong, **button},
    )

    assert sentence in page.text
    assert 'value="Tout autre nom"' in page.text
    assert len(editions.blocks(read(edition.slug))) == 1


def test_a_block_with_absences_is_not_removed_and_says_why(organiser, edition):
    slot, *_ = a_block(edition)
    delegate = a_delegate(a_registration(edition, a_company()))
    db.session.add(Unavailability(delegate_id=delegate.id, slot_id=slot.id))
    db.session.commit()
    address = f"/organisation/{edition.slug}/creneaux/{slot.block_id}/retirer"

    page = organiser.post(address, follow_redirects=True).text

    assert "0 rendez-vous et 1 absences y tiennent" in page
    assert len(editions.blocks(read(edition.slug))) == 1


def test_a_block_of_another_edition_is_not_found(organiser, edition):
    elsewhere = an_edition(an_organiser())
    slot, *_ = a_block(elsewhere)
    db.session.commit()

    answer = organiser.post(f"/organisation/{edition.slug}/creneaux/{slot.block_id}/retirer")

    assert answer.status_code == 404
    assert len(editions.blocks(read(elsewhere.slug))) == 1


def test_tables_are_added_at_once_and_one_is_removed(organiser, edition):
    address = f"/organisation/{edition.slug}/creneaux/places"
    organiser.post(address, data=PLACES)
    first, *_ = editions.places(read(edition.slug))

    organiser.post(f"{address}/{first.id}/retirer")

    assert [place.code for place in editions.places(read(edition.slug))] == ["2", "3"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"first": "2"}, "existe déjà"),
        ({"count": "9999"}, "Écrivez un nombre entier de 1 à 200."),
        ({"kind": "throne"}, "Choisissez dans la liste."),
        ({"kind": "video"}, "Il manque l’adresse des salles de visio."),
        ({"kind": "video", "link": "http://visio.exemple.fr/{n}"}, "commence par https://"),
        ({"kind": "video", "link": "https://visio.exemple.fr/"}, "la même adresse"),
    ],
)
def test_wrong_places_are_explained(organiser, edition, wrong, sentence):
    a_table(edition, "2")
    db.session.commit()

    page = organiser.post(
        f"/organisation/{edition.slug}/creneaux/places", data={**PLACES, "first": "5", **wrong}
    )

    assert sentence in page.text
    assert len(editions.places(read(edition.slug))) == 1


def test_a_new_edition_is_told_what_it_still_lacks(organiser, edition):
    page = organiser.get(f"/organisation/{edition.slug}").text
    assert "créneau pour l’instant" in page
    assert "table pour l’instant" in page

    a_table(edition)
    a_block(edition)
    db.session.commit()

    page = organiser.get(f"/organisation/{edition.slug}").text
    assert "pour l’instant</strong>" not in page
    assert "Rien à faire aujourd’hui." in page
