# SPDX-License-Identifier: EUPL-1.2
"""The letters between members: what, when, one link; in both languages; nothing unescaped."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.mail import letters
from app.rules.meetings import DeclineReason

LINK = "https://salon.example/participation/1/demandes"
EDITION = {
    "organisation": "Les Jardins",
    "edition": "Coventis 2027",
    "starts_on": date(2027, 11, 24),
}
PLACE = {"where": "Halle du Verdanson, Montpellier", "link": LINK}
REQUEST = {
    "other": "Ville <b>de</b> Valfleury",
    "edition": "Coventis 2027",
    "about": "Fleurissement",
    "deadline": datetime(2027, 11, 5, 17, tzinfo=UTC),
    "zone": "Europe/Paris",
    "link": LINK,
}
AT = datetime(2027, 11, 24, 8, tzinfo=UTC)
LETTERS: dict[str, tuple[Callable[..., letters.Written], dict[str, Any]]] = {
    "registration_approved": (letters.registration_approved, {**EDITION, **PLACE}),
    "registration_refused": (
        letters.registration_refused, {**EDITION, **PLACE, "reason": "Le salon est complet."},
    ),
    "meeting_requested": (
        letters.meeting_requested, {**REQUEST, "message": "Nous aimerions vous voir."},
    ),
    "request_accepted": (letters.request_accepted, REQUEST),
    "request_declined": (
        letters.request_declined,
        {**REQUEST, "reason": DeclineReason.TOO_FAR, "answer": "Merci.", "freed_at": AT},
    ),
    "meeting_freed": (
        letters.meeting_freed,
        {
            "other": "Ville <b>de</b> Valfleury", "edition": "Coventis 2027", "starts_at": AT,
            "zone": "Europe/Paris", "link": LINK,
        },
    ),
    "question_asked": (
        letters.question_asked,
        {"need": "Coventis 2027", "question": "Qui <b>de</b> vous ?", "link": LINK},
    ),
    "question_answered": (
        letters.question_answered,
        {
            "need": "Coventis 2027", "buyer": "Ville <b>de</b> Valfleury", "question": "Oui ?",
            "answer": "Oui.", "link": LINK,
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_letter_has_a_subject_a_text_and_one_main_link(app, kind, language):
    letter, facts = LETTERS[kind]
    written = letter(language=language, name="Luc Pastre", **facts)

    assert written.kind == kind
    assert written.subject and "\n" not in written.subject
    assert "Luc Pastre" in written.text and "Coventis 2027" in written.text
    assert written.text.count(LINK) == 1
    assert written.html.count(f'href="{LINK}"') == 1
    assert "<b>de</b>" not in written.html
    assert "\n\n\n" not in written.text


def test_the_hour_of_a_fallen_meeting_is_the_hour_at_the_fair(app):
    letter, facts = LETTERS["meeting_freed"]
    text = letter(language="fr", name="", **facts).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "le mercredi 24 novembre à 9 h" in text


def test_a_request_says_until_when_to_answer(app):
    letter, facts = LETTERS["meeting_requested"]
    text = letter(language="fr", name="", **facts).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Répondez avant le vendredi 5 novembre à 18 h" in text
    assert "« Nous aimerions vous voir. »" in text
