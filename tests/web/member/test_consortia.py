# SPDX-License-Identifier: EUPL-1.2
"""Consortia on the site: formed, joined, left; and asked for a meeting in their name."""

import pytest

from app.actions import consortia as actions
from app.models.base import db
from app.models.consortia import Consortium, ConsortiumMember
from app.models.meetings import MeetingRequest
from app.rules.consortia import MemberState
from tests.builders import (
    a_buyer,
    a_company,
    a_member,
    a_registration,
    an_edition,
    log_in_as,
)

MESSAGE = "Nous ferions ce chantier à deux, et bien."


@pytest.fixture
def lead(app):
    return a_company(name="Coopérative A", siret="73282932000074")


@pytest.fixture
def other(app):
    return a_company(name="Coopérative B", siret="55203253400646")


@pytest.fixture
def people(client, lead, other):
    found = a_member(lead), a_member(other)
    db.session.commit()
    return found


def home(company):
    return f"/espace/{company.id}/groupements"


def test_a_consortium_is_formed_and_joined(client, people, lead, other):
    log_in_as(client, people[0])
    typed = {"name": "À deux", "form": "joint", "share": "60"}
    formed = client.post(home(lead), data=typed).location
    wrong = client.post(formed, data={"siret": "123"})
    assert wrong.status_code == 422 and 'value="123"' in wrong.text
    unknown = client.post(formed, data={"siret": "41816609600069"})
    assert unknown.status_code == 422 and "Aucune entreprise de l’annuaire" in unknown.text
    assert client.post(formed, data={"siret": "552 032 534 00646"}).status_code == 302

    log_in_as(client, people[1])
    assert "Rejoindre" in client.get(home(other)).text
    member = db.session.query(ConsortiumMember).filter_by(organisation_id=other.id).one()
    client.post(f"/groupements/membres/{member.id}/accepter")
    db.session.refresh(member)
    assert member.state == MemberState.ACCEPTED
    assert "À deux" in client.get(f"/annuaire/{lead.id}").text


def test_nobody_answers_or_looks_in_the_place_of_another(client, people, lead, other):
    consortium = actions.form(lead, by=None, name="À deux")
    member = actions.invite(consortium, other, by=None)
    stranger = a_member(a_company())
    db.session.commit()
    log_in_as(client, people[0])
    assert client.post(f"/groupements/membres/{member.id}/accepter").status_code == 404
    log_in_as(client, stranger)
    for page in (f"/groupements/{consortium.id}", home(lead)):
        assert client.get(page).status_code == 404
    for act in (
        f"/groupements/{consortium.id}/dissoudre",
        f"/groupements/membres/{member.id}/quitter",
    ):
        assert client.post(act).status_code == 404
    log_in_as(client, people[1])
    assert client.post(f"/groupements/{consortium.id}/dissoudre").status_code == 404
    assert db.session.get(Consortium, consortium.id).dissolved_at is None


def test_the_lead_chooses_whom_the_meeting_is_for(client, people, lead, other):
    edition = an_edition()
    ours, theirs = a_registration(edition, lead), a_registration(edition, a_buyer())
    consortium = actions.form(lead, by=None, name="À deux")
    actions.answer(actions.invite(consortium, other, by=None), by=None, agrees=True)
    db.session.commit()
    log_in_as(client, people[0])
    address = f"/participation/{ours.id}/demandes/nouvelle?to={theirs.id}"
    assert "Le groupement À deux" in client.get(address).text
    typed = {"side": consortium.id, "about": "", "message": MESSAGE, "priority": "2"}
    assert client.post(address, data=typed).status_code == 302
    asked = db.session.query(MeetingRequest).one()
    assert asked.consortium_id == consortium.id
    assert client.post(address, data={**typed, "side": 0}).status_code == 302


def test_a_company_asks_another_from_its_listing(client, people, lead, other):
    edition = an_edition()
    ours, theirs = a_registration(edition, lead), a_registration(edition, other)
    db.session.commit()
    log_in_as(client, people[0])
    address = f"/participation/{ours.id}/demandes/nouvelle?to={theirs.id}"
    assert address.replace("&", "&amp;") in client.get(f"/annuaire/{other.id}").text
    page = client.get(address).text
    assert "répondre un jour ensemble" in page
    client.post(address, data={"side": 0, "about": "", "message": MESSAGE, "priority": "3"})
    assert db.session.query(MeetingRequest).one().motive.value == "grouping"
