# SPDX-License-Identifier: EUPL-1.2
"""For which of their organisations a person acts now: the one of this page, else the last one."""

from flask import g, session

from app.queries import companies, registrations
from app.queries.companies import Organisation
from app.queries.registrations import Registration
from app.web.shared.login import person

LINKS = ("organisation_id", "from_organisation_id", "to_organisation_id")


def standing() -> Organisation | None:
    """The organisation for which this person acts, None for who speaks for none."""
    if "standing" not in g:
        chosen = _chosen()
        g.standing = None if chosen is None else companies.by_id(chosen)
    found: Organisation | None = g.standing
    return found


def registration_here(edition: object) -> Registration | None:
    """Its registration at this edition, if there is one; read once per request."""
    organisation = standing()
    if organisation is None or edition is None:
        return None
    if "standing_registration" not in g:
        g.standing_registration = registrations.of_pair(edition, organisation)  # type: ignore[arg-type]
    found: Registration | None = g.standing_registration
    return found


def _chosen() -> int | None:
    mine = person().organisations
    for record in g.get("records", {}).values():
        for name in LINKS:
            found = getattr(record, name, None)
            if found in mine:
                session["organisation"] = found
                return int(found)
    kept = session.get("organisation")
    return kept if kept in mine else min(mine, default=None)
