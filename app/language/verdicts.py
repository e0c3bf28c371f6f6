# SPDX-License-Identifier: EUPL-1.2
"""What the law says of a need, in words: a title and a sentence for each verdict."""

from datetime import date
from enum import StrEnum
from typing import Any

from app.language import phrases, translate
from app.language.translate import gettext, lazy
from app.rules.eligibility import Question, Verdict
from app.rules.reservations import Answer

TITLES: dict[tuple[Question, Answer], Any] = {
    (Question.DIRECT_ORDER, Answer.YES): lazy("Commande directe possible"),
    (Question.DIRECT_ORDER, Answer.NO): lazy("Mise en concurrence à prévoir"),
    (Question.DIRECT_ORDER, Answer.UNSURE): lazy("Commande directe : à vérifier"),
    (Question.INNOVATIVE_ORDER, Answer.YES): lazy("Achat innovant : commande directe possible"),
    (Question.INNOVATIVE_ORDER, Answer.NO): lazy("Achat innovant : mise en concurrence à prévoir"),
    (Question.INNOVATIVE_ORDER, Answer.UNSURE): lazy("Achat innovant : à vérifier"),
    (Question.SET_ASIDE, Answer.YES): lazy("Réservation possible"),
    (Question.SET_ASIDE, Answer.NO): lazy("Réservation impossible"),
    (Question.SET_ASIDE, Answer.UNSURE): lazy("Réservation : à vérifier"),
    (Question.PROCEDURE, Answer.YES): lazy("Procédure formalisée obligatoire"),
    (Question.PROCEDURE, Answer.UNSURE): lazy("Procédure formalisée : à vérifier"),
    (Question.SOCIAL_CONDITION, Answer.YES): lazy("Condition sociale d'exécution obligatoire"),
    (Question.SOCIAL_CONDITION, Answer.UNSURE): lazy("Condition sociale d'exécution : à vérifier"),
}

_BELOW = lazy(
    "Le montant estimé est inférieur à %(euros)s hors taxes : ni publicité ni mise en concurrence "
    "ne sont obligatoires. Choisissez une offre pertinente, et ne revenez pas toujours à la même "
    "entreprise."
)
_REACHED = lazy("Le montant estimé atteint le seuil de %(euros)s hors taxes.")
_AMOUNT = lazy("Estimez le montant : la commande directe est possible sous %(euros)s hors taxes.")
_STRADDLES = lazy(
    "La fourchette contient le seuil de %(euros)s hors taxes : donnez le montant exact pour savoir."
)
_TWO_LIMITS = lazy(
    "Le seuil est de %(euros)s pour des fournitures ou des services, de %(works)s pour des "
    "travaux : donnez un code CPV pour savoir."
)

SENTENCES: dict[tuple[Question, str], Any] = {
    (Question.DIRECT_ORDER, "below"): _BELOW,
    (Question.DIRECT_ORDER, "reached"): _REACHED,
    (Question.DIRECT_ORDER, "amount_missing"): _AMOUNT,
    (Question.DIRECT_ORDER, "straddles"): _STRADDLES,
    (Question.DIRECT_ORDER, "nature_missing"): _TWO_LIMITS,
    (Question.INNOVATIVE_ORDER, "below"): _BELOW,
    (Question.INNOVATIVE_ORDER, "reached"): _REACHED,
    (Question.INNOVATIVE_ORDER, "amount_missing"): _AMOUNT,
    (Question.INNOVATIVE_ORDER, "straddles"): _STRADDLES,
    (Question.SET_ASIDE, "not_yet"): lazy("Cette réservation n'existe que depuis le %(since)s."),
    (Question.SET_ASIDE, "reserved"): lazy(
        "Ces structures emploient au moins %(share)s %% de travailleurs concernés (R2113-7). "
        "Dites la réservation dans l'avis de marché."
    ),
    (Question.SET_ASIDE, "reserved_sse"): lazy(
        "Ce service est dans la liste, et la durée ne dépasse pas %(most)s mois. Vérifiez encore "
        "que la structure n'a pas tenu le même marché réservé dans les trois ans (L2113-16)."
    ),
    (Question.SET_ASIDE, "cpv_outside"): lazy(
        "Le code CPV %(cpv)s n'est pas dans la liste des services sociaux et autres services "
        "spécifiques que l'on peut réserver à l'ESS."
    ),
    (Question.SET_ASIDE, "too_long"): lazy(
        "Le marché durerait %(months)s mois ; un marché réservé à l'ESS en dure %(most)s au plus "
        "(L2113-16)."
    ),
    (Question.SET_ASIDE, "cpv_missing"): lazy(
        "Seuls certains services sociaux, de santé, d'éducation ou de culture peuvent être "
        "réservés à l'ESS : donnez le code CPV pour savoir."
    ),
    (Question.SET_ASIDE, "cpv_vague"): lazy(
        "Une partie seulement de ce que dit le code CPV %(cpv)s est dans la liste des services que "
        "l'on peut réserver à l'ESS : donnez le code complet, ou faites-le vérifier."
    ),
    (Question.SET_ASIDE, "months_missing"): lazy(
        "Ce service est dans la liste. Dites la durée : un marché réservé à l'ESS dure "
        "%(most)s mois au plus (L2113-16)."
    ),
    (Question.PROCEDURE, "reached"): lazy(
        "Le montant estimé atteint le seuil européen de %(euros)s hors taxes."
    ),
    (Question.PROCEDURE, "straddles"): lazy(
        "Les seuils européens sont de %(state)s pour l'État et de %(euros)s pour les autres "
        "acheteurs, hors taxes : donnez le montant exact pour savoir."
    ),
    (Question.PROCEDURE, "nature_missing"): lazy(
        "Le seuil européen est de %(euros)s pour des fournitures ou des services, de %(works)s "
        "pour des travaux : donnez un code CPV pour savoir."
    ),
    (Question.PROCEDURE, "straddles_works"): lazy(
        "Le seuil européen est de %(works)s hors taxes pour des travaux : donnez le montant exact "
        "pour savoir."
    ),
    (Question.SOCIAL_CONDITION, "straddles_works"): lazy(
        "Elle est obligatoire au-dessus du seuil européen, %(works)s hors taxes pour des travaux."
    ),
    (Question.SOCIAL_CONDITION, "reached"): lazy(
        "Au-dessus du seuil européen, le marché prévoit une condition d'exécution sociale, par "
        "exemple des heures d'insertion, sauf exception à justifier par écrit."
    ),
    (Question.SOCIAL_CONDITION, "straddles"): lazy(
        "Elle est obligatoire au-dessus du seuil européen, %(state)s pour l'État et %(euros)s pour "
        "les autres acheteurs."
    ),
    (Question.SOCIAL_CONDITION, "nature_missing"): lazy(
        "Elle est obligatoire au-dessus du seuil européen, qui dépend de la nature de l'achat : "
        "donnez un code CPV pour savoir."
    ),
}


def title(verdict: Verdict) -> str:
    """« Commande directe possible »."""
    return str(TITLES[verdict.question, verdict.answer])


def said(verdict: Verdict) -> str:
    """The reason of a verdict, and the change of the law that would help, if one is known."""
    sentence = str(SENTENCES[verdict.question, verdict.key])
    told = sentence % {name: _said(name, fact) for name, fact in verdict.facts.items()}
    if verdict.later is None:
        return told
    change = gettext(
        "Ce seuil passe à %(euros)s le %(day)s.",
        euros=translate.euros(verdict.later.euros or 0),
        day=translate.full_date(verdict.later.since),
    )
    return f"{told} {change}"


def _said(name: str, fact: object) -> object:
    if name in ("euros", "works", "state") and isinstance(fact, int):
        return translate.euros(fact)
    if isinstance(fact, date):
        return translate.full_date(fact)
    return phrases.word(fact) if isinstance(fact, StrEnum) else fact
