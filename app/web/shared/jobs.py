# SPDX-License-Identifier: EUPL-1.2
"""How far a piece of long work is, for those who asked for it; and how to stop it."""

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import jobs as actions
from app.queries import jobs
from app.queries.jobs import Job
from app.rules.permissions import Permission
from app.web.shared.addresses import safe_next
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.READ_JOB, job=jobs.by_id)
def job(job: Job) -> str:
    """One job: how far it is, a way to stop it, and the way to what came of it."""
    return render_template("web/shared/job.html", job=job)


@guard(Permission.READ_JOB, job=jobs.by_id)
def state(job: Job) -> Response:
    """The state alone, asked for every second; when the job has ended, the page is read again."""
    answer = make_response(render_template("web/shared/job_state.html", job=job))
    if job.has_ended:
        answer.headers["HX-Refresh"] = "true"
    return answer


@guard(Permission.READ_JOB, job=jobs.by_id)
def stop(job: Job) -> Response:
    """Ask a job to stop."""
    actions.cancel(job, by=me())
    return redirect(safe_next(request.form.get("next"), url_for("shared.jobs.job", job=job.id)))
