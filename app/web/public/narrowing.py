# SPDX-License-Identifier: EUPL-1.2
"""What stands beside the list of the directory: filters, map, chips, and ways on when empty."""

from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for

from app.language import phrases
from app.language.places import place
from app.language.translate import gettext, language
from app.queries import directory
from app.queries.companies import SectorGroup
from app.queries.directory import Page
from app.queries.editions import Edition
from app.rules.companies import BuyerKind, CompanyKind, PrestaType, Role
from app.rules.search import words_of
from app.rules.territories import DEPARTMENTS, REGIONS, departments_of
from app.web.shared import filters

OCCITANIE = "R76"
ROLES = {"entreprises": Role.COMPANY, "acheteurs": Role.BUYER}


@dataclass(frozen=True)
class Asked:
    """A search as it stands in the address."""

    who: str = "entreprises"
    text: str = ""
    zone: str = ""
    kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sold: tuple[str, ...] = ()
    coming: bool = False
    page: int = 1

    @property
    def role(self) -> Role:
        return ROLES[self.who]

    def address(self, **changes: Any) -> str:
        """The address of this search with something changed; it starts again at page 1."""
        to = replace(self, **{"page": 1, **changes})
        return url_for(
            "public.directory.search",
            qui=to.who if to.who != "entreprises" else None,
            q=to.text or None,
            zone=to.zone or None,
            type=list(to.kinds),
            metier=list(to.groups),
            prestation=list(to.sold),
            venue="1" if to.coming else None,
            page=to.page if to.page > 1 else None,
        )

    def found(self, edition: Edition | None) -> Page:
        """What answers this search."""
        return directory.search(
            self.text,
            role=self.role,
            sector=self.groups or None,
            department=self.zone or None,
            kind=self.kinds or None,
            presta_type=self.sold or None,
            edition=edition if self.coming else None,
            first=edition,
            page=self.page,
        )


@dataclass(frozen=True)
class Choice:
    """One value of a filter: its words, how many it finds, whether it is chosen."""

    value: str
    words: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Way:
    """Another search that would find something."""

    address: str
    words: str
    count: int


def asked(edition: Edition | None) -> Asked:
    """The search in the address; what is not a value of a filter is left out."""
    zone = request.args.get("zone", "")
    who = request.args.get("qui", "")
    return Asked(
        who=who if who in ROLES else "entreprises",
        text=filters.text(),
        zone=zone if zone in DEPARTMENTS or zone in REGIONS else "",
        kinds=_among("type", {*CompanyKind, *BuyerKind}),
        groups=tuple(dict.fromkeys(request.args.getlist("metier")))[:40],
        sold=_among("prestation", set(PrestaType)),
        coming=edition is not None and request.args.get("venue") == "1",
        page=filters.page_number(),
    )


def _among(name: str, known: set[Any]) -> tuple[str, ...]:
    values = {str(member.value) for member in known}
    return tuple(value for value in dict.fromkeys(request.args.getlist(name)) if value in values)


def facets(asked: Asked, page: Page, families: list[SectorGroup]) -> list[tuple[str, str, Any]]:
    """(name in the address, title, choices) of each filter with boxes."""
    counts = page.facets
    kinds = [
        Choice(kind.value, phrases.word(kind), counts.kinds[kind], kind.value in asked.kinds)
        for kind in (CompanyKind if asked.role == Role.COMPANY else BuyerKind)
    ]
    groups = [
        Choice(family.slug, _name(family), counts.sectors[family.slug], family.slug in asked.groups)
        for family in families
    ]
    sold = [
        Choice(kind.value, phrases.word(kind), counts.sold[kind], kind.value in asked.sold)
        for kind in PrestaType
    ]
    shown = [("type", gettext("Type de structure"), kinds)]
    if asked.role == Role.COMPANY:
        shown += [
            ("prestation", gettext("Ce qu'elle propose"), sold),
            ("metier", gettext("Famille de métiers"), groups),
        ]
    return [
        (name, title, [choice for choice in choices if choice.count or choice.is_chosen])
        for name, title, choices in shown
    ]


# Where each department of Occitanie stands in the hexagons: (column, row).
PLACES = {
    "46": (2, 0), "12": (3, 0), "48": (4, 0), "82": (1.5, 1), "81": (2.5, 1), "34": (3.5, 1),
    "30": (4.5, 1), "32": (1, 2), "31": (2, 2), "11": (3, 2), "65": (1.5, 3), "09": (2.5, 3),
    "66": (3.5, 3),
}  # fmt: skip


def hexes(asked: Asked, page: Page) -> list[dict[str, Any]]:
    """One cell per department: how many listings serve it, and the search that shows them."""
    counts = page.facets.departments
    shown = [counts[code] for code in PLACES]
    least, most = min(shown), max(shown)
    return [
        {
            "code": code,
            "name": DEPARTMENTS[code],
            "count": counts[code],
            "shade": f"d{_shade(counts[code], least, most)}",
            "x": round(column * 52 - 12, 1),
            "y": 32 + row * 46,
            "is_chosen": asked.zone == code,
            "address": asked.address(zone="" if asked.zone == code else code),
        }
        for code, (column, row) in PLACES.items()
    ]


def _shade(count: int, least: int, most: int) -> int:
    """0 for none, then four shades from the least served to the most."""
    return 0 if not count else min(4, 1 + 4 * (count - least) // max(1, most - least))


def zones() -> list[tuple[str, str]]:
    """Occitanie, its departments, then all others."""
    near = departments_of(OCCITANIE)
    others = [code for code in DEPARTMENTS if code not in near]
    whole = (OCCITANIE, gettext("Toute l'Occitanie"))
    return [whole, *((code, place(code)) for code in (*near, *others))]


def chips(asked: Asked, families: list[SectorGroup]) -> list[tuple[str, str]]:
    """(words, address without it) of each filter that is set."""
    names = {family.slug: _name(family) for family in families}
    found = []
    if asked.text:
        found.append((gettext("« %(words)s »", words=asked.text), asked.address(text="")))
    if asked.zone:
        words = gettext("Intervient : %(place)s", place=place(asked.zone))
        found.append((words, asked.address(zone="")))
    if asked.coming:
        found.append((gettext("Vient au salon"), asked.address(coming=False)))
    for field, words_for in (("kinds", _kind_words), ("sold", _sold_words), ("groups", names.get)):
        chosen = getattr(asked, field)
        found += [
            (words_for(value) or value, asked.address(**{field: _without(chosen, value)}))
            for value in chosen
        ]
    return found


def ways(asked: Asked, edition: Edition | None) -> list[Way]:
    """What would find something: one filter less, or one word only."""
    changes: list[tuple[str, dict[str, Any]]] = []
    if asked.zone and asked.zone != OCCITANIE:
        changes.append((gettext("chercher dans toute l'Occitanie"), {"zone": OCCITANIE}))
    if asked.zone:
        changes.append((gettext("chercher partout"), {"zone": ""}))
    if asked.coming:
        changes.append((gettext("chercher dans tout l'annuaire"), {"coming": False}))
    for field, words in (
        ("kinds", gettext("retirer le type de structure")),
        ("sold", gettext("retirer ce qu'elle propose")),
        ("groups", gettext("retirer la famille de métiers")),
    ):
        if getattr(asked, field):
            changes.append((words, {field: ()}))
    if len(words_of(asked.text)) > 1:
        for word in asked.text.split()[:4]:
            changes.append((gettext("chercher « %(word)s »", word=word), {"text": word}))
    if asked.role == Role.COMPANY:
        other_bank, who = gettext("chercher parmi les acheteurs"), "acheteurs"
    else:
        other_bank, who = gettext("chercher parmi les entreprises"), "entreprises"
    changes.append((other_bank, {"who": who, "kinds": (), "sold": (), "groups": ()}))
    found = [
        Way(asked.address(**change), words, replace(asked, page=1, **change).found(edition).total)
        for words, change in changes
    ]
    return [way for way in found if way.count]


def _without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(kept for kept in values if kept != value)


def _name(family: SectorGroup) -> str:
    return str(family.name_en if language() == "en" else family.name_fr)


def _kind_words(value: str) -> str:
    kind = CompanyKind(value) if value in set(CompanyKind) else BuyerKind(value)
    return phrases.word(kind)


def _sold_words(value: str) -> str:
    return phrases.word(PrestaType(value))
