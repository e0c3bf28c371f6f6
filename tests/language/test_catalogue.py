# SPDX-License-Identifier: EUPL-1.2
"""No text without English, and the same facts on both sides."""

import re

import pytest

from tests.language.catalogue import english, texts

FACT = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def catalogue():
    return english()


def test_every_text_has_its_english(catalogue):
    missing = sorted(
        {
            f"{where}: {message}"
            for message, where in texts()
            if (known := catalogue.get(message if isinstance(message, str) else message[0])) is None
            or not known.string
            or (isinstance(known.string, tuple) and not all(known.string))
        }
    )
    assert missing == []


def test_no_english_is_left_for_a_text_nobody_says(catalogue):
    said = {message if isinstance(message, str) else message[0] for message, _ in texts()}
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue if m.id}
    assert known - said == set()


def test_the_catalogue_may_be_compiled(catalogue):
    assert not catalogue.fuzzy, "babel compiles no catalogue whose header is marked as fuzzy"


def test_both_languages_name_the_same_facts(catalogue):
    wrong = [
        message.id
        for message in catalogue
        if isinstance(message.id, str)
        and message.id
        and set(FACT.findall(message.id)) != set(FACT.findall(str(message.string)))
    ]
    assert wrong == []
