# SPDX-License-Identifier: EUPL-1.2
"""The directory: one search box, filters that live in the address, and each listing."""

from flask import current_app, render_template, send_from_directory
from werkzeug.wrappers import Response

from app.language import contracts as words
from app.queries import companies, contracts, needs
from app.queries import directory as entries
from app.queries.companies import Organisation
from app.rules.errors import NotFound
from app.rules.needs import NeedState
from app.rules.permissions import Permission
from app.web.public import invitation, narrowing
from app.web.shared.guard import guard
from app.web.shared.navigation import current_edition

A_YEAR = 365 * 24 * 3600


@guard(Permission.VISIT)
def search() -> str:
    """Companies or buyers, the whole directory or those who come to the fair."""
    edition = current_edition()
    asked = narrowing.asked(edition)
    page = asked.found(edition)
    families = companies.sector_groups()
    coming = entries.coming(edition, page.found) if edition else {}
    return render_template(
        "web/public/directory.html",
        asked=asked,
        page=page,
        edition=edition,
        listed=entries.count(asked.role),
        attending=entries.count(asked.role, edition=edition) if edition else 0,
        activities=companies.activities_of(page.found),
        offers=companies.offers_of(page.found),
        coming=coming,
        facets=narrowing.facets(asked, page, families),
        map=narrowing.hexes(asked, page),
        zones=narrowing.zones(),
        chips=narrowing.chips(asked, families),
        ways=narrowing.ways(asked, edition) if not page.total else [],
    )


@guard(Permission.VISIT, organisation=companies.by_id)
def listing(organisation: Organisation) -> str:
    """One listing: who it is, what it does, how far it goes, and how to meet it."""
    edition = current_edition()
    coming = entries.coming(edition, [organisation]) if edition else {}
    registration = coming.get(organisation.id)
    return render_template(
        "web/public/listing.html",
        organisation=organisation,
        edition=edition,
        registration=registration,
        ask=invitation.to(organisation, edition, registration),
        activities=companies.activities(organisation),
        offers=companies.offers(organisation),
        needs=needs.of_organisation(organisation, state=NeedState.PUBLISHED),
        past=contracts.of_listing(organisation),
        contract_about=words.about,
        is_claimed=bool(companies.members(organisation)),
    )


@guard(Permission.VISIT, organisation=companies.by_id)
def logo(organisation: Organisation, name: str) -> Response:
    """The logo of a listing; its name changes with it, so that browsers may keep it for a year."""
    if name != organisation.logo:
        raise NotFound
    folder = current_app.config["UPLOAD_FOLDER"]
    picture = send_from_directory(folder, name, mimetype="image/png", max_age=A_YEAR)
    picture.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return picture
