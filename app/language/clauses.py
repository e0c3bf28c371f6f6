# SPDX-License-Identifier: EUPL-1.2
"""The title of a clause in the reader's language; its text stays in French, as in the contract."""

from typing import Any

from app.language.translate import language, typography


def named(clause: Any) -> str:
    """The title of a clause, of the library or of a need."""
    return typography(clause.title_fr) if language() == "fr" else str(clause.title_en)
