# SPDX-License-Identifier: EUPL-1.2
"""The listing of one's organisation: identity, trades, offers, logo, and what to add next."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions import companies
from app.language.translate import gettext
from app.queries import companies as directory
from app.queries import listings
from app.queries.companies import Activity, Offer, Organisation
from app.rules.completeness import Missing
from app.rules.permissions import Permission
from app.web.forms.companies import Listing, NewActivity, NewOffer
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me

SPEAK = Permission.SPEAK_FOR_ORGANISATION

# Where each thing that may be missing is added: a page, and a part of it.
HERE, PROOFS = "member.listing.listing", "member.proofs.proofs"
WHERE = {
    Missing.ACTIVITIES: (HERE, "metiers"),
    Missing.LOGO: (HERE, "logo"),
    Missing.WEBSITE: (HERE, "website"),
    Missing.DESCRIPTION: (HERE, "description"),
    Missing.OFFERS: (HERE, "offres"),
    Missing.REFERENCES: (PROOFS, "references"),
    Missing.LABELS: (PROOFS, "labels"),
    Missing.HEADCOUNT: (HERE, "headcount"),
    Missing.TURNOVER: (HERE, "turnover"),
    Missing.PHOTOS: (PROOFS, "photos"),
    Missing.LARGEST_CONTRACT: (HERE, "largest_contract"),
    Missing.NETWORKS: (PROOFS, "reseaux"),
}


@guard(SPEAK, organisation=directory.by_id)
def listing(organisation: Organisation) -> str | Response:
    """Who we are, in our own words."""
    form = Listing(organisation.role, obj=organisation)
    if form.validate_on_submit():
        with said_on(form):
            companies.describe(organisation, by=me(), picture=form.picture, **form.facts)
            return _done(organisation, gettext("La fiche est enregistrée."))
    return _page(organisation, form=form)


@guard(SPEAK, organisation=directory.by_id)
def remove_logo(organisation: Organisation) -> Response:
    """Initials instead of our logo."""
    companies.remove_logo(organisation, by=me())
    return _done(organisation, gettext("Le logo est retiré."), "logo")


@guard(SPEAK, organisation=directory.by_id)
def add_activity(organisation: Organisation) -> str | Response:
    """One trade more."""
    form = NewActivity(prefix="activity-")
    if form.validate_on_submit():
        sector = directory.sector_by_id(int(form.sector.data))
        with said_on(form):
            companies.add_activity(organisation, by=me(), sector=sector, **form.facts)
            return _done(organisation, gettext("Le métier est ajouté."), "metiers")
    return _page(organisation, activity=form)


@guard(SPEAK, organisation=directory.by_id, activity=directory.activity_by_id)
def remove_activity(organisation: Organisation, activity: Activity) -> Response:
    """We no longer do this."""
    companies.remove_activity(activity, by=me())
    return _done(organisation, gettext("Le métier est retiré."), "metiers")


@guard(SPEAK, organisation=directory.by_id)
def add_offer(organisation: Organisation) -> str | Response:
    """Something we sell, in our words."""
    form = NewOffer(prefix="offer-")
    if form.validate_on_submit():
        with said_on(form):
            companies.add_offer(
                organisation,
                by=me(),
                name=form.name.data or "",
                description=form.description.data or "",
            )
            return _done(organisation, gettext("L'offre est ajoutée."), "offres")
    return _page(organisation, offer=form)


@guard(SPEAK, organisation=directory.by_id, offer=directory.offer_by_id)
def remove_offer(organisation: Organisation, offer: Offer) -> Response:
    """We no longer sell this."""
    companies.remove_offer(offer, by=me())
    return _done(organisation, gettext("L'offre est retirée."), "offres")


def _page(
    organisation: Organisation,
    *,
    form: Listing | None = None,
    activity: NewActivity | None = None,
    offer: NewOffer | None = None,
) -> str:
    """The whole page, with the one form that came back."""
    activities = directory.activities(organisation)
    offers = directory.offers(organisation)
    return render_template(
        "web/member/listing.html",
        organisation=organisation,
        form=form or Listing(organisation.role, obj=organisation, formdata=None),
        new_activity=activity or NewActivity(prefix="activity-", formdata=None),
        new_offer=offer or NewOffer(prefix="offer-", formdata=None),
        activities=activities,
        offers=offers,
        complete=listings.completeness_of(organisation),
        at=WHERE,
    )


def _done(organisation: Organisation, words: str, part: str = "") -> Response:
    flash(words, "good")
    here = url_for("member.listing.listing", organisation=organisation.id, _anchor=part or None)
    return redirect(here)
