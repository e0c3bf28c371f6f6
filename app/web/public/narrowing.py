# SPDX-License-Identifier: EUPL-1.2
"""A search as it stands in the address, and what stands beside its list: filters and chips."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from flask import request, url_for

from app.language import phrases
from app.language.places import place
from app.language.translate import gettext, language
from app.queries import directory
from app.queries.directory import Page
from app.queries.editions import Edition
from app.queries.vocabulary import Names, Vocabulary
from app.rules.companies import BuyerKind, CompanyKind, Family, PrestaType, Role
from app.rules.directory import Facet, Proof, Size, Wanted, places_of
from app.rules.territories import DEPARTMENTS, REGIONS
from app.web.shared import filters

ROLES = {"entreprises": Role.COMPANY, "acheteurs": Role.BUYER}
# Facet → its name in the address, in the order of the page.
NAMES = {
    Facet.KINDS: "type",
    Facet.SOLD: "prestation",
    Facet.SECTORS: "metier",
    Facet.PROOFS: "preuve",
    Facet.LABELS: "label",
    Facet.FAMILIES: "famille",
    Facet.NETWORKS: "reseau",
    Facet.SIZES: "taille",
}
OF_BUYERS = (Facet.KINDS,)
MOST_VALUES = 40
MOST_COMPARED = 4


@dataclass(frozen=True)
class Asked:
    """A search as it stands in the address.

    at_home: those whose seat is in the zone, instead of those who work there. compared: numbers of
    listings to lay side by side, which the pages of the search hand on. need: the number of the
    need of one's own that gives the order.
    """

    who: str = "entreprises"
    text: str = ""
    zone: str = ""
    at_home: bool = False
    values: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    coming: bool = False
    compared: tuple[int, ...] = ()
    as_map: bool = False
    need: int | None = None
    page: int = 1

    @property
    def role(self) -> Role:
        return ROLES[self.who]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.zone or self.coming or any(self.values.values()))

    def address(self, endpoint: str = "public.directory.search", **changes: Any) -> str:
        """The address of this search with something changed; it starts again at page 1."""
        to = replace(self, **{"page": 1, **changes})
        chosen: dict[str, Any] = {NAMES[facet]: list(some) for facet, some in to.values.items()}
        return url_for(
            endpoint,
            qui=to.who if to.who != "entreprises" else None,
            q=to.text or None,
            zone=to.zone or None,
            lieu="siege" if to.at_home and to.zone else None,
            venue="1" if to.coming else None,
            page=to.page if to.page > 1 else None,
            fiche=list(to.compared),
            vue="carte" if to.as_map else None,
            besoin=to.need if to.who == "entreprises" else None,
            **chosen,
        )

    def with_values(self, facet: Facet, values: tuple[str, ...]) -> dict[str, Any]:
        """The change that gives a filter other values."""
        return {"values": {**self.values, facet: values}}

    def found(self, edition: Edition | None, steps: Sequence[Wanted] = ()) -> Page:
        """What answers this search. steps: the order of a need, from the closest."""
        return directory.search(**self.asking(edition), first=edition, steps=steps, page=self.page)

    def asking(self, edition: Edition | None) -> dict[str, Any]:
        """The search as `queries.directory` takes it."""
        where = Facet.LOCATED if self.at_home else Facet.SERVED
        chosen = {**self.values, where: places_of(self.zone)}
        return {
            "text": self.text,
            "role": self.role,
            "chosen": chosen,
            "edition": edition if self.coming else None,
        }


@dataclass(frozen=True)
class Choice:
    """One value of a filter: its words, how many it finds, whether it is chosen.

    within: the trades of a family.
    """

    value: str
    words: str
    count: int
    is_chosen: bool
    within: tuple["Choice", ...] = ()


def asked(edition: Edition | None, words: Vocabulary) -> Asked:
    """The search in the address; what is not a value of a filter is left out."""
    zone = request.args.get("zone", "")
    who = request.args.get("qui", "")
    who = who if who in ROLES else "entreprises"
    facets = NAMES if ROLES[who] == Role.COMPANY else OF_BUYERS
    values = {facet: _among(NAMES[facet], facet, words) for facet in facets}
    if Facet.SECTORS in values:
        values[Facet.SECTORS] = _most_precise(values[Facet.SECTORS], words)
    return Asked(
        who=who,
        text=filters.text(),
        zone=zone if zone in DEPARTMENTS or zone in REGIONS else "",
        at_home=request.args.get("lieu") == "siege",
        values={facet: some for facet, some in values.items() if some},
        coming=edition is not None and request.args.get("venue") == "1",
        compared=compared(),
        as_map=request.args.get("vue") == "carte",
        need=_number("besoin"),
        page=filters.page_number(),
    )


def compared() -> tuple[int, ...]:
    """The numbers of the listings to compare that the address names, four at most."""
    written = dict.fromkeys(request.args.getlist("fiche"))
    return tuple(int(one) for one in written if one.isdecimal() and len(one) < 10)[:MOST_COMPARED]


def _number(name: str) -> int | None:
    written = request.args.get(name, "")
    return int(written) if written.isdecimal() and len(written) < 10 else None


def _among(name: str, facet: Facet, words: Vocabulary) -> tuple[str, ...]:
    written = dict.fromkeys(request.args.getlist(name)[:MOST_VALUES])
    return tuple(value for value in written if words_for(facet, value, words) is not None)


def _most_precise(chosen: tuple[str, ...], words: Vocabulary) -> tuple[str, ...]:
    """A family of which a trade is chosen too stands for that trade only."""
    narrowed = {words.family_of(value) for value in chosen}
    return tuple(value for value in chosen if value not in narrowed)


_KINDS: dict[Facet, tuple[type[StrEnum], ...]] = {
    Facet.KINDS: (CompanyKind, BuyerKind),
    Facet.SOLD: (PrestaType,),
    Facet.FAMILIES: (Family,),
    Facet.PROOFS: (Proof,),
    Facet.SIZES: (Size,),
}


def words_for(facet: Facet, value: str, words: Vocabulary) -> str | None:
    """What a value of a filter is called, None when it is none."""
    for kind in _KINDS.get(facet, ()):
        if value in set(kind):
            return phrases.word(kind(value))
    known: dict[Facet, Callable[[str], Names | None]] = {
        Facet.SECTORS: words.sector,
        Facet.LABELS: words.labels.get,
        Facet.NETWORKS: words.networks.get,
    }
    names = known[facet](value) if facet in known else None
    return names and named(names)


def named(names: Names) -> str:
    """The name in the language of the reader."""
    return names[1] if language() == "en" else names[0]


def facets(asked: Asked, page: Page, words: Vocabulary) -> list[tuple[str, str, list[Choice]]]:
    """(name in the address, title, choices) of each filter with boxes; empty ones are left out."""
    wanted = NAMES if asked.role == Role.COMPANY else OF_BUYERS
    shown = [
        (NAMES[facet], phrases.word(facet), _choices(facet, asked, page, words)) for facet in wanted
    ]
    return [(name, title, choices) for name, title, choices in shown if choices]


def _choices(facet: Facet, asked: Asked, page: Page, words: Vocabulary) -> list[Choice]:
    if facet == Facet.SECTORS:
        return [_family(slug, asked, page, words) for slug in _families(asked, page, words)]
    kinds = _KINDS.get(facet, ())
    if facet == Facet.KINDS:
        kinds = (CompanyKind,) if asked.role == Role.COMPANY else (BuyerKind,)
    listed = {Facet.LABELS: words.labels, Facet.NETWORKS: words.networks}.get(facet, {})
    values = [*listed, *(member.value for kind in kinds for member in kind)]
    choices = [_choice(facet, value, asked, page, words) for value in values]
    return [choice for choice in choices if choice.count or choice.is_chosen]


def _choice(facet: Facet, value: str, asked: Asked, page: Page, words: Vocabulary) -> Choice:
    count = page.facets[facet][value]
    said = words_for(facet, value, words) or value
    return Choice(value, said, count, value in asked.values.get(facet, ()))


def _families(asked: Asked, page: Page, words: Vocabulary) -> list[str]:
    counts, chosen = page.facets[Facet.SECTORS], asked.values.get(Facet.SECTORS, ())
    opened = {words.family_of(value) for value in chosen}
    return [slug for slug in words.families if counts[slug] or slug in chosen or slug in opened]


def _family(slug: str, asked: Asked, page: Page, words: Vocabulary) -> Choice:
    """A family; its trades stand below it once it, or one of them, is chosen."""
    family = _choice(Facet.SECTORS, slug, asked, page, words)
    trades = [_choice(Facet.SECTORS, one, asked, page, words) for one in words.trades[slug]]
    if not family.is_chosen and not any(trade.is_chosen for trade in trades):
        return family
    return replace(family, within=tuple(one for one in trades if one.count or one.is_chosen))


def chips(asked: Asked, words: Vocabulary) -> list[tuple[str, str]]:
    """(words, address without it) of each filter that is set."""
    found = []
    if asked.text:
        found.append((gettext("« %(words)s »", words=asked.text), asked.address(text="")))
    if asked.zone:
        where = place(asked.zone)
        is_seat = asked.at_home or asked.role == Role.BUYER
        said = gettext("Siège : %(place)s", place=where) if is_seat else gettext(
            "Intervient : %(place)s", place=where
        )  # fmt: skip
        found.append((said, asked.address(zone="")))
    if asked.coming:
        found.append((gettext("Vient au salon"), asked.address(coming=False)))
    for facet, chosen in asked.values.items():
        for value in chosen:
            kept = tuple(one for one in chosen if one != value)
            address = asked.address(**asked.with_values(facet, kept))
            found.append((words_for(facet, value, words) or value, address))
    return found
