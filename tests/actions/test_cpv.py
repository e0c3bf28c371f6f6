# SPDX-License-Identifier: EUPL-1.2
"""The CPV vocabulary: loaded from its file as often as one likes, and looked up by words."""

import time
from typing import Any

import pytest

from app.actions import cpv as actions
from app.actions import needs
from app.models.base import db
from app.queries import cpv
from app.rules.cpv import DIVISIONS
from app.rules.errors import RuleBroken
from app.rules.needs import AmountBand, NeedKind, SetAside
from tests.builders import a_buyer

FILE = (
    "code,check_digit,level,kind,parent,label_fr,label_en\n"
    '77000000,0,1,services,,"Services agricoles, sylvicoles, horticoles","Agricultural services"\n'
    "77300000,3,2,services,77000000,Services horticoles,Horticultural services\n"
    "77310000,6,3,services,77300000,Réalisation et entretien d'espaces verts,"
    "Planting and maintenance services of green areas\n"
    "77311000,3,4,services,77310000,Entretien de jardins d'agrément,"
    "Ornamental and pleasure gardens maintenance services\n"
    "16310000,1,2,supplies,16000000,Tondeuses à gazon,Mowers\n"
).encode()


@pytest.fixture
def vocabulary(app):
    return actions.load(FILE, "cpv.csv")


def codes(text, language="fr"):
    return [entry.code for entry in cpv.search(text, language=language).entries]


def test_loading_twice_changes_nothing_and_a_new_name_is_taken(vocabulary):
    assert (vocabulary.added, vocabulary.changed, vocabulary.same) == (5, 0, 0)
    again = actions.load(FILE, "cpv.csv")
    assert (again.added, again.changed, again.same) == (0, 0, 5)
    renamed = actions.load(FILE.replace(b"Mowers", b"Lawn mowers"), "cpv.csv")
    assert (renamed.added, renamed.changed, renamed.same) == (0, 1, 4)
    assert codes("lawn") == ["16310000"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("espace vert", ["77310000"]),
        ("ESPACES VERTS entretien", ["77310000"]),
        ("realisation", ["77310000"]),  # no accent
        ("green areas", ["77310000"]),  # the other language
        ("gazon espaces", []),  # all the words
        ("l'entretien des", ["77311000", "77310000"]),  # the name that begins so comes first
        ("services", ["77000000", "77300000", "77310000", "77311000"]),  # wide codes first
        ("773", ["77300000", "77310000", "77311000"]),
    ],
)
def test_words_in_both_languages_find_codes_in_a_useful_order(vocabulary, text, found):
    assert codes(text) == found


def test_a_code_is_shown_with_what_it_is_a_part_of(vocabulary):
    (entry,) = cpv.search("agrément", language="fr").entries
    assert entry.above == (
        DIVISIONS["77"][0],  # as the regulation names it, not as this file does
        "Services horticoles",
        "Réalisation et entretien d'espaces verts",
    )
    assert entry.shown == "77311"


def test_without_the_vocabulary_the_45_divisions_answer(app):
    assert codes("jardins") == []
    assert codes("horticole") == ["77"]
    assert cpv.unknown(["99999999"]) == []


def test_a_code_that_the_vocabulary_does_not_hold_is_refused_once_it_is_loaded(vocabulary):
    facts: dict[str, Any] = {
        "title": "Tonte", "kind": NeedKind.SOURCING, "sectors": (), "departments": ["34"],
        "amount_band": AmountBand.UNKNOWN, "set_aside": SetAside.NONE,
    }  # fmt: skip
    with pytest.raises(RuleBroken, match="cpv_unknown"):
        needs.draft(a_buyer(), by=None, cpv="77399999", **facts)
    need = needs.draft(a_buyer(), by=None, cpv="7731", other_cpv=["16310000-1"], **facts)
    assert need.codes == ["7731", "16310000"]
    assert "tondeuses" in need.search and "planting" in need.search


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"nom,prix\na,b\n", "cpv_columns"),
        (b"code,label_fr,label_en\n12,a,b\n", "cpv_unknown"),
        (b"", "sheet_empty"),
    ],
)
def test_a_wrong_file_is_refused(app, content, key):
    with pytest.raises(RuleBroken, match=key):
        actions.load(content, "cpv.csv")


def test_a_search_costs_a_fixed_number_of_queries(vocabulary, count_queries):
    def asked(words):
        db.session.commit()
        with count_queries:
            cpv.search(words, language="fr")
        return len(count_queries)

    assert asked("services") == asked("agrément") <= 5


def test_the_whole_vocabulary_is_loaded_and_searched_quickly(app, shared_data):
    file = shared_data / "data/cpv/cpv_2008_en_fr.csv"
    loaded = actions.load(file.read_bytes(), file.name)
    assert loaded.added == 9454
    assert actions.load(file.read_bytes(), file.name).same == 9454
    begun = time.perf_counter()
    assert codes("nettoyage de bureaux")[0] == "90919200"
    assert codes("office cleaning", "en")[0] == "90919200"
    assert time.perf_counter() - begun < 1.0
