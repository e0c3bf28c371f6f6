# SPDX-License-Identifier: EUPL-1.2
"""What a listing adds to be believed, and how complete it is."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from app.models import clock
from app.models.base import db
from app.models.companies import Activity, Offer, Organisation
from app.models.listings import ClientReference as ClientReference
from app.models.listings import Label as Label
from app.models.listings import Network as Network
from app.models.listings import NetworkMember as NetworkMember
from app.models.listings import OrganisationLabel as OrganisationLabel
from app.models.listings import Photo as Photo
from app.queries.companies import grouped
from app.queries.rows import one_of
from app.rules.completeness import Completeness, Missing, completeness
from app.rules.labels import SOON, Validity, validity


def labels() -> list[Label]:
    """Every label a listing may name, by name."""
    return list(db.session.scalars(select(Label).order_by(Label.name_fr)))


def networks() -> list[Network]:
    """Every network a listing may be in, by name."""
    return list(db.session.scalars(select(Network).order_by(Network.name)))


def label_by_id(label_id: int) -> Label:
    """The label of this number. Errors: NotFound."""
    return one_of(Label, label_id)


def network_by_id(network_id: int) -> Network:
    """The network of this number. Errors: NotFound."""
    return one_of(Network, network_id)


def held_by_id(held_id: int) -> OrganisationLabel:
    """The label held, of this number. Errors: NotFound."""
    return one_of(OrganisationLabel, held_id)


def place_in_network_by_id(member_id: int) -> NetworkMember:
    """The place in a network, of this number. Errors: NotFound."""
    return one_of(NetworkMember, member_id)


def reference_by_id(reference_id: int) -> ClientReference:
    """The client reference of this number. Errors: NotFound."""
    return one_of(ClientReference, reference_id)


def photo_by_id(photo_id: int) -> Photo:
    """The photo of this number. Errors: NotFound."""
    return one_of(Photo, photo_id)


def labels_of(
    organisations: Iterable[Organisation], *, on: date | None = None
) -> dict[int, list[OrganisationLabel]]:
    """organisation id → the labels it holds; on: only those that hold on this day."""
    found = (
        select(OrganisationLabel)
        .join(OrganisationLabel.label)
        .where(_of(OrganisationLabel, organisations))
    )
    if on is not None:
        found = found.where(holds_on(on))
    return grouped(db.session.scalars(found.order_by(Label.name_fr)))


def validity_of(held: OrganisationLabel) -> Validity:
    """Whether it still holds today."""
    return validity(held.expires_on, clock.now().date())


def public_labels(organisation: Organisation) -> list[OrganisationLabel]:
    """The labels it holds today: those that are over are not shown to others."""
    today = clock.now().date()
    return labels_of([organisation], on=today).get(organisation.id, [])


def holds_on(day: date) -> ColumnElement[bool]:
    """The label of this row still holds on this day."""
    return or_(OrganisationLabel.expires_on.is_(None), OrganisationLabel.expires_on >= day)


def networks_of(organisations: Iterable[Organisation]) -> dict[int, list[NetworkMember]]:
    """organisation id → its places in networks."""
    found = select(NetworkMember).join(NetworkMember.network)
    wanted = found.where(_of(NetworkMember, organisations)).order_by(Network.name)
    return grouped(db.session.scalars(wanted))


def references(organisation: Organisation) -> list[ClientReference]:
    """For whom it has worked, the latest first."""
    found = select(ClientReference).where(ClientReference.organisation_id == organisation.id)
    latest = func.coalesce(ClientReference.year, 0).desc()
    return list(db.session.scalars(found.order_by(latest, ClientReference.id)))


def photos(organisation: Organisation) -> list[Photo]:
    """Its photos, in the order in which they are shown."""
    found = select(Photo).where(Photo.organisation_id == organisation.id)
    return list(db.session.scalars(found.order_by(Photo.position, Photo.id)))


def photo_named(organisation: Organisation, file: str) -> Photo | None:
    """The photo of this organisation that lies in this file."""
    found = select(Photo).where(Photo.organisation_id == organisation.id, Photo.file == file)
    return db.session.scalar(found)


def proof_named(organisation: Organisation, file: str) -> OrganisationLabel | None:
    """The label of this organisation that this file proves."""
    found = select(OrganisationLabel).where(
        OrganisationLabel.organisation_id == organisation.id, OrganisationLabel.proof_file == file
    )
    return db.session.scalars(found).first()


def shows_file(name: str) -> bool:
    """Whether some listing shows this file: as its logo, a photo, or a proof."""
    shown = (Organisation.logo, Photo.file, OrganisationLabel.proof_file)
    return bool(db.session.scalar(select(or_(*(_there(column, name) for column in shown)))))


def labels_to_renew(organisation: Organisation) -> int:
    """How many of its labels are over, or will be within two months."""
    return _number(_ending(organisation, clock.now().date()))


def completeness_of(organisation: Organisation) -> Completeness:
    """How complete its listing is, and what to add next; one query."""
    counted = {
        Missing.ACTIVITIES: Activity,
        Missing.OFFERS: Offer,
        Missing.REFERENCES: ClientReference,
        Missing.LABELS: OrganisationLabel,
        Missing.PHOTOS: Photo,
        Missing.NETWORKS: NetworkMember,
    }
    asked = [_has(table, organisation.id) for table in counted.values()]
    answers = db.session.execute(select(*asked)).one()
    there: dict[Missing, object] = dict(zip(counted, answers, strict=True))
    there |= {
        Missing.LOGO: organisation.logo,
        Missing.WEBSITE: organisation.website,
        Missing.DESCRIPTION: organisation.description,
        Missing.HEADCOUNT: organisation.headcount is not None,
        Missing.TURNOVER: organisation.turnover is not None,
        Missing.LARGEST_CONTRACT: organisation.largest_contract is not None,
    }
    return completeness(organisation.role, there)


def _ending(organisation: Organisation, today: date) -> Select[Any]:
    return select(func.count(OrganisationLabel.id)).where(
        OrganisationLabel.organisation_id == organisation.id,
        OrganisationLabel.expires_on <= today + SOON,
    )


def _number(statement: Select[Any]) -> int:
    return db.session.scalar(statement) or 0


def _has(table: Any, organisation_id: int) -> ColumnElement[bool]:
    return exists().where(table.organisation_id == organisation_id)


def _there(column: Any, value: str) -> ColumnElement[bool]:
    return exists().where(column == value)


def _of(table: Any, organisations: Iterable[Organisation]) -> ColumnElement[bool]:
    wanted: Collection[int] = [organisation.id for organisation in organisations]
    found: ColumnElement[bool] = table.organisation_id.in_(wanted)
    return found
