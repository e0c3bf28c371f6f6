# SPDX-License-Identifier: EUPL-1.2
"""Whether the database answers, and at which migration it is."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.models.base import db


def readiness() -> dict[str, object]:
    """status "ok" or "unavailable", and the migration the database is at."""
    try:
        at = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        db.session.rollback()
        return {"status": "unavailable"}
    return {"status": "ok", "migration": at}
