# SPDX-License-Identifier: EUPL-1.2
"""The common procurement vocabulary: what every CPV code stands for."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, Prose


class CpvCode(Base):
    """One code of the vocabulary; loaded by command, the 45 divisions are known without.

    code: 8 digits, without its check digit. level: 1 for a division, 2 for a group, up to 7.
    parent: the code it is a part of, "" for a division. search_fr, search_en: its names, folded,
    with a blank before each word, so that a search finds where words begin.
    Source: regulation (EC) 213/2008.
    """

    __tablename__ = "cpv_code"
    __table_args__ = (CheckConstraint("length(code) = 8 AND level BETWEEN 1 AND 7", "code"),)

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(8), unique=True)
    check_digit: Mapped[str] = mapped_column(String(1))
    level: Mapped[int]
    parent: Mapped[str] = mapped_column(String(8))
    name_fr: Mapped[Prose]
    name_en: Mapped[Prose]
    search_fr: Mapped[Prose]
    search_en: Mapped[Prose]
