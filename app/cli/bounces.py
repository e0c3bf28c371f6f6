# SPDX-License-Identifier: EUPL-1.2
"""`flask bounce`: takes the reports of letters that came back, from the mail server."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.actions import letters


@click.command()
@click.argument("reports", nargs=-1, type=click.Path(exists=True, path_type=Path))
@with_appcontext
def bounce(reports: tuple[Path, ...]) -> None:
    """Suspend the addresses that REPORTS (files, folders, or standard input) say have failed.

    To be put behind the address that receives returned letters, for example in an alias:
    |flask bounce
    """
    count = 0
    for report in _contents(reports):
        for one in letters.take_report(report):
            click.echo(f"{one.address}: {one.reason}")
            count += 1
    click.echo(f"{count} adresse(s) suspendue(s) / address(es) suspended")


def _contents(reports: tuple[Path, ...]) -> list[bytes]:
    if not reports:
        return [sys.stdin.buffer.read()]
    files = [
        file
        for path in reports
        for file in (sorted(path.rglob("*")) if path.is_dir() else [path])
        if file.is_file()
    ]
    return [file.read_bytes() for file in files]
