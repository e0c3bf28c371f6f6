# SPDX-License-Identifier: EUPL-1.2
"""`flask demo`: builds a fair to look at, schedules it and publishes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from app.actions import papers as paper
from app.actions import schedules, uploads
from app.actions.demonstration import clearing, fair
from app.actions.demonstration.cast import Size, Tell
from app.documents import imports as report
from app.jobs import handlers
from app.language import phrases
from app.language.translate import number, percent
from app.queries import accounts, editions, imports, jobs
from app.queries import schedules as runs
from app.queries.schedules import ScheduleRun
from app.rules.errors import Refusal

MOST_SAID = 5
STEPS = {
    "reference": "Communes, métiers, CPV / communes, trades, CPV",
    "import": "Import des fichiers / importing the files",
    "contracts": "Marchés publics / public contracts",
    "listings": "Annuaire / directory",
    "needs": "Besoins / needs",
    "registrations": "Inscriptions / registrations",
    "requests": "Demandes / requests",
    "answers": "Réponses / answers",
    "solve": "Planning / schedule",
    "print": "Badges et agendas / badges and agendas",
}


@click.command()
@click.option(
    "--data",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Build from the real files of this folder, instead of inventing everything.",
)
@click.option("--if-empty", is_flag=True, help="Do nothing when the database has an edition.")
@click.option("--seed", default=5, show_default=True, help="The same seed, the same fair.")
@click.option(
    "--size",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.02, 1.0),
    help="1 for 130 companies and 40 buyers, 0.1 for a tenth.",
)
@click.option("--seconds", default=4, show_default=True, help="Of computing the schedule, at most.")
@click.option(
    "--print/--no-print",
    "printing",
    default=None,
    help="Print badges, agendas and tables too; with --data it is done unless refused.",
)
@click.option("--replace", is_flag=True, help="Take away the demonstration that is there first.")
@with_appcontext
def demo(
    folder: Path | None,
    if_empty: bool,
    seed: int,
    size: float,
    seconds: int,
    printing: bool | None,
    replace: bool,
) -> None:
    """Build the demonstration fair, schedule it, publish it, and say how to log in."""
    out = Console(soft_wrap=True)
    if editions.any_there() and not (replace and not if_empty):
        if if_empty and accounts.demonstration_people():
            log_ins(out)
        if if_empty:
            return
        out.print(
            "La base contient déjà un salon : ajoutez --replace pour remplacer la démonstration, "
            "ou donnez une autre base par DATABASE_URL.\nThe database holds a fair already: add "
            "--replace to replace the demonstration, or give another database by DATABASE_URL."
        )
        raise SystemExit(1)
    try:
        if replace:
            clearing.clear()
            uploads.sweep()
        with at_once(), steps(out) as tell:
            built = fair.build(seed=seed, size=Size().times(size), folder=folder, tell=tell)
            run = published(built, seed, seconds, tell)
            wanted = folder is not None if printing is None else printing
            papers = printed(built, tell) if wanted else []
    except Refusal as problem:
        out.print(phrases.refusal(problem))
        raise SystemExit(1) from None
    summary(out, runs.by_id(run), papers, [one.id for one in built.imports], built.lists)
    log_ins(out)


def published(built: fair.Built, seed: int, seconds: int, tell: Tell) -> int:
    """Compute the schedule of the fair and publish it as version 1. Returns the run's id."""
    tell("solve", -1, 1)
    # A job that was asked for while building has ended the session: everything is read again.
    edition, team = editions.by_slug(built.edition.slug), accounts.by_id(built.team.id)
    asked = schedules.ask_for_run(edition, by=team, seconds=seconds, seed=seed)
    run = runs.by_id(asked.id)
    schedules.publish(run, by=accounts.by_id(built.team.id))
    tell("solve", 0, 1)
    return run.id


def printed(built: fair.Built, tell: Tell) -> list[int]:
    """Print badges, agendas and lists of tables, as an organiser would. Returns the jobs."""
    done: list[int] = []
    for batch in (paper.print_badges, paper.print_agendas, paper.print_tables):
        tell("print", len(done) - 1, 3)
        edition = editions.by_slug(built.edition.slug)  # each job ends the session before it
        done.append(batch(edition, by=built.team).id)
    tell("print", 2, 3)
    return done


@contextmanager
def at_once() -> Iterator[None]:
    """Carry out the jobs asked for in this block here and now, not in the queue."""
    queue = current_app.extensions["send_job"]
    current_app.extensions["send_job"] = handlers.carry_out
    try:
        yield
    finally:
        current_app.extensions["send_job"] = queue


@contextmanager
def steps(out: Console) -> Iterator[Tell]:
    """A line for each step, with how far it is; plain where there is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=out, transient=False) as shown:
        lines: dict[str, TaskID] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in lines:
                lines[step] = shown.add_task(STEPS[step], total=total)
            shown.update(lines[step], completed=done + 1, total=total)

        yield tell


def summary(
    out: Console,
    run: ScheduleRun,
    papers: list[int],
    brought: list[int],
    lists: tuple[tuple[str, int, int], ...] = (),
) -> None:
    """What came of it: requests, meetings, value and its bound, and the lines turned down."""
    table = Table(show_header=False, title="Coventis 2027")
    table.add_row("Demandes acceptées / requests accepted", number(run.asked))
    share = percent(run.placed / max(1, run.asked), 1)
    table.add_row("Rendez-vous placés / meetings placed", f"{number(run.placed)} ({share})")
    limit = f"{number(run.value)}, {number(run.bound)}"
    table.add_row("Valeur, borne prouvée / value, proven bound", limit)
    table.add_row("Créneaux vides / idle slots", number(run.idle))
    table.add_row("Secondes de calcul / seconds of computing", number(run.seconds, 1))
    for job in (jobs.by_id(one) for one in papers):
        said = job.error or f"{number(job.result['count'])}, {number(job.result['bytes'])} o"
        table.add_row(str(job.result.get("name", job.kind)), said)
    tables = [imports.by_id(one) for one in brought]
    read = [*lists, *((one.file_name, one.total, one.refused) for one in tables)]
    for name, lines, refused in read:
        said = f"{number(lines)}, {number(refused)}"
        table.add_row(f"{name} : lignes, refusées / lines, rejected", said)
    out.print(table)
    for an_import in tables:
        for fault in imports.rejected_of(an_import, MOST_SAID):
            where = f"{an_import.file_name}, {fault.number}"
            out.print(f"  {where} : {fault.value} – {report.reason(fault)}")
        if an_import.refused > MOST_SAID:
            out.print(f"  {an_import.file_name} : …")


def log_ins(out: Console) -> None:
    """Where the fair is, and who may come in."""
    out.print(f"{current_app.config['BASE_URL']}  (mot de passe / password: {fair.PASSWORD})")
    for who, address in (
        ("équipe du salon / organiser", fair.ORGANISER),
        ("entreprise / company", fair.COMPANY),
        ("acheteur / buyer", fair.BUYER),
    ):
        out.print(f"  {address}  {who}")
