# SPDX-License-Identifier: EUPL-1.2
"""Opening, changing, announcing and closing an edition."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

from app.actions import editions as actions
from app.models.base import db
from app.models.editions import Edition
from app.models.history import HistoryLine
from app.queries import editions
from app.rules.editions import EditionState, Mode, PlaceKind
from app.rules.errors import RuleBroken
from tests.builders import a_company, a_registration, an_edition, an_organiser, an_organiser_member


def opened(organiser, **facts):
    usual = {
        "by": None,
        "series_name": "Coventis",
        "name": "Coventis 2027",
        "starts_on": date(2027, 11, 24),
        "ends_on": date(2027, 11, 25),
        "venue": "Halle du Verdanson",
        "city": "Montpellier",
        "registration_closes_at": datetime(2027, 10, 15, 16, tzinfo=UTC),
        "requests_close_at": datetime(2027, 10, 29, 16, tzinfo=UTC),
        "answers_close_at": datetime(2027, 11, 5, 17, tzinfo=UTC),
    }
    return actions.open_edition(organiser, **{**usual, **facts})


def test_a_new_edition_is_a_draft_of_its_team(app):
    organiser = an_organiser()
    user = an_organiser_member(organiser)

    edition = opened(organiser, by=user)

    assert edition.state == EditionState.DRAFT
    assert not edition.is_public
    assert (edition.slug, edition.version) == ("coventis-2027", 0)
    line = db.session.scalars(select(HistoryLine)).one()
    assert (line.verb, line.user_id, line.organiser_id) == (
        "edition.opened",
        user.id,
        organiser.id,
    )


def test_editions_of_one_fair_share_their_series(app):
    organiser = an_organiser()

    first, second = opened(organiser), opened(organiser, series_name="coventis ")

    assert first.series_id == second.series_id
    assert second.slug == "coventis-2027-2"


def test_another_team_has_its_own_series_of_the_same_name(app):
    first, second = opened(an_organiser()), opened(an_organiser())

    assert first.series_id != second.series_id
    assert first.series.slug != second.series.slug


def test_an_address_that_was_asked_for_and_is_taken_is_refused(app):
    organiser = an_organiser()
    opened(organiser)

    with pytest.raises(RuleBroken, match="slug_taken") as refused:
        opened(organiser, slug="Coventis 2027")
    assert refused.value.field == "slug"


def test_an_edition_with_wrong_dates_leaves_nothing_behind(app):
    with pytest.raises(RuleBroken, match="ends_before_start"):
        opened(an_organiser(), ends_on=date(2027, 11, 23))

    assert db.session.scalars(select(Edition)).all() == []


def test_deadlines_out_of_order_are_refused(app):
    with pytest.raises(RuleBroken, match="deadline_order"):
        opened(an_organiser(), requests_close_at=datetime(2027, 10, 1, tzinfo=UTC))


def test_what_is_written_about_an_edition_may_change(app):
    edition = opened(an_organiser())

    actions.change(edition, by=None, name="Coventis, 10 ans", mode=Mode.HYBRID)

    assert (edition.name, edition.mode, edition.slug) == (
        "Coventis, 10 ans",
        Mode.HYBRID,
        "coventis-2027",
    )
    line = db.session.scalars(select(HistoryLine).where(HistoryLine.verb == "edition.changed"))
    assert line.one().facts == {"fields": ["mode", "name"]}


def test_a_change_that_changes_nothing_is_not_remembered(app):
    edition = opened(an_organiser())

    actions.change(edition, by=None, name=edition.name)

    verbs = db.session.scalars(select(HistoryLine.verb)).all()
    assert verbs == ["edition.opened"]


def test_only_settings_can_be_changed(app):
    edition = opened(an_organiser())

    with pytest.raises(TypeError, match="version"):
        actions.change(edition, by=None, version=12)


def test_dates_cannot_leave_a_block_outside(app):
    edition = opened(an_organiser())
    actions.add_block(edition, by=None, name="Jeudi matin", day=date(2027, 11, 25), starts=time(9))

    with pytest.raises(RuleBroken, match="blocks_outside") as refused:
        actions.change(edition, by=None, ends_on=date(2027, 11, 24))
    assert refused.value.field == "ends_on"
    assert editions.by_slug(edition.slug).ends_on == date(2027, 11, 25)


def test_the_time_zone_is_fixed_once_there_are_slots(app):
    edition = opened(an_organiser())
    actions.change(edition, by=None, timezone="Indian/Reunion")
    actions.add_block(edition, by=None, name="Matin", day=date(2027, 11, 24), starts=time(9))

    with pytest.raises(RuleBroken, match="zone_fixed"):
        actions.change(edition, by=None, timezone="Europe/Paris")


def test_an_edition_is_announced_closed_and_opened_again(app):
    edition = opened(an_organiser())

    actions.announce(edition, by=None)
    assert edition.is_public
    actions.close(edition, by=None)
    assert edition.state == EditionState.CLOSED
    actions.announce(edition, by=None)
    assert edition.state == EditionState.OPEN


def test_a_draft_cannot_be_closed(app):
    with pytest.raises(RuleBroken, match="edition_step"):
        actions.close(opened(an_organiser()), by=None)


def test_the_next_edition_takes_over_settings_and_grid_and_nobody(app):
    model = opened(an_organiser(), theme="Économie circulaire", practical="Tram 1")
    actions.add_block(model, by=None, name="Matin", day=date(2027, 11, 24), starts=time(9), count=4)
    actions.add_block(model, by=None, name="Jeudi", day=date(2027, 11, 25), starts=time(9), count=4)
    actions.add_places(model, by=None, kind=PlaceKind.TABLE, first=1, count=3, screen=True)
    a_registration(model, a_company())

    following = actions.open_next(
        model,
        by=None,
        name="Coventis 2029",
        starts_on=date(2029, 11, 21),
        ends_on=date(2029, 11, 21),
        registration_closes_at=None,
        requests_close_at=None,
        answers_close_at=None,
    )

    assert (following.theme, following.practical) == ("Économie circulaire", "Tram 1")
    assert following.series_id == model.series_id
    assert [block.day for block in editions.blocks(following)] == [date(2029, 11, 21)]
    assert len(editions.slots(following)) == 4
    assert [(p.code, p.screen) for p in editions.places(following)] == [
        (code, True) for code in "123"
    ]
    assert following.state == EditionState.DRAFT


def test_two_teams_may_run_editions_of_one_name(app):
    an_edition(slug="coventis-2027")

    assert opened(an_organiser()).slug == "coventis-2027-2"
