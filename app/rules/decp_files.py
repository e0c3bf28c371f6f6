# SPDX-License-Identifier: EUPL-1.2
"""Reading files of public contracts as they come, piece by piece: tables, and both JSON formats.

No tree of the file is ever held: what stays are the contracts, one per (contract, amount).
"""

import codecs
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, BinaryIO, TextIO

from app.rules.columns import Column
from app.rules.decp import (
    Change,
    Published,
    change_amount,
    joined,
    months_of,
    published_of,
    said,
    whole,
)
from app.rules.errors import RuleBroken
from app.rules.imports import Rejected, turned_down

CHARACTERS_AT_ONCE = 1 << 16
LONGEST_ELEMENT = 1 << 22
MOST_LINES = 200_000
LIST_OF_CONTRACTS = re.compile(r'"march[eé]s?"\s*:\s*\[|\A\s*\[')
NEEDED = ("id", "acheteur_id", "montant", "dateNotification")
VALUE_OF = {
    Column.CONTRACT: "id",
    Column.BUYER: "acheteur_id",
    Column.AMOUNT: "montant",
    Column.NOTIFIED_ON: "dateNotification",
}

Written = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """What a file holds. total: lines or elements. in_lots: contracts that have several amounts."""

    contracts: tuple[Published, ...]
    rejected: tuple[Rejected, ...]
    total: int

    @property
    def uids(self) -> int:
        return len({one.uid for one in self.contracts})

    @property
    def in_lots(self) -> int:
        return sum(lots > 1 for lots in Counter(one.uid for one in self.contracts).values())

    @property
    def without_amount(self) -> int:
        return sum(one.amount is None for one in self.contracts)


def reading_of(stream: BinaryIO, *, today: date, field: str = "file") -> Reading:
    """Read every contract of a file, in whichever of the three formats it is.

    Lines of one contract and one amount are one contract with several holders; several amounts are
    lots; a line that states an amendment changes the contract it amends.
    Errors: RuleBroken `sheet_empty`, `sheet_encoding`, `sheet_broken`, `sheet_too_long`,
    `decp_columns`, `decp_json`, `decp_shape`.
    """
    gathering = _Gathering(today)
    total = 0
    for number, written in written_in(stream, field=field):
        total += 1
        if total > MOST_LINES:
            raise RuleBroken("sheet_too_long", field=field, lines=total, most=MOST_LINES)
        gathering.add(number, written)
    if not total:
        raise RuleBroken("sheet_empty", field=field)
    return Reading(*gathering.end(), total)


@dataclass
class _Gathering:
    today: date
    lots: dict[tuple[str, str], Published] = field(default_factory=dict)
    amended: dict[str, list[tuple[Published, Change]]] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)

    def add(self, number: int, written: Written) -> None:
        try:
            one = published_of(number, written, today=self.today)
        except RuleBroken as fault:
            column = Column(fault.field or Column.CONTRACT)
            value = said(written.get(VALUE_OF.get(column, "id")))
            self.rejected.append(turned_down(number, column, value, fault))
            return
        rank = whole(written.get("modification_id")) or 0
        if rank:
            self.amended.setdefault(one.uid, []).append((one, _stated(one, written, rank)))
        else:
            self._merge(one)

    def _merge(self, one: Published) -> None:
        known = self.lots.get((one.uid, one.lot))
        self.lots[one.uid, one.lot] = joined(known, one) if known else one

    def end(self) -> tuple[tuple[Published, ...], tuple[Rejected, ...]]:
        """All lines are read: amendments find the contract they amend."""
        by_uid: dict[str, list[Published]] = {}
        for one in self.lots.values() if self.amended else ():
            by_uid.setdefault(one.uid, []).append(one)
        for uid, stated in self.amended.items():
            stated.sort(key=lambda pair: pair[1])
            lots = by_uid.get(uid) or [stated[0][0]]
            if len(lots) > 1:
                self._refuse(stated)
                continue
            changes = dict.fromkeys([*lots[0].changes, *(change for _, change in stated)])
            self.lots[uid, lots[0].lot] = replace(lots[0], changes=tuple(changes))
        self.rejected.sort(key=lambda fault: fault.number)
        return tuple(self.lots.values()), tuple(self.rejected)

    def _refuse(self, stated: list[tuple[Published, Change]]) -> None:
        fault = RuleBroken("decp_change_of_lots")
        self.rejected += [
            turned_down(one.number, Column.CONTRACT, one.uid, fault) for one, _ in stated
        ]


def _stated(one: Published, written: Written, rank: int) -> Change:
    day = said(written.get("dateNotificationModification"))[:10]
    amount = change_amount(written.get("montant"))
    return Change(day, rank, amount, months_of(written.get("dureeMois")))


def written_in(stream: BinaryIO, *, field: str = "file") -> Iterator[tuple[int, Written]]:
    """(number, what is written) for each line of a table, or element of a JSON list."""
    start = stream.read(4096)
    stream.seek(0)
    if b"\0" in start:
        raise RuleBroken("decp_shape", field=field)
    encoding = "utf-8-sig" if _is_utf8(start) else "cp1252"
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    is_json = start.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[")
    try:
        yield from _elements(text, field) if is_json else _lines(text, field)
    except UnicodeDecodeError:
        raise RuleBroken("sheet_encoding", field=field) from None
    finally:
        text.detach()


def _is_utf8(start: bytes) -> bool:
    """Whether it may be UTF-8; the last character of a piece may be cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return True


def _lines(text: TextIO, field: str) -> Iterator[tuple[int, Written]]:
    first = text.readline()
    mark = max(";,\t", key=first.count)
    header = next(csv.reader([first.strip()], delimiter=mark), [])
    missing = [name for name in NEEDED if name not in header]
    if first.strip() and missing:
        found = ", ".join(header)[:300] or "–"
        raise RuleBroken("decp_columns", field=field, missing=", ".join(missing), found=found)
    reader = csv.reader(text, delimiter=mark, strict=True)
    number = 2
    try:
        for cells in reader:
            if any(cells):
                yield number, dict(zip(header, cells, strict=False))
            number = reader.line_num + 2
    except csv.Error:
        raise RuleBroken("sheet_broken", field=field, line=number) from None


def _elements(text: TextIO, field: str) -> Iterator[tuple[int, Written]]:
    """Each contract of the list, decoded alone; concessions, in a list of their own, are left."""
    decode = json.JSONDecoder().raw_decode
    pending = _from_the_list(text, field)
    number, ended = 0, False
    while True:
        pending = pending.lstrip(" \t\r\n,")
        if pending.startswith("]"):
            return
        try:
            element, end = decode(pending)
        except json.JSONDecodeError:
            if ended or len(pending) > LONGEST_ELEMENT:
                raise RuleBroken("decp_json", field=field, after=number) from None
            more = text.read(CHARACTERS_AT_ONCE)
            pending, ended = pending + more, not more
            continue
        pending = pending[end:]
        number += 1
        yield number, _flat(element) if isinstance(element, Mapping) else {}


def _from_the_list(text: TextIO, field: str) -> str:
    """What follows the bracket that opens the list of contracts."""
    pending = ""
    while more := text.read(CHARACTERS_AT_ONCE):
        pending += more
        if opening := LIST_OF_CONTRACTS.search(pending):
            return pending[opening.end() :]
        pending = pending if pending.strip()[:1] == "[" else pending[-200:]
    raise RuleBroken("decp_json", field=field, after=0)


def _flat(element: Mapping[str, Any]) -> Written:
    """The buyer of a JSON element, under the names that tables use."""
    buyer = element.get("acheteur")
    buyer = buyer if isinstance(buyer, Mapping) else {}
    named = {"acheteur_id": buyer.get("id"), "acheteur_nom": buyer.get("nom")}
    return {**element, **{name: value for name, value in named.items() if value}}
