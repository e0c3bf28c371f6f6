# SPDX-License-Identifier: EUPL-1.2
"""A sheet is written, written again, published and withdrawn; each version stays."""

import pytest

from app.actions import guidance as actions
from app.models.base import db
from app.queries import guidance
from app.rules.errors import RuleBroken
from app.rules.guidance import SheetKind, SheetState, Wording
from tests.builders import a_buyer, a_need, a_sector, an_edition, an_organiser, an_organiser_member

FIRST = Wording("Réserver un lot", "En trois pas.", "D'abord, le besoin.")
SECOND = Wording("Réserver un lot", "En quatre pas.", "D'abord, le besoin. Puis le reste.")


@pytest.fixture
def team(app):
    return an_organiser()


@pytest.fixture
def person(team):
    return an_organiser_member(team)


@pytest.fixture
def sheet(team, person):
    return actions.write(team, by=person, kind=SheetKind.GUIDE, wording=FIRST)


def public_titles(**asked):
    return [shown.words.summary_fr for shown in guidance.published(**asked).lines]


def test_a_draft_is_read_by_its_team_only(sheet, team):
    assert public_titles() == []
    assert [shown.sheet for shown in guidance.of_team(team.id).lines] == [sheet]


def test_readers_keep_the_published_version_until_the_next_is_published(sheet, person):
    actions.publish(sheet, by=person)
    actions.rewrite(sheet, by=person, wording=SECOND)
    assert public_titles() == ["En trois pas."]

    actions.publish(sheet, by=person)
    assert public_titles() == ["En quatre pas."]
    assert [one.number for one in guidance.versions(sheet, public=True)] == [2, 1]


def test_the_same_words_make_no_new_version(sheet, person):
    actions.rewrite(sheet, by=person, wording=FIRST, credit="Le réseau")
    assert len(guidance.versions(sheet)) == 1
    assert sheet.credit == "Le réseau"


def test_a_withdrawn_sheet_is_public_no_more_and_may_come_back(sheet, person):
    actions.publish(sheet, by=person)
    actions.withdraw(sheet, by=person)
    assert (public_titles(), sheet.state) == ([], SheetState.WITHDRAWN)
    with pytest.raises(RuleBroken) as refused:
        actions.withdraw(sheet, by=person)
    assert refused.value.key == "sheet_not_published"
    actions.publish(sheet, by=person)
    assert public_titles() == ["En trois pas."]


def test_two_sheets_of_one_title_have_two_addresses(sheet, team, person):
    other = actions.write(team, by=person, kind=SheetKind.NEWS, wording=FIRST)
    assert (sheet.slug, other.slug) == ("reserver-un-lot", "reserver-un-lot-2")


def test_a_sheet_is_found_by_its_words_its_kind_and_its_trade(sheet, team, person):
    green, other = a_sector(), a_sector("Restauration")
    actions.rewrite(sheet, by=person, wording=SECOND, sectors=[green.id])
    actions.publish(sheet, by=person)
    for found in (
        {"text": "RÉSERVER puis"}, {"kind": SheetKind.GUIDE}, {"group": green.group.slug},
    ):  # fmt: skip
        assert public_titles(**found) == ["En quatre pas."], found
    for missed in (
        {"text": "restaurer"}, {"kind": SheetKind.NEWS}, {"group": other.group.slug},
    ):  # fmt: skip
        assert public_titles(**missed) == [], missed


def test_a_need_shows_its_own_sheets_first_then_those_of_its_trades(sheet, team, person):
    green = a_sector()
    need = a_need(a_buyer(), green)
    of_trade = actions.write(
        team, by=person, kind=SheetKind.NEWS, wording=SECOND, sectors=[green.id]
    )
    aside = actions.write(team, by=person, kind=SheetKind.NEWS, wording=FIRST)
    actions.rewrite(sheet, by=person, wording=FIRST, needs=[need.id])
    for one in (sheet, of_trade, aside):
        actions.publish(one, by=person)
    assert [shown.sheet for shown in guidance.beside(need)] == [sheet, of_trade]


def test_an_edition_shows_the_sheets_attached_to_it(sheet, person, count_queries):
    edition = an_edition()
    actions.rewrite(sheet, by=person, wording=FIRST, editions=[edition.id])
    actions.publish(sheet, by=person)
    db.session.commit()
    with count_queries:
        assert [shown.sheet for shown in guidance.of_edition(edition)] == [sheet]
    assert len(count_queries) <= 4, count_queries.statements  # BEGIN, the edition, two lists


def test_what_was_published_cannot_be_rewritten_in_place(sheet, person):
    actions.publish(sheet, by=person)
    actions.rewrite(sheet, by=person, wording=SECOND)
    db.session.rollback()
    assert guidance.versions(sheet)[-1].summary_fr == "En trois pas."
