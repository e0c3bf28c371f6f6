# SPDX-License-Identifier: EUPL-1.2
"""The newsletter is asked for, confirmed and left by its reader alone; an issue is composed."""

import re
from datetime import timedelta

import pytest

from app.actions import guidance as sheets
from app.actions import newsletters as actions
from app.models import clock
from app.models.base import db
from app.models.letters import Letter
from app.models.newsletters import Subscription
from app.queries import newsletters
from app.rules.errors import RuleBroken
from app.rules.guidance import SheetKind, Wording
from app.rules.needs import NeedState
from app.rules.newsletters import Audience, Part, Reader, SubscriptionState
from tests.builders import a_buyer, a_company, a_need, an_edition, an_organiser, an_organiser_member

ASKED = {"audience": Audience.BUYER, "departments": ["34", "30"], "language": "fr"}


@pytest.fixture
def team(app):
    return an_organiser(name="Chambre du Sud")


@pytest.fixture
def person(team):
    return an_organiser_member(team)


def ask(team, address="claire@exemple.fr", **facts) -> Subscription:
    actions.subscribe(team, email=address, **{**ASKED, **facts})
    return db.session.query(Subscription).filter_by(email=address.lower()).one()


def last_letter() -> Letter:
    return db.session.query(Letter).order_by(Letter.id.desc()).limit(1).one()


def test_asking_sends_nothing_but_the_letter_to_confirm(team):
    asked = ask(team, "Claire@Exemple.fr")
    assert asked.state == SubscriptionState.ASKED and asked.departments == ["30", "34"]
    assert f"/confirmer/{asked.code}" in last_letter().body_text
    assert newsletters.audiences(team.id).confirmed == 0


def test_a_click_confirms_and_another_leaves(team):
    asked = ask(team)
    actions.confirm(asked)
    assert newsletters.audiences(team.id).by_audience == {Audience.BUYER: 1}
    actions.leave(asked)
    actions.leave(asked)
    assert asked.state == SubscriptionState.LEFT
    actions.confirm(asked)
    assert (asked.state, asked.left_at) == (SubscriptionState.CONFIRMED, None)


def test_asking_again_changes_nothing_for_one_who_reads_it_already(team):
    first = ask(team)
    actions.confirm(first)
    again = ask(team, audience=Audience.COMPANY, departments=[])
    assert again is first and again.audience == Audience.BUYER
    assert again.state == SubscriptionState.CONFIRMED
    assert f"/reglages/{first.code}" in last_letter().body_text


def test_a_wrong_address_is_told_on_its_field(team):
    with pytest.raises(RuleBroken) as refused:
        ask(team, "claire chez exemple")
    assert refused.value.field == "email"


def test_the_secret_of_a_link_cannot_be_guessed(team):
    codes = {ask(team, f"lecteur{number}@exemple.fr").code for number in range(20)}
    assert len(codes) == 20 and all(re.fullmatch(r"[\w-]{32}", code) for code in codes)


@pytest.fixture
def news(team, person):
    """A need and a company in the Hérault, a sheet, and the next edition."""
    edition = an_edition(team)
    need = a_need(
        a_buyer(), state=NeedState.PUBLISHED, departments=["34"], published_on=clock.today(),
        title="Entretien des parcs",
    )  # fmt: skip
    company = a_company(claimed_at=clock.now(), department="34", name="Les Verts")
    a_company(claimed_at=None, name="Pas revendiquée")
    sheet = sheets.write(
        team, by=person, kind=SheetKind.NEWS, wording=Wording("Un guide", "Court.", "Long.")
    )
    sheets.publish(sheet, by=person)
    db.session.commit()
    return {"edition": edition, "need": need, "company": company, "sheet": sheet}


def test_an_issue_begins_with_all_that_is_new(team, person, news):
    issue = actions.compose(team, by=person)
    assert issue.chosen["needs"] == [news["need"].id]
    assert issue.chosen["companies"] == [news["company"].id]
    assert issue.chosen["sheets"] == [news["sheet"].id]
    assert (issue.until - issue.since).days == 31


def test_the_next_issue_begins_where_the_last_one_ended(team, person, news):
    first = actions.compose(team, by=person)
    with clock.frozen(clock.now() + timedelta(days=30)):
        second = actions.compose(team, by=person)
    assert second.since == first.until + timedelta(days=1)
    assert second.chosen["needs"] == []


def test_each_reader_finds_its_own_share_in_its_own_order(team, person, news):
    contents = newsletters.contents(actions.compose(team, by=person))

    def parts(audience, *departments):
        reader = Reader(audience, frozenset(departments), "fr")
        return [part for part, _ in contents.for_reader(reader)]

    assert parts(Audience.COMPANY)[0] == Part.NEEDS
    assert parts(Audience.BUYER, "34")[0] == Part.COMPANIES
    assert not {Part.NEEDS, Part.COMPANIES} & set(parts(Audience.BUYER, "75"))


def test_what_was_taken_back_since_is_left_out(team, person, news):
    issue = actions.compose(team, by=person)
    news["need"].state = NeedState.DRAFT
    sheets.withdraw(news["sheet"], by=person)
    contents = newsletters.contents(issue)
    assert (contents.needs, contents.sheets) == ([], [])


def test_an_issue_without_a_title_or_without_readers_does_not_leave(team, person, news):
    issue = actions.compose(team, by=person)
    with pytest.raises(RuleBroken) as refused:
        actions.send(issue, by=person)
    assert refused.value.key == "issue_title_missing"
    words = {"titles": {"fr": "Novembre", "en": ""}, "intros": {"fr": "", "en": ""}}
    actions.arrange(issue, by=person, **words, chosen={})
    with pytest.raises(RuleBroken) as refused:
        actions.send(issue, by=person)
    assert refused.value.key == "issue_empty"
    actions.arrange(issue, by=person, **words, chosen={Part.NEEDS: [news["need"].id]})
    with pytest.raises(RuleBroken) as refused:
        actions.send(issue, by=person)
    assert refused.value.key == "issue_nobody"


def test_a_sent_issue_stays_as_it_was_read(team, person, news):
    actions.confirm(ask(team, "claire@exemple.test"))
    issue = actions.compose(team, by=person)
    words = {"titles": {"fr": "Novembre", "en": ""}, "intros": {"fr": "", "en": ""}}
    actions.arrange(issue, by=person, **words, chosen={Part.NEEDS: [news["need"].id]})
    actions.send(issue, by=person)
    for change in (
        lambda: actions.arrange(issue, by=person, **words, chosen={}),
        lambda: actions.discard(issue, by=person),
        lambda: actions.send(issue, by=person),
    ):
        with pytest.raises(RuleBroken) as refused:
            change()
        assert refused.value.key == "issue_gone"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_letter_says_what_it_tells_in_both_parts(team, person, news, language):
    issue = actions.compose(team, by=person)
    reader = Reader(Audience.COMPANY, frozenset(), language)
    letter = actions.words_for(issue, reader, newsletters.contents(issue))
    for body in (letter.text, letter.html):
        for said in ("Entretien des parcs", "Les Verts", "Un guide", "http"):
            assert said in body
