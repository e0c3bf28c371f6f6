# SPDX-License-Identifier: EUPL-1.2
"""`flask organiser create`: founds a team of organisers with its first member."""

import click
from flask.cli import AppGroup

from app.actions import teams
from app.language import phrases
from app.rules.errors import Refusal

organiser = AppGroup("organiser", help="Teams that run fairs.")


@organiser.command()
@click.argument("name")
@click.argument("email")
@click.option("--language", default="fr", type=click.Choice(["fr", "en"]), show_default=True)
def create(name: str, email: str, language: str) -> None:
    """Found the team NAME; EMAIL opens an account, and receives a link to come in."""
    try:
        teams.found(name=name, email=email, language=language)
    except Refusal as problem:
        raise click.ClickException(phrases.refusal(problem)) from None
    click.echo(f"{name} : une lettre attend {email}. / A letter is on its way to {email}.")
