# SPDX-License-Identifier: EUPL-1.2
"""A list of trades brought from elsewhere: reading it, and finding our own words among its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.rules.errors import RuleBroken
from app.rules.search import folded
from app.rules.sectors import FAMILIES

COLUMNS = {
    "group_slug": {"group slug"},
    "group_name": {"group name", "famille", "groupe", "family"},
    "group_name_en": {"group name en"},
    "slug": {"sector slug", "slug"},
    "name": {"sector name", "metier", "secteur", "sector", "name"},
    "name_en": {"sector name en", "name en", "english"},
}
NEEDED = ("group_name", "name")
SMALL = frozenset({"et", "de", "des", "du", "d", "la", "le", "les", "l", "en"})
# Families of Le marché de l'inclusion that are ours under another name.
ALIASES = {
    "Ameublement, déco, textile & Artisanat": "ameublement",
    "Réparations & Dépannages": "reparation",
    "Communication, Marketing": "communication",
    "Culture, Divertissement et Tourisme": "culture-tourisme",
    "Agro-Alimentaire": "agriculture",
    "Restauration": "restauration",
    "Déménagements, Livraisons & Transports": "transport",
    "Assistance générale et administrative": "administratif",
    "Bâtiments et Travaux publics": "batiment",
    "Prestations informatiques": "numerique",
    "Recyclage, économie circulaire": "reemploi",
    "Sécurité & Préventions": "securite",
    "Prestations intellectuelles": "conseil",
}


@dataclass(frozen=True)
class SectorLine:
    """A trade and its family, in French; in English too where the list says it."""

    group: str
    group_name: str
    group_name_en: str
    slug: str
    name: str
    name_en: str


def same(text: str) -> str:
    """Words as they are compared: « Hygiène et Propreté » and « Hygiène & propreté » are one."""
    return " ".join(word for word in folded(text).split() if word not in SMALL)


FAMILY_OF = {
    **{same(name): slug for name, slug in ALIASES.items()},
    **{same(family.french): family.slug for family in FAMILIES},
}


def places_in(header: Sequence[str]) -> dict[str, int]:
    """Fact → its place in the table. Errors: RuleBroken `sectors_columns`."""
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        for fact, names in COLUMNS.items():
            if folded(title.replace("_", " ")) in names:
                places.setdefault(fact, place)
    missing = [fact for fact in NEEDED if fact not in places]
    if missing:
        found = ", ".join(filter(None, header))[:300] or "–"
        raise RuleBroken("sectors_columns", field="file", missing=", ".join(missing), found=found)
    return places


def sector_of(written: dict[str, str]) -> SectorLine:
    """A line of the list. Errors: RuleBroken `import_name_missing`."""
    name, group = written.get("name", "").strip(), written.get("group_name", "").strip()
    if not name or not group:
        raise RuleBroken("import_name_missing", field="name")
    slug = written.get("slug") or same(name).replace(" ", "-")
    own = written.get("group_slug") or same(group).replace(" ", "-")
    return SectorLine(
        FAMILY_OF.get(same(group), own)[:80],
        group[:200],
        written.get("group_name_en", "")[:200],
        slug[:80],
        name[:200],
        written.get("name_en", "")[:200],
    )
