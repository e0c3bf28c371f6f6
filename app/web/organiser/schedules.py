# SPDX-License-Identifier: EUPL-1.2
"""Runs of the scheduler: asked for, watched, compared, looked at, published."""

from dataclasses import dataclass

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import prices, repairs
from app.actions import schedules as actions
from app.language import phrases
from app.language import unplaced as words
from app.language.translate import gettext, ngettext
from app.queries import (
    closures,
    publication,
    schedule_fairness,
    schedule_figures,
    schedule_grid,
    schedules,
    unplaced,
)
from app.queries import prices as price_queries
from app.queries import repairs as repair_queries
from app.queries.editions import Edition, by_slug
from app.queries.schedule_figures import Figures
from app.queries.schedules import ScheduleRun
from app.queries.unplaced import LeftOut
from app.rules.errors import NotFound, RuleBroken
from app.rules.permissions import Permission
from app.rules.schedules import RunMode, RunState
from app.web.forms.schedules import PublicationForm, RunForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me

VIEWS = ("grille", "liste", "attente")
SHOWN_IN_TRAY = 4


@dataclass(frozen=True)
class InWords:
    """A request left out, with its cause and its way in as sentences."""

    left: LeftOut
    why: str
    way: str


@guard(Permission.ORGANISE, edition=by_slug)
def runs(edition: Edition) -> str | Response:
    """All runs, and the form that asks for another."""
    form = RunForm(seconds=current_app.config["SOLVER_SECONDS"], seed=1)
    if form.validate_on_submit():
        with said_on(form):
            run = _asked(edition, form)
            return redirect(url_for("organiser.schedules.run", edition=edition.slug, run=run.id))
    return render_template(
        "web/organiser/schedules.html",
        edition=edition,
        form=form,
        runs=schedules.of_edition(edition),
        under_way=schedules.under_way(edition),
    )


def _asked(edition: Edition, form: RunForm) -> ScheduleRun:
    """Errors: RuleBroken."""
    if RunMode(form.mode.data) == RunMode.FEW_MOVES:
        return repairs.ask_for_repair(
            edition, by=me(), seconds=form.seconds.data, seed=form.seed.data
        )
    return actions.ask_for_run(
        edition,
        by=me(),
        seconds=form.seconds.data,
        seed=form.seed.data,
        limit=form.longest_wait.data,
    )


@guard(Permission.ORGANISE, edition=by_slug, run=schedules.by_id)
def run(edition: Edition, run: ScheduleRun) -> str:
    """One run: how it goes, or its certificate, its comparison with another, and its meetings."""
    if run.outcome != RunState.DONE:
        return render_template("web/organiser/schedule_job.html", edition=edition, run=run)
    view = request.args.get("vue", VIEWS[0])
    if view not in VIEWS:
        raise NotFound
    other = _other(edition, run)
    return render_template(
        "web/organiser/schedule.html",
        edition=edition,
        run=run,
        view=view,
        figures=schedule_figures.of_run(run, edition),
        other=other,
        others=[one for one in schedules.of_edition(edition) if _comparable(one, run)],
        published=schedules.published(edition),
        grid=schedule_grid.of_run(run, edition, block=request.args.get("demi-journee", type=int)),
        left_out=[_in_words(one, edition) for one in unplaced.of_run(run, edition)],
        shown=SHOWN_IN_TRAY,
        deck=schedule_figures.deck,
        fairness=schedule_fairness.of_run(run),
        prices=price_queries.of_run(run, edition.timezone),
        answers=repair_queries.answers(run),
        stated=closures.stated(run, edition),
        nobody=schedule_figures.registrations_without_people(run),
    )


@guard(Permission.ORGANISE, edition=by_slug, run=schedules.by_id)
def publish(edition: Edition, run: ScheduleRun) -> str | Response:
    """Say what publishing would change and whom it would tell; then do it."""
    form = PublicationForm(seen=edition.version)
    if form.validate_on_submit():
        return _published(edition, run, int(form.seen.data or edition.version))
    if run.outcome != RunState.DONE or run.version is not None:
        return redirect(url_for("organiser.schedules.run", edition=edition.slug, run=run.id))
    planned = publication.of_run(run, edition)
    return render_template(
        "web/organiser/schedule_publish.html",
        edition=edition,
        run=run,
        form=form,
        planned=planned,
        without_address=len(planned.told) - len(publication.addresses(planned.told)),
    )


@guard(Permission.ORGANISE, edition=by_slug, run=schedules.by_id)
def stop(edition: Edition, run: ScheduleRun) -> Response:
    """Stop a run; the best answer found so far is kept."""
    actions.cancel(run, by=me())
    flash(gettext("L'arrêt est demandé : la meilleure réponse trouvée est gardée."), "good")
    return redirect(url_for("organiser.schedules.run", edition=edition.slug, run=run.id))


@guard(Permission.ORGANISE, edition=by_slug, run=schedules.by_id)
def price(edition: Edition, run: ScheduleRun) -> Response:
    """Ask what one more table, slot or hour would be worth."""
    try:
        prices.ask(run, by=me())
    except RuleBroken as problem:
        flash(phrases.refusal(problem), "bad")
    return redirect(
        url_for("organiser.schedules.run", edition=edition.slug, run=run.id, _anchor="prix")
    )


def _published(edition: Edition, run: ScheduleRun, seen: int) -> Response:
    told = len(publication.of_run(run, edition).told)
    try:
        version = actions.publish(run, by=me(), seen=seen)
    except RuleBroken as problem:
        flash(phrases.refusal(problem), "bad")
        return redirect(url_for("organiser.schedules.run", edition=edition.slug, run=run.id))
    said = ngettext(
        "La version %(version)s est publiée. %(num)d personne reçoit son nouvel agenda ; les "
        "autres n'en sauront rien.",
        "La version %(version)s est publiée. %(num)d personnes reçoivent leur nouvel agenda ; les "
        "autres n'en sauront rien.",
        told,
        version=version,
    )
    flash(said, "good")
    return redirect(url_for("organiser.schedules.run", edition=edition.slug, run=run.id))


def _other(edition: Edition, run: ScheduleRun) -> Figures | None:
    """The run to compare with, when the address names one of this edition."""
    number = request.args.get("avec", type=int)
    if number is None:
        return None
    other = schedules.by_id(number)
    if not _comparable(other, run):
        raise NotFound
    return schedule_figures.of_run(other, edition)


def _comparable(other: ScheduleRun, run: ScheduleRun) -> bool:
    return (
        other.edition_id == run.edition_id and other.id != run.id and other.state == RunState.DONE
    )


def _in_words(left: LeftOut, edition: Edition) -> InWords:
    ways = [
        words.way_in(
            one.kind,
            name=one.side.name if one.side else "",
            slot=one.slot,
            zone=edition.timezone,
            other=[one.other.company.name, one.other.buyer.name] if one.other else [],
            rule=one.rule,
        )
        for one in left.help
    ]
    why = words.for_organiser(left.reason, [side.name for side in left.concerned])
    return InWords(left, why, words.possible(ways))
