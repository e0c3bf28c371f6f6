# SPDX-License-Identifier: EUPL-1.2
"""Until when a label is good, and which labels and networks are known."""

import csv
from datetime import date, timedelta

import pytest

from app.rules.errors import RuleBroken
from app.rules.labels import LABELS, NETWORKS, Validity, require_not_over, validity

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "standing"),
    [(-1, Validity.EXPIRED), (0, Validity.ENDING), (60, Validity.ENDING), (61, Validity.VALID)],
)
def test_a_label_ends_soon_then_is_over(days, standing):
    assert validity(TODAY + timedelta(days=days), TODAY) == standing


def test_a_label_without_a_last_day_holds_for_good():
    assert validity(None, TODAY) == Validity.VALID
    assert require_not_over(None, TODAY) is None


def test_a_label_that_is_over_is_not_told_as_new():
    assert require_not_over(TODAY, TODAY) == TODAY
    with pytest.raises(RuleBroken) as refused:
        require_not_over(TODAY - timedelta(days=1), TODAY)
    assert (refused.value.key, refused.value.field) == ("label_over", "expires_on")


def test_each_is_known_once():
    for known in (LABELS, NETWORKS):
        assert len({one.slug for one in known}) == len(known)


def test_the_labels_and_networks_of_the_reference_tables_are_known(shared_data):
    for name, known in (("labels", LABELS), ("networks", NETWORKS)):
        with (shared_data / f"data/ref/{name}.csv").open(encoding="utf-8") as file:
            slugs = {row["slug"] for row in csv.DictReader(file)}
        assert slugs <= {one.slug for one in known}
