# SPDX-License-Identifier: EUPL-1.2
"""Files that go with a need: what they are is read in the file itself, never in its name."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from app.documents import pictures

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
OPEN_SHEET = "application/vnd.oasis.opendocument.spreadsheet"
PDF = "application/pdf"
JPEG = "image/jpeg"
ENDINGS = {PDF: ".pdf", OPEN_TEXT: ".odt", OPEN_SHEET: ".ods", SHEET: ".xlsx", JPEG: ".jpg"}
SCAN_SIDE = 2400  # pixels: a page of text stays readable
LONGEST_NAME = 120
MOST_PAGES = 400


class UnknownFile(ValueError):
    """These bytes are none of the files we take, whatever their name says."""


@dataclass(frozen=True)
class Examined:
    """A file as it will be kept and given out."""

    name: str
    media_type: str
    content: bytes


def examined(content: bytes, name: str) -> Examined:
    """What this file is: PDF, ODT, ODS, XLSX, or a picture.

    A PDF keeps its pages alone, a picture is drawn again: neither says who made it, nor acts.
    Errors: UnknownFile. Source: PDF ISO 32000 §7.5.2, OpenDocument 1.3 part 2 §3.3, OOXML.
    """
    if b"%PDF-" in content[:1024]:
        return _named(_pages_alone(content), PDF, name)
    if content.startswith(b"PK\x03\x04"):
        return _named(content, _packed(content), name)
    try:
        drawn = pictures.photo(content, side=SCAN_SIDE)
    except pictures.UnreadablePicture as problem:
        raise UnknownFile(name) from problem
    return _named(drawn.content, JPEG, name)


def _pages_alone(content: bytes) -> bytes:
    """The pages without author, scripts or attached files."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted or not 0 < len(reader.pages) <= MOST_PAGES:
            raise UnknownFile("a password, no page, or too many")
        writer = PdfWriter()
        for page in reader.pages:
            for acting in ("/AA", "/Annots"):
                page.pop(acting, None)
            writer.add_page(page)
        out = io.BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as problem:
        raise UnknownFile(str(problem)) from problem
    return out.getvalue()


def _packed(content: bytes) -> str:
    """The type of an office document, which is an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = set(archive.namelist())
            told = archive.read("mimetype").strip() if "mimetype" in entries else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as problem:
        raise UnknownFile("archive") from problem
    if told.decode("ascii", "replace") in (OPEN_TEXT, OPEN_SHEET) and "content.xml" in entries:
        return told.decode("ascii")
    if {"[Content_Types].xml", "xl/workbook.xml"} <= entries and not any(
        entry.lower().endswith("vbaproject.bin") for entry in entries
    ):
        return SHEET
    raise UnknownFile("archive")


def _named(content: bytes, media_type: str, name: str) -> Examined:
    """The ending of the name follows what the file is."""
    plain = "".join(c for c in PurePath(name.replace("\\", "/")).name if c.isprintable())
    stem = PurePath(plain).stem.strip(" .")[:LONGEST_NAME] or "document"
    return Examined(stem + ENDINGS[media_type], media_type, content)
