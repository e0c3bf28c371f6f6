# SPDX-License-Identifier: EUPL-1.2
"""What a listing adds to be believed: labels with proof, networks, references, photos."""

from datetime import date

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Code, Instant, Key, Prose, Word, link


class Label(Base):
    """A label or an agreement that an organisation may hold, such as ESUS or RGE.

    issuer: who grants it. website: where one reads what it asks and who holds it.
    """

    __tablename__ = "label"

    id: Mapped[Key]
    slug: Mapped[Code] = mapped_column(unique=True)
    name_fr: Mapped[Word]
    name_en: Mapped[Word]
    issuer: Mapped[Word]
    website: Mapped[Word]


class OrganisationLabel(Base):
    """A label held by an organisation, with what proves it and the last day it is good for.

    proof_file: name of a file we keep. proof_link: a page that shows it. Both are empty when an
    official list said so: source is then the code of that list, else "typed".
    """

    __tablename__ = "organisation_label"
    __table_args__ = (UniqueConstraint("organisation_id", "label_id"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = link("organisation")
    label_id: Mapped[int] = link("label")
    proof_file: Mapped[str | None] = mapped_column(String(80))
    proof_link: Mapped[Word]
    expires_on: Mapped[date | None] = mapped_column(index=True)
    source: Mapped[Code]
    added_at: Mapped[Instant]

    label: Mapped[Label] = relationship(lazy="joined")


class Network(Base):
    """A federation of structures, such as Coorace; brand: the name it is known by."""

    __tablename__ = "network"

    id: Mapped[Key]
    slug: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Word]
    brand: Mapped[Word]
    website: Mapped[Word]

    @property
    def display_name(self) -> str:
        return self.brand or self.name


class NetworkMember(Base):
    """An organisation is a member of a network; source: "typed", or the code of an import."""

    __tablename__ = "network_member"
    __table_args__ = (UniqueConstraint("organisation_id", "network_id"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = link("organisation")
    network_id: Mapped[int] = link("network")
    source: Mapped[Code]

    network: Mapped[Network] = relationship(lazy="joined")


class ClientReference(Base):
    """A client a company has worked for: who, in which year (or None), and what was done."""

    __tablename__ = "client_reference"

    id: Mapped[Key]
    organisation_id: Mapped[int] = link("organisation")
    client: Mapped[Word]
    year: Mapped[int | None]
    text: Mapped[Prose]


class Photo(Base):
    """A picture of what a company makes or where it works.

    file: its name in the folder of uploads. alternative: what one would see, for who does not.
    width, height: pixels. position: 1 for the first shown.
    """

    __tablename__ = "photo"
    __table_args__ = (
        UniqueConstraint("organisation_id", "file"),
        CheckConstraint("alternative <> ''", name="says_what_it_shows"),
    )

    id: Mapped[Key]
    organisation_id: Mapped[int] = link("organisation")
    file: Mapped[str] = mapped_column(String(80))
    alternative: Mapped[Word]
    width: Mapped[int]
    height: Mapped[int]
    position: Mapped[int]
