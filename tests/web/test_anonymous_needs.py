# SPDX-License-Identifier: EUPL-1.2
"""An anonymous need never tells whose it is: looked for on every page that a company can read."""

import re
from html import unescape

import pytest

from app.actions import interests, meetings, needs, questions
from app.models.base import db
from app.models.letters import Letter
from app.rules.needs import NeedState
from tests.builders import (
    a_buyer,
    a_company,
    a_member,
    a_need,
    a_registration,
    a_sector,
    a_user,
    an_activity,
    an_edition,
    an_organiser,
    an_organiser_member,
    log_in_as,
)

NAME, TITLE, WORDS = "Syndicat des Eaux de la Vernède", "Curage des fossés", "Douze kilomètres"
MOST_PAGES = 250
# Files, and the facets of a search: as many addresses as there are ways to combine them.
ENDLESS = ("/static", "/annuaire?")


@pytest.fixture
def world(client):
    """A buyer with an anonymous need and a company of the trade, both at the same fair."""
    organiser = an_organiser()
    an_organiser_member(organiser, a_user(email="equipe@exemple.test"))
    edition, sector = an_edition(organiser), a_sector("Espaces verts")
    buyer = a_buyer(name=NAME, city="Ganges", siret="21340172201787")
    a_member(buyer, a_user(email="acheteur@exemple.test"))
    company = a_company(name="Les Jardins")
    an_activity(company, sector)
    speaker = a_member(company, a_user(email="jardins@exemple.test"))
    theirs, ours = a_registration(edition, buyer), a_registration(edition, company)
    need = a_need(
        buyer, sector, title=TITLE, text=f"{WORDS} de fossés.", is_anonymous=True,
        search="curage des fosses",
    )  # fmt: skip
    other = a_need(buyer, sector, title="Tonte des berges")
    db.session.commit()
    return {
        "edition": edition, "buyer": buyer, "company": company, "speaker": speaker, "need": need,
        "theirs": theirs, "ours": ours, "other": other,
    }  # fmt: skip


def crawled(client, *starts):
    """Address → text of every page that one can come to by links from these."""
    waiting: list[str] = list(starts)
    seen: dict[str, str] = {}
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if address in seen:
            continue
        page = client.get(address)
        textual = page.content_type.startswith(("text/", "application/json", "application/xml"))
        seen[address] = unescape(page.text) if page.status_code == 200 and textual else ""
        links = re.findall(r'(?:href|hx-get)="(/[^"#]*)', seen[address])
        waiting += [
            one
            for one in map(unescape, links)
            if not one.startswith(ENDLESS) and one not in seen and one not in waiting
        ]
    return seen


def telling(pages):
    """The pages on which the buyer and its need stand together."""
    return [
        address for address, text in pages.items()
        if (TITLE in text or WORDS in text)
        and any(sign in text for sign in (NAME, "Vernède", "21340172201787", "Ganges"))
    ]  # fmt: skip


def linked(pages, buyer, need):
    """The pages about the need from which a link leads to the buyer."""
    return [
        address for address, text in pages.items()
        if address.startswith(f"/besoins/{need.id}") and f"/annuaire/{buyer.id}\"" in text
    ]  # fmt: skip


def test_no_page_tells_whose_it_is_to_nobody_nor_to_a_company(client, world):
    questions.ask(world["need"], a_company(), by=None, text="Le fauchage est-il compris aussi ?")
    needs.end(world["other"], by=None, state=NeedState.CLOSED)  # a list may hold both
    db.session.commit()
    buyer, need = world["buyer"], world["need"]
    address, starts = f"/besoins/{need.id}", ("/", "/besoins", "/annuaire?qui=acheteurs")
    for speaker, more in ((None, ()), (world["speaker"], ("/espace", "/besoins?q=curage"))):
        if speaker:
            log_in_as(client, speaker)
        pages = crawled(client, *starts, *more, address, f"{address}/questions/nouvelle")
        assert TITLE in pages[address] and "Acheteur public, Hérault (34)" in pages[address]
        assert telling(pages) == [] and linked(pages, buyer, need) == []
        assert len(pages) < MOST_PAGES
    ours = world["company"].id
    for page in (f"/espace/{ours}/besoins-pour-nous", f"{address}/interet", "/besoins?q=curage"):
        assert TITLE in pages.get(page, ""), page
    assert NAME in pages[f"/annuaire/{buyer.id}"]  # the buyer itself is no secret
    assert len(pages) > 20


def test_the_search_for_buyers_at_the_fair_does_not_lead_to_it(client, world):
    needs.end(world["other"], by=None, state=NeedState.CLOSED)
    log_in_as(client, world["speaker"])
    db.session.commit()
    number, family = world["ours"].id, "groupe"
    (slug,) = re.findall(r'value="(groupe-\d+)"', client.get("/besoins").text)
    page = client.get(f"/participation/{number}/chercher?metier={slug}").text
    assert NAME not in page and family in slug
    page = client.get(f"/participation/{number}/demandes/nouvelle?to={world['theirs'].id}").text
    assert NAME in page and TITLE not in page


def test_a_company_cannot_guess_whose_it_is_by_asking_about_it(client, world):
    log_in_as(client, world["speaker"])
    stranger = a_need(a_buyer(), title="Autre")
    db.session.commit()
    address = f"/participation/{world['ours'].id}/demandes/nouvelle?to={world['theirs'].id}"
    answers = [
        client.post(address, data={
            "about": f"need-{one.id}", "message": "Nous curons des fossés.", "priority": "3",
        })
        for one in (world["need"], stranger)
    ]  # fmt: skip
    said = [re.sub(r"\d+", "", re.sub(r"<input[^>]*>", "", one.text)) for one in answers]
    assert answers[0].status_code == answers[1].status_code == 422
    assert said[0] == said[1]


def test_no_letter_tells_it_either(client, world):
    need, company = world["need"], world["company"]
    asked = questions.ask(need, company, by=None, text="Le fauchage est-il compris aussi ?")
    questions.answer(asked, by=None, text="Oui, deux fois par an.")
    interests.show(need, company, by=None)
    to_company = db.session.query(Letter).filter_by(to_email="jardins@exemple.test").all()
    assert [one.kind for one in to_company] == ["question_answered"]
    for one in to_company:
        assert "Vernède" not in one.subject + one.body_text + one.body_html


def test_a_yes_or_an_invitation_by_its_buyer_tells_it_to_this_company(client, world):
    need, company = world["need"], world["company"]
    interests.accept(interests.show(need, company, by=None), by=None)
    stranger = a_member(a_company())
    db.session.commit()
    log_in_as(client, world["speaker"])
    assert NAME in client.get(f"/besoins/{need.id}").text
    assert TITLE in client.get(f"/annuaire/{world['buyer'].id}").text
    log_in_as(client, stranger)
    assert NAME not in client.get(f"/besoins/{need.id}").text


def test_a_buyer_that_asks_for_a_meeting_about_it_steps_out(client, world):
    meetings.request(
        world["theirs"], world["ours"], by=None, need=world["need"],
        message="Nous cherchons qui cure nos fossés.",
    )  # fmt: skip
    db.session.commit()
    log_in_as(client, world["speaker"])
    assert NAME in client.get(f"/besoins/{world['need'].id}").text


def test_its_buyer_and_the_team_know_it_and_the_buyer_may_show_its_name(client, world):
    need = world["need"]
    member = a_member(world["buyer"])
    db.session.commit()
    log_in_as(client, member)
    assert NAME in client.get(f"/besoins/{need.id}").text
    client.post(f"/besoins/{need.id}/nom")
    client.post("/deconnexion")
    assert NAME in client.get(f"/besoins/{need.id}").text


def test_a_list_of_anonymous_needs_asks_the_same_number_of_questions(client, world, count_queries):
    log_in_as(client, world["speaker"])

    def asked():
        db.session.remove()
        with count_queries:
            client.get("/besoins")
        return len(count_queries)

    asked()
    for_one = asked()
    buyer = a_buyer()
    for _ in range(15):
        a_need(buyer, is_anonymous=True)
    db.session.commit()
    assert asked() == for_one
