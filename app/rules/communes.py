# SPDX-License-Identifier: EUPL-1.2
"""The official lists of communes and of their groupings: reading a line, comparing two names."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.rules.errors import RuleBroken
from app.rules.search import folded
from app.rules.territories import DEPARTMENTS

SOURCE = "communes"
COMMUNES = {
    "insee_code": {"insee code", "code insee", "code", "code commune", "code commune insee"},
    "name": {"name", "nom", "nom commune", "libelle", "nom standard"},
    "department": {"department", "departement", "code departement", "dep code"},
    "post_codes": {"post codes", "codes postaux", "code postal", "codes postal"},
    "siren": {"siren"},
    "population": {"population"},
    "lat": {"lat", "latitude", "latitude centre", "latitude mairie"},
    "lon": {"lon", "longitude", "longitude centre", "longitude mairie"},
    "kind": {"kind", "type", "typecom"},
}
EPCIS = {
    "siren": {"siren", "siren epci", "code"},
    "name": {"name", "nom", "raison sociale", "libelle"},
    "kind": {"type", "kind", "nature juridique"},
    "population": {"population", "population totale"},
}
KEYS = ("insee_code", "siren")
INSEE = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-8]|2[AB])\d{3}")
DISTRICT = re.compile(r"^(paris|lyon|marseille) \d{1,2}(?: ?(?:er|e|eme))?(?: arrondissement)?$")
OF_TODAY = frozenset({"", "commune actuelle", "com", "arrondissement municipal", "arm"})


@dataclass(frozen=True)
class CommuneLine:
    """A commune as the official list tells it. lat, lon: degrees, None where the list has none."""

    insee_code: str
    name: str
    department: str
    post_codes: tuple[str, ...]
    siren: str
    population: int
    lat: float | None
    lon: float | None


def same_name(text: str) -> str:
    """A name as it is compared: « St-Étienne », « SAINT ETIENNE CEDEX 2 » are one."""
    words = [{"st": "saint", "ste": "sainte"}.get(word, word) for word in folded(text).split()]
    if "cedex" in words:
        words = words[: words.index("cedex")]
    said = " ".join(words)
    district = DISTRICT.match(said)
    return district[1] if district else said


@dataclass(frozen=True)
class EpciLine:
    """A grouping of communes. kind: CC, CA, CU, ME…"""

    siren: str
    name: str
    kind: str
    population: int


def is_title(word: str, names: Mapping[str, Collection[str]]) -> bool:
    """Whether it is the name of a column of such a list."""
    said = folded(word.replace("_", " "))
    return any(said in known for known in names.values())


def places_in(header: Sequence[str], names: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Fact → its place in the table. Errors: RuleBroken `communes_columns`."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        said = folded(name.replace("_", " "))
        for fact, known in names.items():
            if said in known:
                places.setdefault(fact, place)
    key = next(fact for fact in KEYS if fact in names)
    missing = [fact for fact in (key, "name") if fact not in places]
    if missing:
        found = ", ".join(filter(None, header))[:300] or "–"
        raise RuleBroken("communes_columns", field="file", missing=", ".join(missing), found=found)
    return places


def commune_of(written: Mapping[str, str]) -> CommuneLine | None:
    """A line of the list; None for what is no commune any more, or only a part of one.

    Errors: RuleBroken `commune_code`, `import_name_missing`.
    """
    code, name = written.get("insee_code", "").upper(), written.get("name", "").strip()
    if folded(written.get("kind", "")) not in OF_TODAY:
        return None
    code = f"0{code}" if len(code) == 4 else code  # spreadsheets drop the first zero
    if not INSEE.fullmatch(code):
        raise RuleBroken("commune_code", field="insee_code")
    if not name:
        raise RuleBroken("import_name_missing", field="name")
    department = written.get("department", "").upper().zfill(2) or department_of_code(code)
    return CommuneLine(
        code,
        name[:200],
        department if department in DEPARTMENTS else department_of_code(code),
        tuple(dict.fromkeys(re.findall(r"\d{5}", written.get("post_codes", "")))),
        "".join(re.findall(r"\d", written.get("siren", "")))[:9],
        _whole(written.get("population", "")),
        _degrees(written.get("lat", "")),
        _degrees(written.get("lon", "")),
    )


def epci_of(written: Mapping[str, str]) -> EpciLine:
    """A line of the list of groupings. Errors: RuleBroken `siren_wrong`, `import_name_missing`."""
    siren, name = "".join(written.get("siren", "").split()), written.get("name", "").strip()
    if not (siren.isascii() and siren.isdigit() and len(siren) == 9):
        raise RuleBroken("siren_wrong", field="siren")
    if not name:
        raise RuleBroken("import_name_missing", field="name")
    kind, population = written.get("kind", "")[:8], _whole(written.get("population", ""))
    return EpciLine(siren, name[:200], kind, population)


def _whole(text: str) -> int:
    digits = "".join(text.split())
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def department_of_code(insee_code: str) -> str:
    """« 34172 » is of « 34 », « 97411 » of « 974 »."""
    return insee_code[:3] if insee_code.startswith(("97", "98")) else insee_code[:2]


def _degrees(text: str) -> float | None:
    try:
        return float(text.replace(",", ".")) if text else None
    except ValueError:
        return None
