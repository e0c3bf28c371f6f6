# SPDX-License-Identifier: EUPL-1.2
"""The files that go with a need."""

from sqlalchemy import func, select

from app.models.base import db
from app.models.needs import Need
from app.models.needs import NeedAttachment as NeedAttachment
from app.queries.rows import one_of


def by_id(attachment_id: int) -> NeedAttachment:
    """The file of this number. Errors: NotFound."""
    return one_of(NeedAttachment, attachment_id)


def of_need(need: Need) -> list[NeedAttachment]:
    """The files of a need in the order they came, without their content."""
    found = select(NeedAttachment).where(NeedAttachment.need_id == need.id)
    return list(db.session.scalars(found.order_by(NeedAttachment.id)))


def count(need: Need) -> int:
    """How many files a need has."""
    counted = select(func.count(NeedAttachment.id)).where(NeedAttachment.need_id == need.id)
    return db.session.scalar(counted) or 0
