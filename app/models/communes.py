# SPDX-License-Identifier: EUPL-1.2
"""The official geography: communes, and the groupings that they form."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, Word, Words


class Commune(Base):
    """A commune. folded: its name as it is compared. siren: of its town hall, "" when not said.

    lat, lon: degrees; from the file, else the middle of the seats known there, else None.
    Source: INSEE, code officiel géographique.
    """

    __tablename__ = "commune"

    id: Mapped[Key]
    insee_code: Mapped[str] = mapped_column(String(5), unique=True)
    name: Mapped[Word]
    folded: Mapped[Word] = mapped_column(index=True)
    department: Mapped[str] = mapped_column(String(3))
    post_codes: Mapped[Words]
    siren: Mapped[str] = mapped_column(String(9), index=True)
    population: Mapped[int]
    lat: Mapped[float | None]
    lon: Mapped[float | None]


class Epci(Base):
    """A grouping of communes with its own taxation, which buys for them. Source: Banatic."""

    __tablename__ = "epci"

    id: Mapped[Key]
    siren: Mapped[str] = mapped_column(String(9), unique=True)
    name: Mapped[Word]
    kind: Mapped[str] = mapped_column(String(8))
    population: Mapped[int]
