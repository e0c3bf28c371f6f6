# SPDX-License-Identifier: EUPL-1.2
"""How complete a listing is, its history, and how few queries tell it."""

from datetime import timedelta

from sqlalchemy import select

from app.actions import companies, listings, reference
from app.models import clock
from app.models.base import db
from app.models.listings import Label, Network
from app.queries import history
from app.queries import listings as told
from app.rules.completeness import Missing
from tests.builders import a_buyer, a_company, a_sector, a_user, an_activity, an_offer


def test_completeness_grows_with_what_is_told(app, count_queries):
    company = a_company()
    before = told.completeness_of(company)
    an_activity(company, a_sector())
    an_offer(company)
    companies.describe(company, by=None, description="Nous jardinons.", turnover=0, headcount=0)
    listings.add_reference(company, by=None, client="Ville de Lodève")
    db.session.refresh(company)
    with count_queries:
        after = told.completeness_of(company)
    assert len(count_queries) == 1
    told_now = set(before.lacks) - set(after.lacks)
    assert told_now == {
        Missing.ACTIVITIES, Missing.OFFERS, Missing.DESCRIPTION, Missing.TURNOVER,
        Missing.HEADCOUNT, Missing.REFERENCES,
    }  # fmt: skip
    assert (before.points, after.points) == (0, 15 + 4 + 4 + 3 + 3 + 3)


def test_a_buyer_is_complete_with_three_things(app):
    buyer = a_buyer(description="x", website="https://x.fr", logo="1-a.png")
    assert told.completeness_of(buyer).share == 1.0


def test_labels_and_networks_of_many_take_one_query_each(app, count_queries):
    reference.load_labels()
    reference.load_networks()
    label = db.session.scalars(select(Label).limit(1)).one()
    network = db.session.scalars(select(Network).limit(1)).one()
    sellers = [a_company() for _ in range(5)]
    until = clock.now().date() + timedelta(days=9)
    for company in sellers:
        listings.hold_label(company, by=None, label=label, proof_link="a.fr", expires_on=until)
        listings.join_network(company, by=None, network=network)
    for company in sellers:
        db.session.refresh(company)
    with count_queries:
        held, joined = told.labels_of(sellers), told.networks_of(sellers)
        assert {held[one.id][0].label.slug for one in sellers} == {label.slug}
        assert {joined[one.id][0].network.slug for one in sellers} == {network.slug}
    assert len(count_queries) == 2
    assert told.labels_of(sellers, on=until + timedelta(days=1)) == {}


def test_the_history_of_a_listing_names_people_in_three_queries(app, count_queries):
    company, user = a_company(name="Les Jardins"), a_user(name="Zoé Lefèvre")
    other = a_company()
    companies.describe(company, by=user, city="Lodève", post_code="34700")
    for number in range(4):
        companies.describe(company, by=a_user(), headcount=number)
    companies.describe(other, by=user, city="Sète")
    db.session.refresh(company)
    with count_queries:
        page = history.of_listing(company)
    assert len(count_queries) <= 3
    assert page.total == 5
    first = page.lines[-1]
    assert (first.who, first.verb) == ("Zoé Lefèvre", "organisation.described")
    assert first.facts["changes"]["city"] == ["Montpellier", "Lodève"]
    assert history.authors_of(company)[user.id] == "Zoé Lefèvre"


def test_history_says_who_was_let_in(app):
    company, user, boss = a_company(website="https://a.example"), a_user(name="Noé"), a_user()
    claim = companies.claim(company, by=user)
    companies.speak(claim, let_in_by=boss)
    line = history.of_listing(company).lines[0]
    assert (line.who, line.verb, line.subject) == (boss.name, "organisation.let_in", "Noé")
