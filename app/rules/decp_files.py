# SPDX-License-Identifier: EUPL-1.2
"""Reading files of public contracts as they come, piece by piece: tables, and both JSON formats.

No tree of the file is ever held: what stays are the contracts, one per (contract, amount).
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, BinaryIO, TextIO

from app.rules.columns import FIELDS, Column
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
from app.rules.json_lists import NoList, elements
from app.rules.sheets import separator, workbook_header
from app.rules.spreadsheets import is_workbook

START = 4096
MOST_LINES = 200_000
LIST_OF_CONTRACTS = re.compile(r'"march[eé]s?"\s*:\s*\[|\A\s*\[')
NEEDED = ("id", "acheteur_id", "montant", "dateNotification")
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


def reading_of(
    stream: BinaryIO,
    *,
    today: date,
    field: str = "file",
    columns: Mapping[Column, int] | None = None,
) -> Reading:
    """Read every contract of a file, in whichever of the three formats it is.

    columns: column → its place in a table, where its names are not the official ones.

    Lines of one contract and one amount are one contract with several holders; several amounts are
    lots; a line that states an amendment changes the contract it amends.
    Errors: RuleBroken `sheet_empty`, `sheet_encoding`, `sheet_broken`, `sheet_too_long`,
    `decp_columns`, `decp_json`, `decp_shape`.
    """
    gathering = _Gathering(today)
    total = 0
    for number, written in written_in(stream, field=field, columns=columns):
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
            value = said(written.get(FIELDS.get(column, "id")))
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


def written_in(
    stream: BinaryIO, *, field: str = "file", columns: Mapping[Column, int] | None = None
) -> Iterator[tuple[int, Written]]:
    """(number, what is written) for each line of a table, or element of a JSON list."""
    start = stream.read(START)
    stream.seek(0)
    if is_workbook(start):
        header, lines = workbook_header(stream.read(), field, is_title=is_official)
        yield from _named(header, lines, columns, field)
        return
    if b"\0" in start:
        raise RuleBroken("decp_shape", field=field)
    encoding = "utf-8-sig" if _is_utf8(start) else "cp1252"
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        if start.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"["):
            yield from _elements(text, field)
        else:
            yield from _lines(text, separator(start.decode(encoding, "ignore")), columns, field)
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


def _lines(
    text: TextIO, mark: str, columns: Mapping[Column, int] | None, field: str
) -> Iterator[tuple[int, Written]]:
    reader = csv.reader(text, delimiter=mark, strict=True)
    header, starts = tuple(next(reader, ())), reader.line_num + 1

    def lines() -> Iterator[tuple[int, tuple[str, ...]]]:
        nonlocal starts
        for cells in reader:
            yield starts, tuple(cells)
            starts = reader.line_num + 1

    try:
        yield from _named(header, lines(), columns, field)
    except csv.Error:
        raise RuleBroken("sheet_broken", field=field, line=starts) from None


def _named(
    header: tuple[str, ...],
    lines: Iterable[tuple[int, tuple[str, ...]]],
    columns: Mapping[Column, int] | None,
    field: str,
) -> Iterator[tuple[int, Written]]:
    """Each line under the official names of its columns."""
    mapped = {place: FIELDS[column] for column, place in (columns or {}).items()}
    taken = set(mapped.values())
    names = [
        mapped.get(place, "" if name.strip() in taken else name.strip())
        for place, name in enumerate(header)
    ]
    missing = [name for name in NEEDED if name not in names]
    if "id" in missing and "uid" in names:
        missing.remove("id")
    if any(names) and missing:
        found = ", ".join(header)[:300] or "–"
        raise RuleBroken("decp_columns", field=field, missing=", ".join(missing), found=found)
    for number, cells in lines:
        if any(cells):
            yield number, {name: cell for name, cell in zip(names, cells, strict=False) if name}


def is_official(word: str) -> bool:
    """Whether it is the name of a column that no table of contracts can do without."""
    return word in NEEDED


def _elements(text: TextIO, field: str) -> Iterator[tuple[int, Written]]:
    """Each contract of the list, decoded alone; concessions, in a list of their own, are left."""
    listed = enumerate(elements(text, LIST_OF_CONTRACTS), start=1)
    try:
        for number, element in listed:
            yield number, _flat(element) if isinstance(element, Mapping) else {}
    except NoList as problem:
        raise RuleBroken("decp_json", field=field, after=problem.after) from None


def _flat(element: Mapping[str, Any]) -> Written:
    """The buyer of a JSON element, under the names that tables use."""
    buyer = element.get("acheteur")
    buyer = buyer if isinstance(buyer, Mapping) else {}
    named = {"acheteur_id": buyer.get("id"), "acheteur_nom": buyer.get("nom")}
    return {**element, **{name: value for name, value in named.items() if value}}
