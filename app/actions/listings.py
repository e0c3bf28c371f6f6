# SPDX-License-Identifier: EUPL-1.2
"""A listing adds what makes it believed: labels with proof, networks, references, photos."""

from datetime import date

from app.actions import facts, uploads
from app.actions.base import action
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Organisation
from app.models.history import remember
from app.models.listings import (
    ClientReference,
    Label,
    Network,
    NetworkMember,
    OrganisationLabel,
    Photo,
)
from app.queries import companies, listings
from app.rules import authorship
from app.rules.accounts import require_length, require_name
from app.rules.companies import website_of
from app.rules.errors import RuleBroken
from app.rules.labels import require_not_over
from app.rules.listings import (
    MOST_LABELS,
    MOST_PHOTOS,
    MOST_REFERENCES,
    require_alternative,
    require_proof,
    require_room,
    require_year,
)

LONGEST_REFERENCE = 600
FOUND_BY = ("label.", "network.")  # the search box finds a listing by these, not by the others


@action
def hold_label(
    organisation: Organisation,
    *,
    by: User | None,
    label: Label,
    expires_on: date | None = None,
    proof_link: str = "",
    proof: bytes | None = None,
    source: str = authorship.TYPED,
) -> OrganisationLabel:
    """Say that it holds a label, with a paper or a page that proves it, and its last day.

    Said again, it renews the label. An official list (source) is a proof by itself.
    Errors: RuleBroken `label_unproved`, `label_over`, `website_wrong`, `proof_unreadable`,
    `picture_too_big`, `listing_full`.
    """
    link = require_length(website_of(proof_link, field="proof_link"), field="proof_link")
    if source == authorship.TYPED:
        require_proof(link, proof is not None)
        require_not_over(expires_on, clock.now().date())
    held = listings.labels_of([organisation]).get(organisation.id, [])
    known = next((one for one in held if one.label_id == label.id), None)
    if known is None:
        require_room(len(held), MOST_LABELS, field="label")
        known = OrganisationLabel(organisation_id=organisation.id, label_id=label.id)
        known.label, known.proof_file = label, None
        db.session.add(known)
    before = known.proof_file
    known.proof_file = uploads.proof(proof, of=organisation.id) if proof is not None else None
    known.proof_link, known.expires_on, known.source = link, expires_on, source
    known.added_at = clock.now()
    if before != known.proof_file:
        uploads.forget(before)
    until = expires_on.isoformat() if expires_on else None
    _changed(organisation, by, "label.held", name=label.name_fr, until=until, source=source)
    return known


@action
def drop_label(held: OrganisationLabel, *, by: User | None) -> None:
    """It no longer holds this label; the paper that proved it is forgotten."""
    organisation, name = companies.by_id(held.organisation_id), held.label.name_fr
    uploads.forget(held.proof_file)
    db.session.delete(held)
    _changed(organisation, by, "label.dropped", name=name)


@action
def join_network(
    organisation: Organisation,
    *,
    by: User | None,
    network: Network,
    source: str = authorship.TYPED,
) -> NetworkMember:
    """Say that it is a member of a network; said again, it changes nothing."""
    places = listings.networks_of([organisation]).get(organisation.id, [])
    known = next((one for one in places if one.network_id == network.id), None)
    if known is not None:
        return known
    place = NetworkMember(organisation_id=organisation.id, network_id=network.id, source=source)
    place.network = network
    db.session.add(place)
    _changed(organisation, by, "network.joined", name=network.display_name)
    return place


@action
def leave_network(place: NetworkMember, *, by: User | None) -> None:
    """It is no longer a member of this network."""
    organisation, name = companies.by_id(place.organisation_id), place.network.display_name
    db.session.delete(place)
    _changed(organisation, by, "network.left", name=name)


@action
def add_reference(
    organisation: Organisation,
    *,
    by: User | None,
    client: str,
    year: int | None = None,
    text: str = "",
) -> ClientReference:
    """Name a client it has worked for, in which year, and what was done.

    Errors: RuleBroken `name_missing`, `year_wrong`, `too_long`, `listing_full`.
    """
    require_room(len(listings.references(organisation)), MOST_REFERENCES, field="client")
    reference = ClientReference(
        organisation_id=organisation.id,
        client=require_name(client, field="client"),
        year=require_year(year, this_year=clock.now().year),
        text=require_length(text.strip(), field="text", most=LONGEST_REFERENCE),
    )
    db.session.add(reference)
    _changed(organisation, by, "reference.added", name=reference.client)
    return reference


@action
def remove_reference(reference: ClientReference, *, by: User | None) -> None:
    """This client is no longer named."""
    organisation, name = companies.by_id(reference.organisation_id), reference.client
    db.session.delete(reference)
    _changed(organisation, by, "reference.removed", name=name)


@action
def add_photo(
    organisation: Organisation, *, by: User | None, picture: bytes, alternative: str
) -> Photo:
    """Show a photo, drawn again and made small, with what it shows for who does not see it.

    Errors: RuleBroken `alternative_missing`, `too_long`, `picture_too_big`, `picture_unreadable`,
    `photo_there`, `listing_full`.
    """
    shown = listings.photos(organisation)
    require_room(len(shown), MOST_PHOTOS, field="photo")
    words = require_length(require_alternative(alternative), field="alternative")
    file, drawn = uploads.photo(picture, of=organisation.id)
    if file in {photo.file for photo in shown}:
        raise RuleBroken("photo_there", field="photo")
    photo = Photo(
        organisation_id=organisation.id,
        file=file,
        alternative=words,
        width=drawn.width,
        height=drawn.height,
        position=max((one.position for one in shown), default=0) + 1,
    )
    db.session.add(photo)
    _changed(organisation, by, "photo.added", name=words)
    return photo


@action
def show_first(photo: Photo, *, by: User | None) -> None:
    """Show this photo before the others."""
    organisation = companies.by_id(photo.organisation_id)
    others = [one for one in listings.photos(organisation) if one.id != photo.id]
    for position, one in enumerate([photo, *others], 1):
        one.position = position
    _changed(organisation, by, "photo.first", name=photo.alternative)


@action
def remove_photo(photo: Photo, *, by: User | None) -> None:
    """This photo is no longer shown, and its file is forgotten."""
    organisation, words = companies.by_id(photo.organisation_id), photo.alternative
    uploads.forget(photo.file)
    db.session.delete(photo)
    _changed(organisation, by, "photo.removed", name=words)


def _changed(organisation: Organisation, by: User | None, verb: str, **told: object) -> None:
    organisation.updated_at = clock.now()
    if verb.startswith(FOUND_BY):
        facts.index(organisation)
    remember(by, verb, organisation, **told)
