# SPDX-License-Identifier: EUPL-1.2
"""The demonstration fair is a true fair: valid, invented, dated in the past, the same each time."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from app.actions import schedules
from app.actions.accounts import log_in_by_password
from app.actions.demonstration import fair
from app.actions.demonstration.cast import Size
from app.models import clock
from app.models.base import db
from app.models.campaigns import Campaign
from app.models.companies import Contract, Membership, Organisation
from app.models.editions import Edition, Place
from app.models.favourites import Favourite, Shortlist
from app.models.history import HistoryLine
from app.models.letters import Letter
from app.models.listings import ClientReference, NetworkMember, OrganisationLabel, Photo
from app.models.meetings import Attendance, Meeting, MeetingRequest
from app.models.needs import Need, NeedAttachment
from app.models.registrations import Delegate, Registration
from app.queries import schedules as runs
from app.rules.companies import CompanyKind, Role, siret_of, vat_of
from app.rules.errors import RuleBroken
from app.rules.letters import LetterState
from app.rules.meetings import RequestState
from app.rules.needs import AmountBand, NeedState, band_of
from app.rules.registrations import RegistrationState
from scheduler import check, problem_from_json, solution_from_json

SMALL = Size().times(0.1)
TODAY = datetime(2026, 11, 22, 10, tzinfo=UTC)


def silent(step, done, total):
    """Nobody is watching."""


@pytest.fixture
def small(app):
    with clock.frozen(TODAY):
        yield fair.build(seed=7, size=SMALL, tell=silent)


def how_many(table, *conditions):
    return db.session.scalar(select(func.count()).select_from(table).where(*conditions))


def test_the_whole_fair_has_the_shape_of_a_real_one():
    whole = Size()
    assert (whole.companies, whole.buyers, whole.needs, whole.requests, whole.tables) == (
        130, 40, 96, 640, 38,
    )  # fmt: skip


def test_guests_needs_requests_and_tables_are_as_many_as_asked_for(small):
    approved = Registration.state == RegistrationState.APPROVED
    assert how_many(Registration, approved, Registration.role == Role.COMPANY) == SMALL.companies
    assert how_many(Registration, approved, Registration.role == Role.BUYER) == SMALL.buyers
    assert how_many(Registration, ~approved) == SMALL.waiting
    shown = (Need.is_anonymous.is_(True), Need.state == NeedState.SUBMITTED)
    assert [how_many(Need, one) for one in shown] == [1, 1]
    assert how_many(Need, Need.campaign_id.is_(None)) == SMALL.needs + len(shown)
    assert how_many(NeedAttachment) == how_many(Campaign) == 1
    together = MeetingRequest.consortium_id.is_not(None)
    assert how_many(MeetingRequest, ~together) == SMALL.requests
    assert how_many(MeetingRequest, together) == 1
    assert how_many(Place) == SMALL.tables
    assert 0 < how_many(Place, Place.accessible) < SMALL.tables


def test_listings_show_all_that_they_may_hold(small):
    outside = Organisation.company_kind == CompanyKind.RESPONSIBLE
    assert how_many(Organisation, outside, Organisation.family.is_(None)) == 1
    assert how_many(Organisation, Organisation.siret.is_(None)) == 1
    for table in (Photo, ClientReference, OrganisationLabel, NetworkMember):
        assert how_many(table) > 0
    coming = Organisation.claimed_at.is_not(None)
    company = Organisation.role == Role.COMPANY
    assert how_many(Organisation, company, coming, Organisation.turnover.is_(None)) == 0


def test_seven_requests_in_ten_are_accepted(small):
    alone = MeetingRequest.consortium_id.is_(None)
    states = Counter(db.session.scalars(select(MeetingRequest.state).where(alone)))
    assert states[RequestState.ACCEPTED] == round(SMALL.requests * 0.7)
    assert states[RequestState.DECLINED] > 0
    assert states[RequestState.PENDING] > 0


def test_no_invented_organisation_has_a_number_that_could_exist(small):
    for organisation in db.session.scalars(select(Organisation)):
        assert organisation.is_demonstration
        if organisation.siret is None:
            with pytest.raises(RuleBroken, match="vat_wrong"):
                vat_of(organisation.vat_number or "")
        else:
            with pytest.raises(RuleBroken, match="siret_digits"):
                siret_of(organisation.siret)


def test_every_letter_is_kept_because_every_address_is_invented(small):
    assert set(db.session.scalars(select(Letter.state))) == {LetterState.KEPT}
    assert all(one.endswith(".invalid") for one in db.session.scalars(select(Delegate.email)))


def test_nothing_is_dated_after_the_day_of_the_demonstration(small):
    instants = [
        *db.session.scalars(select(HistoryLine.at)),
        *db.session.scalars(select(MeetingRequest.created_at)),
        *db.session.scalars(select(Letter.written_at)),
    ]
    assert max(instants) <= TODAY
    answered = select(MeetingRequest).where(MeetingRequest.answered_at.is_not(None))
    for one in db.session.scalars(answered):
        assert one.answered_at and one.created_at <= one.answered_at <= TODAY


def test_a_demonstration_of_the_day_after_the_deadlines_is_still_built(app):
    with clock.frozen(datetime(2028, 3, 1, tzinfo=UTC)):
        fair.build(seed=7, size=SMALL, tell=silent)
    assert how_many(Edition) == 1


def test_the_three_accounts_open_with_the_password_that_is_shown(small):
    for email in (fair.ORGANISER, fair.COMPANY, fair.BUYER):
        assert log_in_by_password(email, fair.PASSWORD).verified_at is not None


def test_the_same_seed_gives_the_same_fair(app):
    def requests():
        with clock.frozen(TODAY):
            fair.build(seed=7, size=SMALL, tell=silent)
        found = db.session.scalars(select(MeetingRequest).order_by(MeetingRequest.id))
        said = [
            (one.asking.organisation.siret, one.asked.organisation.siret, one.message, one.state)
            for one in found
        ]
        db.session.rollback()
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
        db.session.expunge_all()
        return said

    assert requests() == requests()


def test_its_schedule_passes_the_check_and_nobody_is_in_two_places(small):
    asked = schedules.ask_for_run(small.edition, by=small.team, seconds=2, seed=1)
    db.session.expire_all()
    run = runs.by_id(asked.id)
    assert check(problem_from_json(run.problem), solution_from_json(run.solution)) == []
    schedules.publish(run, by=small.team)
    meetings = list(db.session.scalars(select(Meeting)))
    assert len(meetings) == run.placed > 0
    attended = list(db.session.execute(select(Attendance.delegate_id, Attendance.slot_id)))
    together = sum(one.request.consortium_id is not None for one in meetings)
    assert len(attended) == len(set(attended)) == 2 * (len(meetings) + together)
    tables = [(one.place_id, one.slot_id) for one in meetings]
    assert len(tables) == len(set(tables))


def test_what_stops_the_building_leaves_the_database_as_it_was(app):
    def impatient(step, done, total):
        if step == "requests":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fair.build(seed=7, size=SMALL, tell=impatient)
    assert (how_many(Edition), how_many(Organisation)) == (0, 0)


@pytest.mark.parametrize(
    ("amount", "band"),
    [
        (0, AmountBand.UNDER_5K),
        (4999.99, AmountBand.UNDER_5K),
        (5000, AmountBand.UNDER_15K),
        (216_000, AmountBand.UNDER_1M),
        (3e6, AmountBand.OVER_1M),
    ],
)
def test_an_amount_falls_into_its_band(amount, band):
    assert band_of(amount) == band


@pytest.mark.slow
def test_real_files_are_imported_and_become_a_fair(app, shared_data):
    with clock.frozen(TODAY):
        built = fair.build(seed=7, size=SMALL, folder=shared_data / "data", tell=silent)
    read = {one.file_name: (one.total, one.refused) for one in built.imports}
    assert read == {
        "siae_le_marche_fixture.csv": (3841, 13),
        "ess_numerique_2026.csv": (3667, 539),
        "companies_occitanie.csv": (361, 0),
        "buyers_occitanie.csv": (175, 2),
        "buyers_from_decp_2024H2.csv": (1342, 31),
        "decp_2024H2_travaux_cpv4521.csv": (8957, 93),
    }
    assert [name for name, _, _ in built.lists] == [
        "communes.csv", "epci.csv", "sectors.csv", "cpv_2008_en_fr.csv",
    ]  # fmt: skip
    assert [(lines, refused) for _, lines, refused in built.lists] == [
        (35_014, 0), (1255, 0), (154, 0), (9454, 0),
    ]  # fmt: skip
    inclusive = select(Organisation).where(Organisation.source == "import: SIAE")
    assert len(list(db.session.scalars(inclusive))) == 3828
    assert how_many(Contract) > 6000
    renewed = list(db.session.scalars(select(Need).where(Need.contract_id.is_not(None))))
    assert renewed and all(need.contract.cpv == need.cpv for need in renewed)
    coming = [need.starts_on for need in renewed if need.starts_on]
    assert coming and min(coming) > date(2026, 11, 22)
    claimed = how_many(Organisation, Organisation.claimed_at.is_not(None))
    assert claimed == 2  # those of the two demonstration accounts
    assert all(one.endswith(".invalid") for one in db.session.scalars(select(Letter.to_email)))


def test_a_folder_without_the_files_is_refused_with_the_first_that_is_missing(app, tmp_path):
    with pytest.raises(RuleBroken) as refused:
        fair.build(seed=7, size=SMALL, folder=tmp_path, tell=silent)
    assert str(refused.value.facts["path"]).endswith("companies_occitanie.csv")
    assert how_many(Edition) == 0


@pytest.mark.slow
def test_the_demonstration_accounts_have_every_case_to_look_at(app):
    built = fair.build(seed=5, size=Size().times(0.5), tell=silent)
    asked = schedules.ask_for_run(built.edition, by=built.team, seconds=3, seed=5)
    db.session.expire_all()
    schedules.publish(runs.by_id(asked.id), by=built.team)
    company, buyer = (log_in_by_password(one, fair.PASSWORD) for one in (fair.COMPANY, fair.BUYER))
    ours = requests_of(company)
    assert ours[RequestState.PENDING] == 2
    assert ours[RequestState.ACCEPTED] == 9  # one of them with a consortium
    assert 0 < meetings_of(company) < 9  # one at least could not be placed
    assert meetings_of(buyer) == 14  # a full agenda


def requests_of(user):
    asked = select(MeetingRequest.state).join(
        Membership,
        Membership.organisation_id.in_(
            (MeetingRequest.from_organisation_id, MeetingRequest.to_organisation_id)
        ),
    )
    return Counter(db.session.scalars(asked.where(Membership.user_id == user.id)))


def meetings_of(user):
    attended = select(func.count(Attendance.id)).join(Delegate)
    return db.session.scalar(attended.where(Delegate.user_id == user.id))


def test_the_buyer_keeps_companies_in_two_lists_with_notes(small):
    lists = db.session.scalars(db.select(Shortlist.name)).all()
    assert set(lists) == {"Traiteurs et réceptions", "À rencontrer au salon"}
    kept = db.session.scalars(db.select(Favourite)).all()
    assert len(kept) == 5
    assert sum(bool(one.note) for one in kept) == 3
    assert {one.added_by.email for one in kept} == {fair.BUYER}
