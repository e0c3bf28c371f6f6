# SPDX-License-Identifier: EUPL-1.2
"""The workshops of an edition, and the sheets to read beside each."""

from sqlalchemy import select

from app.models.base import db
from app.models.editions import Edition
from app.models.guidance import SheetWorkshop
from app.models.workshops import Workshop as Workshop
from app.queries import guidance
from app.queries.guidance import Shown
from app.queries.rows import one_of


def by_id(workshop_id: int) -> Workshop:
    """The workshop of this number. Errors: NotFound."""
    return one_of(Workshop, workshop_id)


def of_edition(edition: Edition) -> list[Workshop]:
    """The workshops of an edition, by title."""
    announced = select(Workshop).where(Workshop.edition_id == edition.id)
    return list(db.session.scalars(announced.order_by(Workshop.title_fr)))


def with_sheets(edition: Edition) -> list[tuple[Workshop, list[Shown]]]:
    """Each workshop with its published sheets; four queries, however many there are."""
    workshops = of_edition(edition)
    attached = db.session.execute(
        select(SheetWorkshop.workshop_id, SheetWorkshop.sheet_id).where(
            SheetWorkshop.workshop_id.in_([one.id for one in workshops])
        )
    ).all()
    shown = {one.sheet.id: one for one in guidance.shown([sheet for _, sheet in attached])}
    return [
        (
            one,
            [shown[sheet] for workshop, sheet in attached if workshop == one.id and sheet in shown],
        )
        for one in workshops
    ]
