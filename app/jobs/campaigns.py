# SPDX-License-Identifier: EUPL-1.2
"""Writes the letters of a census of needs, some buyers at a time."""

from typing import Any

from app.actions import campaigns as actions
from app.jobs.progress import Progress
from app.models.base import db
from app.queries import campaigns

BUYERS_AT_ONCE = 25


def write_campaign(progress: Progress) -> dict[str, Any]:
    """Write to all who have not answered, each batch in one transaction.

    Begun again after a fall, or on a second click, it writes to nobody twice: the day of the last
    letter is kept with each buyer, in the same transaction as the letter.
    """
    campaign = campaigns.by_id(progress.asked["campaign"])
    numbers = campaigns.to_write(campaign)
    db.session.commit()
    written = 0
    for start in range(0, len(numbers), BUYERS_AT_ONCE):
        progress.report(start, len(numbers), so_far={"buyers": written})
        written += actions.write(campaign, numbers[start : start + BUYERS_AT_ONCE])
    progress.report(len(numbers), len(numbers))
    return {"campaign": campaign.id, "buyers": written}
