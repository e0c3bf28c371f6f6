# SPDX-License-Identifier: EUPL-1.2
"""Texts said often: a sentence for every refusal, a word for every status."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from app.language import translate
from app.language.translate import lazy
from app.rules import companies, editions, jobs, letters, meetings, needs, registrations, schedules
from app.rules.errors import Refusal

REFUSALS: dict[str, Any] = {
    "not_allowed": lazy(
        "Cette page ne vous est pas ouverte. Demandez un accès à l'équipe du salon."
    ),
    "not_found": lazy("Cette page n'existe pas, ou n'existe plus."),
    "conflict": lazy(
        "Quelqu'un a changé la même chose juste avant vous. Rechargez la page : rien de ce qui "
        "était enregistré n'est perdu."
    ),
    "siret_length": lazy(
        "Le numéro SIRET a 14 chiffres ; vous en avez écrit %(written)s. Il figure sur votre avis "
        "de situation Insee."
    ),
    "siret_digits": lazy(
        "Ce numéro SIRET n'existe pas : un chiffre est faux ou deux sont inversés. Comparez-le avec "
        "votre avis de situation Insee."
    ),
    "siret_not_invented": lazy(
        "Une organisation de démonstration doit porter un numéro SIRET inventé, donc impossible."
    ),
    "block_overlaps": lazy(
        "Cette plage chevauche celle de %(day)s, de %(starts)s à %(ends)s. Changez l'heure de début, "
        "ou le nombre de créneaux."
    ),
    "registration_step": lazy(
        "Cette inscription est « %(now)s » : elle ne peut pas devenir « %(wanted)s »."
    ),
    "same_bank": lazy(
        "Une entreprise demande des rendez-vous à des acheteurs, et un acheteur à des entreprises."
    ),
    "request_step": lazy("Cette demande est déjà « %(state)s » : rien n'a changé."),
    "run_not_done": lazy("Ce calcul est « %(state)s » : seul un calcul terminé peut être publié."),
}

_WORDS: tuple[tuple[StrEnum, Any], ...] = (
    (companies.Role.COMPANY, lazy("Entreprise")),
    (companies.Role.BUYER, lazy("Acheteur")),
    (companies.CompanyKind.EI, lazy("Entreprise d'insertion (EI)")),
    (companies.CompanyKind.ACI, lazy("Chantier d'insertion (ACI)")),
    (companies.CompanyKind.AI, lazy("Association intermédiaire (AI)")),
    (companies.CompanyKind.ETTI, lazy("Entreprise de travail temporaire d'insertion (ETTI)")),
    (companies.CompanyKind.EITI, lazy("Entreprise d'insertion par le travail indépendant (EITI)")),
    (companies.CompanyKind.GEIQ, lazy("Groupement d'employeurs pour l'insertion (GEIQ)")),
    (companies.CompanyKind.SEP, lazy("Production en prison (SEP)")),
    (companies.CompanyKind.EA, lazy("Entreprise adaptée (EA)")),
    (companies.CompanyKind.EATT, lazy("Entreprise adaptée de travail temporaire (EATT)")),
    (companies.CompanyKind.ESAT, lazy("Établissement d'accompagnement par le travail (ESAT)")),
    (companies.CompanyKind.ASSOCIATION, lazy("Association")),
    (companies.CompanyKind.SCOP, lazy("Société coopérative et participative (Scop)")),
    (companies.CompanyKind.SCIC, lazy("Société coopérative d'intérêt collectif (Scic)")),
    (companies.CompanyKind.COOPERATIVE, lazy("Autre coopérative")),
    (companies.CompanyKind.MUTUAL, lazy("Mutuelle")),
    (companies.CompanyKind.FOUNDATION, lazy("Fondation")),
    (companies.CompanyKind.SSE_COMPANY, lazy("Société commerciale de l'ESS")),
    (companies.BuyerKind.PUBLIC, lazy("Acheteur public")),
    (companies.BuyerKind.PRIVATE, lazy("Acheteur privé")),
    (companies.PrestaType.DISP, lazy("Mise à disposition de personnel")),
    (companies.PrestaType.PREST, lazy("Prestation de service")),
    (companies.PrestaType.BUILD, lazy("Fabrication et vente")),
    (companies.GeoRange.COUNTRY, lazy("Toute la France")),
    (companies.GeoRange.ZONES, lazy("Certains départements")),
    (companies.GeoRange.CUSTOM, lazy("Autour de son siège")),
    (companies.MembershipState.UNVERIFIED, lazy("adresse à vérifier")),
    (companies.MembershipState.PENDING, lazy("à valider")),
    (companies.MembershipState.ACTIVE, lazy("en vigueur")),
    (needs.NeedKind.SOURCING, lazy("Sourçage")),
    (needs.NeedKind.QUOTE, lazy("Demande de devis")),
    (needs.NeedKind.TENDER, lazy("Appel d'offres")),
    (needs.NeedState.DRAFT, lazy("brouillon")),
    (needs.NeedState.PUBLISHED, lazy("publié")),
    (needs.NeedState.CLOSED, lazy("clos")),
    (needs.AmountBand.UNKNOWN, lazy("montant à définir")),
    (needs.AmountBand.UNDER_5K, lazy("moins de 5 000 €")),
    (needs.AmountBand.UNDER_15K, lazy("5 000 à 15 000 €")),
    (needs.AmountBand.UNDER_40K, lazy("15 000 à 40 000 €")),
    (needs.AmountBand.UNDER_60K, lazy("40 000 à 60 000 €")),
    (needs.AmountBand.UNDER_90K, lazy("60 000 à 90 000 €")),
    (needs.AmountBand.UNDER_216K, lazy("90 000 à 216 000 €")),
    (needs.AmountBand.UNDER_1M, lazy("216 000 € à 1 million d'euros")),
    (needs.AmountBand.OVER_1M, lazy("plus d'un million d'euros")),
    (needs.SetAside.NONE, lazy("Ouvert à toutes les entreprises")),
    (needs.SetAside.HANDICAP, lazy("Réservé au handicap (L2113-12)")),
    (needs.SetAside.INTEGRATION, lazy("Réservé à l'insertion (L2113-13)")),
    (needs.SetAside.BOTH, lazy("Réservé au handicap et à l'insertion (L2113-12 et 13)")),
    (needs.SetAside.PRISON, lazy("Réservé au travail en prison (L2113-13-1)")),
    (needs.SetAside.SSE, lazy("Réservé à l'ESS, services sociaux (L2113-15)")),
    (editions.Mode.IN_PERSON, lazy("Sur place")),
    (editions.Mode.DIGITAL, lazy("À distance")),
    (editions.Mode.HYBRID, lazy("Sur place et à distance")),
    (editions.EditionState.DRAFT, lazy("brouillon")),
    (editions.EditionState.OPEN, lazy("ouverte")),
    (editions.EditionState.CLOSED, lazy("close")),
    (editions.PlaceKind.TABLE, lazy("table")),
    (editions.PlaceKind.STAND, lazy("stand")),
    (editions.PlaceKind.ROOM, lazy("salle")),
    (editions.PlaceKind.VIDEO, lazy("visio")),
    (registrations.RegistrationState.PENDING, lazy("à valider")),
    (registrations.RegistrationState.APPROVED, lazy("validée")),
    (registrations.RegistrationState.REFUSED, lazy("refusée")),
    (registrations.RegistrationState.CANCELLED, lazy("annulée")),
    (meetings.RequestState.PENDING, lazy("en attente")),
    (meetings.RequestState.ACCEPTED, lazy("acceptée")),
    (meetings.RequestState.DECLINED, lazy("refusée")),
    (meetings.RequestState.WITHDRAWN, lazy("retirée")),
    (meetings.RequestState.EXPIRED, lazy("expirée")),
    (meetings.DeclineReason.NOT_OUR_TRADE, lazy("ce n'est pas notre métier ou notre besoin")),
    (meetings.DeclineReason.TOO_FAR, lazy("trop loin")),
    (meetings.DeclineReason.NEED_FILLED, lazy("besoin déjà pourvu")),
    (meetings.DeclineReason.ALREADY_KNOWN, lazy("nous nous connaissons déjà")),
    (meetings.DeclineReason.NO_TIME, lazy("plus de temps pour un rendez-vous de plus")),
    (meetings.DeclineReason.OTHER, lazy("autre raison")),
    (meetings.MeetingState.SCHEDULED, lazy("prévu")),
    (meetings.MeetingState.CANCELLED, lazy("annulé")),
    (schedules.RunState.WAITING, lazy("en attente")),
    (schedules.RunState.RUNNING, lazy("en cours")),
    (schedules.RunState.DONE, lazy("terminé")),
    (schedules.RunState.CANCELLED, lazy("arrêté")),
    (schedules.RunState.FAILED, lazy("échoué")),
    (schedules.UnplacedReason.PARTY_FULL, lazy("agenda complet")),
    (schedules.UnplacedReason.NO_COMMON_SLOT, lazy("aucun créneau en commun")),
    (schedules.UnplacedReason.NO_PLACE, lazy("aucune table libre")),
    (schedules.UnplacedReason.QUOTA, lazy("limite de rendez-vous atteinte")),
    (schedules.UnplacedReason.NEVER, lazy("rencontre écartée par l'organisation")),
    (schedules.UnplacedReason.OUTRANKED, lazy("d'autres demandes étaient prioritaires")),
    (schedules.UnplacedReason.WITHDRAWN, lazy("demande retirée")),
    (jobs.JobState.WAITING, lazy("en attente")),
    (jobs.JobState.RUNNING, lazy("en cours")),
    (jobs.JobState.RETRYING, lazy("sera réessayé")),
    (jobs.JobState.DONE, lazy("terminé")),
    (jobs.JobState.CANCELLED, lazy("arrêté")),
    (jobs.JobState.FAILED, lazy("échoué")),
    (jobs.JobState.LOST, lazy("interrompu")),
    (letters.LetterState.WAITING, lazy("à envoyer")),
    (letters.LetterState.SENT, lazy("envoyé")),
    (letters.LetterState.FAILED, lazy("non remis")),
    (letters.LetterState.KEPT, lazy("gardé : adresse inventée")),
)
# Members of different StrEnums with the same value are equal: the class must be part of the key.
WORDS = {(type(member), member.value): text for member, text in _WORDS}


def word(value: StrEnum) -> str:
    """The word for a status or kind, in the reader's language."""
    return str(WORDS[type(value), value.value])


def refusal(problem: Refusal) -> str:
    """The sentence for a refusal: what is wrong and how to mend it."""
    facts = {name: _said(fact) for name, fact in problem.facts.items()}
    return str(REFUSALS[problem.key]) % facts


def _said(fact: object) -> object:
    if isinstance(fact, StrEnum):
        return word(fact)
    if isinstance(fact, datetime):
        return translate.moment(fact)
    if isinstance(fact, time):
        return translate.hour(fact)
    return translate.day(fact) if isinstance(fact, date) else fact
