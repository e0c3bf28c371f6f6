# SPDX-License-Identifier: EUPL-1.2
"""Files that people send are checked, drawn again, kept, and forgotten once nothing shows them."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from flask import current_app

from app.actions.base import action
from app.documents import pictures, proofs
from app.documents.pictures import Drawn
from app.models.jobs import later
from app.queries import listings
from app.rules.errors import RuleBroken

BYTES_PER_MB = 1024**2


def logo(picture: bytes, *, of: int, field: str = "logo") -> str:
    """Keep a logo of the organisation of this number. Returns its file name.

    Errors: RuleBroken `picture_too_big`, `picture_unreadable`.
    """
    return _kept(_drawn(pictures.logo, picture, field).content, of, "png")


def photo(picture: bytes, *, of: int, field: str = "photo") -> tuple[str, Drawn]:
    """Keep a photo of this organisation. Returns its file name and its size. Errors: as `logo`."""
    drawn = _drawn(pictures.photo, picture, field)
    return _kept(drawn.content, of, drawn.ending), drawn


def proof(content: bytes, *, of: int, field: str = "proof") -> str:
    """Keep a paper, PDF or picture, of this organisation. Returns its file name.

    Errors: RuleBroken `picture_too_big`, `proof_unreadable`.
    """
    _require_weight(content, field)
    try:
        kept, ending = proofs.proof(content)
    except proofs.UnreadableProof as problem:
        raise RuleBroken("proof_unreadable", field=field) from problem
    return _kept(kept, of, ending)


@action
def forget(name: str | None) -> None:
    """Take this file away once the change that no longer shows it is kept for good."""
    if name:
        later("forget_file", file=name)


def take_away(name: str) -> bool:
    """Remove a file, unless some listing shows it after all. Returns whether it was removed."""
    path = folder() / Path(name).name
    if listings.shows_file(name) or not path.is_file():
        return False
    path.unlink()
    return True


def sweep() -> int:
    """Remove every file that no listing shows, after a demonstration was cleared. How many."""
    return sum(take_away(path.name) for path in folder().iterdir() if path.is_file())


def folder() -> Path:
    """Where the files of listings lie."""
    place = Path(current_app.config["UPLOAD_FOLDER"])
    place.mkdir(parents=True, exist_ok=True)
    return place


def _drawn(draw: Callable[[bytes], Drawn], picture: bytes, field: str) -> Drawn:
    _require_weight(picture, field)
    try:
        return draw(picture)
    except pictures.UnreadablePicture as problem:
        raise RuleBroken("picture_unreadable", field=field) from problem


def _require_weight(content: bytes, field: str) -> None:
    most = current_app.config["UPLOAD_MAX_MB"]
    if len(content) > most * BYTES_PER_MB:
        written = -(-len(content) // BYTES_PER_MB)
        raise RuleBroken("picture_too_big", field=field, most=most, written=written)


def _kept(content: bytes, organisation: int, ending: str) -> str:
    """Write a file whole or not at all; its name says whose it is and changes with its content."""
    name = f"{organisation}-{hashlib.sha256(content).hexdigest()[:20]}.{ending}"
    descriptor, draft = tempfile.mkstemp(dir=folder())
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
    os.replace(draft, folder() / name)
    return name
