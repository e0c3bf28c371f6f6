# SPDX-License-Identifier: EUPL-1.2
"""What is printed for a whole edition: asked for, watched, downloaded."""

from collections.abc import Callable

from flask import redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response

from app.actions import papers as actions
from app.documents import shelf
from app.queries import editions, jobs, papers
from app.queries.editions import Edition
from app.queries.jobs import Job
from app.rules.errors import NotFound
from app.rules.papers import PaperKind
from app.rules.permissions import Permission
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.ORGANISE, edition=editions.by_slug)
def all_papers(edition: Edition) -> str:
    """What can be printed, what is being printed, and what was."""
    batches = papers.of_edition(edition)
    return render_template(
        "web/organiser/papers.html",
        edition=edition,
        people=papers.people(edition),
        under_way=[job for job in batches if not job.has_ended],
        ended=[(job, _lies_there(job)) for job in batches if job.has_ended],
        kind_of=lambda job: PaperKind(job.kind),
    )


@guard(Permission.ORGANISE, edition=editions.by_slug)
def badges(edition: Edition) -> Response:
    """Print everybody's badges."""
    return _asked(edition, actions.print_badges)


@guard(Permission.ORGANISE, edition=editions.by_slug)
def agendas(edition: Edition) -> Response:
    """Print all agendas in one PDF."""
    return _asked(edition, actions.print_agendas)


@guard(Permission.ORGANISE, edition=editions.by_slug)
def tables(edition: Edition) -> Response:
    """Print the list of tables."""
    return _asked(edition, actions.print_tables)


@guard(Permission.ORGANISE, edition=editions.by_slug, job=jobs.by_id)
def download(edition: Edition, job: Job) -> Response:
    """The PDF of one batch."""
    if job.asked.get("edition") != edition.id or not _lies_there(job):
        raise NotFound
    return send_file(
        shelf.folder() / job.result["file"],
        mimetype="application/pdf",
        as_attachment=True,
        download_name=job.result["name"],
    )


def _asked(edition: Edition, ask: Callable[..., Job]) -> Response:
    ask(edition, by=me())
    return redirect(url_for("organiser.papers.all_papers", edition=edition.slug))


def _lies_there(job: Job) -> bool:
    """Whether the paper was made and is still on the shelf."""
    kept = job.result.get("file") if job.kind in set(PaperKind) else None
    return bool(kept) and (shelf.folder() / str(kept)).is_file()
