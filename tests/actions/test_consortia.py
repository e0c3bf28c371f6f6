# SPDX-License-Identifier: EUPL-1.2
"""Companies form a consortium, and meet a buyer as one party: one meeting, several agendas."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.actions import consortia as actions
from app.actions import freeing, meetings, publication, registrations
from app.models.base import db
from app.models.consortia import ConsortiumMember
from app.models.letters import Letter
from app.models.meetings import Attendance, Meeting
from app.queries import (
    agendas,
    consortia,
    joint_proposals,
    published,
    schedule_problem,
    tables,
)
from app.queries import meetings as requests
from app.rules.companies import CompanyKind, GeoRange
from app.rules.consortia import MemberState
from app.rules.errors import RuleBroken
from app.rules.meetings import MeetingState, Motive
from app.rules.needs import NeedState, SetAside
from scheduler import check, problem_to_json, solution_to_json, solve
from tests.builders import (
    a_block,
    a_buyer,
    a_company,
    a_delegate,
    a_member,
    a_need,
    a_registration,
    a_run,
    a_sector,
    a_table,
    an_activity,
    an_edition,
)

MESSAGE = "Nous ferions ce chantier à trois, et bien."


class Trio:
    """A lead and two members who agreed, all at a fair with one buyer; each has one delegate."""

    def __init__(self) -> None:
        self.edition = an_edition()
        self.block = a_block(self.edition, count=3)
        self.table = a_table(self.edition)
        self.companies = [a_company(name=f"Coopérative {letter}") for letter in "ABC"]
        self.people = [a_member(one) for one in self.companies]
        self.buyer = a_registration(self.edition, a_buyer(name="Ville de Lodève"))
        self.registrations = [a_registration(self.edition, one) for one in self.companies]
        self.delegates = [
            a_delegate(one, email=f"delegue{one.id}@exemple.test")
            for one in (*self.registrations, self.buyer)
        ]
        self.consortium = actions.form(self.companies[0], by=None, name="Les trois")
        for company in self.companies[1:]:
            member = actions.invite(self.consortium, company, by=None)
            actions.answer(member, by=None, agrees=True)
        db.session.commit()

    def ask(self):
        asked = meetings.request(
            self.registrations[0], self.buyer, by=None, message=MESSAGE, consortium=self.consortium
        )
        meetings.accept(asked, by=None)
        return asked

    def publish(self):
        problem = schedule_problem.of_edition(self.edition)
        answer = solve(problem, seconds=2)
        assert check(problem, answer) == []
        run = a_run(
            self.edition, problem=problem_to_json(problem), solution=solution_to_json(answer)
        )
        db.session.commit()
        publication.publish(run, by=None)
        return db.session.scalars(select(Meeting)).one()

    def agenda(self, number):
        return agendas.of_delegate(self.delegates[number])


@pytest.fixture
def trio(app):
    return Trio()


def test_nothing_is_said_in_the_name_of_a_company_before_it_agrees(app):
    lead, other = a_company(), a_company()
    a_member(other)
    consortium = actions.form(lead, by=None, name="À deux", share=60)
    member = actions.invite(consortium, other, by=None, share=40)
    assert consortia.led_by(lead.id) == [] and consortia.shown_for(lead) == []
    assert "À deux" in db.session.scalars(select(Letter.subject)).one()

    actions.answer(member, by=None, agrees=True)
    assert consortia.led_by(lead.id) == [consortium]
    assert consortia.shown_for(other) == [consortium]
    with pytest.raises(RuleBroken, match="consortium_answered"):
        actions.answer(member, by=None, agrees=False)


def test_one_that_declined_may_be_asked_again_and_one_that_is_there_may_not(app):
    consortium, other = actions.form(a_company(), by=None, name="À deux"), a_company()
    member = actions.invite(consortium, other, by=None)
    with pytest.raises(RuleBroken, match="consortium_member_there"):
        actions.invite(consortium, other, by=None)
    actions.answer(member, by=None, agrees=False)
    assert actions.invite(consortium, other, by=None) is member
    assert member.state == MemberState.ASKED


def test_a_buyer_is_no_member_and_leads_none(app):
    consortium = actions.form(a_company(), by=None, name="À deux")
    with pytest.raises(RuleBroken, match="consortium_of_companies"):
        actions.invite(consortium, a_buyer(), by=None)
    with pytest.raises(RuleBroken, match="consortium_of_companies"):
        actions.form(a_buyer(), by=None, name="Acheteurs")


def test_shares_never_exceed_a_hundred(app):
    consortium = actions.form(a_company(), by=None, name="À trois", share=50)
    actions.invite(consortium, a_company(), by=None, share=30)
    with pytest.raises(RuleBroken) as refused:
        actions.invite(consortium, a_company(), by=None, share=21)
    assert (refused.value.key, refused.value.facts["left"]) == ("consortium_shares", 20)


def test_the_lead_does_not_leave_it_dissolves(trio):
    lead = consortia.members(trio.consortium)[0]
    with pytest.raises(RuleBroken, match="consortium_lead_stays"):
        actions.leave(lead, by=None)
    actions.dissolve(trio.consortium, by=None)
    assert consortia.led_by(trio.companies[0].id) == []


def test_the_database_knows_one_lead_and_each_company_once(trio):
    for facts in (
        {"organisation_id": trio.companies[1].id, "is_lead": False},
        {"organisation_id": a_company().id, "is_lead": True},
    ):
        row = ConsortiumMember(
            consortium_id=trio.consortium.id, share=None, state=MemberState.ACCEPTED,
            asked_at=trio.consortium.created_at, answered_at=None, **facts,
        )  # fmt: skip
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.add(row)
            db.session.flush()


def test_a_meeting_of_a_consortium_blocks_the_agendas_of_all(trio):
    trio.ask()
    meeting = trio.publish()
    there = set(db.session.scalars(select(Attendance.delegate_id)))
    assert there == {one.id for one in trio.delegates}
    for number in (0, 1, 2):
        (entry,) = trio.agenda(number).meetings
        assert (entry.partner, entry.start) == ("Ville de Lodève", meeting.slot.starts_at)
    (theirs,) = trio.agenda(3).meetings
    assert theirs.partner == "Les trois" and len(theirs.people) == 3


def test_the_scheduler_leaves_the_others_free_where_a_consortium_meets(trio):
    """Three slots, one consortium, and each member's own meeting: nobody is in two places."""
    trio.ask()
    second = a_table(trio.edition, "2")
    for one in trio.registrations[1:]:
        meetings.accept(meetings.request(one, trio.buyer, by=None, message=MESSAGE), by=None)
    problem = schedule_problem.of_edition(trio.edition)
    answer = solve(problem, seconds=2)
    assert second and len(answer.meetings) == 3 and check(problem, answer) == []
    assert len({one.slot for one in answer.meetings}) == 3


def test_the_lead_may_also_ask_for_itself(trio):
    together = trio.ask()
    alone = meetings.request(trio.registrations[0], trio.buyer, by=None, message=MESSAGE)
    assert alone.pair != together.pair
    with pytest.raises(RuleBroken):
        trio.ask()


def test_only_the_lead_speaks_for_a_consortium(trio):
    with pytest.raises(RuleBroken, match="consortium_alone"):
        meetings.request(
            trio.registrations[1], trio.buyer, by=None, message=MESSAGE, consortium=trio.consortium
        )


def test_a_buyer_may_ask_a_consortium(trio):
    asked = meetings.request(
        trio.buyer, trio.registrations[0], by=None, message=MESSAGE, consortium=trio.consortium
    )
    assert (asked.asked_name, asked.asking_name) == ("Les trois", "Ville de Lodève")


def test_members_see_what_their_lead_asks(trio):
    asked = trio.ask()
    assert requests.with_consortia(trio.registrations[1]) == [asked]
    assert requests.with_consortia(trio.registrations[0]) == []


def test_a_member_without_a_person_at_that_hour_stays_away_and_the_meeting_takes_place(trio):
    trio.ask()
    meeting = trio.publish()
    freed = freeing.stand_in_or_free(trio.delegates[2], [meeting.slot_id], by=None)
    assert freed == 0 and meeting.state == MeetingState.SCHEDULED
    assert trio.agenda(2).meetings == ()
    assert len(trio.agenda(3).meetings[0].people) == 2


def test_a_member_that_cancels_leaves_the_meeting_to_the_others(trio):
    trio.ask()
    meeting = trio.publish()
    registrations.cancel(trio.registrations[1], by=None)
    assert meeting.state == MeetingState.SCHEDULED
    assert len(trio.agenda(3).meetings[0].people) == 2


def test_when_the_buyer_gives_up_every_member_is_told(trio):
    trio.ask()
    trio.publish()
    before = set(db.session.scalars(select(Letter.id)))
    registrations.cancel(trio.buyer, by=None)
    told = {
        letter.to_email for letter in db.session.scalars(select(Letter)) if letter.id not in before
    }
    assert {one.email for one in trio.people} <= told
    assert all(not trio.agenda(number).meetings for number in range(3))


def test_the_list_on_the_table_names_the_consortium_and_its_people(trio):
    trio.ask()
    trio.publish()
    turns = [turn for table in tables.of_edition(trio.edition) for _, day in table.days
             for turn in day if turn.buyer]  # fmt: skip
    assert [turn.company.name for turn in turns] == ["Les trois"]
    assert len(turns[0].company.people) == 3


def test_two_companies_meet_to_answer_together_one_day(trio):
    asked = meetings.request(trio.registrations[0], trio.registrations[1], by=None, message=MESSAGE)
    meetings.accept(asked, by=None)
    assert asked.motive == Motive.GROUPING
    trio.publish()
    assert trio.agenda(0).meetings[0].partner == "Coopérative B"
    assert trio.agenda(1).meetings[0].partner == "Coopérative A"


def test_a_consortium_is_proposed_for_what_its_members_reach_together(app):
    """Neither reaches both departments; each has its own trade and its own seat."""
    green = a_sector()
    lead, other = a_company(department="34"), a_company(department="30")
    for company, zone in ((lead, "34"), (other, "30")):
        an_activity(company, green, geo_range=GeoRange.ZONES, zones=[zone])
    consortium = actions.form(lead, by=None, name="À deux")
    actions.answer(actions.invite(consortium, other, by=None), by=None, agrees=True)
    need = a_need(a_buyer(), green, departments=["30", "34"], state=NeedState.PUBLISHED)
    db.session.commit()
    (found,) = joint_proposals.for_need(need)
    assert found.consortium == consortium
    assert {one.need for one in joint_proposals.for_consortium(consortium)} == {need}


@pytest.mark.parametrize(("kind", "proposed"), [(CompanyKind.EI, 1), (CompanyKind.RESPONSIBLE, 0)])
def test_a_reserved_contract_asks_every_member_to_be_eligible(app, kind, proposed):
    green = a_sector()
    lead, other = a_company(company_kind=CompanyKind.ACI), a_company(company_kind=kind)
    for company in (lead, other):
        an_activity(company, green)
    consortium = actions.form(lead, by=None, name="À deux")
    actions.answer(actions.invite(consortium, other, by=None), by=None, agrees=True)
    need = a_need(a_buyer(), green, set_aside=SetAside.INTEGRATION, state=NeedState.PUBLISHED)
    db.session.commit()
    assert len(joint_proposals.for_need(need)) == proposed


def test_agendas_ask_as_much_with_consortia_as_without(trio, count_queries):
    trio.ask()
    trio.publish()
    with count_queries:
        published.meetings(trio.edition)
        consortia.companions(trio.edition)
    assert len(count_queries) <= 3
