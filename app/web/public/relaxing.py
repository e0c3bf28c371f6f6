# SPDX-License-Identifier: EUPL-1.2
"""When a search finds nothing: what to change in it, and how many listings that would find."""

from dataclasses import dataclass, replace
from typing import Any

from app.language import phrases
from app.language.translate import gettext
from app.queries import directory
from app.queries.editions import Edition
from app.rules.companies import Role
from app.rules.search import words_of
from app.web.public.narrowing import Asked

OCCITANIE = "R76"


@dataclass(frozen=True)
class Way:
    """Another search that would find something."""

    address: str
    words: str
    count: int


def ways(asked: Asked, edition: Edition | None) -> list[Way]:
    """What would find something: one filter less, or one word only."""
    found = [
        Way(asked.address(**change), said, _total(replace(asked, **change), edition))
        for said, change in [*_wider(asked), *_one_filter_less(asked), *_other_words(asked)]
    ]
    return [way for way in found if way.count]


def _total(asked: Asked, edition: Edition | None) -> int:
    return directory.total(**asked.asking(edition))


def _wider(asked: Asked) -> list[tuple[str, dict[str, Any]]]:
    changes: list[tuple[str, dict[str, Any]]] = []
    if asked.at_home and asked.zone and asked.role == Role.COMPANY:
        said = gettext("chercher aussi celles d'ailleurs qui y interviennent")
        changes.append((said, {"at_home": False}))
    if asked.zone and asked.zone != OCCITANIE:
        changes.append((gettext("chercher dans toute l'Occitanie"), {"zone": OCCITANIE}))
    if asked.zone:
        changes.append((gettext("chercher partout"), {"zone": ""}))
    if asked.coming:
        changes.append((gettext("chercher dans tout l'annuaire"), {"coming": False}))
    return changes


def _one_filter_less(asked: Asked) -> list[tuple[str, dict[str, Any]]]:
    return [
        (
            gettext("retirer le filtre « %(name)s »", name=phrases.word(facet)),
            asked.with_values(facet, ()),
        )
        for facet in asked.values
    ]


def _other_words(asked: Asked) -> list[tuple[str, dict[str, Any]]]:
    changes: list[tuple[str, dict[str, Any]]] = []
    if len(words_of(asked.text)) > 1:
        for word in asked.text.split()[:4]:
            changes.append((gettext("chercher « %(word)s »", word=word), {"text": word}))
    if asked.role == Role.COMPANY:
        other_bank, who = gettext("chercher parmi les acheteurs"), "acheteurs"
    else:
        other_bank, who = gettext("chercher parmi les entreprises"), "entreprises"
    return [*changes, (other_bank, {"who": who, "values": {}})]
