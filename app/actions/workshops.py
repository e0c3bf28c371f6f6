# SPDX-License-Identifier: EUPL-1.2
"""A team announces the workshops of its edition."""

from app.actions.base import action
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.editions import Edition
from app.models.history import remember
from app.models.workshops import Workshop
from app.queries import workshops
from app.rules.accounts import require_length, require_name
from app.rules.errors import RuleBroken

LONGEST_TEXT = 5_000


@action
def announce(
    edition: Edition,
    *,
    by: User | None,
    title_fr: str,
    title_en: str = "",
    text_fr: str = "",
    text_en: str = "",
    speaker: str = "",
) -> Workshop:
    """Put a workshop into the programme. Errors: RuleBroken on the field that is wrong."""
    title = require_name(title_fr, field="title_fr")
    if title in {one.title_fr for one in workshops.of_edition(edition)}:
        raise RuleBroken("workshop_there", field="title_fr")
    workshop = Workshop(
        edition_id=edition.id,
        organiser_id=edition.organiser_id,
        title_fr=title,
        title_en=require_length(title_en.strip(), field="title_en"),
        text_fr=require_length(text_fr.strip(), field="text_fr", most=LONGEST_TEXT),
        text_en=require_length(text_en.strip(), field="text_en", most=LONGEST_TEXT),
        speaker=require_length(speaker.strip(), field="speaker"),
        announced_at=clock.now(),
    )
    db.session.add(workshop)
    db.session.flush()
    remember(by, "workshop.announced", workshop, title=title)
    return workshop


@action
def take_away(workshop: Workshop, *, by: User | None) -> None:
    """Take a workshop out of the programme."""
    remember(by, "workshop.taken_away", workshop, title=workshop.title_fr)
    db.session.delete(workshop)
