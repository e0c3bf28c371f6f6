# SPDX-License-Identifier: EUPL-1.2
"""What is written on agendas, badges and lists of tables."""

import base64
import os
import re
from datetime import date, timedelta
from io import BytesIO

import pytest
import segno
from pypdf import PdfReader

from app.documents import agendas, badges, pdf, shelf, tables
from app.queries.tables import Side, TableList, Turn
from app.rules.companies import Role
from app.rules.editions import PlaceKind
from tests.builders import an_edition
from tests.documents.fair import NINE, PRINTED, a_fair, an_agenda, an_entry, other


@pytest.fixture(autouse=True)
def own_shelf(app, tmp_path):
    app.config["PAPERS"] = tmp_path
    yield
    del app.config["PAPERS"]


def text_of(content: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return re.sub(r"[\s\u00a0]+", " ", " ".join(pages))


def test_an_agenda_says_when_where_and_with_whom(app):
    text = text_of(agendas.paper(an_agenda(), printed_at=PRINTED).read_bytes())

    for words in (
        "Amélie Sarda",
        "Les Jardins de la Cesse",
        "Mercredi 24 novembre",
        "9 h Ville de Saint-Aurèle Hélène Marty, voirie et paysages Berges de la Lère 7",
        "Libre pendant 20 min",
        "Établi le lundi 22 novembre à 9 h.",
        "L’agenda en ligne fait foi.",
        "Démonstration.",
    ):
        assert words in text


def test_the_notice_on_sourcing_is_for_public_buyers_only(app):
    agenda = an_agenda(role=Role.BUYER)
    public = other(agenda, buys_for_the_public=True)

    assert "R2111-1" in text_of(agendas.paper(public, printed_at=PRINTED).read_bytes())
    assert "R2111-1" not in text_of(agendas.paper(agenda, printed_at=PRINTED).read_bytes())


def test_an_agenda_is_in_the_language_of_its_reader(app):
    paper = agendas.paper(an_agenda(language="en"), printed_at=PRINTED)
    assert "Wednesday 24 November" in text_of(paper.read_bytes())
    assert str(PdfReader(paper).root_object["/Lang"]) == "en"


def test_fourteen_meetings_and_the_notice_hold_on_one_page(app):
    entries = [
        an_entry(start=NINE + timedelta(minutes=25 * turn), end=NINE + timedelta(minutes=25 * turn))
        for turn in range(14)
    ]
    paper = agendas.paper(an_agenda(*entries, buys_for_the_public=True), printed_at=PRINTED)
    assert len(PdfReader(paper).pages) == 1


def test_only_an_agenda_that_changed_is_printed_anew(app, monkeypatch):
    printed = []
    real = pdf.render

    def counted(html):
        printed.append(html)
        return real(html)

    monkeypatch.setattr(pdf, "render", counted)
    agenda = an_agenda()

    first = agendas.paper(agenda, printed_at=PRINTED)
    again = agendas.paper(agenda, printed_at=PRINTED + timedelta(days=1))
    next_version = other(agenda, fair=a_fair(version=2))
    assert first == again == agendas.paper(next_version, printed_at=PRINTED)
    assert len(printed) == 1

    moved = an_agenda(an_entry(place="21"))
    assert agendas.paper(moved, printed_at=PRINTED) != first
    assert len(printed) == 2


def test_all_agendas_are_in_one_pdf_in_the_order_given(app):
    names = ("Zoé", "Anh Thư", "Élodie")
    papers = [agendas.paper(an_agenda(first_name=one), printed_at=PRINTED) for one in names]

    pages = PdfReader(BytesIO(agendas.all_together(papers))).pages
    assert [page.extract_text().split()[0] for page in pages] == ["Zoé", "Anh", "Élodie"]


def bound(people, **facts):
    parts = badges.parts(people, fair=a_fair(), printed_at=PRINTED, **facts)
    return pdf.bind(html for _, html in parts)


@pytest.mark.parametrize(
    ("people", "sheets", "blanks"), [(1, 1, 3), (3, 1, 1), (4, 2, 4), (7, 2, 1)]
)
def test_the_last_sheet_has_a_blank_badge(people, sheets, blanks):
    dealt = badges.sheets([an_agenda()] * people)

    assert len(dealt) == sheets
    assert all(len(sheet) == 4 for sheet in dealt)
    assert dealt[-1].count(None) == blanks


def test_a_badge_says_who_from_where_and_in_which_role(app):
    front, back = PdfReader(BytesIO(bound([an_agenda()]))).pages
    front_text, back_text = front.extract_text(), back.extract_text()

    for words in ("Amélie", "Sarda", "Les Jardins de la Cesse", "Encadrante", "Entreprise"):
        assert words in front_text
    assert "Badge vierge" in front_text
    assert "Ville de Saint-Aurèle" in back_text
    assert (round(front.mediabox.width), round(front.mediabox.height)) == (595, 842)


def test_each_back_lies_behind_its_front(app):
    """Turned over on its long edge, the left of one side is the right of the other."""
    names = ("Un", "Deux", "Trois", "Quatre")
    people = [an_agenda(first_name=name, last_name="") for name in names]
    pages = PdfReader(BytesIO(bound(people))).pages

    where: list[dict[str, tuple[bool, bool]]] = [{}, {}]
    for side, found in zip(pages, where, strict=False):

        def note(text, matrix, text_matrix, font, size, found=found):
            if (word := text.strip()) in names:
                x = matrix[4] + text_matrix[4] * matrix[0]
                y = matrix[5] + text_matrix[5] * matrix[3]
                found[word] = (x > 297, y > 421)

        side.extract_text(visitor_text=note)
    assert where[0].keys() == where[1].keys() == set(names)
    assert all(where[0][name][0] != where[1][name][0] for name in names)
    assert where[0]["Un"][1] > where[0]["Trois"][1]
    assert where[1]["Un"][1] > where[1]["Trois"][1]


@pytest.mark.parametrize(
    "name", ["Łukasz", "Nguyễn", "Œuvrard", "Françoise", "Jean-Baptiste-Emmanuel-Zorobabel"]
)
def test_accented_and_long_names_are_whole(app, name):
    text = text_of(bound([an_agenda(first_name=name, last_name="de Castelnau-Rieux")]))
    assert name in text.replace("\N{HYPHEN}", "-").replace("- ", "-").replace(" ", "") or (
        name in text
    )


def test_the_code_of_a_badge_is_opaque_and_can_be_read(app):
    agenda = an_agenda()
    html = "".join(html for _, html in badges.parts([agenda], fair=a_fair(), printed_at=PRINTED))
    [picture] = re.findall(r'class="qr" src="([^"]+)"', html)

    assert picture == badges.qr(agenda.badge_code)
    expected = segno.make(agenda.badge_code, error="m", micro=False, mask=2)
    assert pixels(picture) == [[bool(module) for module in row] for row in expected.matrix]
    for personal in (agenda.first_name, agenda.last_name, agenda.organisation):
        assert personal not in agenda.badge_code


def pixels(picture: str) -> list[list[bool]]:
    image = pytest.importorskip("PIL.Image")
    png = image.open(BytesIO(base64.b64decode(picture.partition(",")[2]))).convert("L")
    return [[png.getpixel((x, y)) == 0 for x in range(png.width)] for y in range(png.height)]


def test_badges_before_publication_say_that_the_agenda_is_not_there_yet(app):
    agenda = an_agenda(days=(), fair=a_fair(version=0))
    parts = badges.parts([agenda], fair=agenda.fair, printed_at=PRINTED)
    text = text_of(pdf.bind(html for _, html in parts))
    assert "pas encore publié" in text


def test_what_people_type_is_never_markup_on_paper(app):
    agenda = an_agenda(first_name="<img src=file:///etc/passwd>", organisation="<b>A</b> & Cie")

    assert "<b>A</b> & Cie" in text_of(bound([agenda]))
    paper = agendas.paper(agenda, printed_at=PRINTED)
    assert "<img src=file:///etc/passwd>" in text_of(paper.read_bytes())


def test_the_list_of_tables_says_who_meets_whom_and_what_is_free(app):
    edition = an_edition(version=3)
    twenty = timedelta(minutes=20)
    turns = (
        Turn(NINE, NINE + twenty, Side("Ville", ("Hélène Marty",)), Side("Atelier", ("Théo",))),
        Turn(NINE + twenty, NINE + 2 * twenty, None, None),
    )
    table = TableList("12", PlaceKind.TABLE, False, ((date(2027, 11, 24), turns),))
    parts = tables.parts([table, table], fair=edition, printed_at=PRINTED)
    content = pdf.bind(html for _, html in parts)

    text = text_of(content)
    assert "Table 12" in text and "version 3" in text
    assert "Non accessible en fauteuil roulant" in text
    assert "9 h Ville Hélène Marty Atelier Théo" in text
    assert "9 h 20 Libre" in text
    assert len(PdfReader(BytesIO(content)).pages) == 2


def test_old_papers_are_taken_away_and_used_ones_kept(app, tmp_path):
    kept = shelf.keep("kept.pdf", lambda: b"one")
    old = shelf.keep("old.pdf", lambda: b"two")
    later = kept.stat().st_mtime + timedelta(days=61).total_seconds()
    os.utime(kept, (later, later))

    assert shelf.clear(after=timedelta(days=60)) == 1
    assert kept.exists() and not old.exists()


@pytest.mark.parametrize(
    ("meetings", "name", "set_as"),
    [
        (7, "Ville de Saint-Aurèle", (False, 400)),
        (14, "Ville de Saint-Aurèle", (True, 400)),
        (
            14,
            "Groupement d'employeurs pour l'insertion et la qualification du bâtiment",
            (True, 32),
        ),
    ],
)
def test_the_back_of_a_badge_never_runs_into_its_foot(app, meetings, name, set_as):
    agenda = an_agenda(*[an_entry(partner=name)] * meetings)
    assert badges.back(agenda) == set_as

    back = PdfReader(BytesIO(bound([agenda]))).pages[1]
    heights: dict[str, float] = {}

    def note(text, matrix, text_matrix, font, size):
        for word in ("9\u00a0h", "Établi"):
            if text.strip().startswith(word):
                y = matrix[5] + text_matrix[5] * matrix[3]
                heights[word] = min(y, heights.get(word, y))

    back.extract_text(visitor_text=note)
    assert heights["9\u00a0h"] > heights["Établi"] + 5
