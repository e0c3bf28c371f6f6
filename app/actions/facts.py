# SPDX-License-Identifier: EUPL-1.2
"""The one place where the facts of a listing are written: checked, signed, and made searchable."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Organisation
from app.queries import companies, listings
from app.rules import authorship
from app.rules.accounts import require_length, require_name
from app.rules.companies import (
    BuyerKind,
    CompanyKind,
    Family,
    Role,
    legal_form_of,
    require_euros,
    require_headcount,
    website_of,
)
from app.rules.kinds import family_of
from app.rules.search import folded
from app.rules.territories import department_of

LONGEST_PROSE = 4000
UNSAID: dict[str, Any] = {
    "brand": "", "naf": "", "legal_form": "", "address": "", "post_code": "", "city": "",
    "department": "", "lat": None, "lon": None, "website": "", "description": "",
    "company_kind": None, "family": None, "headcount": None, "turnover": None,
    "largest_contract": None, "may_group": False, "buyer_kind": None,
}  # fmt: skip
INDEXED = frozenset({"name", "brand", "city"})
_LENGTHS = {"naf": 8, "post_code": 10, "department": 3, "description": LONGEST_PROSE}


def write(organisation: Organisation, facts: dict[str, Any], *, author: str) -> dict[str, Any]:
    """Check each fact, keep what changes, and sign it; what follows from it is written too.

    author: see `rules.authorship`. Returns field → [before, after], as history keeps them.
    Errors: RuleBroken `name_missing`, `too_long`, `website_wrong`, `headcount_wrong`,
    `euros_wrong`, `legal_form_wrong`.
    """
    checked = {name: _checked(name, value) for name, value in facts.items()}
    told = {**checked, **_implied(organisation, checked)}
    changes = {}
    for name, after in told.items():
        before = getattr(organisation, name)
        if after != before:
            setattr(organisation, name, after)
            changes[name] = [_kept(before), _kept(after)]
    if changes:
        signature = {"by": author, "on": clock.now().date().isoformat()}
        organisation.authors = {**organisation.authors, **dict.fromkeys(changes, signature)}
        organisation.updated_at = clock.now()
    return changes


def author_of(by: User | None, source: str) -> str:
    """The person when it was typed by one who is known, else the source."""
    return authorship.person(by.id) if by and source == authorship.TYPED else source


def index(organisation: Organisation) -> None:
    """Write again what the search box looks in, after a change."""
    index_all([organisation])


def index_all(organisations: Sequence[Organisation]) -> None:
    """The same for many, with as many queries as for one."""
    db.session.flush()
    trades, offers = companies.activities_of(organisations), companies.offers_of(organisations)
    held, joined = listings.labels_of(organisations), listings.networks_of(organisations)
    for one in organisations:
        sectors = [activity.sector for activity in trades.get(one.id, [])]
        labels = [label.label for label in held.get(one.id, [])]
        one.search = searched(
            one,
            *(word for trade in sectors for word in (trade.name_fr, trade.name_en)),
            *(word for trade in sectors for word in (trade.group.name_fr, trade.group.name_en)),
            *(offer.name for offer in offers.get(one.id, [])),
            *(word for label in labels for word in (label.name_fr, label.name_en)),
            *(
                word
                for member in joined.get(one.id, [])
                for word in (member.network.name, member.network.brand)
            ),
        )


def searched(organisation: Organisation, *words: str) -> str:
    """What the search box looks in: the number, the names, the place, and these words."""
    number = organisation.siret or organisation.vat_number or ""
    said = (number, organisation.name, organisation.brand, organisation.city, *words)
    return folded(" ".join(word for word in dict.fromkeys(said) if word))


def _implied(organisation: Organisation, told: dict[str, Any]) -> dict[str, Any]:
    """The department of a French post code, the family of a company; buyers are public, unless."""

    def now(name: str) -> Any:
        return told[name] if name in told else getattr(organisation, name)

    implied: dict[str, Any] = {}
    is_french = organisation.siret is not None or organisation.vat_number is None
    if is_french and told.get("post_code") and not told.get("department"):
        implied["department"] = department_of(told["post_code"])
    if organisation.role == Role.BUYER:
        return {**implied, "buyer_kind": now("buyer_kind") or BuyerKind.PUBLIC}
    family = family_of(now("company_kind"), now("legal_form"), now("family"))
    return {**implied, "family": family}


def _checked(name: str, value: Any) -> Any:
    if name in _CHECKS:
        return _CHECKS[name](value)
    if name not in UNSAID:
        raise TypeError(f"a listing has no {name}")
    if isinstance(UNSAID[name], str):
        return require_length((value or "").strip(), field=name, most=_LENGTHS.get(name, 200))
    return value


def _website(value: str | None) -> str:
    return require_length(website_of(value or ""), field="website")


def _one_of(kind: type[StrEnum]) -> Callable[[Any], StrEnum | None]:
    return lambda value: kind(value) if value else None


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "name": require_name,
    "website": _website,
    "headcount": require_headcount,
    "turnover": lambda value: require_euros(value, field="turnover"),
    "largest_contract": lambda value: require_euros(value, field="largest_contract"),
    "legal_form": lambda value: legal_form_of(value or ""),
    "may_group": bool,
    "company_kind": _one_of(CompanyKind),
    "family": _one_of(Family),
    "buyer_kind": _one_of(BuyerKind),
}


def _kept(value: Any) -> Any:
    return value.value if isinstance(value, StrEnum) else value
