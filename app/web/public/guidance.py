# SPDX-License-Identifier: EUPL-1.2
"""Guidance, good practices and news, for everybody."""

from flask import abort, render_template, request

from app.queries import companies, guidance
from app.queries.guidance import Sheet
from app.rules.guidance import SheetKind
from app.rules.permissions import Permission
from app.web.shared import filters
from app.web.shared.guard import guard


@guard(Permission.VISIT)
def resources() -> str:
    """The list, with its filters in the address."""
    kind, text = filters.one_of(SheetKind, "sorte"), filters.text()
    group = request.args.get("metier", "")
    return render_template(
        "web/public/sheets.html",
        page=guidance.published(text, kind=kind, group=group, page=filters.page_number()),
        kind=kind,
        kinds=list(SheetKind),
        text=text,
        group=group,
        groups=companies.sector_groups(),
    )


@guard(Permission.READ_SHEET, sheet=guidance.by_slug)
def sheet(sheet: Sheet) -> str:
    """One sheet: its published version, or an older one that the address names."""
    published = guidance.versions(sheet, public=True)
    wanted = request.args.get("version", type=int)
    words = next((one for one in published if one.number == (wanted or sheet.version)), None)
    if words is None:
        abort(404)
    return render_template(
        "web/public/sheet.html",
        sheet=sheet,
        shown=guidance.Shown(sheet, words),
        versions=published,
        about=guidance.about(sheet),
    )
