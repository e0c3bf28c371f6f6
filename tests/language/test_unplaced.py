# SPDX-License-Identifier: EUPL-1.2
"""Every reason and every way in has its sentence, for each reader."""

from datetime import UTC, datetime

import pytest

from app.language import unplaced
from app.language.translate import NBSP
from app.rules.schedules import Change, UnplacedReason

SLOT = datetime(2027, 11, 24, 10, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def french(app):
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        yield


@pytest.mark.parametrize("reason", UnplacedReason)
def test_the_organiser_reads_the_cause_of_each(reason):
    said = unplaced.for_organiser(reason, ["CHU des Trois-Rives"])

    assert said.endswith(".")


def test_the_organiser_reads_who_is_full():
    said = unplaced.for_organiser(UnplacedReason.PARTY_FULL, ["Verdure", "CHU"])

    assert said.startswith("Verdure et CHU")


@pytest.mark.parametrize("reason", UnplacedReason)
@pytest.mark.parametrize("ours", [True, False])
def test_a_participant_reads_a_sentence_that_blames_nobody(reason, ours):
    said = unplaced.for_participant(reason, partner="le CHU", ours=ours, theirs=not ours)

    assert said.endswith(".")
    assert "!" not in said


def test_a_participant_hears_whose_agenda_is_full():
    full = UnplacedReason.PARTY_FULL

    assert "Votre agenda est complet" in unplaced.for_participant(full, partner="X", ours=True)
    assert "L’agenda de X" in unplaced.for_participant(full, partner="X", theirs=True)
    both = unplaced.for_participant(full, partner="X", ours=True, theirs=True)
    assert "Votre agenda et celui de X" in both


@pytest.mark.parametrize("kind", Change)
def test_each_way_in_is_a_condition(kind):
    said = unplaced.way_in(kind, name="Verdure", slot=SLOT, other=["Verdure", "CHU"])

    assert said.startswith("si ")


def test_a_way_in_tells_the_hour_at_the_fair():
    said = unplaced.way_in(Change.SEAT, name="Verdure", slot=SLOT)

    assert said == f"si Verdure a une personne de plus libre mer. 24 à 11{NBSP}h{NBSP}40"


def test_a_shorter_pause_is_not_one_meeting_more():
    pause = unplaced.way_in(Change.QUOTA, name="Verdure", rule="max_run")

    assert "pause" in pause
    assert "rendez-vous de plus" in unplaced.way_in(Change.QUOTA, name="V", rule="max_meetings")


def test_several_ways_are_joined():
    assert unplaced.possible(["si A", "si B"]) == "Possible si A et si B."
    assert unplaced.possible([]) == ""
