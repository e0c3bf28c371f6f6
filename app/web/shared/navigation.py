# SPDX-License-Identifier: EUPL-1.2
"""The menu at the head of each page, by the bank one stands on."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request, url_for

from app.language.translate import gettext
from app.queries import editions
from app.queries.companies import Organisation
from app.queries.editions import Edition
from app.rules.companies import Role
from app.rules.registrations import RegistrationState
from app.web.shared.login import person
from app.web.shared.standing import registration_here, standing

WRITTEN = ("organiser.guidance", "organiser.newsletters")
OUR_NEEDS = ("member.needs", "member.proposals", "member.renewals")
FOR_US = ("member.proposals", "member.alerts")
OUR_LISTING = ("member.listing", "member.proofs", "member.changes", "member.team")
ASKING = ("member.requests", "member.search")


@dataclass(frozen=True)
class Entry:
    """A link of the menu. deep, modules: pages below it, or of these modules, are marked too."""

    address: str
    words: str
    deep: bool = False
    modules: tuple[str, ...] = ()

    @property
    def is_here(self) -> bool:
        below = self.deep and request.path.startswith(f"{self.address}/")
        beside = (request.endpoint or "").rpartition(".")[0] in self.modules
        return bool(below or beside or request.path == self.address)


def public() -> list[Entry]:
    """For everybody."""
    return [
        Entry(url_for("public.home.home"), gettext("Le salon")),
        Entry(url_for("public.directory.search"), gettext("Annuaire")),
        Entry(url_for("public.needs.published"), gettext("Besoins")),
        Entry(url_for("public.guidance.resources"), gettext("Ressources"), deep=True),
    ]


def organiser(edition: str) -> list[Entry]:
    """For the team of this edition."""
    pages = (
        ("organiser.cockpit.cockpit", gettext("Pilotage")),
        ("organiser.participants.everybody", gettext("Participants")),
        ("organiser.demand.requests", gettext("Demandes")),
        ("organiser.demand.needs", gettext("Besoins")),
        ("organiser.slots.slots", gettext("Créneaux et tables")),
        ("organiser.schedules.runs", gettext("Planification")),
        ("organiser.papers.all_papers", gettext("Impressions")),
        ("organiser.guidance.sheets", gettext("Ressources")),
        ("organiser.outbox.letters", gettext("Courriels")),
        ("organiser.history.journal", gettext("Journal")),
        ("organiser.editions.settings", gettext("Réglages")),
    )
    return [
        Entry(
            url_for(page, edition=edition),
            words,
            deep=page != "organiser.cockpit.cockpit",
            modules=WRITTEN if page.startswith(WRITTEN) else (),
        )
        for page, words in pages
    ]


def member(organisation: Organisation) -> list[Entry]:
    """For who speaks for an organisation; requests and agenda come with the approval."""
    buys = organisation.role == Role.BUYER
    ours: dict[str, Any] = {"organisation": organisation.id}
    board = gettext("Accueil") if buys else gettext("Tableau de bord")
    aside = ("member.participation", "member.delegates", "member.availability")
    entries = [Entry(url_for("member.dashboard.dashboard", **ours), board, modules=aside)]
    if buys:
        needs = url_for("member.needs.mine", **ours)
        entries.append(Entry(needs, gettext("Mes besoins"), modules=OUR_NEEDS))
        entries.append(Entry(url_for("public.directory.search"), gettext("Entreprises")))
    else:
        for_us = url_for("member.needs.for_us", **ours)
        entries.append(Entry(for_us, gettext("Besoins pour moi"), modules=FOR_US))
    entries += _at_the_fair(organisation)
    listing = gettext("Ma structure") if buys else gettext("Mon entreprise")
    ours_told = url_for("member.listing.listing", **ours)
    return [*entries, Entry(ours_told, listing, modules=OUR_LISTING)]


def _at_the_fair(organisation: Organisation) -> list[Entry]:
    edition = current_edition()
    registration = registration_here(edition)
    if edition is None:
        return []
    if registration is None or registration.state != RegistrationState.APPROVED:
        show = url_for(
            "member.participation.show", organisation=organisation.id, edition=edition.slug
        )
        return [Entry(show, gettext("Participer"))]
    ours: dict[str, Any] = {"registration": registration.id}
    return [
        Entry(url_for("member.requests.inbox", **ours), gettext("Mes demandes"), modules=ASKING),
        Entry(url_for("member.agendas.mine", **ours), gettext("Mon agenda"), deep=True),
    ]


def team() -> list[Entry]:
    """For an organiser between two editions."""
    return [Entry(url_for("organiser.editions.mine"), gettext("Mes éditions")), *public()]


def init_app(app: Flask) -> None:
    """Let the base template ask for the menu."""
    app.jinja_env.globals.update(menu=menu, current_edition=current_edition)


def current_edition() -> Edition | None:
    """The edition this page is about: the one in the address, else the next one."""
    if "edition" not in g:
        about = (getattr(one, "edition", None) for one in g.get("records", {}).values())
        g.edition = next(filter(None, about), None) or editions.current()
    found: Edition | None = g.edition
    return found


def menu() -> list[Entry]:
    """The menu of this page: the organiser's, the member's, or everybody's."""
    page, edition = request.endpoint or "", (request.view_args or {}).get("edition")
    if page.startswith("organiser."):
        return organiser(edition) if edition and "edition" in g else team()
    if (organisation := standing()) is not None:
        return member(organisation)
    return team() if person().organisers else public()


def landing() -> str:
    """Where one arrives after log-in: the first page of one's menu, or else one's account."""
    somebody = person()
    if somebody.organisations or somebody.organisers:
        return menu()[0].address
    return url_for("member.account.account")


def shows_demonstration() -> bool:
    """Whether all may come in as an invented person: an invented fair, on a machine for it."""
    edition = current_edition()
    return bool(current_app.config["DEMO"] and getattr(edition, "is_demonstration", False))
