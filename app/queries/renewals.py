# SPDX-License-Identifier: EUPL-1.2
"""Public contracts that will soon end, and the needs they gave rise to already."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.models import clock
from app.models.base import db
from app.models.companies import Contract, Organisation
from app.models.needs import Need as Need
from app.queries.pages import Page, page_of
from app.rules.decp import months_after
from app.rules.sectors import BY_SLUG


def today() -> date:
    """The day from which one looks ahead."""
    return clock.today()


@dataclass(frozen=True)
class Narrowing:
    """Which of the contracts that end soon: those of a buyer, a department, a family of trades.

    months: how far one looks. buyer: its id. family: its slug.
    """

    months: int = 12
    buyer: int | None = None
    department: str = ""
    family: str = ""


@dataclass(frozen=True)
class Renewals:
    """Contracts that end soon, the first to end first, and the need each one gave rise to.

    amount: euros without tax, of all of them, on this page or not.
    """

    page: Page[Contract]
    needs: dict[int, Need]
    amount: float


def ending(asked: Narrowing, *, today: date, page: int = 1) -> Renewals:
    """The contracts whose expected end falls between today and so many months later.

    Source: indicator I12 (notification + duration of the last amendment).
    """
    found = _ending(asked, today)
    of_all = db.session.scalar(found.with_only_columns(func.sum(Contract.current_amount)))
    first = found.options(joinedload(Contract.organisation))
    shown = page_of(first.order_by(Contract.expected_end, Contract.id), page)
    return Renewals(shown, needs_of([one.id for one in shown.lines]), of_all or 0.0)


def departments(asked: Narrowing, *, today: date) -> list[str]:
    """The departments where contracts end soon, whatever department was chosen."""
    found = _ending(replace(asked, department=""), today)
    codes = db.session.scalars(found.with_only_columns(Organisation.department).distinct())
    return sorted(code for code in codes if code)


def buyers(asked: Narrowing, *, today: date) -> list[tuple[int, str]]:
    """(id, name) of the buyers whose contracts end soon, whatever buyer was chosen."""
    found = _ending(replace(asked, buyer=None), today)
    named = found.with_only_columns(Organisation.id, Organisation.name).distinct()
    return [(key, name) for key, name in db.session.execute(named.order_by(Organisation.name))]


def needs_of(contract_ids: list[int]) -> dict[int, Need]:
    """Contract id → the need it gave rise to."""
    found = select(Need).where(Need.contract_id.in_(contract_ids)).order_by(Need.id.desc())
    return {need.contract_id: need for need in db.session.scalars(found) if need.contract_id}


def _ending(asked: Narrowing, today: date) -> Select[Contract]:
    last = months_after(today, asked.months)
    found = select(Contract).join(Contract.organisation)
    found = found.where(Contract.expected_end.between(today, last))
    if asked.buyer is not None:
        found = found.where(Contract.organisation_id == asked.buyer)
    if asked.department:
        found = found.where(Organisation.department == asked.department)
    if asked.family in BY_SLUG:
        prefixes = BY_SLUG[asked.family].cpv
        found = found.where(or_(*(Contract.cpv.startswith(prefix) for prefix in prefixes)))
    return found
