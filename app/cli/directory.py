# SPDX-License-Identifier: EUPL-1.2
"""`flask reference` and `flask import`: what the directory is made of."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from app.actions import imports as actions
from app.actions import reference as tables
from app.documents import imports as papers
from app.language import phrases
from app.queries import imports, teams
from app.queries.imports import DirectoryImport
from app.rules.companies import BuyerKind, Role
from app.rules.errors import Refusal
from app.rules.imports import Fate

ROLES = {"companies": Role.COMPANY, "buyers": Role.BUYER}
LINES_AT_ONCE = 100


@click.command()
@with_appcontext
def reference() -> None:
    """Write the families of trades and their trades, or renew their words."""
    click.echo(f"{tables.load_sectors()} métiers. / trades.")


@click.command("import")
@click.argument("who", type=click.Choice(list(ROLES)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--confirm", is_flag=True, help="Let the good lines in; without it, only look.")
@click.option("--team", type=int, help="Number of the organiser's team; the first one if not said.")
@with_appcontext
def import_(who: str, file: Path, confirm: bool, team: int | None) -> None:
    """Read a table of companies or buyers, and say what it would do (or does)."""
    organiser = teams.chosen(team)
    if organiser is None:
        raise click.ClickException("flask organiser create NOM ADRESSE / NAME EMAIL")
    try:
        looked_at = actions.look_at(
            organiser,
            by=None,
            role=ROLES[who],
            file_name=file.name,
            content=file.read_bytes(),
            usual_kind=BuyerKind.PUBLIC,
        )
    except Refusal as problem:
        raise click.ClickException(phrases.refusal(problem)) from None
    _say(looked_at)
    if confirm:
        _carry_out(looked_at)
    else:
        actions.put_aside(looked_at, by=None)
        click.echo("Rien n'a changé ; --confirm importe. / Nothing changed; --confirm imports.")


def _say(looked_at: DirectoryImport) -> None:
    for fate in Fate:
        click.echo(f"{looked_at.counts[fate]:>7}  {phrases.word(fate)}")
    click.echo(f"{looked_at.rejected_lines:>7}  lignes refusées / lines rejected")
    for fault in imports.rejected_of(looked_at):
        click.echo(f"{fault.number} : {fault.value} – {papers.reason(fault)}", err=True)


def _carry_out(looked_at: DirectoryImport) -> None:
    lines = actions.lines_of(looked_at)
    with click.progressbar(range(0, len(lines), LINES_AT_ONCE), label="Import") as starts:
        for start in starts:
            actions.carry_out(looked_at, lines[start : start + LINES_AT_ONCE], by=None)
    actions.end(looked_at)
