# SPDX-License-Identifier: EUPL-1.2
"""Tables that people bring are read in all their usual dresses, or refused with a reason."""

import io
import tracemalloc
import zipfile

import pytest
import xlsxwriter

from app.rules import spreadsheets
from app.rules.errors import RuleBroken
from app.rules.sheets import sheet_of

HEADER = ("siret", "nom")
LINE = (2, ("73282932000074", "Hérault bâtiment"))


def lines_of(content, name="a.csv", **more):
    return tuple(sheet_of(content, name, **more).lines)


def a_workbook(*rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return out.getvalue()


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [
        ("utf-8", ","),
        ("utf-8-sig", ";"),
        ("cp1252", ";"),
        ("utf-8", "\t"),
        ("utf-16", ","),
        ("utf-16-le", ";"),
        ("latin-1", ","),
    ],
)
def test_a_csv_is_read_whatever_its_encoding_and_separator(encoding, separator):
    text = f"siret{separator}nom\n73282932000074{separator}Hérault bâtiment\n"
    sheet = sheet_of(text.encode(encoding), "liste.csv")
    assert (sheet.header, tuple(sheet.lines)) == (HEADER, (LINE,))


def test_a_workbook_is_read_with_its_numbers_as_they_were_typed():
    content = a_workbook(HEADER, (73282932000074, "Hérault bâtiment"))
    assert lines_of(content, "liste.xlsx") == (LINE,)


def test_lines_keep_their_number_across_blank_ones_and_long_cells():
    text = 'siret,nom\n\n1,"deux\nlignes"\n2,Trois\n'
    assert lines_of(text.encode()) == (
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
        (b"\xd0\xcf\x11\xe0 old", "a.xls", "sheet_old"),
        (b"siret,nom\n1,A\n", "a.xlsb", "sheet_old"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.csv", "sheet_encoding"),
        (b'{"a": 1}', "a.json", "sheet_json"),
        (b"[1, 2]", "a.json", "sheet_json"),
        (b"[]", "a.json", "sheet_empty"),
        (b'[{"siret": "1", "nom": "A"}, {"siret"', "a.json", "sheet_json"),
        ("siret,nom\n1,Hérault\n".encode("mac-roman"), "a.csv", "sheet_encoding"),
        ("siret,nom\n1,Hérault\n".encode("cp850"), "a.csv", "sheet_encoding"),
        ("siret,nom\n1,HÃ©rault\n".encode(), "a.csv", "sheet_encoding"),
        (b"siret,nom\n1,A\x81B\n", "a.csv", "sheet_encoding"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content, name, key):
    with pytest.raises(RuleBroken) as refused:
        lines_of(content, name)
    assert (refused.value.key, refused.value.field) == (key, "file")


def test_a_quote_that_never_ends_is_refused_with_its_line():
    text = 'siret,nom\n1,A\n2,"Les Verts\n3,C\n'
    with pytest.raises(RuleBroken) as refused:
        lines_of(text.encode())
    assert (refused.value.key, refused.value.facts) == ("sheet_broken", {"line": 3})


def test_two_hundred_thousand_lines_are_refused_with_the_limit():
    content = b"siret,nom\n" + b"1,A\n" * 200_000
    with pytest.raises(RuleBroken) as refused:
        lines_of(content)
    assert refused.value.facts == {"lines": 200_000, "most": 50_000}


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_UNPACKED_BYTES", 1000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "a" * 2000)
    with pytest.raises(RuleBroken, match="sheet_too_heavy"):
        sheet_of(out.getvalue(), "a.xlsx")


def test_a_json_list_is_read_whatever_surrounds_it_and_however_deep_its_values():
    for text in (
        '[{"siret": 73282932000074, "siege": {"ville": "Sète"}},'
        ' {"nom": "B", "labels": ["x", "y"]}]',
        '{"total": 2, "results": [{"siret": "73282932000074", "siege": {"ville": "Sète"}},'
        ' {"nom": "B", "labels": ["x", "y"]}]}',
    ):
        sheet = sheet_of(text.encode(), "liste.json")
        assert sheet.header == ("siret", "siege.ville", "nom", "labels")
        assert tuple(sheet.lines) == (
            (2, ("73282932000074", "Sète", "", "")),
            (3, ("", "", "B", "x, y")),
        )


def test_a_title_above_the_header_is_left_aside():
    text = "Liste de la région\n\nNom;SIRET\nLes Verts;73282932000074\n"
    assert sheet_of(text.encode(), "a.csv").header == ("Nom", "SIRET")
    known = {"nom": True}
    text = "Liste;2026\nmise à jour;mai\nNom;Ville\nA;B\n"
    sheet = sheet_of(text.encode(), "a.csv", is_title=lambda word: word.lower() in known)
    assert (sheet.header, tuple(sheet.lines)) == (("Nom", "Ville"), ((4, ("A", "B")),))


def an_awkward_workbook():
    """A hidden sheet first, a merged title, a merged department, a formula, a far styled cell."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("cachée").hide()
        page = book.add_worksheet("Liste")
        page.activate()
        page.set_first_sheet()
        page.merge_range("B1:E1", "Liste 2026")
        page.write_row(2, 1, ["siret", "nom", "département", "ville"])
        page.write_number(3, 1, 73282932000074)
        page.write_formula(3, 2, '="Les"&" Verts"', None, "Les Verts")
        page.merge_range("D4:D5", "34")
        page.write_string(4, 1, "35600000000048")
        page.write_formula(4, 4, "=1/0", None, "#DIV/0!")
        page.write_blank(1_048_575, 5, None, book.add_format({"bold": True}))
    return out.getvalue()


def test_a_workbook_is_read_as_a_person_sees_it():
    sheet = sheet_of(an_awkward_workbook(), "a.xlsx")
    assert sheet.header == ("siret", "nom", "département", "ville")
    assert tuple(sheet.lines) == (
        (4, ("73282932000074", "Les Verts", "34", "")),
        (5, ("35600000000048", "", "34", "")),
    )


def test_one_far_cell_does_not_lay_out_seventeen_thousand_million_of_them():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.write(1_048_575, 16_383, "loin")
    with pytest.raises(RuleBroken, match="sheet_too_heavy"):
        sheet_of(out.getvalue(), "a.xlsx")


def test_an_open_document_that_repeats_a_filled_cell_beyond_reason_is_not_opened():
    cell = '<table:table-cell table:number-columns-repeated="16000" office:value-type="string"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", f"<table:table-row>{cell}</table:table-row>")
    with pytest.raises(RuleBroken, match="sheet_too_heavy"):
        sheet_of(out.getvalue(), "a.ods")


def test_lines_are_read_one_by_one_and_never_kept():
    content = b"siret,nom\n" + b"1,A\n" * 40_000
    tracemalloc.start()
    count = sum(1 for _ in sheet_of(content, "a.csv").lines)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 40_000
    assert peak < 8 * len(content)
