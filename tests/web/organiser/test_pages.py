# SPDX-License-Identifier: EUPL-1.2
"""Every page of the team: who may enter, that it answers, and its query budget."""

import re

import pytest

from app.actions import letters as outbox
from app.mail.letters import Written
from app.models.base import db
from app.models.letters import Letter
from app.rules.letters import LetterState
from app.rules.meetings import RequestState
from app.rules.registrations import RegistrationState
from app.web.routes import ROUTES, endpoint_of
from tests.builders import (
    a_block,
    a_buyer,
    a_company,
    a_delegate,
    a_need,
    a_registration,
    a_request,
    a_sector,
    a_table,
    an_activity,
    an_edition,
    an_organiser,
    an_organiser_member,
    log_in_as,
)

MINE = "organiser."


def a_letter(edition, **facts):
    written = Written("registration_approved", "Bienvenue au salon", "Bonjour,\nà bientôt.", "")
    letter = outbox.put(
        written, to="claire@exemple.test", name="Claire", organiser_id=edition.organiser_id
    )
    for name, fact in facts.items():
        setattr(letter, name, fact)
    db.session.flush()
    return letter


def a_whole_fair(companies=3, organiser=None, **facts):
    """An edition with slots, tables, participants, requests in every state, and a letter."""
    edition = an_edition(organiser, **facts)
    a_block(edition)
    a_table(edition)
    sector = a_sector()
    buyer = a_registration(edition, a_buyer(name="Mairie de Sète"))
    a_delegate(buyer)
    a_need(buyer.organisation, sector)
    for state in (RequestState.PENDING, RequestState.ACCEPTED, RequestState.DECLINED):
        for _ in range(companies):
            company = a_registration(edition, a_company())
            a_delegate(company)
            an_activity(company.organisation, sector)
            a_request(company, buyer, state=state)
    a_registration(edition, a_company(name="Les Jardins"), state=RegistrationState.PENDING)
    a_letter(edition)
    return edition


@pytest.fixture
def fair(app):
    return a_whole_fair()


@pytest.fixture
def organiser(fair, client):
    """A browser in which a member of the team is logged in."""
    user = an_organiser_member(fair.series.organiser)
    db.session.commit()
    log_in_as(client, user)
    return client


def addresses(edition, *, method="GET"):
    """The address of each page of ours under an edition that can be asked by this method."""
    registration = edition.someone.id
    letter = edition.some_letter.id
    for rule, page, methods in ROUTES:
        if not endpoint_of(page).startswith(MINE) or method not in methods:
            continue
        if "<edition>" not in rule or re.search(r"<int:(?!registration|letter|block|place)", rule):
            continue
        yield (
            rule.replace("<edition>", edition.slug)
            .replace("<int:registration>", str(registration))
            .replace("<int:letter>", str(letter))
            .replace("<what>", "reponses")
            .replace("<int:block>", "1")
            .replace("<int:place>", "1")
        )


def with_parts(edition):
    edition.someone = a_registration(edition, a_company())
    edition.some_letter = a_letter(edition)
    db.session.commit()
    return edition


def test_every_page_of_the_team_answers(fair, organiser):
    with_parts(fair)

    answers = {address: organiser.get(address).status_code for address in addresses(fair)}

    assert len(answers) > 12
    assert {address: code for address, code in answers.items() if code not in (200, 302)} == {}


def test_pages_of_another_team_do_not_exist(fair, organiser):
    theirs = with_parts(a_whole_fair(organiser=an_organiser()))

    found = [one for one in addresses(theirs) if organiser.get(one).status_code != 404]
    done = [
        one for one in addresses(theirs, method="POST") if organiser.post(one).status_code != 404
    ]
    assert (found, done) == ([], [])


def test_parts_of_another_edition_of_mine_do_not_exist_here(fair, organiser):
    other = with_parts(a_whole_fair(organiser=fair.series.organiser))

    answer = organiser.get(f"/organisation/{fair.slug}/participants/{other.someone.id}")

    assert answer.status_code == 404


def test_nobody_enters_without_logging_in(fair, client):
    db.session.commit()

    answer = client.get(f"/organisation/{fair.slug}")

    assert answer.status_code == 302
    assert answer.location.startswith("/connexion?next=")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/participants",
        "/demandes",
        "/besoins",
        "/courriels",
        "/journal",
        "/creneaux",
        "/creneaux/places",
    ],
)
def test_a_page_asks_as_many_queries_for_three_as_for_thirty(app, client, count_queries, path):
    team = an_organiser()
    small, large = a_whole_fair(1, organiser=team), a_whole_fair(10, organiser=team)
    user = an_organiser_member(team)
    db.session.commit()
    log_in_as(client, user)

    def budget(slug):
        with count_queries:
            assert client.get(f"/organisation/{slug}{path}").status_code == 200
        return len(count_queries)

    slugs = small.slug, large.slug
    client.get("/organisation")  # who is here is read once
    few, many = map(budget, slugs)
    assert few == many
    assert many <= 32


def test_the_menu_of_the_team_marks_the_page_one_is_on(fair, organiser):
    page = organiser.get(f"/organisation/{fair.slug}/participants").text

    assert f'href="/organisation/{fair.slug}/participants" aria-current="page"' in page
    assert f'href="/organisation/{fair.slug}" aria-current="page"' not in page
    assert f"/organisation/{fair.slug}/journal" in page


def test_pages_are_read_in_english_too(fair, organiser):
    organiser.post("/langue/en")

    page = organiser.get(f"/organisation/{fair.slug}").text

    assert '<html lang="en">' in page


def test_figures_of_the_cockpit_open_lists_of_the_same_length(fair, organiser):
    page = organiser.get(f"/organisation/{fair.slug}").text
    shown = {
        address.replace("&amp;", "&"): int(number)
        for address, number in re.findall(
            r'"stat" href="([^"]+/(?:participants|besoins)[^"]*)"><b class="number">(\d+)<',
            page,
        )
    }

    assert len(shown) == 3
    for address, number in shown.items():
        listed = organiser.get(address).text
        assert listed.count('<th scope="row">') == number


def test_a_letter_that_was_not_delivered_is_sent_again(fair, organiser):
    letter = a_letter(fair, state=LetterState.FAILED, attempts=5, error="550 unknown")
    letter.to_email = "claire@exemple.fr"
    db.session.commit()
    page = organiser.get(f"/organisation/{fair.slug}/courriels?etat=failed").text
    assert "550 unknown" in page

    organiser.post(f"/organisation/{fair.slug}/courriels/renvoyer")

    db.session.expire_all()
    assert db.session.get_one(Letter, letter.id).state == LetterState.SENT
