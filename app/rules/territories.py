# SPDX-License-Identifier: EUPL-1.2
"""Departments and regions of France, and whether an activity reaches one of them."""

from collections.abc import Collection
from math import asin, cos, radians, sin, sqrt

from app.rules.companies import GeoRange
from app.rules.errors import RuleBroken
from app.rules.prefectures import PREFECTURES

EARTH_KM = 6371.0
LONGEST_REACH_KM = 1000

REGIONS: dict[str, str] = {
    "R01": "Guadeloupe",
    "R02": "Martinique",
    "R03": "Guyane",
    "R04": "La Réunion",
    "R06": "Mayotte",
    "R11": "Île-de-France",
    "R24": "Centre-Val de Loire",
    "R27": "Bourgogne-Franche-Comté",
    "R28": "Normandie",
    "R32": "Hauts-de-France",
    "R44": "Grand Est",
    "R52": "Pays de la Loire",
    "R53": "Bretagne",
    "R75": "Nouvelle-Aquitaine",
    "R76": "Occitanie",
    "R84": "Auvergne-Rhône-Alpes",
    "R93": "Provence-Alpes-Côte d'Azur",
    "R94": "Corse",
    "R975": "Saint-Pierre-et-Miquelon",
    "R977": "Saint-Barthélemy",
    "R978": "Saint-Martin",
    "R986": "Wallis-et-Futuna",
    "R987": "Polynésie française",
    "R988": "Nouvelle-Calédonie",
}

_BY_REGION: dict[str, str] = {
    "R01": "971 Guadeloupe",
    "R02": "972 Martinique",
    "R03": "973 Guyane",
    "R04": "974 La Réunion",
    "R06": "976 Mayotte",
    "R11": "75 Paris|77 Seine-et-Marne|78 Yvelines|91 Essonne|92 Hauts-de-Seine"
    "|93 Seine-Saint-Denis|94 Val-de-Marne|95 Val-d'Oise",
    "R24": "18 Cher|28 Eure-et-Loir|36 Indre|37 Indre-et-Loire|41 Loir-et-Cher|45 Loiret",
    "R27": "21 Côte-d'Or|25 Doubs|39 Jura|58 Nièvre|70 Haute-Saône|71 Saône-et-Loire|89 Yonne"
    "|90 Territoire de Belfort",
    "R28": "14 Calvados|27 Eure|50 Manche|61 Orne|76 Seine-Maritime",
    "R32": "02 Aisne|59 Nord|60 Oise|62 Pas-de-Calais|80 Somme",
    "R44": "08 Ardennes|10 Aube|51 Marne|52 Haute-Marne|54 Meurthe-et-Moselle|55 Meuse|57 Moselle"
    "|67 Bas-Rhin|68 Haut-Rhin|88 Vosges",
    "R52": "44 Loire-Atlantique|49 Maine-et-Loire|53 Mayenne|72 Sarthe|85 Vendée",
    "R53": "22 Côtes-d'Armor|29 Finistère|35 Ille-et-Vilaine|56 Morbihan",
    "R75": "16 Charente|17 Charente-Maritime|19 Corrèze|23 Creuse|24 Dordogne|33 Gironde|40 Landes"
    "|47 Lot-et-Garonne|64 Pyrénées-Atlantiques|79 Deux-Sèvres|86 Vienne|87 Haute-Vienne",
    "R76": "09 Ariège|11 Aude|12 Aveyron|30 Gard|31 Haute-Garonne|32 Gers|34 Hérault|46 Lot"
    "|48 Lozère|65 Hautes-Pyrénées|66 Pyrénées-Orientales|81 Tarn|82 Tarn-et-Garonne",
    "R84": "01 Ain|03 Allier|07 Ardèche|15 Cantal|26 Drôme|38 Isère|42 Loire|43 Haute-Loire"
    "|63 Puy-de-Dôme|69 Rhône|73 Savoie|74 Haute-Savoie",
    "R93": "04 Alpes-de-Haute-Provence|05 Hautes-Alpes|06 Alpes-Maritimes|13 Bouches-du-Rhône"
    "|83 Var|84 Vaucluse",
    "R94": "2A Corse-du-Sud|2B Haute-Corse",
    # Overseas collectivities are in no region; each counts as its own.
    "R975": "975 Saint-Pierre-et-Miquelon",
    "R977": "977 Saint-Barthélemy",
    "R978": "978 Saint-Martin",
    "R986": "986 Wallis-et-Futuna",
    "R987": "987 Polynésie française",
    "R988": "988 Nouvelle-Calédonie",
}

_LISTED = sorted(
    (code, name, region)
    for region, listed in _BY_REGION.items()
    for code, _, name in (entry.partition(" ") for entry in listed.split("|"))
)
DEPARTMENTS: dict[str, str] = {code: name for code, name, _ in _LISTED}
REGION_OF: dict[str, str] = {code: region for code, _, region in _LISTED}

# One bit for each department, so that two territories are compared in one step.
_BIT: dict[str, int] = {code: 1 << rank for rank, code in enumerate(DEPARTMENTS)}
_EVERYWHERE = (1 << len(DEPARTMENTS)) - 1


def departments_of(region: str) -> list[str]:
    """The codes of the departments of a region, in order."""
    return [code for code, at in REGION_OF.items() if at == region]


def within(zones: Collection[str]) -> frozenset[str]:
    """The departments that these codes of departments ("34") or regions ("R76") stand for.

    A region holds its departments on both sides: who serves the region serves each of them, and a
    need for the region is served in part by who serves one of them.
    """
    return frozenset(code for code in DEPARTMENTS if code in zones or REGION_OF[code] in zones)


def mask_of(zones: Collection[str]) -> int:
    """The same as a whole number with one bit for each department."""
    mask = 0
    for zone in zones:
        mask |= _MASKS.get(zone, 0)
    return mask


def departments_in(mask: int) -> tuple[str, ...]:
    """The departments of such a number, in order."""
    return tuple(code for code, bit in _BIT.items() if mask & bit)


def reach_mask(
    geo_range: GeoRange,
    *,
    zones: Collection[str] = (),
    km: int | None = None,
    seat: tuple[float, float] | None = None,
    home: str = "",
) -> int:
    """All that an activity reaches, one bit for each department; see `reached`."""
    if geo_range == GeoRange.COUNTRY:
        return _EVERYWHERE
    if geo_range == GeoRange.ZONES:
        return mask_of(zones)
    near = mask_of((home,))
    if seat is not None and km:
        here = on_sphere(seat)
        for code, town in _TOWNS.items():
            if chord_km(here, town) <= km:
                near |= _BIT[code]
    return near


def department_of(post_code: str) -> str:
    """The department of a post code ("34000" → "34", "20200" → "2B"), or "" when there is none."""
    digits = post_code.strip()
    if digits.startswith("20"):
        return "2A" if digits[:3] in ("200", "201") else "2B"
    code = digits[:3] if digits.startswith(("97", "98")) else digits[:2]
    return code if code in DEPARTMENTS else ""


def on_sphere(point: tuple[float, float]) -> tuple[float, float, float]:
    """A point (latitude, longitude in degrees) in kilometres from the centre of the Earth."""
    lat, lon = map(radians, point)
    return EARTH_KM * cos(lat) * cos(lon), EARTH_KM * cos(lat) * sin(lon), EARTH_KM * sin(lat)


def chord_km(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """Kilometres straight through the ground between two such points: 1 m less than over it at
    100 km, 1 km less at 1,000; only sums, products and a root, hence the same on every machine.
    """
    dx, dy, dz = one[0] - other[0], one[1] - other[1], one[2] - other[2]
    return sqrt(dx * dx + dy * dy + dz * dz)


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres as the crow flies between two points (latitude, longitude in degrees)."""
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def reached(
    geo_range: GeoRange,
    *,
    zones: Collection[str] = (),
    km: int | None = None,
    seat: tuple[float, float] | None = None,
    home: str = "",
    among: Collection[str] = tuple(DEPARTMENTS),
) -> frozenset[str]:
    """The departments of `among` that an activity reaches.

    zones: codes of departments or regions. km: around the seat. home: the department of the seat.
    """
    mask = reach_mask(geo_range, zones=zones, km=km, seat=seat, home=home)
    return frozenset(code for code in among if _BIT.get(code, 0) & mask)


_MASKS: dict[str, int] = {
    zone: sum(_BIT[code] for code in within((zone,))) for zone in (*DEPARTMENTS, *REGIONS)
}
_TOWNS = {code: on_sphere(town) for code, town in PREFECTURES.items() if code in DEPARTMENTS}


def require_territory(
    geo_range: GeoRange, *, zones: Collection[str], distance_km: int | None
) -> tuple[list[str], int | None]:
    """(zones, kilometres) of an activity, of which only what its range needs is kept.

    Errors: RuleBroken `zones_missing`, `department_unknown`, `distance_missing`.
    """
    if geo_range == GeoRange.COUNTRY:
        return [], None
    if geo_range == GeoRange.CUSTOM:
        if distance_km is None or not 1 <= distance_km <= LONGEST_REACH_KM:
            raise RuleBroken("distance_missing", field="distance_km", most=LONGEST_REACH_KM)
        return [], distance_km
    for zone in zones:
        if zone not in DEPARTMENTS and zone not in REGIONS:
            raise RuleBroken("department_unknown", field="zones", written=zone)
    if not zones:
        raise RuleBroken("zones_missing", field="zones")
    return sorted(set(zones)), None
