# SPDX-License-Identifier: EUPL-1.2
"""The files of a need: put there by its buyer, read by whoever may read the need."""

from urllib.parse import quote

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions import attachments as actions
from app.language.translate import gettext
from app.queries import attachments, needs
from app.queries.attachments import NeedAttachment
from app.queries.needs import Need
from app.rules.needs import MOST_FILES
from app.rules.permissions import Permission
from app.web.forms.attachments import AttachmentForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.MANAGE_NEED, need=needs.by_id)
def attach(need: Need) -> str | Response | tuple[str, int]:
    """Choose a file; it is kept once we know what it is."""
    form = AttachmentForm()
    if form.validate_on_submit():
        file = form.file.data
        with said_on(form):
            actions.attach(need, by=me(), content=file.read(), name=file.filename or "")
            flash(gettext("Le fichier est joint au besoin."), "good")
            return redirect(url_for("member.attachments.attach", need=need.id))
    page = render_template(
        "web/member/need_files.html",
        form=form, need=need, files=attachments.of_need(need), most=MOST_FILES,
    )  # fmt: skip
    return (page, 422) if form.errors else page


@guard(Permission.MANAGE_NEED, attachment=attachments.by_id)
def remove(attachment: NeedAttachment) -> Response:
    """Take a file away for good."""
    need, name = attachment.need_id, attachment.name
    actions.remove(attachment, by=me())
    flash(gettext("« %(name)s » est retiré.", name=name), "good")
    return redirect(url_for("member.attachments.attach", need=need))


@guard(Permission.READ_NEED, attachment=attachments.by_id)
def download(attachment: NeedAttachment) -> Response:
    """The file itself, always as a download: a browser never shows it as one of our pages."""
    disposition = f"attachment; filename*=UTF-8''{quote(attachment.name)}"
    headers = {"Content-Disposition": disposition, "Content-Security-Policy": "sandbox"}
    return Response(attachment.content, content_type=attachment.media_type, headers=headers)
