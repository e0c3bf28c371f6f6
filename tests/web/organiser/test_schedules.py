# SPDX-License-Identifier: EUPL-1.2
"""The planning pages, as a team of organisers sees them."""

from datetime import time

import pytest
from flask.testing import FlaskClient

from app.actions import schedules as actions
from app.jobs import handlers
from app.models.base import db
from app.models.meetings import Meeting
from app.models.registrations import Unavailability
from app.queries import schedules
from app.rules.schedules import RunState
from tests.builders import a_block, a_fair, a_run, a_table, an_organiser_member, log_in_as


@pytest.fixture
def fair(app):
    fair = a_fair(companies=4, buyers=2, slots=3, tables=1)
    db.session.commit()
    return fair


@pytest.fixture
def team(client: FlaskClient, fair):
    log_in_as(client, an_organiser_member(fair.edition.series.organiser))
    db.session.commit()
    return client


@pytest.fixture
def done(team, fair):
    return schedules.by_id(actions.ask_for_run(fair.edition, by=None, seconds=1).id)


def address(fair, run=None, end=""):
    base = f"/organisation/{fair.edition.slug}/planification"
    return base + (f"/{run.id}{end}" if run else "")


def text(answer):
    return answer.get_data(as_text=True).replace("\N{NO-BREAK SPACE}", " ")


def test_asking_for_a_run_computes_and_shows_it(team, fair):
    answer = team.post(address(fair), data={"seconds": "1", "seed": "3"}, follow_redirects=True)

    page = text(answer)
    assert answer.status_code == 200
    assert "Meilleur planning possible, prouvé" in page
    assert "3 rendez-vous placés sur 8 acceptés" in page
    assert "5 non placés" in page
    run = schedules.of_edition(fair.edition)[0]
    assert (run.seed, run.seconds_allowed) == (3, 1)


def test_wrong_settings_come_back_with_what_was_typed(team, fair):
    page = text(team.post(address(fair), data={"seconds": "0", "seed": "vite"}))

    assert "Écrivez un nombre de 1 à 3600." in page
    assert "Écrivez un nombre entier, par exemple 7." in page
    assert 'value="0"' in page
    assert schedules.of_edition(fair.edition) == []


def test_nothing_to_schedule_is_said_above_the_form(team, fair):
    for one in fair.requests:
        db.session.delete(one)
    db.session.commit()

    page = text(team.post(address(fair), data={"seconds": "1", "seed": "1"}))
    assert "Aucune demande n’est encore acceptée" in page


def test_a_run_under_way_shows_its_progress_and_a_way_to_stop_it(app, team, fair, monkeypatch):
    monkeypatch.setitem(app.extensions, "send_job", lambda job_id: None)
    run = actions.ask_for_run(fair.edition, by=None)

    page = text(team.get(address(fair, run)))
    assert f'hx-get="/travaux/{run.job_id}/etat"' in page
    assert "Actualiser" in page
    assert "en attente" in page
    answer = team.post(address(fair, run, "/arreter"), follow_redirects=True)
    assert "arrêté avant d’avoir une réponse" in text(answer)


def test_without_proof_the_page_says_how_much_may_be_missing(team, fair, done):
    done.bound = done.value + 2
    db.session.commit()

    page = text(team.get(address(fair, done)))
    assert "du meilleur possible" in page
    assert "de 2 points au plus" in page
    assert "prouvé" not in page


def test_each_request_without_a_slot_has_its_cause_and_what_would_place_it(team, fair, done):
    page = text(team.get(address(fair, done, "?vue=attente")))

    assert "5 demandes sans rendez-vous" in page
    assert page.count("Possible si") == 5
    assert fair.companies[0].organisation.name in page


def test_the_grid_and_the_list_show_the_same_meetings(team, fair, done):
    grid, listed = (
        text(team.get(address(fair, done, f"?vue={view}"))) for view in ("grille", "liste")
    )

    assert grid.count('class="cell') == 3
    assert listed.count('data-label="Table"') == 3
    assert "Table 1" in grid
    assert "Table 1" in listed


def test_half_days_are_links(team, fair):
    a_block(fair.edition, starts=time(14), count=2)
    db.session.commit()
    run = schedules.by_id(actions.ask_for_run(fair.edition, by=None, seconds=1).id)
    blocks = {int(slot["block"]) for slot in run.problem["slots"]}

    assert len(blocks) == 2
    for block in blocks:
        answer = team.get(address(fair, run, f"?demi-journee={block}"))
        assert answer.status_code == 200
        assert text(answer).count('aria-current="page"') >= 1
    assert team.get(address(fair, run, "?demi-journee=999999")).status_code == 404


def test_publishing_says_its_consequences_and_then_does_it(team, fair, done):
    page = text(team.get(address(fair, done, "/publication")))
    assert "Publier la version 1 ?" in page
    assert "personnes recevront leur nouvel agenda" in page

    answer = team.post(
        address(fair, done, "/publication"), data={"seen": "0"}, follow_redirects=True
    )
    assert "La version 1 est publiée." in text(answer)
    assert db.session.query(Meeting).count() == 3


def test_publishing_what_was_published_meanwhile_is_refused(team, fair, done):
    first = schedules.by_id(actions.ask_for_run(fair.edition, by=None, seconds=1).id)
    actions.publish(first, by=None)

    answer = team.post(
        address(fair, done, "/publication"), data={"seen": "0"}, follow_redirects=True
    )
    assert "La version 1 vient d’être publiée" in text(answer)
    db.session.refresh(fair.edition)
    assert fair.edition.version == 1


def test_a_run_the_fair_has_outgrown_says_so_before_anybody_publishes(team, fair, done):
    for slot in fair.slots:
        for people in fair.delegates.values():
            db.session.add(Unavailability(delegate_id=people[0].id, slot_id=slot.id))
    db.session.commit()

    assert "il faut le relancer avant de publier" in text(team.get(address(fair, done)))
    assert "ne peut plus être publié" in text(team.get(address(fair, done, "/publication")))


def test_two_runs_are_compared_measure_by_measure(team, fair, done):
    a_table(fair.edition, "2")
    db.session.commit()
    better = schedules.by_id(actions.ask_for_run(fair.edition, by=None, seconds=1).id)

    page = text(team.get(address(fair, better, f"?avec={done.id}")))
    assert f"n° {better.number} en place 3 de plus" in page
    assert "Réglages de ces calculs" in page
    assert "Agendas à envoyer" in page


def test_a_run_of_another_edition_is_not_found(team, fair, done):
    other = a_fair().edition
    stranger = a_run(other)
    db.session.commit()

    assert team.get(address(fair, stranger)).status_code == 404
    assert team.get(address(fair, done, f"?avec={stranger.id}")).status_code == 404
    assert team.get(f"/organisation/{other.slug}/planification").status_code == 404


def test_a_failed_run_shows_why(team, fair):
    run = a_run(fair.edition, state=RunState.FAILED, note={"violations": ["wish q1 twice"]})
    lost = a_run(fair.edition, state=RunState.RUNNING)
    db.session.commit()

    assert "wish q1 twice" in text(team.get(address(fair, run)))
    assert "Relancez le calcul" in text(team.get(address(fair, lost)))


def test_the_list_of_runs_shows_each_with_its_quality(team, fair, done):
    page = text(team.get(address(fair)))

    assert f"Calcul n° {done.number}" in page
    assert "3 sur 8" in page
    assert "le meilleur possible, prouvé" in page


def test_a_run_page_takes_a_constant_number_of_queries(team, fair, count_queries):
    seen = []
    ours = fair.edition.series.organiser
    for size in (2, 5):
        fair = a_fair(ours, companies=size, buyers=size, slots=size, tables=size)
        db.session.commit()
        run = actions.ask_for_run(fair.edition, by=None, seconds=1)
        db.session.expire_all()  # the job has changed it
        assert "Meilleur planning possible" in text(team.get(address(fair, run)))
        db.session.expire_all()
        with count_queries:
            assert team.get(address(fair, run)).status_code == 200
        seen.append(len([one for one in count_queries.statements if one.startswith("SELECT")]))

    assert 15 <= seen[0] == seen[1] <= 45


def test_the_page_is_there_in_english(team, fair, done):
    with team.session_transaction() as session:
        session["language"] = "en"

    assert team.get(address(fair, done)).status_code == 200


def test_the_job_of_a_run_is_carried_out_by_a_known_handler():
    assert "solve_schedule" in handlers.HANDLERS


def test_waiting_and_fairness_are_told_with_what_is_proven(team, fair, done):
    done.idle = 3
    done.solution = {
        **done.solution,
        "idle": 3,
        "idle_bound": 2,
        "fairness": {"worst_idle": 1, "worst_idle_bound": 1, "limit": 1, "price": 4},
    }
    db.session.commit()

    page = text(team.get(address(fair, done)))
    assert "au plus 1 de plus que le meilleur possible" in page
    assert "ne peut en avoir plus de 1 de moins" in page
    assert "La plus longue attente ne peut pas non plus être raccourcie." in page
    assert "Elle a coûté 4 points de valeur." in page


def test_a_limit_of_waiting_is_asked_with_the_run(team, fair):
    answer = team.post(
        address(fair), data={"mode": "best", "seconds": "1", "seed": "1", "longest_wait": "1"}
    )
    assert answer.status_code == 302
    run = schedules.of_edition(fair.edition)[0]
    assert run.solution["fairness"]["limit"] == 1
    assert "Limite demandée" in text(team.get(address(fair, run)))
    page = text(team.post(address(fair), data={"seconds": "1", "seed": "1", "longest_wait": "99"}))
    assert "Écrivez un nombre de 0 à 20." in page
