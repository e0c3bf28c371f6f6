# SPDX-License-Identifier: EUPL-1.2
"""What concerns a reader of the newsletter."""

import pytest

from app.rules.newsletters import ORDER, Audience, Part, Reader, concerns


@pytest.mark.parametrize(
    ("wanted", "where", "concerned"),
    [
        ((), ("34",), True),
        (("34",), (), True),
        (("34", "30"), ("30",), True),
        (("34",), ("75",), False),
    ],
)
def test_news_concerns_those_of_its_departments(wanted, where, concerned):
    assert concerns(where, Reader(Audience.BUYER, frozenset(wanted), "fr")) is concerned


def test_each_audience_reads_every_part_in_its_own_order():
    for order in ORDER.values():
        assert set(order) == set(Part)
    assert ORDER[Audience.COMPANY][0] == Part.NEEDS
    assert ORDER[Audience.BUYER][0] == Part.COMPANIES
