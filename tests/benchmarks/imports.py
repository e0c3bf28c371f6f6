# SPDX-License-Identifier: EUPL-1.2
"""How long official lists take to come in, and how much memory: beside one row, one transaction.

Run `python -m tests.benchmarks.imports`, or with `listings`, `contracts`, `communes`, `long`; each
runs in a process of its own, on an empty database. DATABASE_URL: an empty PostgreSQL database
instead of a file. Seconds are of the clock. The real lists are read from `../shared/data`, or from
PASSERELLE_DATA.
"""

import csv
import gc
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.actions import accounts, communes, companies, import_runs, imports
from app.factory import create_app
from app.models.accounts import Organiser
from app.models.base import Base, db
from app.models.companies import Contract, Organisation
from app.rules.companies import Role
from app.rules.errors import RuleBroken
from config import read_settings

ROOT = Path(__file__).parent.parent.parent
DATA = Path(os.environ.get("PASSERELLE_DATA", ROOT.parent / "shared")) / "data"
SIAE = DATA / "siae/siae_le_marche_fixture.csv"
ESS = DATA / "ess/ess_numerique_2026.csv"
CONTRACTS = DATA / "decp/decp_2024H2_travaux_cpv4521.csv"
COMMUNES = DATA / "geo/communes.csv"
NAIVE_LINES = 600
TOLD = ("brand", "address", "post_code", "city")


@contextmanager
def empty_database() -> Iterator[Organiser]:
    """An application on an empty database of its own, and a team in it."""
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DATABASE_URL", f"sqlite:///{folder}/list.db")
        environment = {"MAIL_URL": "memory:", "QUEUE_URL": "immediate", "DATABASE_URL": url}
        app = create_app(read_settings(environment, instance=Path(folder)))
        with app.app_context():
            db.drop_all()
            db.create_all()
            yield accounts.found_organiser(name="Banc", email="banc@exemple.test")
            db.session.remove()


def megabytes() -> float:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    gc.collect()
    began = time.monotonic()
    work()
    return time.monotonic() - began


def line(name: str, rows: int, seconds: float, limit: str = "") -> None:
    """A line of the table."""
    print(f"| {name} | {rows} | {seconds:.1f} | {1e3 * seconds / max(1, rows):.2f} | {limit} |")


def bring(team: Organiser, path: Path, role: Role | None) -> None:
    """Look at a list and let it in, as an organiser would."""
    content = path.read_bytes()
    one = imports.look_at(team, by=None, role=role, file_name=path.name, content=content)
    import_runs.begin(one, by=None, list_buyers=True)
    import_runs.carry_out(one, by=None)


def naive(count: int) -> int:
    """One row, one transaction: each line looked for and listed alone."""
    with SIAE.open(encoding="utf-8", newline="") as rows:
        for number, row in enumerate(csv.DictReader(rows)):
            if number == count:
                return number
            facts: dict[str, Any] = {name: row[name] for name in TOLD}
            try:
                companies.list_organisation(
                    role=Role.COMPANY, name=row["name"], siret=row["siret"], source="naive", **facts
                )
            except RuleBroken:
                continue
    return count


def listings() -> None:
    """The list of structures, twice; the list of the SSE; the naive loop."""
    with empty_database() as team:
        first = timed(lambda: bring(team, SIAE, Role.COMPANY))
        line("3,841 structures (SIAE)", 3841, first, "30 s")
        line(
            "the same again: nothing changes", 3841, timed(lambda: bring(team, SIAE, Role.COMPANY))
        )
        line("3,667 organisations (ESS)", 3667, timed(lambda: bring(team, ESS, Role.COMPANY)))
        said(Organisation)
    with empty_database():
        line("peer: one row, one transaction", NAIVE_LINES, timed(lambda: naive(NAIVE_LINES)))


def contracts() -> None:
    """The half-year of public contracts, twice."""
    with empty_database() as team:
        line(
            "8,957 lines of contracts (DECP)",
            8957,
            timed(lambda: bring(team, CONTRACTS, None)),
            "60 s",
        )
        again = timed(lambda: bring(team, CONTRACTS, None))
        line("the same again: nothing changes", 8957, again)
        said(Contract)


def geography() -> None:
    """The communes of France."""
    with empty_database():
        content = COMMUNES.read_bytes()
        line("35,014 communes", 35014, timed(lambda: communes.load(content, COMMUNES.name)))


def a_long_list(count: int) -> bytes:
    """Invented establishments of La Poste, whose digits add up to a multiple of five."""
    out = io.StringIO()
    out.write("siret,nom,ville,code postal,description\n")
    made = (f"356000000{n:05}" for n in range(10**6))
    good = (one for one in made if len(one) == 14 and sum(map(int, one)) % 5 == 0)
    filler = "Entretien, collecte et livraison dans tout le département. " * 3
    for number, siret in zip(range(count), good, strict=False):
        out.write(f"{siret},Agence {number},Montpellier,34000,{filler}\n")
    return out.getvalue().encode()


def long() -> None:
    """As many lines as an import takes, and four times as many."""
    with empty_database() as team:
        before = megabytes()
        content = a_long_list(19_000)
        path = Path(tempfile.mkdtemp()) / "longue.csv"
        path.write_bytes(content)
        line("19,000 invented structures", 19_000, timed(lambda: bring(team, path, Role.COMPANY)))
        print(f"\nmemory above that of the application: {megabytes() - before:.0f} MB")
        refused = b"siret,nom\n" + b"73282932000074,Les Verts\n" * 200_000

        def look() -> None:
            try:
                imports.look_at(
                    team, by=None, role=Role.COMPANY, file_name="a.csv", content=refused
                )
            except RuleBroken as fault:
                print(f"200,000 lines: {fault.key} {fault.facts}")

        print(f"said in {timed(look):.1f} s, memory {megabytes() - before:.0f} MB\n")


def said(table: type[Base]) -> None:
    """How many rows there are now, and the most memory."""
    count = db.session.scalar(select(func.count()).select_from(table))
    print(f"\n{count} rows of {table.__tablename__}; {megabytes():.0f} MB at most\n")


BENCHES = {"listings": listings, "contracts": contracts, "communes": geography, "long": long}


def main() -> None:
    """Run those asked for, each alone."""
    asked = sys.argv[1:] or list(BENCHES)
    if len(asked) == 1:
        print("| list | lines | seconds | ms a line | limit |\n|---|---|---|---|---|")
        BENCHES[asked[0]]()
        return
    for name in asked:
        subprocess.run([sys.executable, "-m", "tests.benchmarks.imports", name], check=True)


if __name__ == "__main__":
    main()
