# SPDX-License-Identifier: EUPL-1.2
"""The files of a need: what they are is read in them, what they tell of their author is gone."""

import io
import zipfile

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from app.actions import attachments as actions
from app.documents.attachments import JPEG, OPEN_TEXT, PDF, SHEET
from app.documents.workbooks import Tab, workbook
from app.models.base import db
from app.models.needs import NeedAttachment
from app.queries import attachments
from app.rules.errors import RuleBroken
from tests.builders import a_buyer, a_need


def a_pdf(author="Ville de Valfleury"):
    paper, out = PdfWriter(), io.BytesIO()
    paper.add_blank_page(200, 200)
    paper.add_metadata({"/Author": author})
    action = DictionaryObject({
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("alert(1)"),
    })  # fmt: skip
    paper.root_object[NameObject("/OpenAction")] = action
    paper.write(out)
    return out.getvalue()


def a_picture():
    out = io.BytesIO()
    picture = Image.new("RGB", (40, 20), "#22692F")
    exif = picture.getexif()
    exif[0x013B] = "Ville de Valfleury"  # artist
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def an_archive(**entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return out.getvalue()


def an_odt():
    return an_archive(mimetype=OPEN_TEXT, content_DOT_xml="<x/>")


@pytest.fixture
def need(app):
    return a_need(a_buyer(name="Ville de Valfleury"))


@pytest.mark.parametrize(
    ("content", "name", "kept", "media_type"),
    [
        (a_pdf(), "Cahier des charges.PDF", "Cahier des charges.pdf", PDF),
        (a_picture(), "photo.png", "photo.jpg", JPEG),
        (an_odt(), "plan.docx", "plan.odt", OPEN_TEXT),
        (workbook([Tab("A", (("a", 9),), [("1",)])]), "../../prix.xlsx", "prix.xlsx", SHEET),
    ],
)
def test_a_file_is_what_it_holds_whatever_its_name_says(need, content, name, kept, media_type):
    file = actions.attach(need, by=None, content=content, name=name)
    assert (file.name, file.media_type, file.size) == (kept, media_type, len(file.content))


def test_pdf_and_pictures_forget_their_author_and_do_nothing(need):
    paper = actions.attach(need, by=None, content=a_pdf(), name="a.pdf").content
    assert "/Author" not in (PdfReader(io.BytesIO(paper)).metadata or {})
    assert b"Valfleury" not in paper and b"alert" not in paper
    assert b"Valfleury" not in actions.attach(need, by=None, content=a_picture(), name="b").content


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "file_missing"),
        (b"<html><script>1</script></html>", "file_unknown"),
        (b"%PDF-1.7 cut short", "file_unknown"),
        (b"PK\x03\x04 not an archive", "file_unknown"),
        (an_archive(anything_DOT_txt="x"), "file_unknown"),
        (
            an_archive(**{
                "[Content_Types]_DOT_xml": "x", "xl__workbook_DOT_xml": "x",
                "xl__vbaProject_DOT_bin": "x",
            }),
            "file_unknown",
        ),
        (b"x" * (5 * 1024**2 + 1), "file_too_big"),
    ],
)  # fmt: skip
def test_what_we_do_not_take_is_refused_on_its_field(need, content, key):
    with pytest.raises(RuleBroken) as refused:
        actions.attach(need, by=None, content=content, name="cahier.pdf")
    assert (refused.value.key, refused.value.field) == (key, "file")
    assert attachments.of_need(need) == []


def test_a_need_has_five_files_at_most_and_gives_them_up_for_good(need):
    files = [actions.attach(need, by=None, content=an_odt(), name=f"{n}.odt") for n in range(5)]
    with pytest.raises(RuleBroken, match="file_too_many"):
        actions.attach(need, by=None, content=an_odt(), name="6.odt")
    actions.remove(files[0], by=None)
    assert db.session.query(NeedAttachment).count() == 4


def test_the_name_of_a_file_does_not_give_an_anonymous_buyer_away(need):
    need.is_anonymous = True
    with pytest.raises(RuleBroken, match="need_names_buyer"):
        actions.attach(need, by=None, content=an_odt(), name="CCTP ville-de-valfleury.odt")
