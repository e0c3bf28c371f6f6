# SPDX-License-Identifier: EUPL-1.2
"""Colleagues keep organisations in named lists, with notes of their own."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.actions import favourites as keeping
from app.models.base import db
from app.models.favourites import Favourite
from app.models.history import HistoryLine
from app.queries import favourites
from app.rules import favourites as limits
from app.rules.errors import RuleBroken
from tests.builders import a_buyer, a_company, a_member


@pytest.fixture
def buyer(app):
    return a_buyer()


@pytest.fixture
def somebody(buyer):
    return a_member(buyer)


def test_the_first_one_kept_begins_the_usual_list(buyer, somebody):
    kept = keeping.keep(a_company(), buyer, by=somebody, usual="Favoris")
    assert kept.shortlist.name == "Favoris"
    again = keeping.keep(a_company(), buyer, by=somebody, usual="Favourites")
    assert again.shortlist_id == kept.shortlist_id
    assert favourites.counts(buyer) == {kept.shortlist_id: 2}


def test_keeping_twice_changes_nothing(buyer, somebody):
    company = a_company()
    first = keeping.keep(company, buyer, by=somebody, note="À rappeler")
    second = keeping.keep(company, buyer, by=somebody, note="")
    assert (second.id, second.note) == (first.id, "À rappeler")


def test_the_database_keeps_an_organisation_once_in_a_list(buyer, somebody):
    kept = keeping.keep(a_company(), buyer, by=somebody)
    twin = Favourite(
        shortlist_id=kept.shortlist_id,
        listing_id=kept.listing_id,
        note="",
        added_by_id=None,
        added_at=kept.added_at,
    )
    db.session.add(twin)
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_two_lists_of_one_organisation_have_two_names(buyer, somebody):
    traiteurs = keeping.start_list(buyer, by=somebody, name="Traiteurs")
    with pytest.raises(RuleBroken, match="list_there"):
        keeping.start_list(buyer, by=somebody, name="  TRAITEURS ")
    keeping.rename_list(traiteurs, buyer, by=somebody, name="traiteurs")
    other = a_buyer()
    assert keeping.start_list(other, by=a_member(other), name="Traiteurs").id != traiteurs.id


def test_a_favourite_moves_with_its_note_and_meets_its_twin(buyer, somebody):
    company = a_company()
    first = keeping.keep(company, buyer, by=somebody, note="vu au salon")
    later = keeping.start_list(buyer, by=somebody, name="Plus tard")
    keeping.annotate(first, by=somebody, note="vu au salon, bon accueil", shortlist=later)
    assert first.shortlist_id == later.id
    usual = keeping.start_list(buyer, by=somebody, name="Favoris 2")
    twin = keeping.keep(company, buyer, by=somebody, shortlist=usual, note="devis demandé")
    keeping.annotate(first, by=somebody, note="bon accueil", shortlist=usual)
    (left,) = favourites.of_list(usual)
    assert left.id == twin.id
    assert left.note == "devis demandé\nbon accueil"
    assert favourites.count_in(later) == 0


def test_lists_do_not_grow_for_ever(buyer, somebody, monkeypatch):
    monkeypatch.setattr(limits, "MOST_KEPT", 1)
    monkeypatch.setattr(limits, "MOST_LISTS", 1)
    keeping.keep(a_company(), buyer, by=somebody)
    with pytest.raises(RuleBroken, match="list_full"):
        keeping.keep(a_company(), buyer, by=somebody)
    with pytest.raises(RuleBroken, match="lists_full"):
        keeping.start_list(buyer, by=somebody, name="Une autre")


def test_a_note_that_is_too_long_is_refused(buyer, somebody):
    with pytest.raises(RuleBroken, match="too_long"):
        keeping.keep(a_company(), buyer, by=somebody, note="x" * 2001)


def test_letting_go_and_dropping_forget_notes_but_no_organisation(buyer, somebody):
    company = a_company()
    kept = keeping.keep(company, buyer, by=somebody, note="secret")
    shortlist = kept.shortlist
    keeping.let_go(kept, by=somebody)
    assert favourites.of_list(shortlist) == []
    keeping.keep(company, buyer, by=somebody)
    keeping.drop_list(shortlist, by=somebody)
    assert favourites.lists(buyer) == []
    assert db.session.query(Favourite).count() == 0
    said = [str(line.facts) for line in db.session.query(HistoryLine)]
    assert not any("secret" in facts for facts in said)
