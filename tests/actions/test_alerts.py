# SPDX-License-Identifier: EUPL-1.2
"""Alerts: one letter with what is new, never the same need twice, ended by one click."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.actions import alerts, matching
from app.jobs import recurring
from app.models import clock
from app.models.base import db
from app.models.companies import Sector, SectorGroup
from app.models.jobs import Job
from app.models.letters import Letter
from app.models.matching import AlertedNeed
from app.queries import alerts as queries
from app.rules.alerts import Rhythm
from app.rules.companies import GeoRange, Role
from app.rules.dismissals import DismissalReason
from app.rules.errors import RuleBroken
from app.rules.needs import AmountBand
from tests.builders import a_buyer, a_company, a_member, a_need, a_sector, an_activity

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)  # a Monday
OLONZAC, LODEVE = (43.28, 2.73), (43.73, 3.32)


@pytest.fixture
def at_noon(app):
    with clock.frozen(NOON):
        yield


def a_catering_sector():
    group = SectorGroup(slug="restauration", name_fr="Restauration", name_en="Catering")
    db.session.add(group)
    db.session.flush()
    sector = Sector(slug="traiteur", name_fr="Traiteur", name_en="Caterer", group_id=group.id)
    db.session.add(sector)
    db.session.flush()
    return sector


def a_caterer(sector, **facts):
    company = a_company(**{"lat": 43.6, "lon": 3.88, **facts})
    an_activity(company, sector)
    return company, a_member(company)


def letters():
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def test_catering_within_thirty_kilometres_gives_one_letter_for_two_new_needs_none_twice(at_noon):
    """Seed 003, 3.1: one letter for 2 new needs, none twice."""
    sector, other = a_catering_sector(), a_sector("Espaces verts")
    company, person = a_caterer(sector)
    an_activity(company, other)
    alert = alerts.ask_for(
        company, by=person, rhythm=Rhythm.DAILY, families=["restauration"], distance_km=30
    )
    near = {"published_on": clock.today(), "departments": ["34"]}
    a_need(a_buyer(), sector, title="Buffet", **near)
    a_need(a_buyer(lat=43.7, lon=4.0), sector, title="Plateaux", **near)
    a_need(
        a_buyer(lat=44.35, lon=2.57),
        sector,
        title="Loin",
        published_on=clock.today(),
        departments=["12"],
    )
    a_need(a_buyer(), other, title="Tonte", **near)

    assert alerts.send(alert) == 2
    assert alerts.send(alert) == 0

    (letter,) = letters()
    assert letter.to_email == person.email
    assert "Buffet" in letter.body_text and "Plateaux" in letter.body_text
    assert "Loin" not in letter.body_text and "Tonte" not in letter.body_text
    assert "Même métier" in letter.body_text
    told = db.session.scalars(select(AlertedNeed)).all()
    assert {one.user_id for one in told} == {person.id} and len(told) == 2


def test_a_need_is_told_once_to_a_person_who_speaks_for_two_companies(at_noon):
    sector = a_catering_sector()
    one, person = a_caterer(sector)
    other, _ = a_caterer(sector)
    a_member(other, person)
    asked = [alerts.ask_for(each, by=person, rhythm=Rhythm.DAILY) for each in (one, other)]
    a_need(a_buyer(), sector, published_on=clock.today())
    assert [alerts.send(alert) for alert in asked] == [1, 0]
    assert len(letters()) == 1


def test_two_letters_at_once_about_one_need_become_one(at_noon, monkeypatch):
    sector = a_catering_sector()
    company, person = a_caterer(sector)
    alert = alerts.ask_for(company, by=person, rhythm=Rhythm.DAILY)
    a_need(a_buyer(), sector, published_on=clock.today())
    fitting = queries.to_tell(alert)
    monkeypatch.setattr(queries, "to_tell", lambda _: fitting)
    assert alerts.send(alert) == 1
    with pytest.raises(RuleBroken) as clash:
        alerts.send(alert)
    assert clash.value.key == "conflict"
    assert len(letters()) == 1


def test_the_ceiling_the_past_and_what_was_put_aside_are_left_out(at_noon):
    sector = a_catering_sector()
    company, person = a_caterer(sector)
    alert = alerts.ask_for(company, by=person, rhythm=Rhythm.DAILY, most_euros=40_000)
    today = {"published_on": clock.today()}
    a_need(a_buyer(), sector, title="Petit", amount_band=AmountBand.UNDER_15K, **today)
    a_need(a_buyer(), sector, title="Gros", amount_band=AmountBand.UNDER_1M, **today)
    a_need(a_buyer(), sector, title="Ancien", published_on=clock.today() - timedelta(days=1))
    not_us = a_need(a_buyer(), sector, title="Pas nous", **today)
    matching.dismiss(not_us, company, by=None, role=Role.COMPANY, reason=DismissalReason.OTHER)
    assert [one.need.title for one in queries.to_tell(alert).suggestions] == ["Petit"]


def test_a_need_for_the_whole_country_is_told_wherever_one_is(at_noon):
    sector = a_catering_sector()
    company, person = a_caterer(sector)
    everywhere = {"geo_range": GeoRange.COUNTRY, "departments": []}
    a_need(a_buyer(lat=48.86, lon=2.35), sector, published_on=clock.today(), **everywhere)
    by_place = alerts.ask_for(company, by=person, rhythm=Rhythm.DAILY, departments=["34"])
    assert len(queries.to_tell(by_place).suggestions) == 1
    by_distance = alerts.ask_for(company, by=person, rhythm=Rhythm.DAILY, distance_km=30)
    assert len(queries.to_tell(by_distance).suggestions) == 1


def test_a_letter_names_no_buyer_who_keeps_its_name_nor_how_far_it_is(at_noon):
    sector = a_catering_sector()
    company, person = a_caterer(sector)
    alert = alerts.ask_for(company, by=person, rhythm=Rhythm.DAILY)
    a_need(a_buyer(name="Ville secrète"), sector, published_on=clock.today(), is_anonymous=True)
    alerts.send(alert)
    (letter,) = letters()
    words = letter.subject + letter.body_text + letter.body_html
    assert "secrète" not in words and "km" not in words
    assert "anonyme" in letter.body_text


def test_a_letter_carries_the_address_that_ends_it_by_one_click(at_noon):
    sector = a_catering_sector()
    company, person = a_caterer(sector)
    alert = alerts.ask_for(company, by=person, rhythm=Rhythm.DAILY)
    a_need(a_buyer(), sector, published_on=clock.today())
    alerts.send(alert)
    (letter,) = letters()
    assert letter.unsubscribe.endswith(f"/alertes/{alert.token}/arreter")
    assert letter.unsubscribe in letter.body_text


def test_one_who_left_gets_no_more_and_asking_again_starts_again(at_noon):
    company, person = a_caterer(a_catering_sector())
    alert = alerts.ask_for(company, by=person, rhythm=Rhythm.DAILY)
    assert queries.due() == [alert.id]
    alerts.end(alert)
    alerts.end(alert)
    assert queries.due() == []
    again = alerts.ask_for(company, by=person, rhythm=Rhythm.WEEKLY)
    assert (again.id, again.rhythm, queries.due()) == (alert.id, Rhythm.WEEKLY, [alert.id])


def test_letters_are_written_by_themselves_once_a_day(app):
    with clock.frozen(NOON):
        sector = a_catering_sector()
        company, person = a_caterer(sector)
        alerts.ask_for(company, by=person, rhythm=Rhythm.DAILY)
        a_need(a_buyer(), sector, published_on=clock.today())
        db.session.commit()
        recurring.every_minute(lambda job: None)
        recurring.every_minute(lambda job: None)
    assert len([one for one in letters() if one.kind == "new_needs"]) == 1
    sending = select(Job).where(Job.kind == "send_alerts")
    jobs = list(db.session.scalars(sending))
    assert [job.result for job in jobs] == [{"alerts": 1, "needs": 1}]
    with clock.frozen(NOON + timedelta(days=1)):
        recurring.every_minute(lambda job: None)
    assert len([one for one in letters() if one.kind == "new_needs"]) == 1


def test_a_buyer_has_no_alerts(at_noon):
    buyer = a_buyer()
    with pytest.raises(RuleBroken) as refused:
        alerts.ask_for(buyer, by=a_member(buyer), rhythm=Rhythm.DAILY)
    assert refused.value.key == "proposal_not_a_company"
