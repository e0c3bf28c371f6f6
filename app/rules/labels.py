# SPDX-License-Identifier: EUPL-1.2
"""Labels and networks that a listing may name, and until when a label is good."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.rules.errors import RuleBroken

SOON = timedelta(days=60)


class Validity(StrEnum):
    """Whether a label still holds on a day."""

    VALID = "valid"
    ENDING = "ending"
    EXPIRED = "expired"


@dataclass(frozen=True)
class KnownLabel:
    """A label in both languages, who grants it, and its page."""

    slug: str
    french: str
    english: str
    issuer: str
    website: str


@dataclass(frozen=True)
class KnownNetwork:
    """A federation of structures; brand: the name it is known by, when it is another."""

    slug: str
    name: str
    website: str
    brand: str = ""


LABELS = (
    KnownLabel(
        "esus", "Entreprise solidaire d'utilité sociale (Esus)",
        "Social-utility enterprise (ESUS agreement)", "État, code du travail L3332-17-1",
        "https://www.tresor.economie.gouv.fr/banque-assurance-finance/finance-sociale-et-solidaire"
        "/liste-nationale-agrements-esus",
    ),
    KnownLabel("rge", "RGE, reconnu garant de l'environnement", "RGE, environmental guarantee",
               "Ademe", "https://france-renov.gouv.fr/annuaire-rge"),
    KnownLabel("rsei", "RSEi, entreprise inclusive responsable",
               "RSEi, responsible inclusive enterprise", "Afnor Certification",
               "http://www.lesentreprisesdinsertion.org/france/label-rsei"),
    KnownLabel("rfar", "Relations fournisseurs et achats responsables (RFAR)",
               "Supplier relations and responsible purchasing (RFAR)",
               "Médiateur des entreprises", "https://www.economie.gouv.fr/mediateur-des-entreprises"
               "/le-label-relations-fournisseurs-et-achats-responsables"),
    KnownLabel("b-corp", "B Corp", "B Corp", "B Lab", "https://bcorporation.fr/"),
    KnownLabel("qualiopi", "Qualiopi", "Qualiopi (training quality)", "État", ""),
    KnownLabel("iso-14001", "ISO 14001", "ISO 14001", "", ""),
    KnownLabel("agriculture-biologique", "Agriculture biologique (AB)", "Organic farming (AB)",
               "Agence Bio", ""),
)  # fmt: skip

NETWORKS = (
    KnownNetwork("union-nationale-des-entreprises-adaptees",
                 "Union nationale des entreprises adaptées", "https://www.unea.fr/", "UNEA"),
    KnownNetwork("unapei", "Unapei", "https://www.unapei.org/"),
    KnownNetwork("unai", "UNAI", "https://unai.fr"),
    KnownNetwork("tissons-la-solidarite", "Tissons la solidarité",
                 "https://www.tissonslasolidarite.fr/"),
    KnownNetwork("reseau-envie", "Réseau Envie", "https://www.envie.org/"),
    KnownNetwork("reseau-cocagne", "Réseau Cocagne", "http://www.reseaucocagne.asso.fr/"),
    KnownNetwork("federation-francaise-des-geiq", "Fédération française des Geiq",
                 "https://www.lesgeiq.fr/", "FFGeiq"),
    KnownNetwork("federation-des-entreprises-dinsertion", "Fédération des entreprises d'insertion",
                 "http://www.lesentreprisesdinsertion.org/", "FEI"),
    KnownNetwork("federation-des-acteurs-de-la-solidarite",
                 "Fédération des acteurs de la solidarité", "https://www.federationsolidarite.org/",
                 "FAS"),
    KnownNetwork("coorace", "Coorace", "http://www.coorace.org/"),
    KnownNetwork("comite-national-de-liaison-des-regies-de-quartier",
                 "Comité national de liaison des régies de quartier",
                 "https://www.regiedequartier.org/", "CNLRQ"),
    KnownNetwork("chantier-ecole", "Chantier école", "http://www.chantierecole.org/"),
    KnownNetwork("hosmoz", "Hosmoz", "https://www.hosmoz.fr/"),
)  # fmt: skip


def validity(expires_on: date | None, today: date) -> Validity:
    """Whether a label holds on this day; one without a last day holds for good."""
    if expires_on is None or expires_on > today + SOON:
        return Validity.VALID
    return Validity.ENDING if expires_on >= today else Validity.EXPIRED


def require_not_over(
    expires_on: date | None, today: date, *, field: str = "expires_on"
) -> date | None:
    """The last day of a label that is told now. Errors: RuleBroken `label_over` when it is past."""
    if expires_on is not None and expires_on < today:
        raise RuleBroken("label_over", field=field)
    return expires_on
