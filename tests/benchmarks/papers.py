# SPDX-License-Identifier: EUPL-1.2
"""How long papers take: badges for 320 people, agendas for 170, beside the same pages set naively.

Run `python -m tests.benchmarks.papers`; it prints a Markdown table (seconds of processor time).
Naive: one call per person, as WeasyPrint is used at first: styles and fonts read each time.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.documents import agendas, badges, pdf, shelf
from app.factory import create_app
from app.queries.agendas import Agenda
from config import read_settings
from tests.documents.fair import NINE, PRINTED, a_fair, an_agenda, an_entry

BADGES, AGENDAS, NAIVE, MEETINGS = 320, 170, 20, 8


def people(count: int) -> list[Agenda]:
    """Invented delegates, each with eight meetings."""
    turns = (timedelta(minutes=25 * turn) for turn in range(MEETINGS))
    agenda = an_agenda(
        *[an_entry(start=NINE + turn, end=NINE + turn + timedelta(minutes=20)) for turn in turns]
    )
    return [
        replace(agenda, delegate=n, last_name=f"Sarda {n}", badge_code=f"code-{n:012}")
        for n in range(count)
    ]


def naive(html: str) -> bytes:
    """A page as WeasyPrint sets it when nothing is kept from one page to the next."""
    pdf._press.cache_clear()
    return bytes(pdf._layout(html).write_pdf())


def all_badges() -> None:
    """Four on a sheet, with their backs, in one PDF."""
    parts = badges.parts(people(BADGES), fair=a_fair(), printed_at=PRINTED)
    pdf.bind(html for _, html in parts)


def agendas_of(everybody: list[Agenda]) -> None:
    """One PDF per person, then all in one."""
    agendas.all_together([agendas.paper(one, printed_at=PRINTED) for one in everybody])


def naive_agendas() -> None:
    """One call per person with everything read again."""
    for one in people(NAIVE):
        naive(agendas._html(one, PRINTED))


def seconds(work: Callable[[], None]) -> float:
    """Processor time that `work` takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"MAIL_URL": "memory:", "QUEUE_URL": "immediate"}
        app = create_app(read_settings(environment, instance=Path(folder)), PAPERS=Path(folder))
        with app.app_context():
            pdf._press()
            assert shelf.folder() == Path(folder)
            everybody = people(AGENDAS)
            moved = [replace(one, first_name="Moved") for one in everybody[:31]]
            lines = (
                (f"badges of {BADGES} people", all_badges),
                (f"agendas of {AGENDAS} people, first time", lambda: agendas_of(everybody)),
                ("the same, 31 of them changed", lambda: agendas_of(moved + everybody[31:])),
            )
            print("| papers | seconds |\n|---|---|")
            for name, work in lines:
                print(f"| {name} | {seconds(work):.1f} |")
            each = seconds(naive_agendas) / NAIVE
            print(
                f"| agendas of {AGENDAS} people, naive ({NAIVE} measured) | {each * AGENDAS:.1f} |"
            )


if __name__ == "__main__":
    main()
