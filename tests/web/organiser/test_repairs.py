# SPDX-License-Identifier: EUPL-1.2
"""The page of an event, the three answers, and what more tables or slots would be worth."""

import re

import pytest
from flask.testing import FlaskClient

from app.actions import closures, publication, schedules
from app.models import clock
from app.models.base import db
from app.models.editions import Edition
from app.queries import schedules as runs
from app.rules.schedules import RunMode
from tests.builders import (
    a_company,
    a_delegate,
    a_fair,
    a_registration,
    a_request,
    an_organiser,
    an_organiser_member,
    log_in_as,
)
from tests.queries.test_schedule_views import a_done_run
from tests.web.organiser.test_schedules import address, text


@pytest.fixture
def fair(app):
    """The first and the fourth request are published, in slots 1 and 2 at table 1."""
    fair = a_fair(companies=2, buyers=2, slots=3, tables=2)
    db.session.commit()
    publication.publish(a_done_run(fair, (0, 1, 0), (3, 2, 0)), by=None)
    return fair


@pytest.fixture
def team(client: FlaskClient, fair):
    log_in_as(client, an_organiser_member(fair.edition.series.organiser))
    db.session.commit()
    return client


def stating(fair, **said):
    nothing = dict.fromkeys(
        ("party", "party_from", "party_until", "place", "place_from", "place_until"), "0"
    )
    return nothing | {name: str(value) for name, value in said.items()}


def event(fair):
    return address(fair) + "/imprevu"


def latest(fair):
    db.session.rollback()
    db.session.expire_all()
    return runs.by_id(runs.of_edition(fair.edition)[0].id)


def test_an_absence_gets_three_answers_in_words(team, fair):
    said = stating(fair, party=fair.buyers[0].id, party_from=1, party_until=1)
    team.post(event(fair), data=said)
    page = text(team.get(address(fair, latest(fair))))

    assert "Trois réponses à partir du planning publié" in page
    name = fair.buyers[0].organisation.name
    assert f"{name} s’absente à partir de mer. 24 à 9 h" in page
    assert page.count('aria-labelledby="answer-') == 3
    assert "1 rendez-vous publié change d’heure ou tombe." in page
    assert "Aucune réponse ne peut valoir plus : prouvé." in page
    assert page.count("Retenir cette réponse") == 2


def test_a_chosen_answer_can_be_published_and_its_closure_is_then_known(team, fair):
    table = fair.tables[0]
    team.post(event(fair), data=stating(fair, place=table.id))
    run = latest(fair)
    kept = team.post(address(fair, run, "/reponse"), data={"answer": "fill"}, follow_redirects=True)
    assert "Réponse retenue" in text(kept)
    assert latest(fair).answers["chosen"] == "fill"

    team.post(address(fair, run, "/publication"), data={"seen": "1"})
    assert db.session.get(Edition, fair.edition.id, populate_existing=True).version == 2
    page = text(team.get(event(fair)))
    assert "Table 1, du créneau de" in page
    again = team.post(f"{event(fair)}/{table.id}/rouvrir", follow_redirects=True)
    assert "peut servir à nouveau" in text(again)
    assert "Tables fermées" not in text(team.get(event(fair)))


def test_nothing_said_counts_what_changed_since_the_publication(team, fair):
    late = a_registration(fair.edition, a_company(name="Retard SAS"))
    a_delegate(late)
    a_request(late, fair.buyers[1], state="accepted")
    db.session.commit()

    assert "3 demandes acceptées attendent une place" in text(team.get(event(fair)))
    team.post(event(fair), data=stating(fair))
    run = latest(fair)
    assert run.placed == 5
    assert "3 demandes à placer depuis la publication." in text(team.get(address(fair, run)))


def test_an_end_before_its_beginning_is_said_and_the_rest_stays(team, fair):
    said = stating(fair, party=fair.buyers[0].id, party_from=3, party_until=1)
    page = text(team.post(event(fair), data=said))

    assert "La fin vient avant le début." in page
    assert re.search(rf'selected[^>]*value="{fair.buyers[0].id}"', page)
    assert runs.of_edition(fair.edition)[0].mode == RunMode.BEST


def test_a_slot_that_has_begun_is_no_choice(team, fair):
    with clock.frozen(fair.slots[0].starts_at):
        page = text(team.get(event(fair)))

    assert page.count("mer. 24 à 9 h 25") == 4
    assert "mer. 24 à 9 h<" not in page


def test_when_there_is_nothing_to_mend_the_page_says_why(client, app):
    fair = a_fair()
    log_in_as(client, an_organiser_member(fair.edition.series.organiser))
    db.session.commit()
    page = text(client.get(event(fair)))

    assert "Aucun planning n’est encore publié" in page
    assert '<form method="post" class="stack"' not in page


def test_a_run_may_start_from_the_published_version(team, fair):
    page = text(team.get(address(fair)))
    assert "Partir de la version publiée et déplacer le moins possible" in page

    team.post(address(fair), data={"mode": "few_moves", "seconds": "1", "seed": "1"})
    run = latest(fair)
    assert run.mode == RunMode.FEW_MOVES
    assert "à partir du publié" in text(team.get(address(fair)))


def test_an_unknown_answer_or_a_foreign_table_is_not_found(team, fair):
    other = a_fair(an_organiser())
    db.session.commit()
    team.post(event(fair), data=stating(fair))

    assert (
        team.post(address(fair, latest(fair), "/reponse"), data={"answer": "x"}).status_code == 404
    )
    assert team.post(f"{event(fair)}/{other.tables[0].id}/rouvrir").status_code == 404


def test_another_team_finds_nothing(client, fair):
    log_in_as(client, an_organiser_member(an_organiser()))
    db.session.commit()

    assert client.get(event(fair)).status_code == 404


def test_more_tables_and_slots_are_priced_on_request(team, fair):
    run = latest(fair)
    assert "Calculer ces limites" in text(team.get(address(fair, run)))

    team.post(address(fair, run, "/prix"))
    db.session.rollback()
    db.session.expire_all()
    page = text(team.get(address(fair, run)))
    assert "1 table de plus" in page
    assert "2 créneaux de plus" in page
    assert "Au plus" in page
    assert "Calculer ces limites" not in page


def test_the_chart_of_a_run_is_a_table_too(team, fair):
    page = text(team.get(address(fair, latest(fair))))

    assert "Combien d’entreprises et d’acheteurs ont tant de rendez-vous" in page
    assert page.count('class="a" width="100.0%"') == 1
    assert "Aucun rendez-vous" not in page


def test_who_was_forgotten_is_named(team, fair):
    run = latest(fair)
    run.solution = {
        **run.solution,
        "meetings": run.solution["meetings"][:1],
        "uncovered": [f"r{fair.buyers[1].id}"],
    }
    db.session.commit()

    page = text(team.get(address(fair, run)))
    assert "1 organisation n’a aucun rendez-vous alors qu’un au moins était possible" in page
    assert fair.buyers[1].organisation.name in page


def test_the_event_page_takes_a_constant_number_of_queries(team, fair, count_queries):
    seen = []
    ours = fair.edition.series.organiser
    for size in (2, 4):
        fair = a_fair(ours, companies=size, buyers=size, slots=size, tables=size)
        db.session.commit()
        publication.publish(a_done_run(fair, (0, 1, 0), (1, 2, 0)), by=None)
        for table in fair.tables:
            closures.shut(table, [fair.slots[0].id], by=None)
        db.session.expire_all()
        with count_queries:
            assert team.get(event(fair)).status_code == 200
        seen.append(len([one for one in count_queries.statements if one.startswith("SELECT")]))

    assert 8 <= seen[0] == seen[1] <= 30


def test_a_run_page_with_answers_takes_a_constant_number_of_queries(team, fair, count_queries):
    seen = []
    for _ in range(2):
        late = a_registration(fair.edition, a_company())
        a_delegate(late)
        a_request(late, fair.buyers[0], state="accepted")
        db.session.commit()
        team.post(event(fair), data=stating(fair, party=late.id, place=fair.tables[1].id))
        run = latest(fair)
        assert "Trois réponses" in text(team.get(address(fair, run)))
        db.session.expire_all()
        with count_queries:
            team.get(address(fair, run))
        seen.append(len([one for one in count_queries.statements if one.startswith("SELECT")]))

    assert 15 <= seen[0] == seen[1] <= 50


def test_a_new_best_run_is_still_one_button(team, fair):
    assert schedules.ask_for_run(fair.edition, by=None).mode == RunMode.BEST
