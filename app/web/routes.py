# SPDX-License-Identifier: EUPL-1.2
"""The site on one page: each address, the page behind it, and how it may be asked.

An endpoint is named after its page: `public.directory.search` is `search` in
`app/web/public/directory.py`. Who may enter stands above each page, as `@guard`.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask

from app.web.member import (
    account,
    agendas,
    availability,
    clauses,
    dashboard,
    delegates,
    listing,
    participation,
    questions,
    requests,
    search,
    team,
)
from app.web.member import needs as our_needs
from app.web.member import renewals as our_renewals
from app.web.organiser import agendas as all_agendas
from app.web.organiser import (
    cockpit,
    demand,
    editions,
    history,
    imports,
    outbox,
    papers,
    participants,
    places,
    reminders,
    renewals,
    repairs,
    schedules,
    slots,
)
from app.web.public import (
    accounts,
    calendars,
    directory,
    health,
    home,
    joining,
    law,
    mailbox,
    needs,
    pages,
)
from app.web.shared import jobs

GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")

ROUTES: tuple[tuple[str, Callable[..., Any], tuple[str, ...]], ...] = (
    # Everybody
    ("/", home.home, GET),
    ("/langue/<code>", home.language, POST),
    ("/healthz", health.alive, GET),
    ("/readyz", health.ready, GET),
    ("/connexion", accounts.log_in, BOTH),
    ("/deconnexion", accounts.log_out, POST),
    ("/connexion/lien", accounts.send_link, POST),
    ("/courriel-envoye", accounts.letter_sent, GET),
    ("/entrer/<token>", accounts.enter, BOTH),
    ("/confirmer/<token>", accounts.verify, BOTH),
    ("/nouveau-lien/<purpose>/<token>", accounts.send_again, POST),
    ("/mot-de-passe", accounts.forgotten, BOTH),
    ("/mot-de-passe/<token>", accounts.new_password, BOTH),
    ("/demonstration/<who>", accounts.demonstration, POST),
    ("/inscription", accounts.sign_up, BOTH),
    ("/inscription/entreprise", joining.company, GET),
    ("/inscription/entreprise/nouvelle", joining.new_company, BOTH),
    ("/inscription/acheteur", joining.buyer, GET),
    ("/inscription/acheteur/nouveau", joining.new_buyer, BOTH),
    ("/inscription/<int:organisation>", joining.claim, BOTH),
    ("/annuaire", directory.search, GET),
    ("/annuaire/<int:organisation>", directory.listing, GET),
    ("/annuaire/<int:organisation>/logo/<name>", directory.logo, GET),
    ("/e/<edition>", home.edition, GET),
    ("/agenda/<delegate>.ics", calendars.feed, GET),
    ("/boite-aux-lettres", mailbox.mailbox, GET),
    ("/boite-aux-lettres/<int:letter>", mailbox.letter, GET),
    ("/accessibilite", pages.accessibility, GET),
    ("/vos-donnees", pages.privacy, GET),
    ("/mentions-legales", pages.legal, GET),
    ("/regles-des-marches", law.rules, GET),
    ("/besoins", needs.published, GET),
    ("/besoins/<int:need>", needs.need, GET),
    # Companies and buyers
    ("/espace", dashboard.mine, GET),
    ("/espace/<int:organisation>", dashboard.dashboard, GET),
    ("/espace/<int:organisation>/besoins", our_needs.mine, GET),
    ("/espace/<int:organisation>/besoins/nouveau", our_needs.new, BOTH),
    ("/espace/<int:organisation>/besoins-pour-nous", our_needs.for_us, GET),
    ("/espace/<int:organisation>/renouvellements", our_renewals.ending, GET),
    ("/espace/<int:organisation>/renouvellements/<int:contract>", our_renewals.draft, POST),
    ("/besoins/<int:need>/modifier", our_needs.edit, BOTH),
    ("/besoins/<int:need>/publier", our_needs.publish, POST),
    ("/besoins/<int:need>/clore", our_needs.close, POST),
    ("/besoins/<int:need>/clauses", clauses.choose, BOTH),
    ("/besoins/<int:need>/questions/nouvelle", questions.ask, BOTH),
    ("/questions/<int:question>/repondre", questions.answer, BOTH),
    ("/espace/<int:organisation>/participation/<edition>", participation.show, BOTH),
    ("/participation/<int:registration>/annuler", participation.cancel, BOTH),
    ("/participation/<int:registration>/delegues/nouveau", delegates.add, BOTH),
    ("/delegues/<int:delegate>/modifier", delegates.change, BOTH),
    ("/delegues/<int:delegate>/retirer", delegates.remove, BOTH),
    ("/participation/<int:registration>/disponibilites", availability.availability, BOTH),
    ("/participation/<int:registration>/chercher", search.search, GET),
    ("/participation/<int:registration>/demandes", requests.inbox, GET),
    ("/participation/<int:registration>/demandes/nouvelle", requests.new, BOTH),
    ("/demandes/<int:wanted>", requests.show, GET),
    ("/demandes/<int:wanted>/accepter", requests.accept, POST),
    ("/demandes/<int:wanted>/refuser", requests.decline, BOTH),
    ("/demandes/<int:wanted>/retirer", requests.withdraw, BOTH),
    ("/compte", account.account, BOTH),
    ("/compte/mot-de-passe", account.password, POST),
    ("/compte/confirmation", account.send_verification, POST),
    ("/espace/<int:organisation>/fiche", listing.listing, BOTH),
    ("/espace/<int:organisation>/fiche/metiers", listing.add_activity, POST),
    (
        "/espace/<int:organisation>/fiche/metiers/<int:activity>/retirer",
        listing.remove_activity,
        POST,
    ),
    ("/espace/<int:organisation>/fiche/offres", listing.add_offer, POST),
    ("/espace/<int:organisation>/fiche/offres/<int:offer>/retirer", listing.remove_offer, POST),
    ("/espace/<int:organisation>/equipe", team.team, GET),
    ("/espace/<int:organisation>/equipe/<int:membership>/accepter", team.approve, POST),
    ("/espace/<int:organisation>/equipe/<int:membership>/refuser", team.refuse, POST),
    ("/travaux/<int:job>", jobs.job, GET),
    ("/travaux/<int:job>/etat", jobs.state, GET),
    ("/travaux/<int:job>/arreter", jobs.stop, POST),
    ("/participation/<int:registration>/agenda", agendas.mine, GET),
    ("/participation/<int:registration>/agenda/<int:delegate>.pdf", agendas.paper, GET),
    ("/participation/<int:registration>/agenda/<int:delegate>.ics", agendas.calendar, GET),
    ("/participation/<int:registration>/agenda/<int:delegate>/adresse", agendas.renew, POST),
    # The organiser's team
    ("/organisation", editions.mine, GET),
    ("/organisation/nouvelle", editions.new, BOTH),
    ("/organisation/<edition>", cockpit.cockpit, GET),
    ("/organisation/<edition>/reglages", editions.settings, BOTH),
    ("/organisation/<edition>/annoncer", editions.announce, POST),
    ("/organisation/<edition>/clore", editions.close, POST),
    ("/organisation/<edition>/creneaux", slots.slots, BOTH),
    ("/organisation/<edition>/creneaux/<int:block>/retirer", slots.remove, POST),
    ("/organisation/<edition>/creneaux/places", places.places, BOTH),
    ("/organisation/<edition>/creneaux/places/<int:place>/retirer", places.remove, POST),
    ("/organisation/<edition>/participants", participants.everybody, GET),
    ("/organisation/<edition>/participants.xlsx", participants.table, GET),
    ("/organisation/<edition>/participants/decider", participants.decide, BOTH),
    ("/organisation/<edition>/participants/<int:registration>", participants.one, GET),
    ("/organisation/<edition>/participants/<int:registration>/valider", participants.approve, POST),
    ("/organisation/<edition>/participants/<int:registration>/refuser", participants.refuse, BOTH),
    ("/organisation/<edition>/participants/<int:registration>/place", participants.arrange, POST),
    ("/organisation/<edition>/demandes", demand.requests, GET),
    ("/organisation/<edition>/besoins", demand.needs, GET),
    ("/organisation/<edition>/renouvellements", renewals.ending, GET),
    ("/organisation/<edition>/renouvellements/<int:contract>", renewals.draft, POST),
    ("/organisation/<edition>/planification", schedules.runs, BOTH),
    ("/organisation/<edition>/planification/imprevu", repairs.event, BOTH),
    ("/organisation/<edition>/planification/imprevu/<int:place>/rouvrir", repairs.reopen, POST),
    ("/organisation/<edition>/planification/<int:run>", schedules.run, GET),
    ("/organisation/<edition>/planification/<int:run>/reponse", repairs.choose, POST),
    ("/organisation/<edition>/planification/<int:run>/prix", schedules.price, POST),
    ("/organisation/<edition>/planification/<int:run>/arreter", schedules.stop, POST),
    ("/organisation/<edition>/planification/<int:run>/publication", schedules.publish, BOTH),
    ("/organisation/<edition>/agendas", all_agendas.everybody, GET),
    ("/organisation/<edition>/agendas/<int:delegate>", all_agendas.agenda, GET),
    ("/organisation/<edition>/impressions", papers.all_papers, GET),
    ("/organisation/<edition>/impressions/badges", papers.badges, POST),
    ("/organisation/<edition>/impressions/agendas", papers.agendas, POST),
    ("/organisation/<edition>/impressions/tables", papers.tables, POST),
    ("/organisation/<edition>/impressions/<int:job>.pdf", papers.download, GET),
    ("/organisation/<edition>/relancer/<what>", reminders.remind, BOTH),
    ("/organisation/<edition>/courriels", outbox.letters, GET),
    ("/organisation/<edition>/courriels/renvoyer", outbox.send_again, POST),
    ("/organisation/<edition>/courriels/<int:letter>", outbox.letter, GET),
    ("/organisation/<edition>/courriels/<int:letter>/renvoyer", outbox.send_one_again, POST),
    ("/organisation/<edition>/journal", history.journal, GET),
    ("/organisation/<edition>/import", imports.upload, BOTH),
    ("/organisation/<edition>/import/<int:directory_import>", imports.shown, GET),
    ("/organisation/<edition>/import/<int:directory_import>/confirmer", imports.confirm, POST),
    ("/organisation/<edition>/import/<int:directory_import>/arreter", imports.stop, POST),
    ("/organisation/<edition>/import/<int:directory_import>/ecarter", imports.discard, POST),
    ("/organisation/<edition>/import/<int:directory_import>/lignes.csv", imports.report, GET),
)


def endpoint_of(page: Callable[..., Any]) -> str:
    """`public.directory.search` for the function `search` of that module."""
    return f"{page.__module__.removeprefix('app.web.')}.{page.__name__}"


def init_app(app: Flask) -> None:
    """Put every page at its address."""
    for address, page, methods in ROUTES:
        app.add_url_rule(address, endpoint_of(page), page, methods=list(methods))
