# SPDX-License-Identifier: EUPL-1.2
"""Listings in words: what each kind of structure is, and what was changed, by whom."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.language.phrases import word
from app.language.places import place
from app.language.translate import country, euros, gettext, lazy, short_date
from app.rules.authorship import TYPED, number_of
from app.rules.companies import BuyerKind, CompanyKind, Family, country_of

MEANINGS: Mapping[CompanyKind, Any] = {
    CompanyKind.EI: lazy(
        "Une entreprise du secteur marchand, conventionnée par l'État, qui salarie et accompagne "
        "des personnes éloignées de l'emploi."
    ),
    CompanyKind.ACI: lazy(
        "Une structure conventionnée par l'État qui salarie et encadre, pour deux ans au plus en "
        "général, des personnes très éloignées de l'emploi."
    ),
    CompanyKind.AI: lazy(
        "Une association conventionnée par l'État qui met des salariés en parcours d'insertion à "
        "disposition de clients."
    ),
    CompanyKind.ETTI: lazy(
        "Une agence d'intérim conventionnée par l'État, consacrée aux personnes éloignées de "
        "l'emploi."
    ),
    CompanyKind.EITI: lazy(
        "Une structure qui aide des personnes éloignées de l'emploi à travailler à leur compte. "
        "C'est une expérimentation de l'État."
    ),
    CompanyKind.GEIQ: lazy(
        "Un groupement d'employeurs qui embauche et forme en alternance, puis met ses salariés à "
        "disposition de ses membres."
    ),
    CompanyKind.SEP: lazy(
        "Des biens et des services réalisés en prison par des personnes détenues, sous contrat."
    ),
    CompanyKind.EA: lazy(
        "Une entreprise agréée par l'État dont plus de la moitié des salariés sont des "
        "travailleurs handicapés."
    ),
    CompanyKind.EATT: lazy(
        "Une agence d'intérim agréée par l'État, consacrée aux travailleurs handicapés."
    ),
    CompanyKind.ESAT: lazy(
        "Un établissement médico-social où des personnes handicapées travaillent et sont "
        "accompagnées, sans être salariées."
    ),
    CompanyKind.ASSOCIATION: lazy(
        "Un groupement de personnes à but non lucratif ; elle fait partie de l'économie sociale et "
        "solidaire par son statut."
    ),
    CompanyKind.SCOP: lazy(
        "Une société dont les salariés sont les associés majoritaires et décident, une personne "
        "valant une voix."
    ),
    CompanyKind.SCIC: lazy(
        "Une coopérative d'utilité sociale qui associe salariés, bénéficiaires et, souvent, "
        "collectivités."
    ),
    CompanyKind.COOPERATIVE: lazy(
        "Une société qui appartient à ses membres : artisans, agriculteurs, habitants ou "
        "entrepreneurs."
    ),
    CompanyKind.MUTUAL: lazy(
        "Un groupement de personnes qui se couvrent entre elles, sans but lucratif."
    ),
    CompanyKind.FOUNDATION: lazy("Des biens affectés pour toujours à une œuvre d'intérêt général."),
    CompanyKind.SSE_COMPANY: lazy(
        "Une société commerciale dont les statuts prévoient l'utilité sociale, une gouvernance "
        "démocratique et des réserves impartageables."
    ),
    CompanyKind.RESPONSIBLE: lazy(
        "Une entreprise classique engagée pour la société ou l'environnement. Elle n'est d'aucune "
        "famille de l'économie sociale et solidaire."
    ),
}

# Latitude and longitude are left out: nobody types them.
FIELDS: Mapping[str, Any] = {
    "name": lazy("raison sociale"),
    "brand": lazy("nom d'usage"),
    "naf": lazy("code NAF"),
    "legal_form": lazy("catégorie juridique"),
    "address": lazy("adresse"),
    "post_code": lazy("code postal"),
    "city": lazy("ville"),
    "department": lazy("département"),
    "website": lazy("site internet"),
    "description": lazy("présentation"),
    "company_kind": lazy("type de structure"),
    "family": lazy("famille de l'ESS"),
    "headcount": lazy("nombre de salariés"),
    "turnover": lazy("chiffre d'affaires"),
    "largest_contract": lazy("plus gros marché"),
    "may_group": lazy("réponse en groupement"),
    "buyer_kind": lazy("type d'acheteur"),
}

_KINDS = {"company_kind": CompanyKind, "family": Family, "buyer_kind": BuyerKind}
_EUROS = ("turnover", "largest_contract")
_SOURCES = {TYPED: lazy("saisie"), "demonstration": lazy("la démonstration"), "": lazy("inconnu")}


def meaning(kind: CompanyKind) -> str:
    """What a kind of structure is, in one or two sentences."""
    return str(MEANINGS[kind])


def field(name: str) -> str:
    """The name of a field of a listing."""
    return str(FIELDS.get(name, name))


def said(name: str, value: Any) -> str:
    """The value of a field as one would say it; « rien » when there is none."""
    if isinstance(value, bool):
        return gettext("oui") if value else gettext("non")
    if value in (None, ""):
        return gettext("rien")
    if name in _KINDS and value in set(_KINDS[name]):
        return word(_KINDS[name](value))
    if name in _EUROS:
        return euros(value)
    return place(value) if name == "department" else str(value)


def author(by: str, people: Mapping[int, str]) -> str:
    """Who wrote a field: the name of a person, or which list it came from."""
    number = number_of(by)
    if number is not None:
        return people.get(number) or gettext("une personne partie depuis")
    if by in _SOURCES:
        return str(_SOURCES[by])
    return gettext("la liste importée « %(source)s »", source=by)


def on(day: str) -> str:
    """The day on which a field was written, for tables."""
    return short_date(date.fromisoformat(day)) if day else ""


def homeland(vat_number: str | None) -> str:
    """The name of the country of a foreign organisation."""
    return country(country_of(vat_number))
