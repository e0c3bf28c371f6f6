# SPDX-License-Identifier: EUPL-1.2
"""The inclusive potential of a purchase, in words: a title and a reason for each lever."""

from typing import Any

from app.language import phrases, translate
from app.language.translate import gettext, lazy
from app.rules.potential import Advice, Lever

_NOBODY = lazy("Aucune structure de l'annuaire ne pourrait servir cet achat.")

SENTENCES: dict[tuple[Lever, str], Any] = {
    (Lever.DIRECT_ORDER, "below"): lazy(
        "Sous %(euros)s hors taxes, demandez un devis à %(quotes)s d'entre elles et choisissez : "
        "ni publicité ni mise en concurrence ne sont obligatoires."
    ),
    (Lever.DIRECT_ORDER, "reached"): lazy("Le montant atteint le seuil de %(euros)s hors taxes."),
    (Lever.DIRECT_ORDER, "amount_missing"): lazy(
        "Dites le montant : la commande directe est possible sous %(euros)s hors taxes."
    ),
    (Lever.DIRECT_ORDER, "straddles"): lazy(
        "Le montant est proche du seuil de %(euros)s hors taxes : précisez-le."
    ),
    (Lever.DIRECT_ORDER, "nature_missing"): lazy(
        "Le seuil est de %(euros)s pour des fournitures ou des services, de %(works)s pour des "
        "travaux : donnez un code CPV pour savoir."
    ),
    (Lever.DIRECT_ORDER, "private"): lazy(
        "Un acheteur privé choisit librement : demandez un devis à %(quotes)s d'entre elles."
    ),
    (Lever.DIRECT_ORDER, "unknown_law"): lazy("Nous ne connaissons pas le seuil de ce jour."),
    (Lever.DIRECT_ORDER, "nobody"): _NOBODY,
    (Lever.SET_ASIDE, "enough"): lazy(
        "%(eligible)s structures éligibles, dont %(safe)s pour qui le marché pèserait 30 %% du "
        "chiffre d'affaires au plus : la concurrence reste réelle si tout leur est réservé."
    ),
    (Lever.SET_ASIDE, "too_big"): lazy(
        "%(eligible)s structures éligibles, mais pour %(safe)s seulement le marché pèserait 30 %% "
        "du chiffre d'affaires au plus : trop gros pour être réservé d'un bloc."
    ),
    (Lever.SET_ASIDE, "too_few"): lazy(
        "%(eligible)s structures éligibles : il en faut plus de %(enough)s pour que la concurrence "
        "reste réelle."
    ),
    (Lever.SET_ASIDE, "forbidden"): lazy("La règle de ce jour ne permet pas cette réservation."),
    (Lever.LOT, "enough"): lazy(
        "%(eligible)s structures éligibles : divisez le marché et réservez-leur un lot à leur "
        "taille (article L2113-10)."
    ),
    (Lever.LOT, "too_few"): lazy(
        "%(eligible)s structures éligibles : il en faut plus de %(enough)s pour réserver un lot."
    ),
    (Lever.LOT, "forbidden"): lazy("La règle de ce jour ne permet pas cette réservation."),
    (Lever.CLAUSE, "due"): lazy(
        "Au-dessus du seuil européen, une condition sociale d'exécution est obligatoire : ces "
        "structures peuvent recevoir les heures d'insertion."
    ),
    (Lever.CLAUSE, "enough"): lazy(
        "%(able)s structures pourraient recevoir des heures d'insertion du titulaire."
    ),
    (Lever.CLAUSE, "too_few"): lazy(
        "Il faut au moins %(enough)s structures pour que le titulaire puisse choisir à qui confier "
        "des heures d'insertion."
    ),
    (Lever.CRITERION, "always"): lazy(
        "Donnez des points à ce que l'offre fait pour les personnes éloignées de l'emploi."
    ),
    (Lever.CRITERION, "nobody"): lazy(
        "Même sans structure à proximité, vous pouvez noter ce que l'offre fait pour l'insertion."
    ),
}


def said(advice: Advice) -> str:
    """The reason of a lever."""
    facts = {name: _fact(name, fact) for name, fact in advice.facts.items()}
    return str(SENTENCES[advice.lever, advice.key]) % facts


def titled(advice: Advice) -> str:
    """What the buyer may do: « Réserver un lot : … »."""
    lever = phrases.word(advice.lever)
    if advice.lever not in (Lever.SET_ASIDE, Lever.LOT):
        return lever
    return gettext("%(lever)s : %(article)s", lever=lever, article=advice.article)


def _fact(name: str, fact: object) -> object:
    return translate.euros(fact) if name in ("euros", "works") else fact  # type: ignore[arg-type]
