# SPDX-License-Identifier: EUPL-1.2
"""Coming to an edition, as members see it: registration, delegates, availability."""

from datetime import UTC, datetime

import pytest

from app.models import clock
from app.models.base import db
from app.models.meetings import Attendance
from app.models.registrations import Delegate, Registration, Unavailability
from app.rules.editions import EditionState, Mode
from app.rules.meetings import MeetingState, RequestState
from app.rules.registrations import RegistrationState
from tests.builders import (
    a_block,
    a_buyer,
    a_company,
    a_delegate,
    a_meeting,
    a_member,
    a_registration,
    a_request,
    a_table,
    an_edition,
    log_in_as,
)


@pytest.fixture
def company(client):
    """A company whose person is logged in."""
    organisation = a_company(name="Les Jardins")
    user = a_member(organisation)
    db.session.commit()
    log_in_as(client, user)
    return organisation


def test_an_organisation_asks_to_come(client, company):
    edition = an_edition()
    db.session.commit()
    address = f"/espace/{company.id}/participation/{edition.slug}"

    assert "Demander à participer" in client.get(address).text
    client.post(address, data={"message": "Nous venons à deux.", "needs_accessible": "y"})

    registration = db.session.query(Registration).one()
    assert registration.state == RegistrationState.PENDING
    assert (registration.message, registration.needs_accessible) == ("Nous venons à deux.", True)
    assert "à valider" in client.get(address).text


def test_after_the_deadline_one_is_told_when_it_was_and_what_to_do(client, company):
    edition = an_edition(registration_closes_at=datetime(2027, 10, 15, 16, tzinfo=UTC))
    db.session.commit()
    address = f"/espace/{company.id}/participation/{edition.slug}"

    with clock.frozen(datetime(2027, 10, 16, tzinfo=UTC)):
        page = client.post(address, data={"message": "Est-ce trop tard ?"})

    assert page.status_code == 422
    assert "vendredi 15 octobre" in page.text and "Écrivez à l’équipe" in page.text
    assert "Est-ce trop tard ?" in page.text
    assert db.session.query(Registration).count() == 0


def test_a_draft_edition_and_somebody_elses_organisation_are_not_found(client, company):
    draft = an_edition(state=EditionState.DRAFT)
    stranger = a_company()
    edition = an_edition()
    db.session.commit()
    assert client.get(f"/espace/{company.id}/participation/{draft.slug}").status_code == 404
    assert client.get(f"/espace/{stranger.id}/participation/{edition.slug}").status_code == 404


def test_a_refusal_is_shown_with_its_reason(client, company):
    edition = an_edition()
    a_registration(
        edition, company, state=RegistrationState.REFUSED, reason="Le salon est complet."
    )
    db.session.commit()
    page = client.get(f"/espace/{company.id}/participation/{edition.slug}")
    assert "Le salon est complet." in page.text


def test_delegates_are_added_corrected_and_taken_off(client, company):
    registration = a_registration(an_edition(), company)
    db.session.commit()
    add = f"/participation/{registration.id}/delegues/nouveau"

    client.post(add, data={"first_name": "Zoé", "last_name": "Müller", "email": "Zoe@Exemple.TEST"})
    delegate = db.session.query(Delegate).one()
    assert (delegate.name, delegate.email) == ("Zoé Müller", "zoe@exemple.test")

    client.post(
        f"/delegues/{delegate.id}/modifier", data={"first_name": "Zoë", "last_name": "Müller"}
    )
    db.session.refresh(delegate)
    assert delegate.name == "Zoë Müller"

    assert "ne vient plus" in client.get(f"/delegues/{delegate.id}/retirer").text
    client.post(f"/delegues/{delegate.id}/retirer")
    assert db.session.query(Delegate).count() == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"first_name": "", "last_name": " "}, "Écrivez un prénom ou un nom"),
        ({"email": "zoe chez exemple"}, "adresse"),
        ({"last_name": "x" * 201}, "trop long"),
    ],
)
def test_a_wrong_delegate_is_answered_in_the_form(client, company, wrong, sentence):
    registration = a_registration(an_edition(), company)
    db.session.commit()
    typed = {"first_name": "Zoé", "last_name": "Müller", "function": "Gérante", **wrong}

    page = client.post(f"/participation/{registration.id}/delegues/nouveau", data=typed)

    assert page.status_code == 422
    assert sentence in page.text and "Gérante" in page.text


def test_only_a_hybrid_edition_asks_how_one_takes_part(client, company):
    hybrid = a_registration(an_edition(mode=Mode.HYBRID), company)
    here = a_registration(an_edition(), company)
    db.session.commit()
    assert "à distance" in client.get(f"/participation/{hybrid.id}/delegues/nouveau").text
    assert "à distance" not in client.get(f"/participation/{here.id}/delegues/nouveau").text

    client.post(
        f"/participation/{hybrid.id}/delegues/nouveau",
        data={"first_name": "Zoé", "last_name": "Müller", "attendance": "remote"},
    )
    assert db.session.query(Delegate).one().remote is True


def test_availability_is_a_box_per_slot_and_delegate(client, company):
    edition = an_edition()
    slots = a_block(edition, count=3)
    registration = a_registration(edition, company)
    delegate = a_delegate(registration)
    db.session.commit()
    address = f"/participation/{registration.id}/disponibilites"
    assert client.get(address).text.count(" checked") == 3

    client.post(address, data={"slot": [f"{delegate.id}-{slots[0].id}"]})

    away = {line.slot_id for line in db.session.query(Unavailability)}
    assert away == {slots[1].id, slots[2].id}
    assert client.get(address).text.count(" checked") == 1


def test_closing_a_slot_with_a_meeting_tells_what_falls_before_it_is_done(client, company):
    edition = an_edition(version=1)
    slots = a_block(edition, count=2)
    registration = a_registration(edition, company)
    buyer = a_registration(edition, a_buyer(name="Ville de Valfleury"))
    delegate = a_delegate(registration)
    theirs = a_delegate(buyer, "Nadia")
    request = a_request(registration, buyer, state=RequestState.ACCEPTED)
    meeting = a_meeting(request, slots[0], a_table(edition), delegate, theirs)
    db.session.commit()
    address = f"/participation/{registration.id}/disponibilites"
    typed = {"slot": [f"{delegate.id}-{slots[1].id}"]}

    asked = client.post(address, data=typed)
    assert "1 rendez-vous sera libéré" in asked.text
    assert "Ville de Valfleury" in asked.text
    assert db.session.query(Unavailability).count() == 0

    client.post(address, data={**typed, "confirmed": "1"})
    db.session.refresh(meeting)
    assert (meeting.state, meeting.place_id, meeting.sequence) == (MeetingState.CANCELLED, None, 1)
    assert db.session.query(Attendance).count() == 0


def test_cancelling_says_what_it_costs_first(client, company):
    edition = an_edition()
    registration = a_registration(edition, company)
    db.session.commit()
    address = f"/participation/{registration.id}/annuler"
    assert "Annuler la participation" in client.get(address).text
    client.post(address)
    db.session.refresh(registration)
    assert registration.state == RegistrationState.CANCELLED


def test_pages_of_somebody_elses_registration_are_not_found(client, company):
    registration = a_registration(an_edition(), a_company())
    delegate = a_delegate(registration)
    db.session.commit()
    for address in (
        f"/participation/{registration.id}/disponibilites",
        f"/participation/{registration.id}/delegues/nouveau",
        f"/participation/{registration.id}/chercher",
        f"/participation/{registration.id}/demandes",
        f"/participation/{registration.id}/annuler",
        f"/delegues/{delegate.id}/modifier",
        f"/delegues/{delegate.id}/retirer",
    ):
        assert client.get(address).status_code == 404, address
