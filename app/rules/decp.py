# SPDX-License-Identifier: EUPL-1.2
"""What a published public contract says, once its many ways of being written are put aside.

Source: arrêté of 22 December 2022 on the essential data of public contracts (DECP), and the format
of 2019 that it replaced.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.rules.errors import RuleBroken

FIRST_YEAR = 2010
LARGEST_AMOUNT = 1e11
LONGEST_MONTHS = 1200
MISSING = frozenset({"", "NC", "nc", "None", "null"})
SIRET = re.compile(r"\d{14}")
YES, NO = frozenset({"true", "oui", "1"}), frozenset({"false", "non", "0"})


@dataclass(frozen=True, slots=True)
class Holder:
    """A company that holds a contract. number: its SIRET, or what was written in its place."""

    number: str
    name: str = ""
    department: str = ""
    is_siret: bool = True

    @property
    def siren(self) -> str:
        """The nine digits shared by all its establishments; "" without a SIRET."""
        return self.number[:9] if self.is_siret else ""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """An amendment; the last one in date, then in number, counts. amount: euros without tax."""

    on: str
    rank: int
    amount: float | None = field(compare=False, default=None)
    months: int | None = field(compare=False, default=None)


@dataclass(frozen=True, slots=True)
class Published:
    """A lot of a contract. amount: euros without tax, as signed; None when nobody said it.

    number, other_lines: its lines in the file. social, environmental: its considerations, None
    where the field is not filled.
    """

    number: int
    uid: str
    buyer: str
    buyer_name: str
    buyer_department: str
    title: str
    nature: str
    procedure: str
    cpv: str
    notified_on: date
    months: int | None
    amount: float | None
    holders: tuple[Holder, ...]
    social: tuple[str, ...] | None = None
    environmental: tuple[str, ...] | None = None
    innovative: bool | None = None
    offers: int | None = None
    grouping: str = ""
    changes: tuple[Change, ...] = ()
    other_lines: tuple[int, ...] = ()

    @property
    def lines(self) -> tuple[int, ...]:
        """Every line of the file that tells of it."""
        return (self.number, *self.other_lines)

    @property
    def lot(self) -> str:
        """What tells the lots of one contract apart: the amount, in euros and cents."""
        return "" if self.amount is None else f"{self.amount:.2f}"

    @property
    def current_amount(self) -> float | None:
        """The amount after the last amendment that says one."""
        said = [change.amount for change in sorted(self.changes) if change.amount is not None]
        return said[-1] if said else self.amount

    @property
    def current_months(self) -> int | None:
        """The duration after the last amendment that says one, in months."""
        said = [change.months for change in sorted(self.changes) if change.months is not None]
        return said[-1] if said else self.months

    @property
    def expected_end(self) -> date | None:
        """Notification + duration; None when the duration is unknown."""
        months = self.current_months
        return None if months is None else months_after(self.notified_on, months)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month: 31 January + 1 is 28."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def published_of(number: int, written: Mapping[str, Any], *, today: date) -> Published:
    """One line or element of a file; its keys are those of the official schema, flattened.

    Errors: RuleBroken `decp_no_id`, `decp_no_buyer`, `decp_date`, `decp_amount_high`,
    `decp_amount_low` or `decp_amount_text`, on the column at fault.
    """
    own, buyer = said(written.get("id", written.get("uid"))), said(written.get("acheteur_id"))
    if not own:
        raise RuleBroken("decp_no_id", field="contract")
    if not buyer:
        raise RuleBroken("decp_no_buyer", field="buyer")
    return Published(
        number=number,
        uid=said(written.get("uid")) or buyer + own,
        buyer=buyer,
        buyer_name=said(written.get("acheteur_nom")),
        buyer_department=said(written.get("acheteur_departement_code")),
        title=" ".join(said(written.get("objet")).split()),
        nature=said(written.get("nature")),
        procedure=said(written.get("procedure")),
        cpv=cpv_of(written.get("codeCPV")),
        notified_on=notified_on(written.get("dateNotification"), today=today),
        months=months_of(written.get("dureeMois")),
        amount=amount_of(written.get("montant")),
        holders=holders_of(written),
        social=considerations_of(written.get("considerationsSociales")),
        environmental=considerations_of(written.get("considerationsEnvironnementales")),
        innovative=yes_or_no(written.get("marcheInnovant")),
        offers=whole(written.get("offresRecues")),
        grouping=said(written.get("typeGroupementOperateurs")),
        changes=changes_of(written.get("modifications")),
    )


def joined(known: Published, other: Published) -> Published:
    """Two lines of one contract: all holders, all amendments, the first word on anything else."""
    holders = {holder.number: holder for holder in (*other.holders, *known.holders)}
    first = {holder.number: holder for holder in (*known.holders, *other.holders)}
    changes = dict.fromkeys((*known.changes, *other.changes))
    kept = tuple(holders[number] for number in first)
    others = (*known.other_lines, *other.lines)
    return replace(known, holders=kept, changes=tuple(changes), other_lines=others)


def said(value: Any) -> str:
    """What is written, without spaces around; "" for « NC » and other ways to say nothing."""
    text = "" if value is None else str(value).strip()
    return "" if text in MISSING else text


def cpv_of(value: Any) -> str:
    """Eight digits, without the check digit: « 452-1 » is « 45200000 »; "" when it is no code."""
    digits = said(value).partition("-")[0].strip()
    return digits.ljust(8, "0")[:8] if digits.isdecimal() and len(digits) >= 2 else ""


def notified_on(value: Any, *, today: date) -> date:
    """Errors: RuleBroken `decp_date` before 2010, after next year, or when it is no date."""
    try:
        day = date.fromisoformat(said(value)[:10])
    except ValueError:
        day = date.min
    if not FIRST_YEAR <= day.year <= today.year + 1:
        raise RuleBroken("decp_date", field="notified_on", first=FIRST_YEAR, last=today.year + 1)
    return day


def amount_of(value: Any) -> float | None:
    """Euros without tax; None when nobody said it.

    Errors: RuleBroken `decp_amount_high` (1e17 and its like), `decp_amount_low` (zero or less),
    `decp_amount_text`.
    """
    text = said(value).replace("\u202f", "").replace("\xa0", "").replace(" ", "")
    if not text:
        return None
    try:
        amount = float(text.replace(",", "."))
    except ValueError:
        amount = float("nan")
    if amount != amount:
        raise RuleBroken("decp_amount_text", field="amount")
    if amount > LARGEST_AMOUNT:
        raise RuleBroken("decp_amount_high", field="amount")
    if amount <= 0:
        raise RuleBroken("decp_amount_low", field="amount")
    return round(amount, 2)


def whole(value: Any) -> int | None:
    """A number of things, which may be zero; None when nobody said it."""
    text = said(value).removesuffix(".0")
    return int(text) if text.isdecimal() and len(text) < 9 else None


def months_of(value: Any) -> int | None:
    """A duration in months; None when it is not said or makes no sense."""
    months = whole(value)
    return months if months is not None and 0 < months <= LONGEST_MONTHS else None


def yes_or_no(value: Any) -> bool | None:
    """None when nobody said it, or said anything else."""
    text = said(value).lower()
    return True if text in YES else False if text in NO else None


def considerations_of(value: Any) -> tuple[str, ...] | None:
    """Each consideration once; None when the field is not filled, which « Pas de … » is."""
    if isinstance(value, Mapping):
        value = next(iter(value.values()), None)
    parts = value if isinstance(value, list) else said(value).split(",")
    kept = tuple(dict.fromkeys(text for part in parts if (text := said(part))))
    return kept or None


def holders_of(written: Mapping[str, Any]) -> tuple[Holder, ...]:
    """Who holds it, each once: of a list (both JSON formats), or of the line (tables)."""
    listed = written.get("titulaires")
    if not isinstance(listed, list):
        listed = [
            {
                "id": written.get("titulaire_id"),
                "typeIdentifiant": written.get("titulaire_typeIdentifiant"),
                "denominationSociale": written.get("titulaire_nom"),
                "departement": written.get("titulaire_departement_code"),
            }
        ]
    found = [_holder(one.get("titulaire", one)) for one in listed if isinstance(one, Mapping)]
    return tuple({holder.number: holder for holder in found if holder.number}.values())


def _holder(written: Any) -> Holder:
    """An empty kind of number and 14 digits: a SIRET."""
    if not isinstance(written, Mapping):
        return Holder("")
    number, kind = said(written.get("id")), said(written.get("typeIdentifiant")).upper()
    is_siret = kind in ("", "SIRET") and SIRET.fullmatch(number) is not None
    name, department = said(written.get("denominationSociale")), said(written.get("departement"))
    return Holder(number, name, department, is_siret)


def changes_of(value: Any) -> tuple[Change, ...]:
    """The amendments of a contract, in both JSON formats; an unusable amount says nothing."""
    listed = value if isinstance(value, list) else []
    found = [one.get("modification", one) for one in listed if isinstance(one, Mapping)]
    return tuple(_change(one, rank) for rank, one in enumerate(found) if isinstance(one, Mapping))


def _change(written: Mapping[str, Any], rank: int) -> Change:
    day = written.get("dateNotificationModification") or written.get("dateSignatureModification")
    number = whole(written.get("id"))
    return Change(
        said(day)[:10],
        rank if number is None else number,
        change_amount(written.get("montant")),
        months_of(written.get("dureeMois")),
    )


def change_amount(value: Any) -> float | None:
    """The amount that an amendment says, if it can be used."""
    try:
        return amount_of(value)
    except RuleBroken:
        return None
