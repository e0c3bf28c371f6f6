# SPDX-License-Identifier: EUPL-1.2
"""Whether the site is alive, and whether it is ready to serve."""

from app.queries import health
from app.rules.permissions import Permission
from app.web.shared.guard import guard


@guard(Permission.VISIT)
def alive() -> tuple[dict[str, str], int]:
    """The process answers."""
    return {"status": "ok"}, 200


@guard(Permission.VISIT)
def ready() -> tuple[dict[str, object], int]:
    """The database answers and is at the latest migration."""
    facts = health.readiness()
    return facts, 200 if facts["status"] == "ok" else 503
