# SPDX-License-Identifier: EUPL-1.2
"""Why a request found no slot: in full for the organiser, politely for the two sides."""

from collections.abc import Sequence
from datetime import datetime

from app.language.translate import gettext, hour, ngettext, short_day
from app.rules.schedules import Change, UnplacedReason


def for_organiser(reason: UnplacedReason, names: Sequence[str]) -> str:
    """The cause in full. names: the organisations that the cause speaks of."""
    who = both(names)
    if reason == UnplacedReason.PARTY_FULL:
        return gettext("%(who)s : tous les créneaux possibles sont pris.", who=who)
    if reason == UnplacedReason.NO_COMMON_SLOT:
        return gettext("Les deux ne sont jamais là en même temps.")
    if reason == UnplacedReason.NO_PLACE:
        return gettext("Aucune table qui convienne n'est libre quand les deux le sont.")
    if reason == UnplacedReason.QUOTA:
        return gettext("%(who)s : le nombre de rendez-vous voulu est atteint.", who=who)
    if reason == UnplacedReason.NEVER:
        return gettext("L'équipe du salon a écarté cette rencontre.")
    if reason == UnplacedReason.OUTRANKED:
        return gettext("D'autres demandes, de plus grande valeur, ont pris les créneaux communs.")
    return gettext("Demande retirée.")


def for_participant(
    reason: UnplacedReason, *, partner: str, ours: bool = False, theirs: bool = False
) -> str:
    """The cause as either side may read it: it names nobody else, and blames nobody.

    partner: the other side. ours, theirs: whose agenda or limit the cause speaks of.
    """
    if reason == UnplacedReason.PARTY_FULL:
        return _full(partner, ours, theirs)
    if reason == UnplacedReason.NO_COMMON_SLOT:
        return gettext(
            "Vous et %(partner)s n'êtes pas là aux mêmes heures. Ouvrez un créneau de plus si "
            "vous le pouvez.",
            partner=partner,
        )
    if reason == UnplacedReason.NO_PLACE:
        return gettext("Il manque une table libre aux heures où vous êtes là tous les deux.")
    if reason == UnplacedReason.QUOTA:
        return _limit(partner, ours)
    if reason == UnplacedReason.WITHDRAWN:
        return gettext("Cette demande a été retirée.")
    if reason == UnplacedReason.NEVER:
        return gettext("L'équipe du salon n'a pas pu prévoir cette rencontre. Écrivez-lui.")
    return gettext(
        "Les créneaux que vous aviez en commun avec %(partner)s sont allés à des rendez-vous que "
        "les deux côtés attendaient davantage.",
        partner=partner,
    )


def _full(partner: str, ours: bool, theirs: bool) -> str:
    if ours and theirs:
        return gettext("Votre agenda et celui de %(partner)s sont complets.", partner=partner)
    if ours:
        return gettext(
            "Votre agenda est complet. Une personne de plus de votre côté, ou un rendez-vous de "
            "moins, ferait de la place."
        )
    return gettext("L'agenda de %(partner)s est complet.", partner=partner)


def _limit(partner: str, ours: bool) -> str:
    if ours:
        return gettext("Vous avez atteint le nombre de rendez-vous que vous aviez fixé.")
    return gettext(
        "%(partner)s a atteint le nombre de rendez-vous qu'il s'était fixé.", partner=partner
    )


def way_in(
    kind: Change,
    *,
    name: str = "",
    slot: datetime | None = None,
    zone: str = "Europe/Paris",
    other: Sequence[str] = (),
    rule: str = "",
) -> str:
    """What would place the request: « si X libère une personne de plus mer. 24 à 11 h 40 ».

    name: the organisation concerned. other: the two sides of a meeting to give up.
    """
    when = (
        gettext("%(day)s à %(hour)s", day=short_day(slot, zone), hour=hour(slot, zone))
        if slot
        else ""
    )
    if kind == Change.SEAT:
        return gettext("si %(name)s a une personne de plus libre %(when)s", name=name, when=when)
    if kind == Change.ALLOW:
        return gettext("si le créneau de %(when)s lui est ouvert", when=when)
    if kind == Change.PLACE:
        return gettext("si une table de plus est ouverte %(when)s", when=when)
    if kind == Change.QUOTA:
        return _more(name, rule)
    if kind == Change.DROP:
        return gettext(
            "si le rendez-vous de %(both)s est retiré (%(when)s)", both=both(other), when=when
        )
    return gettext("si l'organisation permet cette rencontre")


def _more(name: str, rule: str) -> str:
    if rule in ("gap", "max_run"):
        return gettext("si %(name)s accepte une pause de moins", name=name)
    return gettext("si %(name)s accepte un rendez-vous de plus", name=name)


def possible(ways: Sequence[str]) -> str:
    """« Possible si … et si … »."""
    return gettext("Possible %(ways)s.", ways=gettext(" et ").join(ways)) if ways else ""


def in_the_way(rivals: int) -> str:
    """How many meetings stand in the way."""
    return ngettext(
        "%(num)d rendez-vous placé y fait obstacle.",
        "%(num)d rendez-vous placés y font obstacle.",
        rivals,
    )


def both(names: Sequence[str]) -> str:
    """« X et Y »."""
    return gettext(" et ").join(names)
