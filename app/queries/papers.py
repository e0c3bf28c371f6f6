# SPDX-License-Identifier: EUPL-1.2
"""What was printed for an edition, and how many it was printed for."""

from sqlalchemy import func, select

from app.models.base import db
from app.models.editions import Edition
from app.models.jobs import Job
from app.models.registrations import Delegate, Registration
from app.rules.papers import PaperKind
from app.rules.registrations import RegistrationState

LATEST = 12


def of_edition(edition: Edition) -> list[Job]:
    """The latest batches, asked for or printed, the newest first."""
    batches = select(Job).where(
        Job.kind.in_([kind.value for kind in PaperKind]),
        Job.organiser_id == edition.organiser_id,
        Job.asked["edition"].as_integer() == edition.id,
    )
    newest = batches.order_by(Job.id.desc()).limit(LATEST)
    return list(db.session.scalars(newest.execution_options(populate_existing=True)))


def people(edition: Edition) -> int:
    """How many delegates come in person."""
    coming = (
        select(func.count(Delegate.id))
        .join(Registration, Registration.id == Delegate.registration_id)
        .where(
            Registration.edition_id == edition.id,
            Registration.state == RegistrationState.APPROVED,
            Delegate.remote.is_(False),
        )
    )
    return db.session.scalar(coming) or 0
