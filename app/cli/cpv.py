# SPDX-License-Identifier: EUPL-1.2
"""`flask import-cpv`: loads the whole CPV vocabulary, in French and in English."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from app.actions import cpv
from app.language import phrases
from app.rules.errors import Refusal


@click.command("import-cpv")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def import_cpv(file: Path) -> None:
    """Load the codes of this table, or renew their names; doing it twice changes nothing."""
    try:
        loaded = cpv.load(file.read_bytes(), file.name)
    except Refusal as problem:
        raise click.ClickException(phrases.refusal(problem)) from None
    click.echo(
        f"Codes CPV : {loaded.added} ajoutés, {loaded.changed} corrigés, {loaded.same} inchangés. "
        f"/ CPV codes: {loaded.added} added, {loaded.changed} corrected, {loaded.same} unchanged."
    )
