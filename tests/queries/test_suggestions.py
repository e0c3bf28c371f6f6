# SPDX-License-Identifier: EUPL-1.2
"""Who is proposed to whom: at the fair or in the directory, each organisation once."""

from app.queries import inboxes, others, suggestions
from app.rules.companies import CompanyKind, GeoRange
from app.rules.matching import Exclusion
from app.rules.meetings import RequestState
from app.rules.needs import NeedState, SetAside
from app.rules.registrations import RegistrationState
from tests.builders import (
    a_buyer,
    a_company,
    a_need,
    a_registration,
    a_request,
    a_sector,
    an_activity,
    an_edition,
)


def names(found):
    return [one.organisation.name for one in found]


def a_trading_company(sector, name, **facts):
    company = a_company(name=name, **facts)
    an_activity(company, sector)
    return company


def test_the_directory_or_only_those_who_come(app):
    sector, edition = a_sector(), an_edition()
    coming = a_trading_company(sector, "Vient")
    a_trading_company(sector, "Reste")
    waiting = a_trading_company(sector, "Attend")
    a_registration(edition, coming)
    a_registration(edition, waiting, state=RegistrationState.PENDING)
    need = a_need(a_buyer(), sector)

    assert names(suggestions.companies_for(need).found) == ["Attend", "Reste", "Vient"]
    assert names(suggestions.companies_for(need, edition=edition).found) == ["Vient"]


def test_those_put_aside_are_counted_by_reason(app):
    sector, edition = a_sector(), an_edition()
    buyer = a_buyer()
    need = a_need(buyer, sector, set_aside=SetAside.INTEGRATION)
    ours = a_registration(edition, buyer)
    esat = a_trading_company(sector, "ESAT", company_kind=CompanyKind.ESAT)
    no = a_trading_company(sector, "Non merci")
    far = a_company(name="Loin", department="59")
    an_activity(far, sector, geo_range=GeoRange.ZONES, zones=["59"])
    for company in (esat, no, far):
        theirs = a_registration(edition, company)
        if company is no:
            a_request(ours, theirs, state=RequestState.DECLINED)

    proposed = suggestions.companies_for(need, edition=edition)

    assert proposed.found == []
    assert proposed.aside == {
        Exclusion.NOT_ELIGIBLE: 1, Exclusion.SAID_NO: 1, Exclusion.OUT_OF_REACH: 1,
    }  # fmt: skip


def test_a_company_is_shown_published_needs_only(app):
    sector = a_sector()
    company = a_trading_company(sector, "Nous")
    a_need(a_buyer(), sector, title="Publié")
    a_need(a_buyer(), sector, title="Brouillon", state=NeedState.DRAFT)
    a_need(a_buyer(), sector, title="Clos", state=NeedState.CLOSED)
    assert [one.need.title for one in suggestions.needs_for(company).found] == ["Publié"]


def test_each_buyer_of_the_fair_is_there_once_with_its_best_need(app):
    sector, edition = a_sector(), an_edition()
    local = a_company()
    an_activity(local, sector, geo_range=GeoRange.ZONES, zones=["34"])
    company = a_registration(edition, local)
    buyer = a_buyer(name="Ville")
    a_registration(edition, buyer)
    a_need(buyer, sector, title="Ailleurs aussi", departments=["34", "59"])
    a_need(buyer, sector, title="Tout près")

    found = suggestions.other_side(company).found

    assert [(one.organisation.name, one.need.title) for one in found] == [("Ville", "Tout près")]


def test_the_search_puts_those_that_suit_first_and_filters_the_rest(app):
    sector, other, edition = a_sector("Espaces verts"), a_sector("Traiteur"), an_edition()
    buyer = a_buyer()
    a_need(buyer, sector)
    ours = a_registration(edition, buyer)
    for name, trade, department in (
        ("Alpha", other, "34"), ("Bêta", sector, "34"), ("Gamma", sector, "30"),
    ):  # fmt: skip
        company = a_trading_company(trade, name, department=department, search=name.lower())
        a_registration(edition, company)

    def found(**asked):
        return [one.organisation.name for one in others.search(ours, **asked).page.lines]

    assert found() == ["Bêta", "Gamma", "Alpha"]
    assert found(suiting=True) == ["Bêta", "Gamma"]
    assert found(text="ALPHA") == ["Alpha"]
    assert found(department="30") == ["Gamma"]
    assert found(group=other.group.slug) == ["Alpha"]
    assert found(page=99) == []


def test_an_inbox_sorts_requests_as_people_look_at_them(app):
    edition = an_edition()
    us = a_registration(edition, a_company())

    def them():
        return a_registration(edition, a_buyer())

    waiting = a_request(them(), us)
    a_request(them(), us, state=RequestState.EXPIRED)
    ours = a_request(us, them())
    a_request(us, them(), state=RequestState.WITHDRAWN)
    accepted = a_request(them(), us, state=RequestState.ACCEPTED)

    inbox = inboxes.of_registration(us)

    assert inbox.to_answer == [waiting]
    assert inbox.sent == [ours]
    assert inbox.awaiting == [accepted]
    assert len(inbox.closed) == 1
    assert (inbox.planned, inbox.left) == ([], [])
