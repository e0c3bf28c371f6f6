# SPDX-License-Identifier: EUPL-1.2
"""Papers that prove a label: pages alone are kept of a PDF, pictures are drawn again."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript

from app.documents.proofs import MOST_PAGES, UnreadableProof, proof


def a_pdf(pages: int = 1, **how) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_open_action(JavaScript("app.alert(1)"))
    writer.add_attachment("virus.exe", b"MZ never kept")
    writer.add_metadata({"/Author": "Une personne"})
    if how.get("password"):
        writer.encrypt(how["password"])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_of_a_pdf_the_pages_alone_are_kept():
    kept, ending = proof(a_pdf(pages=2))
    reader = PdfReader(io.BytesIO(kept))
    assert (ending, len(reader.pages)) == ("pdf", 2)
    assert reader.attachments == {}
    assert b"JavaScript" not in kept
    assert b"Une personne" not in kept


def test_a_picture_is_drawn_again():
    out = io.BytesIO()
    Image.new("RGB", (3000, 1500), "white").save(out, "PNG")
    kept, ending = proof(out.getvalue() + b"<script>")
    with Image.open(io.BytesIO(kept)) as drawn:
        assert (ending, drawn.format, drawn.size) == ("jpg", "JPEG", (2400, 1200))


@pytest.mark.parametrize(
    "wrong",
    [b"", b"%PDF-1.7", b"%PDF-1.7 nothing behind %%EOF", b"PK a spreadsheet", a_pdf()[:300],
     a_pdf(password="secret"), a_pdf(pages=MOST_PAGES + 1)],
)  # fmt: skip
def test_what_cannot_be_opened_by_all_is_refused(wrong):
    with pytest.raises(UnreadableProof):
        proof(wrong)
