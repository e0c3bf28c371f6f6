# SPDX-License-Identifier: EUPL-1.2
"""What a buyer may ask for, and for whom it may be reserved."""

from enum import StrEnum

from app.rules.companies import HANDICAP, INTEGRATION, CompanyKind


class NeedKind(StrEnum):
    """How far the buyer is: exploring, asking for a quote, or about to tender."""

    SOURCING = "SOURCING"
    QUOTE = "QUOTE"
    TENDER = "TENDER"


class NeedState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class AmountBand(StrEnum):
    """Estimated value without tax, over the whole contract, in euros."""

    UNKNOWN = "unknown"
    UNDER_5K = "0-5000"
    UNDER_15K = "5000-15000"
    UNDER_40K = "15000-40000"
    UNDER_60K = "40000-60000"
    UNDER_90K = "60000-90000"
    UNDER_216K = "90000-216000"
    UNDER_1M = "216000-1000000"
    OVER_1M = "1000000-"


class SetAside(StrEnum):
    """To whom a contract is reserved, by article of the code de la commande publique."""

    NONE = "none"
    HANDICAP = "L2113-12"
    INTEGRATION = "L2113-13"
    BOTH = "L2113-12+13"
    PRISON = "L2113-13-1"
    SSE = "L2113-15"


ELIGIBLE: dict[SetAside, frozenset[CompanyKind]] = {
    SetAside.NONE: frozenset(CompanyKind),
    SetAside.HANDICAP: HANDICAP,
    SetAside.INTEGRATION: INTEGRATION,
    SetAside.BOTH: HANDICAP | INTEGRATION,
    SetAside.PRISON: frozenset({CompanyKind.SEP}),
    SetAside.SSE: frozenset(CompanyKind),
}


def may_answer(set_aside: SetAside, kind: CompanyKind | None) -> bool:
    """Whether a structure of this kind may hold a contract so reserved.

    Source: code de la commande publique L2113-12, L2113-13, L2113-13-1, L2113-15.
    """
    return kind is not None and kind in ELIGIBLE[set_aside]
