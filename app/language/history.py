# SPDX-License-Identifier: EUPL-1.2
"""The journal in words: a sentence for every verb of the history, a title for every letter.

A sentence follows the name of the person: « Claire Vasseur *a validé l'inscription de…* ».
"""

from collections import defaultdict
from datetime import date
from enum import StrEnum
from typing import Any

from app.language import translate
from app.language.phrases import word
from app.language.translate import gettext, lazy
from app.rules.editions import PlaceKind
from app.rules.meetings import DeclineReason
from app.rules.schedules import AnswerName
from app.rules.watch import Reminder

VERBS: dict[str, Any] = {
    "account.opened": lazy("a ouvert un compte"),
    "account.verified": lazy("a confirmé son adresse"),
    "account.password_set": lazy("a choisi un mot de passe"),
    "organiser.founded": lazy("a créé l'équipe"),
    "organiser.joined": lazy("a rejoint l'équipe"),
    "organisation.listed": lazy("a inscrit une organisation dans l'annuaire"),
    "organisation.claimed": lazy("a demandé à gérer la fiche d'une organisation"),
    "organisation.joined": lazy("parle désormais au nom d'une organisation"),
    "organisation.left": lazy("ne parle plus au nom d'une organisation"),
    "organisation.described": lazy("a complété la fiche d'une organisation"),
    "organisation.logo_set": lazy("a changé le logo d'une organisation"),
    "activity.added": lazy("a ajouté une activité"),
    "activity.removed": lazy("a retiré une activité"),
    "offer.added": lazy("a ajouté une offre"),
    "offer.removed": lazy("a retiré une offre"),
    "import.confirmed": lazy("a confirmé un import"),
    "import.put_aside": lazy("a écarté un import"),
    "need.drafted": lazy("a commencé un besoin"),
    "need.changed": lazy("a modifié un besoin"),
    "need.published": lazy("a publié un besoin"),
    "need.closed": lazy("a clos un besoin"),
    "need.clauses_chosen": lazy("a choisi les clauses d'un besoin"),
    "question.asked": lazy("a posé une question sur un besoin"),
    "question.answered": lazy("a répondu à une question sur un besoin"),
    "contract.renewed": lazy("a préparé le besoin qui suit un marché bientôt terminé"),
    "edition.opened": lazy("a créé l'édition %(subject)s"),
    "edition.changed": lazy("a changé les réglages de %(subject)s : %(fields)s"),
    "edition.announced": lazy("a annoncé %(subject)s"),
    "edition.closed": lazy("a clos %(subject)s"),
    "block.added": lazy("a ajouté la plage « %(name)s », %(day)s, %(slots)s créneaux"),
    "block.removed": lazy("a retiré la plage « %(name)s », %(day)s"),
    "places.added": lazy("a ajouté des places (%(kind)s) : %(count)s, à partir de « %(first)s »"),
    "place.removed": lazy("a retiré la place « %(code)s »"),
    "place.shut": lazy("a fermé la place « %(code)s » (créneaux fermés : %(slots)s)"),
    "place.reopened": lazy("a rouvert la place « %(code)s »"),
    "registration.asked": lazy("a demandé l'inscription de %(subject)s"),
    "registration.changed": lazy("a modifié l'inscription de %(subject)s"),
    "registration.approved": lazy("a validé l'inscription de %(subject)s"),
    "registration.refused": lazy("a refusé l'inscription de %(subject)s : %(reason)s"),
    "registration.cancelled": lazy("a annulé l'inscription de %(subject)s"),
    "registration.arranged": lazy("a réglé la place et la limite de %(subject)s"),
    "registration.reminded": lazy("a relancé %(subject)s : %(about)s"),
    "delegate.added": lazy("a ajouté %(subject)s aux délégués"),
    "delegate.changed": lazy("a modifié la fiche de %(subject)s"),
    "delegate.removed": lazy("a retiré %(name)s des délégués"),
    "delegate.availability": lazy("a donné les disponibilités de %(subject)s"),
    "calendar.renewed": lazy("a changé l'adresse privée du calendrier de %(subject)s"),
    "request.made": lazy("a demandé un rendez-vous : %(subject)s"),
    "request.accepted": lazy("a accepté un rendez-vous : %(subject)s"),
    "request.declined": lazy("a refusé un rendez-vous : %(subject)s (%(reason)s)"),
    "request.withdrawn": lazy("a retiré une demande : %(subject)s"),
    "request.expired": lazy("a fermé une demande restée sans réponse : %(subject)s"),
    "meeting.freed": lazy("a libéré un rendez-vous du planning publié"),
    "schedule.asked": lazy("a demandé le calcul n° %(number)s"),
    "schedule.computed": lazy("a terminé le calcul n° %(number)s : %(placed)s rendez-vous placés"),
    "schedule.chosen": lazy("a retenu une réponse du calcul n° %(number)s : %(answer)s"),
    "schedule.failed": lazy("n'a pas pu terminer le calcul n° %(number)s"),
    "schedule.stopped": lazy("a arrêté le calcul n° %(number)s"),
    "schedule.published": lazy("a publié le planning, version %(version)s"),
    "letter.sent_again": lazy("a renvoyé un courriel à %(subject)s"),
}

FIELDS: dict[str, Any] = {
    "name": lazy("nom"),
    "theme": lazy("thème"),
    "mode": lazy("forme"),
    "starts_on": lazy("premier jour"),
    "ends_on": lazy("dernier jour"),
    "venue": lazy("lieu"),
    "city": lazy("ville"),
    "practical": lazy("informations pratiques"),
    "timezone": lazy("fuseau horaire"),
    "registration_closes_at": lazy("fin des inscriptions"),
    "requests_close_at": lazy("fin des demandes"),
    "answers_close_at": lazy("fin des réponses"),
}

LETTERS: dict[str, Any] = {
    "verify_address": lazy("confirmation d'adresse"),
    "login_link": lazy("lien de connexion"),
    "new_password": lazy("nouveau mot de passe"),
    "claim_waiting": lazy("fiche à partager"),
    "claim_approved": lazy("fiche ouverte"),
    "registration_approved": lazy("inscription validée"),
    "registration_refused": lazy("inscription refusée"),
    "meeting_requested": lazy("demande de rendez-vous"),
    "request_accepted": lazy("rendez-vous accepté"),
    "request_declined": lazy("rendez-vous refusé"),
    "question_asked": lazy("question sur un besoin"),
    "question_answered": lazy("réponse à une question sur un besoin"),
    "meeting_freed": lazy("rendez-vous libéré"),
    "answers_awaited": lazy("relance : réponses"),
    "availability_awaited": lazy("relance : disponibilités"),
    "agenda_published": lazy("agenda publié"),
}

_ENUMS: dict[str, type[StrEnum]] = {
    "reason": DeclineReason,
    "kind": PlaceKind,
    "about": Reminder,
    "answer": AnswerName,
}


def told(verb: str, subject: str, facts: dict[str, Any]) -> str:
    """The sentence of a line of history; a fact that was not kept is told as « … »."""
    said = {name: _said(name, fact) for name, fact in facts.items()}
    known = defaultdict(lambda: "…", {**said, "subject": subject or "…"})
    return str(VERBS.get(verb, verb)) % known


def title(kind: str) -> str:
    """What a letter of this kind is about."""
    return str(LETTERS.get(kind, kind))


def _said(name: str, fact: Any) -> str:
    if name == "fields":
        return ", ".join(str(FIELDS.get(field, field)) for field in fact)
    if name == "day":
        return translate.day(date.fromisoformat(fact))
    kind = _ENUMS.get(name)
    if kind is not None and fact in {member.value for member in kind}:
        return word(kind(fact))
    return str(fact)


def somebody(name: str | None) -> str:
    """Who did it; a line without a person was written by the site itself."""
    return name or gettext("Le site")
