# SPDX-License-Identifier: EUPL-1.2
"""Papers that prove a label: a PDF whose pages alone are kept, or a picture drawn again."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from app.documents import pictures

MOST_PAGES = 40
_ACTING = ("/AA", "/Annots")


class UnreadableProof(ValueError):
    """These bytes are neither a PDF that opens without a password nor a picture we take."""


def proof(content: bytes) -> tuple[bytes, str]:
    """The paper as we keep it, and the ending of its file name. Errors: UnreadableProof."""
    if b"%PDF-" in content[:1024]:
        return _pages_alone(content), "pdf"
    try:
        drawn = pictures.photo(content, side=pictures.PROOF_SIDE)
    except pictures.UnreadablePicture as problem:
        raise UnreadableProof(str(problem)) from problem
    return drawn.content, drawn.ending


def _pages_alone(content: bytes) -> bytes:
    """The pages without links, forms, scripts or attached files, which a reader might open."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted or not 0 < len(reader.pages) <= MOST_PAGES:
            raise UnreadableProof("a password, no page, or too many")
        writer = PdfWriter()
        for page in reader.pages:
            for acting in _ACTING:
                page.pop(acting, None)
            writer.add_page(page)
        out = io.BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as problem:
        raise UnreadableProof(str(problem)) from problem
    return out.getvalue()
