# SPDX-License-Identifier: EUPL-1.2
"""Who is proposed to whom: at the fair or in the directory, each organisation once."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.actions import matching
from app.models import clock
from app.models.base import db
from app.models.companies import Contract, ContractHolder, Organisation, Sector, SectorGroup
from app.models.needs import Need
from app.queries import inboxes, others, prospects, suggestions
from app.rules.companies import CompanyKind, GeoRange, Role
from app.rules.criteria import Criterion
from app.rules.dismissals import DismissalReason
from app.rules.matching import Exclusion
from app.rules.meetings import RequestState
from app.rules.needs import NeedState, SetAside
from app.rules.registrations import RegistrationState
from tests.builders import (
    a_block,
    a_buyer,
    a_company,
    a_meeting,
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

    everybody = names(suggestions.companies_for(need).found)
    assert sorted(everybody) == ["Attend", "Reste", "Vient"]
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


def test_what_one_side_put_aside_is_never_proposed_again_to_either(app):
    sector = a_sector()
    company, other = a_trading_company(sector, "Nous"), a_trading_company(sector, "Autre")
    need = a_need(a_buyer(), sector)
    matching.dismiss(need, company, by=None, role=Role.COMPANY, reason=DismissalReason.TOO_FAR)

    proposed = suggestions.companies_for(need)

    assert names(proposed.found) == ["Autre"]
    assert proposed.aside == {Exclusion.SAID_NO: 1}
    assert suggestions.needs_for(company).found == []
    assert [one.need.id for one in suggestions.needs_for(other).found] == [need.id]


def test_a_need_without_a_name_gives_away_neither_seat_nor_memories(app):
    sector = a_sector()
    company, buyer = a_trading_company(sector, "Nous"), a_buyer()
    past = an_edition(starts_on=date(2024, 11, 20), ends_on=date(2024, 11, 21))
    asking, asked = a_registration(past, company), a_registration(past, buyer)
    request = a_request(asking, asked, state=RequestState.ACCEPTED)
    a_meeting(request, a_block(past)[0], None)
    named = a_need(buyer, sector, title="Nommé")
    hidden = a_need(buyer, sector, title="Anonyme", is_anonymous=True)

    found = {one.need.title: one.match for one in suggestions.needs_for(company).found}

    assert found["Nommé"].share(Criterion.NOVELTY) == 0
    assert found["Nommé"].share(Criterion.NEAR) == 100
    assert found["Anonyme"].share(Criterion.NOVELTY) == 100
    assert found["Anonyme"].share(Criterion.NEAR) == 50  # in the department, no more is told
    from_buyer = suggestions.companies_for(hidden).found[0].match
    assert from_buyer.score == found["Anonyme"].score
    assert suggestions.companies_for(named).found[0].match.score == found["Nommé"].score


def test_a_buyer_who_keeps_its_name_does_not_come_up_by_name(app):
    sector, edition = a_sector(), an_edition()
    company = a_registration(edition, a_trading_company(sector, "Nous"))
    buyer = a_buyer(name="Ville")
    a_registration(edition, buyer)
    a_need(buyer, sector, is_anonymous=True)
    assert suggestions.other_side(company).found == []
    assert prospects.for_company(company.organisation).found == []


def test_a_company_that_won_a_contract_is_no_newcomer_and_is_better_known(app):
    sector = a_sector()
    winner = a_trading_company(sector, "Gagnante", siret="73282932000074")
    a_trading_company(sector, "Nouvelle")
    contract = a_contract(a_buyer(), cpv="77310000", expected_end=None)
    a_holder(contract, winner.siret)
    need = a_need(a_buyer(), sector, cpv="77310000")

    found = {one.organisation.name: one for one in suggestions.companies_for(need).found}

    assert {name: one.is_new for name, one in found.items()} == {
        "Gagnante": False, "Nouvelle": True,
    }  # fmt: skip
    assert found["Gagnante"].match.share(Criterion.CPV) == 100
    assert found["Nouvelle"].match.share(Criterion.CPV) == 0


def test_a_need_whose_answers_are_over_is_proposed_to_nobody(app):
    sector = a_sector()
    company = a_trading_company(sector, "Nous")
    with clock.frozen(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        a_need(a_buyer(), sector, title="Trop tard", answer_by=date(2026, 11, 21))
        a_need(a_buyer(), sector, title="Ce soir", answer_by=date(2026, 11, 22))
        found = [one.need.title for one in suggestions.needs_for(company).found]
    assert found == ["Ce soir"]


@pytest.mark.parametrize("many", [3, 30])
def test_proposals_take_as_many_queries_for_thirty_companies_as_for_three(app, count_queries, many):
    sector = a_sector()
    for number in range(many):
        a_trading_company(sector, f"Entreprise {number}")
    need = a_need(a_buyer(), sector)
    db.session.commit()
    db.session.expunge_all()
    need = db.session.get_one(Need, need.id)
    with count_queries:
        proposed = suggestions.companies_for(need)
        assert [part.share for one in proposed.found for part in one.match.reasons]
    assert len(proposed.found) == many
    assert len(count_queries) <= 12


def test_a_buyer_without_a_need_comes_up_by_the_contracts_that_end(app):
    group = a_group("espaces-verts")
    sector = a_sector_of(group)
    company = a_trading_company(sector, "Nous")
    lender, other = a_buyer(name="Département"), a_buyer(name="Région")
    with clock.frozen(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        a_contract(lender, cpv="77310000", expected_end=date(2027, 6, 1), title="Tonte")
        a_contract(lender, cpv="77311000", expected_end=date(2027, 3, 1), title="Haies")
        a_contract(other, cpv="77310000", expected_end=date(2029, 1, 1))  # too far ahead
        a_contract(other, cpv="45210000", expected_end=date(2027, 1, 1))  # another trade
        found = prospects.for_company(company).found
    assert [one.organisation.name for one in found] == ["Département"]
    assert [contract.title for contract in found[0].contracts] == ["Haies", "Tonte"]
    assert found[0].need is None
    assert found[0].score > 80


def a_group(slug):
    return kept(SectorGroup(slug=slug, name_fr=slug, name_en=slug))


def a_sector_of(group):
    return kept(
        Sector(slug=f"{group.slug}-un", name_fr="Tonte", name_en="Mowing", group_id=group.id)
    )


def a_contract(buyer, *, cpv, expected_end, title="Marché"):
    number = len(db.session.scalars(select(Contract)).all())
    return kept(
        Contract(
            uid=f"contrat-{number}", lot="", organisation_id=buyer.id, title=title, nature="",
            procedure="", cpv=cpv, amount=50_000.0, current_amount=50_000.0,
            notified_on=date(2023, 1, 1), duration_months=48, expected_end=expected_end,
            social=None, environmental=None, innovative=None, offers=None, grouping="",
            source="test",
        )
    )  # fmt: skip


def a_holder(contract, siret):
    return kept(
        ContractHolder(contract_id=contract.id, number=siret, siren=siret[:9], name="Gagnante")
    )


def kept(row):
    db.session.add(row)
    db.session.flush()
    return row


@pytest.mark.parametrize("many", [3, 30])
def test_thirty_needs_take_as_many_queries_as_three(app, count_queries, many):
    sector = a_sector()
    company = a_trading_company(sector, "Nous")
    for number in range(many):
        a_need(a_buyer(), sector, title=f"Besoin {number}")
    db.session.commit()
    number = company.id
    db.session.expunge_all()
    company = db.session.get_one(Organisation, number)
    with count_queries:
        found = suggestions.needs_for(company).found
        assert [one.organisation.display_name for one in found]
        prospects.for_company(company)
    assert len(found) == many
    assert len(count_queries) <= 36
