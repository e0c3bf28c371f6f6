# SPDX-License-Identifier: EUPL-1.2
"""The journal has a sentence for all that can happen, and each kind of letter a title."""

import ast
import inspect

from app.language import history
from app.mail import letters, matching, needs, newsletters
from tests.architecture.house import modules


def verbs_of_the_code():
    """Every text such as "registration.approved" that a function of the actions remembers."""
    for module in modules():
        if module.room != "actions":
            continue
        for call in ast.walk(module.tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("remember", "_changed"):
                yield from (
                    argument.value
                    for argument in call.args
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                )


def test_every_verb_of_the_history_has_its_sentence():
    used = set(verbs_of_the_code())

    assert len(used) > 30
    assert used - set(history.VERBS) == set()


def test_every_letter_has_its_title():
    written = {
        name
        for room in (letters, matching, needs, newsletters)
        for name, function in inspect.getmembers(room, inspect.isfunction)
        if function.__module__ == room.__name__ and function is not newsletters.addressed
    }

    assert written - set(history.LETTERS) == set()


def test_a_sentence_names_what_it_is_about(app):
    with app.test_request_context():
        told = history.told("registration.refused", "Mairie de Sète", {"reason": "complet"})

    assert told == "a refusé l’inscription de Mairie de Sète\u00a0: complet"


def test_words_of_statuses_days_and_fields_are_said_in_words(app):
    with app.test_request_context():
        declined = history.told("request.declined", "A → B", {"reason": "too_far"})
        added = history.told("block.added", "", {"name": "Matin", "day": "2027-11-24", "slots": 7})
        changed = history.told("edition.changed", "Coventis", {"fields": ["name", "venue"]})

    assert declined.endswith("(trop loin)")
    assert "mercredi 24 novembre" in added
    assert changed.endswith("nom, lieu")


def test_a_fact_that_was_not_kept_does_not_break_the_journal(app):
    with app.test_request_context():
        assert "…" in history.told("block.added", "", {})
        assert history.told("something.older", "", {}) == "something.older"
