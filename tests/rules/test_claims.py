# SPDX-License-Identifier: EUPL-1.2
"""Who may speak for a listing at once."""

import pytest

from app.rules.claims import speaks_at_once


@pytest.mark.parametrize(
    ("address", "website", "at_once"),
    [
        ("zoe@jardins.example", "", True),
        ("zoe@jardins.example", "https://www.jardins.example/nous", True),
        ("ZOE@Jardins.Example", "https://jardins.example", True),
        ("zoe@sud.jardins.example", "https://jardins.example", True),
        ("zoe@ailleurs.example", "https://jardins.example", False),
        ("zoe@notjardins.example", "https://jardins.example", False),
        ("zoe@example", "https://jardins.example", False),
        ("zoe@gmail.com", "https://jardins.example", False),
        ("zoe@gmail.com", "https://www.gmail.com/jardins", False),
        ("zoe@free.fr", "http://jardins.free.fr", False),
        ("zoe@jardins.free.fr", "http://jardins.free.fr", True),
    ],
)
def test_the_address_is_compared_with_the_website(address, website, at_once):
    assert speaks_at_once(address, website) is at_once
