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
from app.rules.dismissals import DismissalReason
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
    "organisation.listed": lazy("a mis la fiche dans l'annuaire"),
    "organisation.claimed": lazy("a demandé à tenir la fiche"),
    "organisation.joined": lazy("parle désormais au nom de l'organisation"),
    "organisation.let_in": lazy("a fait entrer %(subject)s"),
    "organisation.establishment": lazy("a rattaché un établissement à un acheteur"),
    "organisation.left": lazy("a retiré ou refusé %(subject)s"),
    "organisation.described": lazy("a complété la fiche"),
    "organisation.logo_set": lazy("a changé le logo"),
    "organisation.logo_removed": lazy("a retiré le logo"),
    "label.held": lazy("a ajouté le label « %(name)s »"),
    "label.dropped": lazy("a retiré le label « %(name)s »"),
    "network.joined": lazy("a ajouté le réseau « %(name)s »"),
    "network.left": lazy("a retiré le réseau « %(name)s »"),
    "reference.added": lazy("a ajouté la référence « %(name)s »"),
    "reference.removed": lazy("a retiré la référence « %(name)s »"),
    "photo.added": lazy("a ajouté la photo « %(name)s »"),
    "photo.first": lazy("a mis en premier la photo « %(name)s »"),
    "photo.removed": lazy("a retiré la photo « %(name)s »"),
    "activity.added": lazy("a ajouté le métier « %(name)s »"),
    "activity.removed": lazy("a retiré le métier « %(name)s »"),
    "offer.added": lazy("a ajouté l'offre « %(name)s »"),
    "offer.removed": lazy("a retiré l'offre « %(name)s »"),
    "shortlist.started": lazy("a commencé la liste « %(name)s »"),
    "shortlist.renamed": lazy("a renommé la liste « %(was)s » en « %(name)s »"),
    "shortlist.dropped": lazy("a supprimé la liste « %(name)s »"),
    "favourite.kept": lazy("a gardé une fiche dans « %(list)s »"),
    "favourite.moved": lazy("a mis une fiche gardée dans « %(list)s »"),
    "favourite.let_go": lazy("ne garde plus une fiche de « %(list)s »"),
    "import.confirmed": lazy("a confirmé un import"),
    "import.put_aside": lazy("a écarté un import"),
    "need.drafted": lazy("a commencé un besoin"),
    "need.changed": lazy("a modifié un besoin"),
    "need.published": lazy("a publié un besoin"),
    "need.submitted": lazy("a soumis un besoin à l'équipe du salon"),
    "need.approved": lazy("a validé et publié un besoin"),
    "need.sent_back": lazy("a renvoyé un besoin : %(why)s"),
    "need.taken_back": lazy("a repris un besoin soumis"),
    "need.closed": lazy("a clos un besoin"),
    "need.awarded": lazy("a attribué un besoin"),
    "need.withdrawn": lazy("a retiré un besoin"),
    "need.named": lazy("a levé l'anonymat d'un besoin"),
    "need.file_added": lazy("a joint « %(file)s » à un besoin"),
    "need.file_removed": lazy("a retiré « %(file)s » d'un besoin"),
    "needs.brought": lazy("a importé un programme d'achats : %(file)s"),
    "interest.shown": lazy("a dit son intérêt pour un besoin"),
    "interest.accepted": lazy("a répondu oui à une entreprise intéressée par un besoin"),
    "interest.declined": lazy("n'a pas donné suite à une entreprise intéressée par un besoin"),
    "organiser.reads_needs": lazy("a demandé à lire les besoins avant leur publication"),
    "organiser.trusts_buyers": lazy("laisse les acheteurs publier leurs besoins"),
    "campaign.opened": lazy("a ouvert le recensement « %(name)s » (acheteurs : %(buyers)s)"),
    "campaign.sent": lazy("a fait partir les lettres du recensement « %(name)s »"),
    "campaign.nothing": lazy("a répondu « rien cette année » pour %(name)s"),
    "campaign.closed": lazy("a clos le recensement « %(name)s »"),
    "need.clauses_chosen": lazy("a choisi les clauses d'un besoin"),
    "proposal.dismissed": lazy("a écarté une proposition (%(aside)s)"),
    "proposal.restored": lazy("a repris une proposition écartée"),
    "need.invited": lazy("a invité une entreprise à regarder un besoin"),
    "alert.asked": lazy("a demandé une alerte de besoins"),
    "alert.ended": lazy("a arrêté une alerte de besoins"),
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
    "consortium.formed": lazy("a formé le groupement « %(name)s »"),
    "consortium.invited": lazy("a invité %(name)s dans un groupement"),
    "consortium.joined": lazy("a accepté : %(name)s rejoint le groupement"),
    "consortium.declined": lazy("a refusé : %(name)s ne rejoint pas le groupement"),
    "consortium.left": lazy("a fait sortir %(name)s du groupement"),
    "consortium.dissolved": lazy("a dissous le groupement « %(name)s »"),
    "workshop.announced": lazy("a mis l'atelier « %(title)s » au programme"),
    "workshop.taken_away": lazy("a retiré l'atelier « %(title)s » du programme"),
    "sheet.written": lazy("a écrit la fiche « %(title)s »"),
    "sheet.rewritten": lazy("a récrit la fiche « %(title)s », version %(version)s"),
    "sheet.published": lazy("a publié la fiche « %(title)s », version %(version)s"),
    "sheet.withdrawn": lazy("a retiré la fiche « %(title)s »"),
    "issue.composed": lazy("a commencé un numéro de la lettre d'information"),
    "issue.discarded": lazy("a jeté un brouillon de la lettre d'information"),
    "issue.sent": lazy("a envoyé la lettre d'information « %(title)s »"),
    "address.lifted": lazy("a levé la suspension de %(address)s"),
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
    "need_invitation": lazy("invitation à regarder un besoin"),
    "new_needs": lazy("alerte : nouveaux besoins"),
    "question_asked": lazy("question sur un besoin"),
    "question_answered": lazy("réponse à une question sur un besoin"),
    "need_submitted": lazy("besoin proposé à l'équipe"),
    "need_approved": lazy("besoin publié"),
    "need_sent_back": lazy("besoin à revoir"),
    "interest_shown": lazy("intérêt pour un besoin"),
    "interest_answered": lazy("réponse à un intérêt"),
    "campaign_opened": lazy("recensement des besoins"),
    "campaign_reminded": lazy("relance : recensement des besoins"),
    "meeting_freed": lazy("rendez-vous libéré"),
    "answers_awaited": lazy("relance : réponses"),
    "availability_awaited": lazy("relance : disponibilités"),
    "agenda_published": lazy("agenda publié"),
    "consortium_invited": lazy("invitation dans un groupement"),
    "consortium_answered": lazy("réponse à une invitation dans un groupement"),
    "subscription_asked": lazy("lettre d'information : confirmation"),
    "issue": lazy("lettre d'information"),
}

_ENUMS: dict[str, type[StrEnum]] = {
    "reason": DeclineReason,
    "aside": DismissalReason,
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
