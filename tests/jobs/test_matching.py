# SPDX-License-Identifier: EUPL-1.2
"""The ranking of everything: the same as one by one, kept, stopped, and asked for when due."""

from datetime import timedelta
from random import Random

from sqlalchemy import select

from app.actions import jobs as job_actions
from app.actions import matching
from app.jobs import recurring
from app.jobs.handlers import carry_out
from app.models import clock
from app.models.base import db
from app.models.companies import Organisation
from app.models.jobs import Job
from app.models.matching import NeedRanking, Proposal
from app.models.needs import Need
from app.queries import rankings, suggestions
from app.rules.companies import CompanyKind, GeoRange, Role
from app.rules.dismissals import DismissalReason
from app.rules.jobs import JobState
from app.rules.needs import AmountBand, NeedState, SetAside
from tests.builders import a_buyer, a_company, a_need, a_sector, an_activity


def a_directory(chance, *, companies=25, needs=8):
    """Companies and needs of three families, drawn by chance."""
    sectors = [a_sector(f"Métier {number}") for number in range(3)]
    for number in range(companies):
        company = a_company(
            name=f"Entreprise {number}", department=chance.choice(("34", "30", "31")),
            company_kind=chance.choice(list(CompanyKind)), headcount=chance.choice((None, 3, 50)),
            lat=43.6 + chance.uniform(-0.5, 0.5), lon=3.9 + chance.uniform(-2, 0.5),
        )  # fmt: skip
        for sector in chance.sample(sectors, chance.choice((1, 2))):
            reach = chance.choice(list(GeoRange))
            an_activity(
                company, sector, geo_range=reach, zones=["34"] if reach == GeoRange.ZONES else [],
                distance_km=60 if reach == GeoRange.CUSTOM else None,
            )  # fmt: skip
    return [
        a_need(
            a_buyer(), *chance.sample(sectors, chance.choice((1, 2))), title=f"Besoin {number}",
            departments=chance.choice((["34"], ["34", "31"])),
            set_aside=chance.choice((SetAside.NONE, SetAside.BOTH)),
            amount_band=chance.choice(list(AmountBand)),
            is_anonymous=chance.random() < 0.3,
        )
        for number in range(needs)
    ]  # fmt: skip


def ranked(**facts):
    """Ask for a ranking and carry it out. Returns the job."""
    job_id = matching.ask_for_ranking(**facts).id
    db.session.expire_all()
    return db.session.get_one(Job, job_id)


def placed(need_id):
    found = select(Proposal).where(Proposal.need_id == need_id, Proposal.rank.is_not(None))
    return list(db.session.scalars(found.order_by(Proposal.rank)))


def test_the_job_ranks_as_the_page_of_each_need_does(app):
    needs = [need.id for need in a_directory(Random(7))]
    db.session.commit()
    live = {}
    for number in needs:
        need = db.session.get_one(Need, number)
        live[number] = suggestions.companies_for(need)

    job = ranked()

    assert (job.state, job.result["needs"], job.result["companies"]) == (JobState.DONE, 8, 25)
    for number, proposed in live.items():
        lines = placed(number)
        assert [line.organisation_id for line in lines] == [
            one.organisation.id for one in proposed.found
        ]
        assert [line.score for line in lines] == [one.match.score for one in proposed.found]
        assert [line.reasons for line in lines] == [
            {part.criterion.value: part.share for part in one.match.reasons}
            for one in proposed.found
        ]
        kept = rankings.kept(db.session.get_one(Need, number))
        assert (kept.found, kept.aside) == (
            proposed.total, {reason.value: count for reason, count in proposed.aside.items()},
        )  # fmt: skip


def test_each_company_has_its_needs_in_the_order_of_its_own_page(app):
    a_directory(Random(3))
    db.session.commit()
    ranked()
    for company in {line.organisation_id for line in db.session.scalars(select(Proposal))}:
        own = select(Proposal).where(
            Proposal.organisation_id == company, Proposal.company_rank.is_not(None)
        )
        lines = list(db.session.scalars(own.order_by(Proposal.company_rank)))
        page = suggestions.needs_for(db.session.get_one(Organisation, company))
        assert [line.need_id for line in lines] == [one.need.id for one in page.found]


def test_a_kept_ranking_gives_the_page_what_comparing_again_gives(app):
    number = a_directory(Random(5))[0].id
    db.session.commit()
    live = suggestions.companies_for(db.session.get_one(Need, number), most=3)
    ranked()
    need = db.session.get_one(Need, number)
    assert rankings.kept(need) is not None

    kept = suggestions.companies_for(need, most=3)

    assert [one.organisation.id for one in kept.found] == [
        one.organisation.id for one in live.found
    ]
    assert [one.match for one in kept.found] == [one.match for one in live.found]
    assert (kept.total, kept.aside) == (live.total, live.aside)


def test_what_is_put_aside_after_the_ranking_leaves_the_page_at_once(app):
    number = a_directory(Random(5))[0].id
    db.session.commit()
    ranked()
    need = db.session.get_one(Need, number)
    first = suggestions.companies_for(need, most=2).found[0].organisation
    matching.dismiss(need, first, by=None, role=Role.BUYER, reason=DismissalReason.OTHER)
    found = suggestions.companies_for(need, most=2).found
    assert first.id not in {one.organisation.id for one in found}


def test_a_ranking_is_out_of_date_once_the_need_or_a_listing_has_changed(app):
    number = a_directory(Random(5))[0].id
    db.session.commit()
    ranked()
    need = db.session.get_one(Need, number)
    later = clock.now() + timedelta(minutes=1)
    need.updated_at = later
    db.session.flush()
    assert rankings.kept(need) is None
    need.updated_at = later - timedelta(hours=1)
    assert rankings.kept(need) is not None
    company = db.session.get_one(Organisation, placed(number)[0].organisation_id)
    company.updated_at = later
    db.session.flush()
    assert rankings.kept(need) is None


def test_a_need_that_is_over_loses_its_ranking(app):
    number = a_directory(Random(5))[0].id
    db.session.commit()
    ranked()
    db.session.get_one(Need, number).state = NeedState.CLOSED
    db.session.commit()
    ranked()
    assert number not in rankings.ranked_needs()
    assert placed(number) == []


def test_a_ranking_that_is_stopped_leaves_whole_rankings(app, monkeypatch):
    a_directory(Random(5))
    db.session.commit()
    monkeypatch.setitem(app.extensions, "send_job", lambda job: None)
    job_id = matching.ask_for_ranking().id
    monkeypatch.setattr(matching, "forget_rankings", lambda needs: cancel(job_id))
    db.session.remove()
    carry_out(job_id)
    assert db.session.get_one(Job, job_id).state == JobState.CANCELLED
    assert db.session.scalars(select(NeedRanking)).all() == []


def cancel(job_id):
    job_actions.cancel(db.session.get_one(Job, job_id), by=None)


def test_everything_is_ranked_again_by_itself_when_something_changed_and_not_all_the_time(app):
    assert not rankings.is_due()  # an empty directory
    need = a_directory(Random(5))[0].id
    db.session.commit()
    assert rankings.is_due()
    recurring.every_minute(lambda job: None)
    assert len(rankings.ranked_needs()) == 8
    assert not rankings.is_due()
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        assert not rankings.is_due()  # nothing changed
        db.session.get_one(Need, need).updated_at = clock.now()
        db.session.commit()
        assert rankings.is_due()
