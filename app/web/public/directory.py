# SPDX-License-Identifier: EUPL-1.2
"""The directory: one search box, filters that live in the address, and each listing."""

from flask import current_app, render_template, send_from_directory
from werkzeug.wrappers import Response

from app.language import contracts as words
from app.language import listings as listing_words
from app.queries import companies, consortia, contracts, listings, needs
from app.queries import directory as entries
from app.queries.companies import Organisation
from app.rules.errors import NotFound
from app.rules.permissions import Permission
from app.rules.reservations import what_law_says
from app.web.public import cards, invitation, results
from app.web.shared.guard import guard
from app.web.shared.login import person
from app.web.shared.navigation import current_edition

A_YEAR = 365 * 24 * 3600


@guard(Permission.VISIT)
def search() -> str:
    """Companies or buyers, the whole directory or those who come to the fair."""
    return render_template("web/public/directory.html", **results.shown(current_edition()))


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
        **cards.keeping(organisation),
        activities=companies.activities(organisation),
        offers=companies.offers(organisation),
        photos=listings.photos(organisation),
        labels=listings.public_labels(organisation),
        networks=listings.networks_of([organisation]).get(organisation.id, []),
        references=listings.references(organisation),
        consortia=consortia.shown_for(organisation),
        law=what_law_says(
            organisation.company_kind,
            organisation.family,
            is_foreign=organisation.siret is None,
        ),
        meaning=listing_words.meaning,
        homeland=listing_words.homeland,
        needs=needs.named_of(organisation, readers=person().organisations),
        past=contracts.of_listing(organisation),
        contract_about=words.about,
        is_claimed=bool(companies.members(organisation)),
    )


@guard(Permission.VISIT, organisation=companies.by_id)
def logo(organisation: Organisation, name: str) -> Response:
    """The logo of a listing; its name changes with it, so that browsers may keep it for a year."""
    if name != organisation.logo:
        raise NotFound
    return _file(name, "image/png")


@guard(Permission.VISIT, organisation=companies.by_id)
def photo(organisation: Organisation, name: str) -> Response:
    """A photo of a listing."""
    if listings.photo_named(organisation, name) is None:
        raise NotFound
    return _file(name, "image/jpeg")


@guard(Permission.VISIT, organisation=companies.by_id)
def proof(organisation: Organisation, name: str) -> Response:
    """The paper that proves a label of a listing, to be kept rather than opened in the page."""
    held = listings.proof_named(organisation, name)
    if held is None:
        raise NotFound
    ending = name.rpartition(".")[2]
    kind = "application/pdf" if ending == "pdf" else "image/jpeg"
    return _file(name, kind, saved_as=f"{held.label.slug}.{ending}")


def _file(name: str, kind: str, *, saved_as: str | None = None) -> Response:
    folder = current_app.config["UPLOAD_FOLDER"]
    file = send_from_directory(
        folder,
        name,
        mimetype=kind,
        max_age=A_YEAR,
        as_attachment=saved_as is not None,
        download_name=saved_as,
    )
    file.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return file
