# SPDX-License-Identifier: EUPL-1.2
"""How long matching takes: all pairs of 5,000 companies and 500 needs, and one need.

Run `python -m tests.benchmarks.matching [companies] [needs]`; the directory is invented, seeded,
and lives in a temporary SQLite file. The naive loop asks the plain rule for each pair, in memory;
the job reads, compares, ranks and keeps, as `app.jobs.matching.rank_needs` does for the site.
"""

import gc
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, func, insert, select

from app.actions import matching as actions
from app.actions import reference
from app.factory import create_app
from app.jobs.handlers import carry_out
from app.jobs.matching import Whole
from app.models import clock
from app.models.base import db
from app.models.companies import Activity, Organisation, Sector
from app.models.jobs import Job
from app.models.matching import NeedRanking, Proposal
from app.models.needs import Need, NeedSector
from app.queries import suggestions, supplies
from app.rules.companies import BuyerKind, CompanyKind, GeoRange, PrestaType, Role
from app.rules.matching import Match, match
from app.rules.needs import AmountBand, NeedKind, NeedState, SetAside
from app.rules.prefectures import PREFECTURES
from app.rules.ranking import month_of
from app.rules.territories import DEPARTMENTS, REGION_OF
from config import read_settings

COMPANIES, NEEDS, SEED = 5_000, 500, 5
REPEATS = 30


def main() -> None:
    """Measure and print one table."""
    companies = int(sys.argv[1]) if len(sys.argv) > 1 else COMPANIES
    needs = int(sys.argv[2]) if len(sys.argv) > 2 else NEEDS
    with tempfile.TemporaryDirectory() as folder:
        app = _application(Path(folder))
        with app.app_context():
            _fill(companies, needs)
            gc.freeze()  # as gunicorn.conf.py does
            for line in _measured():
                print(line, flush=True)


def _measured() -> Iterator[str]:
    yield f"{_count(Organisation)} listings, {_count(Activity)} activities, {_count(Need)} needs"
    everything, seconds = _timed(supplies.of_companies)
    yield f"reading all companies: {seconds:.2f} s"
    needs = list(db.session.scalars(select(Need)))
    demands = supplies.of_needs(needs)
    (naive, pairs), seconds = _timed(lambda: _naive(everything, demands))
    yield f"naive double loop of the rule: {seconds:.2f} s, {pairs} pairs, {naive} proposed"
    whole, seconds = _timed(lambda: Whole(everything, month_of(clock.today())))
    yield f"companies as columns: {seconds:.2f} s"
    _, seconds = _timed(lambda: [whole.compare(one) for one in demands.values()])
    yield f"all pairs by columns: {seconds:.2f} s"
    yield from _one_need(needs, "not ranked yet")
    job_id = actions.ask_for_ranking().id
    db.session.remove()
    _, seconds = _timed(lambda: carry_out(job_id))
    job = db.session.get_one(Job, job_id)
    yield (
        f"the whole job: {seconds:.2f} s, {job.state.value}, {_count(NeedRanking)} rankings, "
        f"{_count(Proposal)} proposals kept {job.error}"
    )
    needs = list(db.session.scalars(select(Need)))
    yield from _one_need(needs, "ranking kept")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"memory at most: {memory:.0f} MB"


def _naive(everything: supplies.Supplies, demands: dict[int, Any]) -> tuple[int, int]:
    proposed = pairs = 0
    for demand in demands.values():
        for supply in everything.by_id.values():
            proposed += isinstance(match(demand, supply), Match)
            pairs += 1
    return proposed, pairs


def _one_need(needs: list[Need], name: str) -> Iterator[str]:
    """The companies of one need as its page asks for them, session empty each time."""
    chance = random.Random(SEED)
    suggestions.companies_for(needs[0], most=10)  # SQLAlchemy compiles each statement once
    seconds, queries = [], []
    for _ in range(REPEATS):
        db.session.expunge_all()
        need = db.session.get_one(Need, chance.choice(needs).id)
        with _counted() as sent:
            _, spent = _timed(lambda: suggestions.companies_for(need, most=10))  # noqa: B023
        seconds.append(spent * 1000)
        queries.append(len(sent))
    seconds.sort()
    yield (
        f"one need, {name}: median {statistics.median(seconds):.0f} ms, "
        f"p95 {seconds[int(0.95 * len(seconds))]:.0f} ms, {max(queries)} queries"
    )


@contextmanager
def _counted() -> Iterator[list[str]]:
    sent: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def _timed(act: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    found = act()
    return found, time.perf_counter() - start


def _count(table: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def _application(folder: Path) -> Flask:
    settings = read_settings(
        {
            "DATABASE_URL": f"sqlite:///{folder / 'matching.db'}",
            "QUEUE_URL": "immediate",
            "MAIL_URL": "memory:",
            "SECRET_KEY": "a key that only the benchmark knows, long enough",
        },
        instance=folder,
    )
    app = create_app(settings, TESTING=True)
    app.extensions["send_job"] = lambda job_id: None
    with app.app_context():
        db.create_all()
        reference.load_sectors()
    return app


def _fill(companies: int, needs: int) -> None:
    """Seven in ten in one region, as a regional fair has it; one to four trades each."""
    chance = random.Random(SEED)
    sectors = [one.id for one in db.session.scalars(select(Sector).order_by(Sector.id))]
    now = clock.now()
    shared = {
        "vat_number": None, "brand": "", "naf": "", "address": "", "post_code": "", "city": "",
        "website": "", "description": "", "logo": None, "is_demonstration": True,
        "source": "benchmark", "search": "", "claimed_at": None, "created_at": now,
        "updated_at": now,
    }  # fmt: skip
    listings = []
    for number in range(1, companies + needs // 5 + 1):
        buys = number > companies
        home = _somewhere(chance)
        lat, lon = PREFECTURES[home]
        facts = {
            "id": number, "role": Role.BUYER if buys else Role.COMPANY, "siret": f"{number:014}",
            "name": f"Organisation {number}", "department": home,
            "lat": lat + chance.uniform(-0.4, 0.4), "lon": lon + chance.uniform(-0.4, 0.4),
            "company_kind": None if buys else chance.choice(list(CompanyKind)),
            "headcount": None if buys else chance.choice((None, 4, 12, 30, 80)),
            "turnover": None if buys else chance.choice((None, 150_000, 600_000, 3_000_000)),
            "buyer_kind": BuyerKind.PUBLIC if buys else None,
        }  # fmt: skip
        listings.append({**shared, **facts})
    db.session.execute(insert(Organisation), listings)
    activities = [
        _activity(chance, number, sector, str(listings[number - 1]["department"]))
        for number in range(1, companies + 1)
        for sector in chance.sample(sectors, chance.choice((1, 2, 2, 3, 4)))
    ]
    db.session.execute(insert(Activity), activities)
    asked = [_need(chance, number, companies, now) for number in range(1, needs + 1)]
    db.session.execute(insert(Need), asked)
    called_for = [
        {"need_id": number, "sector_id": sector}
        for number in range(1, needs + 1)
        for sector in chance.sample(sectors, chance.choice((1, 1, 2, 3)))
    ]
    db.session.execute(insert(NeedSector), called_for)
    db.session.commit()


def _somewhere(chance: random.Random) -> str:
    region = [code for code, at in REGION_OF.items() if at == "R76"]
    return chance.choice(region if chance.random() < 0.7 else list(DEPARTMENTS))


def _activity(chance: random.Random, company: int, sector: int, home: str) -> dict[str, Any]:
    reach = chance.choices(list(GeoRange), (10, 55, 35))[0]
    zones = [REGION_OF[home]] if chance.random() < 0.3 else [home, _somewhere(chance)]
    return {
        "organisation_id": company, "sector_id": sector,
        "presta_types": chance.sample([one.value for one in PrestaType], chance.choice((1, 1, 2))),
        "geo_range": reach, "zones": zones if reach == GeoRange.ZONES else [],
        "distance_km": chance.choice((30, 60, 120)) if reach == GeoRange.CUSTOM else None,
    }  # fmt: skip


def _need(chance: random.Random, number: int, companies: int, now: Any) -> dict[str, Any]:
    places = sorted({_somewhere(chance) for _ in range(chance.choice((1, 1, 2, 5)))})
    return {
        "id": number, "organisation_id": companies + 1 + number // 6, "kind": NeedKind.SOURCING,
        "title": f"Besoin {number}", "text": "",
        "cpv": chance.choice(("", "77310000", "90910000", "45421000", "79995100", "55523000")),
        "amount_band": chance.choice(list(AmountBand)), "amount_exact": None,
        "months": chance.choice((None, 12, 48)), "is_innovative": False,
        "set_aside": chance.choice((SetAside.NONE, SetAside.NONE, SetAside.BOTH, SetAside.SSE)),
        "departments": places, "starts_on": None, "state": NeedState.PUBLISHED,
        "published_on": now.date(), "contract_id": None, "search": "", "created_at": now,
        "updated_at": now,
    }  # fmt: skip


if __name__ == "__main__":
    main()
