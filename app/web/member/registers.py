# SPDX-License-Identifier: EUPL-1.2
"""The register of a need, to be kept with the file of the purchase."""

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.documents import registers as papers
from app.documents.pdf import PdfUnavailable
from app.language.translate import gettext
from app.queries import needs, registers
from app.queries.needs import Need
from app.rules.permissions import Permission
from app.web.shared.guard import guard

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guard(Permission.MANAGE_NEED, need=needs.by_id)
def table(need: Need) -> Response:
    """For a spreadsheet."""
    return _file(papers.workbook(registers.of_need(need)), need, "xlsx", XLSX)


@guard(Permission.MANAGE_NEED, need=needs.by_id)
def paper(need: Need) -> Response:
    """On A4."""
    try:
        content = papers.paper(registers.of_need(need))
    except PdfUnavailable:
        flash(gettext("Ce serveur ne sait pas faire de PDF : prenez le tableau."), "attention")
        return redirect(url_for("public.needs.need", need=need.id))
    return _file(content, need, "pdf", "application/pdf")


def _file(content: bytes, need: Need, ending: str, media_type: str) -> Response:
    name = gettext("registre-besoin-%(number)s", number=need.id)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(content, content_type=media_type, headers=headers)
