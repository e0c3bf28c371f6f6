# SPDX-License-Identifier: EUPL-1.2
"""Markdown becomes safe HTML and readable text, whatever was typed."""

import pytest

from app.language.markdown import as_html, as_text

DANGEROUS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[lire](javascript:alert(1))",
    "[lire](JaVaScRiPt:alert(1))",
    "[lire](data:text/html;base64,PHNjcmlwdD4=)",
    "![photo](https://exemple.fr/p.png)",
    '<a href="https://exemple.fr" onclick="alert(1)" style="x">lire</a>',
    "<iframe src=https://exemple.fr></iframe>",
    '<https://exemple.fr/"onmouseover=alert(1)>',
    "# <svg onload=alert(1)>",
]


@pytest.mark.parametrize("typed", DANGEROUS)
def test_nothing_that_runs_or_loads_passes(typed):
    drawn = as_html(typed)
    tags = [part.partition(">")[0].lower() for part in drawn.split("<")[1:]]
    for tag in tags:
        assert tag.split()[0].strip("/") in {"p", "a", "h3", "em", "strong"}, drawn
        assert "on" not in [name.partition("=")[0] for name in tag.split()[1:]]
        assert not any(name.startswith(("onerror", "onclick", "style", "src", "onm"))
                       for name in tag.split()[1:])  # fmt: skip
    assert "javascript:alert" not in "".join(tags).lower()
    assert "data:text" not in "".join(tags)


def test_titles_stand_below_those_of_the_page():
    assert "<h3>Réserver</h3>" in as_html("# Réserver")
    assert "<h4>Un lot</h4>" in as_html("### Un lot")


def test_apostrophes_are_curly_and_code_is_left_alone():
    assert as_html("L'acheteur `d'ici`") == "<p>L’acheteur <code>d'ici</code></p>\n"


def test_links_lists_and_tables_stay():
    drawn = as_html("- [le code](https://exemple.fr)\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert '<a href="https://exemple.fr" rel="noopener">le code</a>' in drawn
    assert "<li>" in drawn and "<td>1</td>" in drawn


def test_a_letter_without_pictures_keeps_words_and_addresses():
    said = as_text("# Titre\n\nUn **mot** et [un lien](https://exemple.fr).\n\n- un\n- deux")
    assert said == "Titre\n\nUn mot et <https://exemple.fr> un lien.\n\nun\n\ndeux"
