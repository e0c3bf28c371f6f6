# SPDX-License-Identifier: EUPL-1.2
"""The shelf of printed papers: each lies under the hash of what it was made from."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from flask import current_app

from app.documents.pdf import STATIC, STYLES


def folder() -> Path:
    """Where papers lie: `papers/` among the files of this installation."""
    shelf = Path(current_app.config.get("PAPERS") or Path(current_app.instance_path) / "papers")
    shelf.mkdir(parents=True, exist_ok=True)
    return shelf


def name_of(*content: str) -> str:
    """The file name of a paper made from these texts and from our styles as they are now."""
    digest = hashlib.sha256(_styles())
    for text in content:
        digest.update(hashlib.sha256(text.encode()).digest())
    return f"{digest.hexdigest()[:32]}.pdf"


def keep(name: str, make: Callable[[], bytes]) -> Path:
    """The paper of this name, made now unless it lies there already."""
    paper = folder() / name
    if paper.exists():
        os.utime(paper)  # still in use
    else:
        put(paper, make())
    return paper


def put(paper: Path, content: bytes) -> None:
    """Write a paper whole or not at all, whoever else writes the same one."""
    descriptor, draft = tempfile.mkstemp(dir=paper.parent)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
    os.replace(draft, paper)


def clear(*, after: timedelta) -> int:
    """Take away what was last made or used so long before the newest paper. Returns how many."""
    used = {paper: paper.stat().st_mtime for paper in folder().glob("*.pdf")}
    limit = max(used.values(), default=0.0) - after.total_seconds()
    old = [paper for paper, moment in used.items() if moment < limit]
    for paper in old:
        paper.unlink(missing_ok=True)
    return len(old)


@lru_cache(maxsize=1)
def _styles() -> bytes:
    sheets = (hashlib.sha256((STATIC / name).read_bytes()).digest() for name in STYLES)
    return hashlib.sha256(b"".join(sheets)).digest()
