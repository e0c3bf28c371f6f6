# SPDX-License-Identifier: EUPL-1.2
"""The figures of the cockpit, of requests, of the outbox and of the journal."""

from datetime import UTC, date, datetime, timedelta

from app.actions import letters as post
from app.actions import registrations as coming
from app.mail.letters import Written
from app.models import clock
from app.models.base import db
from app.queries import cockpit, demand, history, outbox
from app.rules.companies import Role
from app.rules.letters import LetterState
from app.rules.meetings import RequestState
from app.rules.needs import NeedState
from app.rules.registrations import RegistrationState
from app.rules.watch import Lack
from tests.builders import (
    a_block,
    a_buyer,
    a_company,
    a_delegate,
    a_need,
    a_registration,
    a_request,
    a_run,
    a_sector,
    a_table,
    an_activity,
    an_edition,
    an_organiser,
    an_organiser_member,
)

NOW = datetime(2027, 11, 2, 10, tzinfo=UTC)


def a_letter(organiser, **facts):
    letter = post.put(
        Written("login_link", "Votre lien", "Bonjour", ""),
        to="x@exemple.test",
        name="Xavier",
        organiser_id=organiser.id,
    )
    for name, fact in facts.items():
        setattr(letter, name, fact)
    db.session.flush()
    return letter


def test_requests_are_late_after_three_days_and_not_before(app):
    edition = an_edition()
    buyer = a_registration(edition, a_buyer())
    with clock.frozen(NOW):
        for days, state in ((4, RequestState.PENDING), (2, RequestState.PENDING)):
            company = a_registration(edition, a_company())
            a_request(company, buyer, state=state, created_at=NOW - timedelta(days=days))
        answered = a_registration(edition, a_company())
        a_request(answered, buyer, state=RequestState.ACCEPTED, created_at=NOW - timedelta(days=9))

        assert demand.counts(edition).late == 1
        assert demand.wanted(edition, late=True).total == 1
        assert demand.wanted(edition).total == 3


def test_the_rate_counts_answers_only(app):
    edition = an_edition()
    buyer = a_registration(edition, a_buyer())
    states = [RequestState.ACCEPTED] * 3 + [RequestState.DECLINED, RequestState.PENDING]
    for state in (*states, RequestState.WITHDRAWN):
        a_request(a_registration(edition, a_company()), buyer, state=state)

    counts = demand.counts(edition)

    assert (counts.total, counts.answered, counts.rate) == (6, 4, 0.75)
    assert demand.counts(an_edition()).rate is None


def test_requests_are_found_by_the_name_of_either_side(app):
    edition = an_edition()
    mairie = a_registration(edition, a_buyer(search="mairie de sete"))
    jardins = a_registration(edition, a_company(search="les jardins"))
    a_request(jardins, mairie)
    a_request(a_registration(edition, a_company(search="toit et terre")), mairie)

    assert demand.wanted(edition, text="Sète").total == 2
    assert demand.wanted(edition, text="jardins").total == 1
    assert demand.wanted(edition, text="100%").total == 0


def test_long_lists_come_in_pages(app):
    edition = an_edition()
    buyer = a_registration(edition, a_buyer())
    for _ in range(51):
        a_request(a_registration(edition, a_company()), buyer)

    first, second = demand.wanted(edition), demand.wanted(edition, page=2)

    assert (len(first.lines), len(second.lines), first.last) == (50, 1, 2)
    assert set(first.lines) & set(second.lines) == set()


def test_needs_count_when_published_by_a_buyer_who_comes(app):
    edition, sector = an_edition(), a_sector()
    coming_buyer = a_registration(edition, a_buyer())
    waiting = a_registration(edition, a_buyer(), state=RegistrationState.PENDING)
    a_need(coming_buyer.organisation, sector)
    a_need(coming_buyer.organisation, sector, state=NeedState.DRAFT)
    a_need(waiting.organisation, sector)
    a_need(a_buyer(), sector)

    assert cockpit.of_edition(edition).needs == 1


def test_offer_and_demand_are_counted_once_per_company_and_need(app):
    edition, green, food = an_edition(), a_sector("Espaces verts"), a_sector("Restauration")
    for sectors in ((green,), (green, food)):
        company = a_registration(edition, a_company())
        for sector in sectors:
            an_activity(company.organisation, sector)
    an_activity(a_company(), green)
    buyer = a_registration(edition, a_buyer())
    for _ in range(3):
        a_need(buyer.organisation, green)

    found = {trade.group.name_fr: trade for trade in cockpit.trades(edition)}

    assert (found["Espaces verts"].companies, found["Espaces verts"].needs) == (2, 3)
    assert (found["Restauration"].companies, found["Restauration"].needs) == (1, 0)


def test_answers_add_up_day_after_day_in_the_time_of_the_fair(app):
    edition = an_edition()
    buyer = a_registration(edition, a_buyer())
    late_on_the_20th_in_paris = datetime(2027, 10, 19, 22, 30, tzinfo=UTC)
    for answered in (
        late_on_the_20th_in_paris,
        datetime(2027, 10, 20, 9, tzinfo=UTC),
        datetime(2027, 10, 22, 9, tzinfo=UTC),
    ):
        company = a_registration(edition, a_company())
        a_request(company, buyer, state=RequestState.ACCEPTED, answered_at=answered)

    assert cockpit.answers(edition) == [
        (date(2027, 10, 20), 2),
        (date(2027, 10, 21), 2),
        (date(2027, 10, 22), 3),
    ]
    assert cockpit.answers(an_edition()) == []


def test_the_latest_run_is_unpublished_until_it_has_a_version(app):
    edition = an_edition()
    assert cockpit.of_edition(edition).is_unpublished is False
    a_run(edition, number=1, version=1)
    assert cockpit.of_edition(edition).is_unpublished is False
    a_run(edition, number=2, version=None)
    assert cockpit.of_edition(edition).is_unpublished is True


def test_the_hall_holds_one_meeting_per_place_and_slot(app):
    edition = an_edition()
    a_block(edition, count=3)
    for code in ("1", "2"):
        a_table(edition, code)

    assert cockpit.of_edition(edition).seats == 6


def test_over_asked_buyers_are_told_from_others(app):
    edition = an_edition()
    a_block(edition, count=2)
    full, free = (a_registration(edition, a_buyer()) for _ in range(2))
    for buyer, wishes in ((full, 3), (free, 2)):
        a_delegate(buyer)
        for _ in range(wishes):
            a_request(a_registration(edition, a_company()), buyer)

    found = cockpit.of_edition(edition).those(Role.BUYER, lack=Lack.ROOM)

    assert [one.registration for one in found] == [full]


def test_letters_of_another_team_are_never_read(app):
    mine, theirs = an_organiser(), an_organiser()
    letter = a_letter(mine, state=LetterState.FAILED)
    a_letter(theirs, state=LetterState.FAILED)

    assert outbox.wanted(mine.id).lines == [letter]
    assert outbox.not_delivered(mine.id) == [letter]
    assert outbox.counts(mine.id) == {LetterState.FAILED: 1}
    assert outbox.wanted(mine.id, text="XAVIER").total == 1
    assert outbox.wanted(mine.id, text="%").total == 0
    assert outbox.wanted(mine.id, kind="verify_address").total == 0


def test_the_journal_names_who_what_and_whom(app):
    edition = an_edition()
    user = an_organiser_member(edition.series.organiser)
    company = a_registration(
        edition, a_company(name="Les Jardins"), state=RegistrationState.PENDING
    )
    coming.approve(company, by=user)

    (line,) = history.of_edition(edition).lines

    assert (line.who, line.verb, line.subject) == (
        user.name,
        "registration.approved",
        "Les Jardins",
    )


def test_the_journal_of_an_edition_leaves_other_editions_out(app):
    organiser = an_organiser()
    edition, other = an_edition(organiser), an_edition(organiser)
    for where in (edition, other):
        one = a_registration(where, a_company(), state=RegistrationState.PENDING)
        coming.approve(one, by=None)

    assert history.of_edition(edition).total == 1
