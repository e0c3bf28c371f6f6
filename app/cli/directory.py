# SPDX-License-Identifier: EUPL-1.2
"""`flask reference`, `flask import`: what the directory is made of, and official lists."""

from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.actions import communes, import_runs, seats, sector_lists
from app.actions import imports as actions
from app.actions import reference as tables
from app.actions.communes import Loaded
from app.documents import imports as papers
from app.language import phrases
from app.queries import imports, teams
from app.queries.imports import DirectoryImport
from app.rules.companies import BuyerKind, CompanyKind, Role
from app.rules.errors import Refusal
from app.rules.imports import Fate, Holds, Usual

ROLES: dict[str, Role | None] = {
    "companies": Role.COMPANY,
    "buyers": Role.BUYER,
    "contracts": None,
}
LISTS: dict[str, Callable[..., Loaded]] = {
    "communes": communes.load,
    "epci": communes.load_epcis,
    "sectors": sector_lists.load,
}
MOST_SAID = 50
UNCHANGED = "Rien n'a changé ; --confirm importe. / Nothing changed; --confirm imports."
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
    """Write the families of trades and their trades, labels and networks, or renew their words."""
    click.echo(f"{tables.load_sectors()} métiers. / trades.")
    click.echo(f"{tables.load_labels()} labels. / labels.")
    click.echo(f"{tables.load_networks()} réseaux. / networks.")


@click.command("import")
@click.argument("who", type=click.Choice([*ROLES, *LISTS]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--confirm", is_flag=True, help="Let the good lines in; without it, only look.")
@click.option("--team", type=int, help="Number of the organiser's team; the first one if not said.")
@click.option("--source", default="", help="What the list is called; kept on each fact it says.")
@click.option("--kind", type=click.Choice(list(CompanyKind)), help="Of companies without one.")
@click.option("--label", default="", help="A label that all companies of the file hold, as esus.")
@click.option("--list-buyers", is_flag=True, help="List the buyers of contracts who are not yet.")
@click.option("--report", type=click.Path(path_type=Path), help="Rejected lines: .csv or .xlsx.")
@with_appcontext
def import_(
    who: str,
    file: Path,
    confirm: bool,
    team: int | None,
    source: str,
    kind: str | None,
    label: str,
    list_buyers: bool,
    report: Path | None,
) -> None:
    """Read an official list and say what it would do (or does, with --confirm)."""
    if who in LISTS:
        _load(who, file, confirm)
        return
    organiser = teams.chosen(team)
    if organiser is None:
        raise click.ClickException("flask organiser create NOM ADRESSE / NAME EMAIL")
    usual = Usual(BuyerKind.PUBLIC, CompanyKind(kind) if kind else None, label)
    try:
        looked_at = actions.look_at(
            organiser, by=None, role=ROLES[who], file_name=file.name,
            content=file.read_bytes(), usual=usual, source=source,
        )  # fmt: skip
    except Refusal as problem:
        raise click.ClickException(phrases.refusal(problem)) from None
    say(looked_at)
    if report is not None:
        write = papers.workbook if report.suffix.lower() == ".xlsx" else papers.report
        report.write_bytes(write(looked_at))
    if confirm:
        import_runs.begin(looked_at, by=None, list_buyers=list_buyers)
        carry_out(looked_at)
    else:
        import_runs.put_aside(looked_at, by=None)
        click.echo(UNCHANGED)


def _load(who: str, file: Path, confirm: bool) -> None:
    """Official geography and trades: shared by all teams, hence a command only."""
    try:
        loaded = LISTS[who](file.read_bytes(), file.name, keep=confirm)
    except Refusal as problem:
        raise click.ClickException(phrases.refusal(problem)) from None
    click.echo(
        f"{loaded.added} ajoutés, {loaded.changed} corrigés, {loaded.same} inchangés, "
        f"{len(loaded.rejected)} refusés. / added, corrected, unchanged, rejected."
    )
    for number, fault in loaded.rejected[:MOST_SAID]:
        click.echo(f"{number} : {phrases.refusal(fault)}", err=True)
    if not confirm:
        click.echo(UNCHANGED)
    elif who == "communes":
        filled = seats.complete()
        click.echo(f"{filled} fiches complétées par leur commune. / listings completed.")


def say(looked_at: DirectoryImport) -> None:
    """What a table would do, and its first rejected lines."""
    for fate in Fate:
        click.echo(f"{looked_at.counts[fate]:>7}  {phrases.word(fate)}")
    for name, words in FIGURES.items() if looked_at.holds == Holds.CONTRACTS else ():
        click.echo(f"{looked_at.figures[name]:>7}  {words}")
    for kin in looked_at.kin:
        click.echo(f"        {kin['siret']} {kin['name']} ≈ {kin['listed_siret']} {kin['listed']}")
    click.echo(f"{looked_at.refused:>7}  lignes refusées / lines rejected")
    for fault in imports.rejected_of(looked_at, MOST_SAID):
        click.echo(f"{fault.number} : {fault.value} – {papers.reason(fault)}", err=True)


def carry_out(looked_at: DirectoryImport) -> None:
    """Let the good lines in, with a bar that tells how far it is."""
    with click.progressbar(length=max(1, looked_at.good), label="Import") as bar:
        import_runs.carry_out(
            looked_at, by=None, tell=lambda done, total: bar.update(done - bar.pos)
        )
