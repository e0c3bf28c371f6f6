# SPDX-License-Identifier: EUPL-1.2
"""What follows a public contract that ends: a draft, which its buyer alone may publish."""

from app.actions import needs
from app.actions.base import action
from app.models.accounts import User
from app.models.companies import Contract
from app.models.history import remember
from app.models.needs import Need
from app.queries import renewals
from app.rules.needs import NeedKind, SetAside, band_of
from app.rules.territories import DEPARTMENTS

LONGEST_TITLE = 200


@action
def draft(contract: Contract, *, by: User | None, title: str, text: str = "") -> Need:
    """Draft the need that follows this contract.

    A contract that gave rise to a need already gives no second one: the same is handed back.
    """
    known = renewals.needs_of([contract.id]).get(contract.id)
    if known is not None:
        return known
    buyer = contract.organisation
    need = needs.draft(
        buyer,
        by=by,
        title=title[:LONGEST_TITLE],
        text=text,
        kind=NeedKind.SOURCING,
        sectors=(),
        cpv=contract.cpv,
        amount_band=band_of(contract.current_amount),
        set_aside=SetAside.NONE,
        departments=[buyer.department] if buyer.department in DEPARTMENTS else [],
        starts_on=contract.expected_end,
        contract=contract,
    )
    remember(by, "contract.renewed", contract, need=need.id)
    return need
