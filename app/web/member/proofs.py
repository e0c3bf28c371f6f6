# SPDX-License-Identifier: EUPL-1.2
"""What makes a listing believed: labels with their proof, networks, references, photos."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions import listings
from app.language.translate import gettext
from app.queries import companies
from app.queries import listings as told
from app.queries.companies import Organisation
from app.queries.listings import ClientReference, NetworkMember, OrganisationLabel, Photo
from app.rules.permissions import Permission
from app.web.forms.listings import NewLabel, NewNetwork, NewPhoto, NewReference
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me

SPEAK = Permission.SPEAK_FOR_ORGANISATION


@guard(SPEAK, organisation=companies.by_id)
def proofs(organisation: Organisation) -> str:
    """All that makes this listing believed, and how to add to it."""
    return _page(organisation)


@guard(SPEAK, organisation=companies.by_id)
def hold_label(organisation: Organisation) -> str | Response:
    """A label more, or one renewed."""
    form = NewLabel(prefix="label-")
    if form.validate_on_submit():
        label = told.label_by_id(int(form.label.data))
        with said_on(form):
            listings.hold_label(organisation, by=me(), label=label, **form.facts)
            return _done(organisation, gettext("Le label est enregistré."), "labels")
    return _page(organisation, label=form)


@guard(SPEAK, organisation=companies.by_id, held=told.held_by_id)
def drop_label(organisation: Organisation, held: OrganisationLabel) -> Response:
    """We no longer hold it."""
    listings.drop_label(held, by=me())
    return _done(organisation, gettext("Le label est retiré."), "labels")


@guard(SPEAK, organisation=companies.by_id)
def join_network(organisation: Organisation) -> str | Response:
    """We are members of it."""
    form = NewNetwork(prefix="network-")
    if form.validate_on_submit():
        network = told.network_by_id(int(form.network.data))
        listings.join_network(organisation, by=me(), network=network)
        return _done(organisation, gettext("Le réseau est ajouté."), "reseaux")
    return _page(organisation, network=form)


@guard(SPEAK, organisation=companies.by_id, place=told.place_in_network_by_id)
def leave_network(organisation: Organisation, place: NetworkMember) -> Response:
    """We are no longer members of it."""
    listings.leave_network(place, by=me())
    return _done(organisation, gettext("Le réseau est retiré."), "reseaux")


@guard(SPEAK, organisation=companies.by_id)
def add_reference(organisation: Organisation) -> str | Response:
    """A client we have worked for."""
    form = NewReference(prefix="reference-")
    if form.validate_on_submit():
        with said_on(form):
            listings.add_reference(organisation, by=me(), **form.facts)
            return _done(organisation, gettext("La référence est ajoutée."), "references")
    return _page(organisation, reference=form)


@guard(SPEAK, organisation=companies.by_id, reference=told.reference_by_id)
def remove_reference(organisation: Organisation, reference: ClientReference) -> Response:
    """This client is no longer named."""
    listings.remove_reference(reference, by=me())
    return _done(organisation, gettext("La référence est retirée."), "references")


@guard(SPEAK, organisation=companies.by_id)
def add_photo(organisation: Organisation) -> str | Response:
    """A picture of what we do."""
    form = NewPhoto(prefix="photo-")
    if form.validate_on_submit():
        with said_on(form):
            listings.add_photo(
                organisation,
                by=me(),
                picture=form.picture,
                alternative=form.alternative.data or "",
            )
            return _done(organisation, gettext("La photo est ajoutée."), "photos")
    return _page(organisation, photo=form)


@guard(SPEAK, organisation=companies.by_id, photo=told.photo_by_id)
def show_first(organisation: Organisation, photo: Photo) -> Response:
    """This photo before the others."""
    listings.show_first(photo, by=me())
    return _done(organisation, gettext("Cette photo vient en premier."), "photos")


@guard(SPEAK, organisation=companies.by_id, photo=told.photo_by_id)
def remove_photo(organisation: Organisation, photo: Photo) -> Response:
    """This photo is no longer shown."""
    listings.remove_photo(photo, by=me())
    return _done(organisation, gettext("La photo est retirée."), "photos")


def _page(organisation: Organisation, **forms: Any) -> str:
    """The whole page, with the one form that came back."""
    held = told.labels_of([organisation]).get(organisation.id, [])
    joined = told.networks_of([organisation]).get(organisation.id, [])
    return render_template(
        "web/member/proofs.html",
        organisation=organisation,
        held=held,
        validity=told.validity_of,
        joined=joined,
        references=told.references(organisation),
        photos=told.photos(organisation),
        new_label=forms.get("label") or NewLabel(prefix="label-", formdata=None),
        new_network=forms.get("network") or NewNetwork(prefix="network-", formdata=None),
        new_reference=forms.get("reference") or NewReference(prefix="reference-", formdata=None),
        new_photo=forms.get("photo") or NewPhoto(prefix="photo-", formdata=None),
    )


def _done(organisation: Organisation, words: str, part: str) -> Response:
    flash(words, "good")
    here = url_for("member.proofs.proofs", organisation=organisation.id, _anchor=part)
    return redirect(here)
