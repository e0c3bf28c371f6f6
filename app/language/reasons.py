# SPDX-License-Identifier: EUPL-1.2
"""The reasons of a proposal, in words, and how its points are made up."""

from collections.abc import Callable, Mapping
from typing import Any

from app.language import phrases
from app.language.translate import gettext, language, ngettext
from app.rules.companies import PrestaType
from app.rules.criteria import Criterion
from app.rules.matching import Reason
from app.rules.territories import DEPARTMENTS

MANY = 3


def said(reason: Reason, *, sectors: Mapping[int, Any]) -> str:
    """The sentence of one reason, doubt or share of points. sectors: id → sector, for its name."""
    return _SENTENCES[reason.criterion](reason, sectors)


def named(sector: Any) -> str:
    """The name of a trade or of a family of trades, in the reader's language."""
    return str(sector.name_fr if language() == "fr" else sector.name_en)


def places(departments: list[str] | tuple[str, ...]) -> str:
    """« Gard, Hérault », or how many there are when they are many."""
    if len(departments) > MANY:
        return ngettext("%(num)d département", "%(num)d départements", len(departments))
    return ", ".join(DEPARTMENTS.get(code, code) for code in departments)


def _sector(reason: Reason, sectors: Mapping[int, Any]) -> str:
    name = named(sectors[reason.facts["sector"]])  # type: ignore[index]
    if reason.holds:
        return gettext("Même métier : %(name)s", name=name)
    return gettext("Métier voisin : %(name)s", name=name)


def _territory(reason: Reason, sectors: Mapping[int, Any]) -> str:
    departments: tuple[str, ...] = reason.facts["departments"]  # type: ignore[assignment]
    if not reason.holds:
        return gettext(
            "N'intervient que dans %(some)s des %(all)s départements : %(places)s",
            some=len(departments), all=reason.facts["asked"], places=places(departments),
        )  # fmt: skip
    if reason.facts["country"]:
        return gettext("Intervient dans toute la France")
    if len(departments) > MANY:
        return gettext("Intervient dans les %(all)s départements du besoin", all=len(departments))
    return gettext("Intervient sur place : %(places)s", places=places(departments))


def _set_aside(reason: Reason, sectors: Mapping[int, Any]) -> str:
    if reason.holds:
        return gettext(
            "Éligible au marché réservé %(article)s", article=str(reason.facts["article"])
        )
    if reason.facts.get("not_yet"):
        return gettext("La réservation n'existait pas encore à la date du besoin")
    if reason.facts.get("kind") is not None:
        return gettext("Éligible si sa forme juridique relève de l'ESS : à vérifier avec elle")
    return gettext("Type de structure non précisé : vérifiez qu'elle peut répondre")


def _cpv(reason: Reason, sectors: Mapping[int, Any]) -> str:
    cpv = str(reason.facts["cpv"])
    if not reason.share:
        return gettext(
            "Ni ses métiers ni ses marchés passés ne portent ce code (CPV %(cpv)s)", cpv=cpv
        )
    if reason.facts["won"]:
        return gettext("A déjà tenu un marché public proche (CPV %(cpv)s)", cpv=cpv)
    return gettext("Son métier répond à ce code (CPV %(cpv)s)", cpv=cpv)


def _presta(reason: Reason, sectors: Mapping[int, Any]) -> str:
    types: tuple[str, ...] = reason.facts["types"]  # type: ignore[assignment]
    kinds = ", ".join(phrases.word(PrestaType(one)).lower() for one in types)
    if reason.holds:
        return gettext("Propose : %(kind)s", kind=kinds)
    return gettext("Ne propose pas : %(kind)s", kind=kinds)


def _near(reason: Reason, sectors: Mapping[int, Any]) -> str:
    if "km" in reason.facts:
        km: int = reason.facts["km"]  # type: ignore[assignment]
        return gettext("Siège à %(km)s km", km=km) if km else gettext("Siège dans la même ville")
    if "department" in reason.facts:
        name = places([str(reason.facts["department"])])
        return gettext("Siège dans le département : %(name)s", name=name)
    if reason.share:
        return gettext("Lieu du siège non précisé")
    return gettext("Siège hors des départements du besoin")


def _size(reason: Reason, sectors: Mapping[int, Any]) -> str:
    if "percent" not in reason.facts:
        if reason.facts["done"]:
            return gettext("A déjà tenu un marché de ce montant")
        return gettext("Taille non précisée")
    percent: int = reason.facts["percent"]  # type: ignore[assignment]
    if reason.facts["estimated"]:
        return _estimated(reason, percent)
    if percent < 1:
        return gettext("Ce marché pèserait moins de 1 %% de son chiffre d'affaires", n=percent)
    if reason.holds:
        return gettext("Ce marché pèserait %(n)s %% de son chiffre d'affaires", n=percent)
    return gettext("Dépendance : ce marché pèserait %(n)s %% de son chiffre d'affaires", n=percent)


def _estimated(reason: Reason, percent: int) -> str:
    """Known by its people alone, and told so."""
    count: int = reason.facts["headcount"]  # type: ignore[assignment]
    if reason.holds:
        return ngettext(
            "%(num)d salarié : taille suffisante", "%(num)d salariés : taille suffisante", count
        )
    return ngettext(
        "Dépendance : environ %(n)s %% de l'activité de %(num)d salarié, "
        "pensez à un lot plus petit",
        "Dépendance : environ %(n)s %% de l'activité de %(num)d salariés, "
        "pensez à un lot plus petit",
        count,
        n=percent,
    )


def _novelty(reason: Reason, sectors: Mapping[int, Any]) -> str:
    if reason.facts["met"]:
        return gettext("Déjà rencontrés lors d'une édition passée")
    return gettext("Jamais rencontrés lors d'une édition passée")


_SENTENCES: dict[Criterion, Callable[[Reason, Mapping[int, Any]], str]] = {
    Criterion.SECTOR: _sector,
    Criterion.TERRITORY: _territory,
    Criterion.SET_ASIDE: _set_aside,
    Criterion.CPV: _cpv,
    Criterion.PRESTA: _presta,
    Criterion.NEAR: _near,
    Criterion.SIZE: _size,
    Criterion.NOVELTY: _novelty,
}
