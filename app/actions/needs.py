# SPDX-License-Identifier: EUPL-1.2
"""What buyers do with their needs: draft, change, publish, close."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import delete

from app.actions.base import action
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Contract, Organisation, Sector
from app.models.history import remember
from app.models.needs import Need, NeedSector
from app.queries import eligibility, needs
from app.rules import needs as rules
from app.rules.accounts import require_length
from app.rules.eligibility import require_lawful
from app.rules.needs import AmountBand, NeedKind, NeedState, SetAside
from app.rules.search import folded

FACTS = frozenset(
    {
        "title", "text", "kind", "cpv", "amount_band", "set_aside", "departments", "starts_on",
        "months", "is_innovative", "amount_exact",
    }
)  # fmt: skip


@action
def draft(
    organisation: Organisation,
    *,
    by: User | None,
    title: str,
    text: str = "",
    kind: NeedKind,
    sectors: Collection[Sector],
    cpv: str = "",
    amount_band: AmountBand,
    set_aside: SetAside,
    departments: Collection[str],
    starts_on: date | None = None,
    months: int | None = None,
    is_innovative: bool = False,
    amount_exact: int | None = None,
    contract: Contract | None = None,
    publishing: bool = False,
) -> Need:
    """Write a need down, and publish it at once if so asked; nobody else sees a draft.

    cpv: 2 to 8 digits. departments: codes of where the work is done. months: how long it runs.
    amount_exact: in euros without tax, for the buyer alone; the band then follows from it.
    Errors: RuleBroken on the field that is wrong, or when the organisation buys nothing.
    """
    rules.require_buyer(organisation.role)
    need = Need(
        organisation_id=organisation.id,
        contract_id=contract.id if contract else None,
        state=NeedState.DRAFT,
        search="",
        created_at=clock.now(),
    )
    _write(
        need, title=title, text=text, kind=kind, cpv=cpv, amount_band=amount_band,
        set_aside=set_aside, departments=departments, starts_on=starts_on, months=months,
        is_innovative=is_innovative, amount_exact=amount_exact,
    )  # fmt: skip
    db.session.add(need)
    db.session.flush()
    _call_for(need, sectors)
    remember(by, "need.drafted", need)
    if publishing:
        publish(need, by=by)
    return need


@action
def change(
    need: Need,
    *,
    by: User | None,
    sectors: Collection[Sector] | None = None,
    publishing: bool = False,
    **facts: Any,
) -> None:
    """Rewrite what is given (the facts of `draft`); a published need must stay complete."""
    called_for = needs.sectors(need) if sectors is None else sectors
    _write(need, **facts)
    if need.state == NeedState.PUBLISHED:
        rules.require_complete(called_for, need.departments)
        require_lawful(eligibility.bought(need))
    _call_for(need, called_for)
    remember(by, "need.changed", need)
    if publishing and need.state != NeedState.PUBLISHED:
        publish(need, by=by)


@action
def publish(need: Need, *, by: User | None) -> None:
    """Show the need to everybody; from now on the law of this day counts.

    Errors: RuleBroken `need_step`, what is missing in it, or a reservation that is not lawful.
    """
    rules.require_step(need.state, NeedState.PUBLISHED)
    rules.require_complete(needs.sectors(need), need.departments)
    need.published_on = clock.today()
    require_lawful(eligibility.bought(need))
    need.state, need.updated_at = NeedState.PUBLISHED, clock.now()
    remember(by, "need.published", need)


@action
def close(need: Need, *, by: User | None) -> None:
    """The need is met or given up: it leaves the public list; its requests stay."""
    rules.require_step(need.state, NeedState.CLOSED)
    need.state, need.updated_at = NeedState.CLOSED, clock.now()
    remember(by, "need.closed", need)


def _write(need: Need, **facts: Any) -> None:
    unknown = facts.keys() - FACTS
    if unknown:
        raise TypeError(f"a need has no {', '.join(sorted(unknown))}")
    if "title" in facts:
        rules.require_title(facts["title"])
        facts["title"] = require_length(" ".join(facts["title"].split()), field="title")
    if "cpv" in facts:
        facts["cpv"] = rules.cpv_of(facts["cpv"])
    if "departments" in facts:
        facts["departments"] = rules.departments_of(facts["departments"])
    if "months" in facts:
        facts["months"] = rules.months_of(facts["months"])
    if (euros := rules.euros_of(facts.get("amount_exact"))) is not None:
        facts["amount_band"] = rules.band_of(euros)
    for name, value in facts.items():
        setattr(need, name, value)
    need.updated_at = clock.now()


def _call_for(need: Need, sectors: Collection[Sector]) -> None:
    """Replace the trades of the need, and with them what a search finds it by."""
    db.session.execute(delete(NeedSector).where(NeedSector.need_id == need.id))
    for sector in sectors:
        db.session.add(NeedSector(need_id=need.id, sector_id=sector.id))
    names = [sector.name_fr for sector in sectors] + [sector.name_en for sector in sectors]
    need.search = folded(" ".join([need.title, need.text, need.cpv, *names]))
