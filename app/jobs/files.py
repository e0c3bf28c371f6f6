# SPDX-License-Identifier: EUPL-1.2
"""Takes away the files that no listing shows any more."""

from typing import Any

from app.actions import uploads
from app.jobs.progress import Progress


def forget_file(progress: Progress) -> dict[str, Any]:
    """Remove the file named in the job, unless a listing shows it after all."""
    name = str(progress.asked["file"])
    return {"file": name, "removed": uploads.take_away(name)}
