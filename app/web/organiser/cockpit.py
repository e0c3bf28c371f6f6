# SPDX-License-Identifier: EUPL-1.2
"""The cockpit: what to do now, where the edition stands, what to keep an eye on."""

from dataclasses import dataclass

from flask import render_template, url_for

from app.language.translate import gettext, moment, ngettext
from app.queries import cockpit as figures
from app.queries import editions
from app.queries.cockpit import Cockpit
from app.queries.editions import Edition
from app.rules.companies import Role
from app.rules.permissions import Permission
from app.rules.registrations import RegistrationState
from app.rules.watch import Lack, Reminder
from app.web.shared.guard import guard

LINES = 5


@dataclass(frozen=True)
class Task:
    """One thing to do: how many, what, why it matters, and the page where it is done."""

    number: int
    what: str
    why: str
    address: str
    act: str


@guard(Permission.ORGANISE, edition=editions.by_slug)
def cockpit(edition: Edition) -> str:
    """Everything at one glance."""
    now = figures.of_edition(edition)
    return render_template(
        "web/organiser/cockpit.html",
        edition=edition,
        now=now,
        tasks=[*_grid(edition, now), *(task for task in _tasks(edition, now) if task.number)],
        days_left=(edition.starts_on - now.today).days,
        schedule_address=_schedule(edition),
        lines=LINES,
        Lack=Lack,
        Role=Role,
        State=RegistrationState,
    )


def _tasks(edition: Edition, now: Cockpit) -> list[Task]:
    return [
        _to_decide(edition, now),
        *_without_people(edition, now),
        _unanswered(edition, now),
        _undelivered(edition, now),
        _claimed(edition, now),
        _unread(edition, now),
        _unpublished(edition, now),
    ]


def _grid(edition: Edition, now: Cockpit) -> list[Task]:
    """What a new edition still lacks: its slots, its tables."""
    lacking = []
    if not now.slots:
        lacking.append(
            Task(
                0,
                gettext("créneau pour l'instant"),
                gettext("sans créneaux, personne ne peut donner ses disponibilités"),
                url_for("organiser.slots.slots", edition=edition.slug),
                gettext("Ajouter une plage"),
            )
        )
    if not now.places:
        lacking.append(
            Task(
                0,
                gettext("table pour l'instant"),
                gettext("sans tables ni salles, aucun rendez-vous ne peut être placé"),
                url_for("organiser.places.places", edition=edition.slug),
                gettext("Ajouter des places"),
            )
        )
    return lacking


def _to_decide(edition: Edition, now: Cockpit) -> Task:
    count, waited = len(now.pending), now.days_since(now.oldest)
    return Task(
        count,
        ngettext("inscription à valider", "inscriptions à valider", count),
        ngettext(
            "la plus ancienne attend depuis %(num)d jour",
            "la plus ancienne attend depuis %(num)d jours",
            waited,
        )
        if waited
        else gettext("la plus ancienne est d'aujourd'hui"),
        _people(edition, etat=RegistrationState.PENDING.value),
        gettext("Valider"),
    )


def _without_people(edition: Edition, now: Cockpit) -> list[Task]:
    nobody = len(now.those(lack=Lack.DELEGATE))
    silent = len(now.those(Role.BUYER, lack=Lack.AVAILABILITY))
    return [
        Task(
            nobody,
            ngettext("participant sans délégué", "participants sans délégué", nobody),
            gettext("personne ne viendrait à leurs rendez-vous"),
            _people(edition, manque=Lack.DELEGATE.value),
            gettext("Voir"),
        ),
        Task(
            silent,
            ngettext("acheteur sans disponibilités", "acheteurs sans disponibilités", silent),
            gettext("le planning les croira toujours libres"),
            _reminder(edition, Reminder.AVAILABILITY),
            gettext("Les relancer…"),
        ),
    ]


def _unanswered(edition: Edition, now: Cockpit) -> Task:
    late, deadline = now.requests.late, edition.answers_close_at
    return Task(
        late,
        ngettext(
            "demande sans réponse depuis plus de 3 jours",
            "demandes sans réponse depuis plus de 3 jours",
            late,
        ),
        gettext("elles s'effacent %(when)s", when=moment(deadline, edition.timezone))
        if deadline
        else "",
        _reminder(edition, Reminder.ANSWERS),
        gettext("Relancer tous…"),
    )


def _undelivered(edition: Edition, now: Cockpit) -> Task:
    return Task(
        now.undelivered,
        ngettext("courriel non remis", "courriels non remis", now.undelivered),
        gettext("adresses refusées par le serveur du destinataire"),
        url_for("organiser.outbox.letters", edition=edition.slug, etat="failed"),
        gettext("Corriger"),
    )


def _unread(edition: Edition, now: Cockpit) -> Task:
    return Task(
        now.unread,
        ngettext("besoin à lire", "besoins à lire", now.unread),
        gettext("les entreprises ne les voient pas avant vous"),
        url_for("organiser.demand.needs", edition=edition.slug, etat="submitted"),
        gettext("Lire"),
    )


def _claimed(edition: Edition, now: Cockpit) -> Task:
    return Task(
        now.claims,
        ngettext(
            "personne demande à tenir une fiche",
            "personnes demandent à tenir une fiche",
            now.claims,
        ),
        gettext("leur adresse n'est pas celle du site de l'organisation : à vous de dire oui"),
        url_for("organiser.claims.claims", edition=edition.slug),
        gettext("Répondre"),
    )


def _unpublished(edition: Edition, now: Cockpit) -> Task:
    placed = now.run.placed if now.run is not None and now.is_unpublished else 0
    return Task(
        placed,
        ngettext("rendez-vous calculé, pas publié", "rendez-vous calculés, pas publiés", placed),
        gettext("personne ne les voit avant la publication du planning"),
        _schedule(edition),
        gettext("Voir le planning"),
    )


def _people(edition: Edition, role: str = "", etat: str = "", manque: str = "") -> str:
    return url_for(
        "organiser.participants.everybody",
        edition=edition.slug,
        role=role or None,
        etat=etat or None,
        manque=manque or None,
    )


def _reminder(edition: Edition, what: Reminder) -> str:
    return url_for("organiser.reminders.remind", edition=edition.slug, what=what.value)


def _schedule(edition: Edition) -> str:
    return url_for("organiser.schedules.runs", edition=edition.slug)
