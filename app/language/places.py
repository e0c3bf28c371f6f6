# SPDX-License-Identifier: EUPL-1.2
"""How departments, regions and the reach of an activity are said."""

from collections.abc import Collection

from app.language.translate import gettext
from app.rules.companies import GeoRange
from app.rules.territories import DEPARTMENTS, REGIONS


def place(code: str) -> str:
    """« Hérault (34) » for a department, « Occitanie » for a region, the code for anything else."""
    if code in DEPARTMENTS:
        return f"{DEPARTMENTS[code]} ({code})"
    return REGIONS.get(code, code)


def reach(geo_range: GeoRange, zones: Collection[str] = (), km: int | None = None) -> str:
    """« dans toute la France », « Aude (11), Hérault (34) », « à moins de 40 km »."""
    if geo_range == GeoRange.COUNTRY:
        return gettext("dans toute la France")
    if geo_range == GeoRange.CUSTOM:
        return gettext("à moins de %(km)s km", km=km)
    return ", ".join(place(zone) for zone in zones)
