# SPDX-License-Identifier: EUPL-1.2
"""A buyer puts files beside a need, and takes them away."""

from flask import current_app

from app.actions.base import action
from app.actions.needs import keep_unnamed
from app.documents import attachments as papers
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.history import remember
from app.models.needs import Need, NeedAttachment
from app.queries import attachments
from app.rules.errors import RuleBroken
from app.rules.needs import MOST_FILES


@action
def attach(need: Need, *, by: User | None, content: bytes, name: str) -> NeedAttachment:
    """Keep a file with a need: PDF, ODT, ODS, XLSX or a picture.

    Errors: RuleBroken `file_missing`, `file_too_big`, `file_too_many`, `file_unknown`,
    `need_names_buyer`, on `file`.
    """
    _require_room(need, content)
    try:
        file = papers.examined(content, name)
    except papers.UnknownFile as problem:
        raise RuleBroken("file_unknown", field="file", name=name) from problem
    keep_unnamed(need, file=file.name)
    kept = NeedAttachment(
        need_id=need.id, need=need, name=file.name, media_type=file.media_type,
        size=len(file.content), content=file.content, added_at=clock.now(),
    )  # fmt: skip
    db.session.add(kept)
    db.session.flush()
    remember(by, "need.file_added", need, file=file.name)
    return kept


@action
def remove(attachment: NeedAttachment, *, by: User | None) -> None:
    """Take a file away for good."""
    remember(by, "need.file_removed", attachment.need, file=attachment.name)
    db.session.delete(attachment)


def _require_room(need: Need, content: bytes) -> None:
    most = current_app.config["UPLOAD_MAX_MB"]
    if not content:
        raise RuleBroken("file_missing", field="file")
    if len(content) > most * 1024**2:
        written = f"{len(content) / 1024**2:.1f}"
        raise RuleBroken("file_too_big", field="file", written=written, most=most)
    if attachments.count(need) >= MOST_FILES:
        raise RuleBroken("file_too_many", field="file", most=MOST_FILES)
