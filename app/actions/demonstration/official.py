# SPDX-License-Identifier: EUPL-1.2
"""The official lists that a folder of real data holds, imported as an organiser would."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.actions import communes, cpv, import_runs, imports, sector_lists
from app.actions.base import action
from app.actions.communes import Loaded
from app.actions.demonstration.cast import Tell
from app.models.accounts import Organiser, User
from app.models.imports import DirectoryImport
from app.rules.companies import BuyerKind, Role
from app.rules.imports import Usual


@dataclass(frozen=True)
class Listed:
    """A file of the folder. role: of the organisations in it, None for public contracts."""

    path: str
    role: Role | None
    source: str


@dataclass(frozen=True)
class Brought:
    """What came of a folder. lists: (file, lines, lines turned down) of each list of reference."""

    imports: tuple[DirectoryImport, ...] = ()
    lists: tuple[tuple[str, int, int], ...] = ()


REFERENCE: tuple[tuple[str, Callable[[bytes, str], Loaded]], ...] = (
    ("geo/communes.csv", communes.load),
    ("geo/epci.csv", communes.load_epcis),
    ("ref/sectors.csv", sector_lists.load),
)
VOCABULARY = "cpv/cpv_2008_en_fr.csv"
TABLES = (
    Listed("siae/siae_le_marche_fixture.csv", Role.COMPANY, "SIAE"),
    Listed("ess/ess_numerique_2026.csv", Role.COMPANY, "ESS France"),
    Listed("scenario/companies_occitanie.csv", Role.COMPANY, ""),
    Listed("scenario/buyers_occitanie.csv", Role.BUYER, ""),
    Listed("decp/buyers_from_decp_2024H2.csv", Role.BUYER, "DECP"),
    Listed("decp/decp_2024H2_travaux_cpv4521.csv", None, "DECP"),
)


@action
def bring(folder: Path, organiser: Organiser, *, by: User, tell: Tell) -> Brought:
    """Import every official list that is there, and say what came of each."""
    lists = _references(folder, tell)
    there = [one for one in TABLES if (folder / one.path).is_file()]
    contents = {one: (folder / one.path).read_bytes() for one in there}
    total = sum(content.count(b"\n") for content in contents.values())
    brought, before = [], 0
    for one, content in contents.items():
        started = before

        def told(done: int, of: int, started: int = started) -> None:
            tell("import", min(started + done, total) - 1, total)

        brought.append(_imported(one, content, organiser, by, told))
        before += content.count(b"\n")
    tell("import", total - 1, total)
    return Brought(tuple(brought), lists)


def _references(folder: Path, tell: Tell) -> tuple[tuple[str, int, int], ...]:
    found = []
    there = [(path, load) for path, load in REFERENCE if (folder / path).is_file()]
    for number, (path, load) in enumerate(there):
        tell("reference", number, len(there) + 1)
        loaded = load((folder / path).read_bytes(), path)
        found.append((Path(path).name, loaded.total, len(loaded.rejected)))
    if (folder / VOCABULARY).is_file():
        codes = cpv.load((folder / VOCABULARY).read_bytes(), VOCABULARY)
        found.append((Path(VOCABULARY).name, codes.added + codes.changed + codes.same, 0))
    tell("reference", len(there), len(there) + 1)
    return tuple(found)


def _imported(
    one: Listed,
    content: bytes,
    organiser: Organiser,
    by: User,
    tell: Callable[[int, int], None],
) -> DirectoryImport:
    brought = imports.look_at(
        organiser,
        by=by,
        role=one.role,
        file_name=Path(one.path).name,
        content=content,
        usual=Usual(buyer_kind=BuyerKind.PUBLIC),
        source=one.source,
    )
    import_runs.begin(brought, by=by, list_buyers=True)
    import_runs.carry_out(brought, by=by, tell=tell)
    return brought
