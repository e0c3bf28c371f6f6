# SPDX-License-Identifier: EUPL-1.2
"""`flask reference` and `flask import`: what the directory is made of, and public contracts."""

from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from app.actions import contract_imports
from app.actions import imports as actions
from app.actions import reference as tables
from app.documents import imports as papers
from app.language import phrases
from app.queries import imports, teams
from app.queries.imports import DirectoryImport
from app.queries.teams import Organiser
from app.rules.companies import BuyerKind, Role
from app.rules.errors import Refusal
from app.rules.imports import Fate, Holds

ROLES = {"companies": Role.COMPANY, "buyers": Role.BUYER}
CONTRACTS = "contracts"
LINES_AT_ONCE = 100
FIGURES = {
    "contracts": "marchés différents / different contracts",
    "in_lots": "marchés en plusieurs lots / contracts in several lots",
    "without_amount": "sans montant / without an amount",
    "unlisted": "d'acheteurs hors annuaire (--list-buyers) / of buyers not in the directory",
    "strangers": "acheteurs absents de l'annuaire / buyers not in the directory",
}


@click.command()
@with_appcontext
def reference() -> None:
    """Write the families of trades and their trades, or renew their words."""
    click.echo(f"{tables.load_sectors()} métiers. / trades.")


@click.command("import")
@click.argument("who", type=click.Choice([*ROLES, CONTRACTS]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--confirm", is_flag=True, help="Let the good lines in; without it, only look.")
@click.option("--team", type=int, help="Number of the organiser's team; the first one if not said.")
@click.option("--list-buyers", is_flag=True, help="List the buyers of contracts who are not yet.")
@click.option("--report", type=click.Path(path_type=Path), help="Write the rejected lines there.")
@with_appcontext
def import_(
    who: str, file: Path, confirm: bool, team: int | None, list_buyers: bool, report: Path | None
) -> None:
    """Read a table of companies, buyers or contracts, and say what it would do (or does)."""
    organiser = teams.chosen(team)
    if organiser is None:
        raise click.ClickException("flask organiser create NOM ADRESSE / NAME EMAIL")
    try:
        looked_at = _looked_at(organiser, who, file)
    except Refusal as problem:
        raise click.ClickException(phrases.refusal(problem)) from None
    _say(looked_at)
    if report is not None:
        report.write_bytes(papers.report(looked_at))
    if confirm:
        actions.begin(looked_at, by=None, list_buyers=list_buyers)
        _carry_out(looked_at)
    else:
        actions.put_aside(looked_at, by=None)
        click.echo("Rien n'a changé ; --confirm importe. / Nothing changed; --confirm imports.")


def _looked_at(organiser: Organiser, who: str, file: Path) -> DirectoryImport:
    content = file.read_bytes()
    if who == CONTRACTS:
        return contract_imports.look_at(organiser, by=None, file_name=file.name, content=content)
    return actions.look_at(
        organiser,
        by=None,
        role=ROLES[who],
        file_name=file.name,
        content=content,
        usual_kind=BuyerKind.PUBLIC,
    )


def _say(looked_at: DirectoryImport) -> None:
    for fate in Fate:
        click.echo(f"{looked_at.counts[fate]:>7}  {phrases.word(fate)}")
    for name, words in FIGURES.items() if looked_at.holds == Holds.CONTRACTS else ():
        click.echo(f"{looked_at.figures[name]:>7}  {words}")
    click.echo(f"{looked_at.rejected_lines:>7}  lignes refusées / lines rejected")
    for fault in imports.rejected_of(looked_at):
        click.echo(f"{fault.number} : {fault.value} – {papers.reason(fault)}", err=True)


def _carry_out(looked_at: DirectoryImport) -> None:
    of_contracts = looked_at.holds == Holds.CONTRACTS
    carry_out: Any = contract_imports.carry_out if of_contracts else actions.carry_out
    lines: Any = (contract_imports.contracts_of if of_contracts else actions.lines_of)(looked_at)
    with click.progressbar(range(0, len(lines), LINES_AT_ONCE), label="Import") as starts:
        for start in starts:
            carry_out(looked_at, lines[start : start + LINES_AT_ONCE], by=None)
    actions.end(looked_at)
