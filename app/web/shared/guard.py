# SPDX-License-Identifier: EUPL-1.2
"""Who may enter a page: `@guard` loads what the address names and asks the policy."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from app.rules.errors import NotAllowed, NotFound
from app.rules.permissions import Permission
from app.web.shared.login import can, somebody

View = Callable[..., Any]


def guard(permission: Permission, **loaders: Callable[[Any], Any]) -> Callable[[View], View]:
    """Load each record that the address names, in this order, and ask permission for all.

    A record of somebody else is not found, never forbidden; one that belongs to another edition
    than the one in the address is not found either. Nobody logged in: go and log in first.
    """

    def guarded(view: View) -> View:
        @wraps(view)
        def entered(**address: Any) -> Any:
            records = {name: load(address.pop(name)) for name, load in loaders.items()}
            refused = _refusal(permission, records)
            if refused is not None:
                return refused
            g.records = records
            if "edition" in records:
                g.edition = records["edition"]
            return view(**records, **address)

        entered.permission = permission  # type: ignore[attr-defined]
        return entered

    return guarded


def _refusal(permission: Permission, records: dict[str, Any]) -> Response | None:
    edition = records.get("edition")
    if edition is not None and any(
        getattr(record, "edition_id", edition.id) != edition.id for record in records.values()
    ):
        raise NotFound
    if all(can(permission, record) for record in records.values() or [None]):
        return None
    if somebody() is None:
        return redirect(url_for("public.accounts.log_in", next=request.full_path.rstrip("?")))
    raise NotFound if records else NotAllowed
