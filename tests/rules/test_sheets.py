# SPDX-License-Identifier: EUPL-1.2
"""Tables that people bring are read in all their usual dresses, or refused with a reason."""

import io
import zipfile

import pytest
import xlsxwriter

from app.rules import sheets
from app.rules.errors import RuleBroken
from app.rules.sheets import sheet_of

HEADER = ("siret", "nom")
LINE = (2, ("73282932000074", "Hérault bâtiment"))


def a_workbook(*rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return out.getvalue()


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";"), ("utf-8", "\t"), ("utf-16", ",")],
)
def test_a_csv_is_read_whatever_its_encoding_and_separator(encoding, separator):
    text = f"siret{separator}nom\n73282932000074{separator}Hérault bâtiment\n"
    sheet = sheet_of(text.encode(encoding), "liste.csv")
    assert (sheet.header, sheet.lines) == (HEADER, (LINE,))


def test_a_workbook_is_read_with_its_numbers_as_they_were_typed():
    content = a_workbook(HEADER, (73282932000074, "Hérault bâtiment"))
    assert sheet_of(content, "liste.xlsx").lines == (LINE,)


def test_lines_keep_their_number_across_blank_ones_and_long_cells():
    text = 'siret,nom\n\n1,"deux\nlignes"\n2,Trois\n'
    assert sheet_of(text.encode(), "a.csv").lines == (
        (3, ("1", "deux\nlignes")),
        (5, ("2", "Trois")),
    )


@pytest.mark.parametrize(
    ("content", "name", "key"),
    [
        (b"", "a.csv", "sheet_empty"),
        (b"siret,nom\n", "a.csv", "sheet_empty"),
        (b"siret,nom\n1,Association\n", "a.xlsx", "sheet_not_spreadsheet"),
        (b"PK\x03\x04 nothing of a workbook", "a.xlsx", "sheet_not_spreadsheet"),
        (b"PK\x03\x04 nothing of a workbook", "a.csv", "sheet_not_spreadsheet"),
        (b"\xd0\xcf\x11\xe0 old", "a.xls", "sheet_not_spreadsheet"),
        ("siret,nom\n1,Hérault\n".encode("utf-16-le"), "a.csv", "sheet_encoding"),
        ("siret,nom\n1,Hérault\n".encode("mac-roman"), "a.csv", "sheet_encoding"),
        ("siret,nom\n1,Hérault\n".encode("cp850"), "a.csv", "sheet_encoding"),
        ("siret,nom\n1,HÃ©rault\n".encode(), "a.csv", "sheet_encoding"),
        (b"siret,nom\n1,A\x81B\n", "a.csv", "sheet_encoding"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content, name, key):
    with pytest.raises(RuleBroken) as refused:
        sheet_of(content, name)
    assert (refused.value.key, refused.value.field) == (key, "file")


def test_a_quote_that_never_ends_is_refused_with_its_line():
    text = 'siret,nom\n1,A\n2,"Les Verts\n3,C\n'
    with pytest.raises(RuleBroken) as refused:
        sheet_of(text.encode(), "a.csv")
    assert (refused.value.key, refused.value.facts) == ("sheet_broken", {"line": 3})


def test_two_hundred_thousand_lines_are_refused_with_the_limit():
    content = b"siret,nom\n" + b"1,A\n" * 200_000
    with pytest.raises(RuleBroken) as refused:
        sheet_of(content, "a.csv")
    assert refused.value.facts == {"lines": 200_000, "most": 50_000}


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_UNPACKED_BYTES", 1000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "a" * 2000)
    with pytest.raises(RuleBroken, match="sheet_too_heavy"):
        sheet_of(out.getvalue(), "a.xlsx")
