# SPDX-License-Identifier: EUPL-1.2
"""What a printed page may read, and what it may not."""

import base64
import builtins
import gc
import struct
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from app.documents import pdf

BEGIN = (
    '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title></head><body>'
)
DOT = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
        "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
    )
).decode()


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.fixture
def canary():
    """A server on this machine that notes each request."""
    seen = []

    class Note(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Note)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_becomes_a_pdf_that_screen_readers_read(app):
    content = pdf.render(BEGIN + "<h1>Élise Œuvrard – ça va ?</h1>")

    reader = PdfReader(BytesIO(content))
    assert "Élise Œuvrard – ça va ?" in text_of(content)
    root = reader.root_object
    marks, about = root["/MarkInfo"], root["/Metadata"]
    assert isinstance(marks, DictionaryObject) and isinstance(about, StreamObject)
    assert str(root["/Lang"]) == "fr"
    assert marks["/Marked"]
    assert b'pdfuaid:part="1"' in about.get_data()


def test_letters_are_drawn_with_our_own_fonts(app):
    content = pdf.render(BEGIN + '<h1>Table</h1><p class="sheet">Heure</p>')

    resources = PdfReader(BytesIO(content)).pages[0]["/Resources"]
    assert isinstance(resources, DictionaryObject)
    fonts = resources["/Font"]
    assert isinstance(fonts, DictionaryObject)
    names = {font.get_object()["/BaseFont"].split("+")[-1] for font in fonts.values()}
    assert any("Solway" in name for name in names)
    assert any("Atkinson" in name for name in names)


@pytest.mark.parametrize(
    "piece",
    [
        '<img src="{}/logo.png">',
        '<link rel="stylesheet" href="{}/style.css">',
        '<link rel="attachment" href="{}/annexe">',
        '<style>@import url("{}/style.css");</style>',
        '<style>@font-face {{ font-family: x; src: url("{}/font.woff2") }}</style>',
        '<p style="background: url({}/fond.png)">x</p>',
        '<object data="{}/objet.svg"></object>',
    ],
)
def test_nothing_is_fetched_from_the_network(app, canary, piece):
    address, seen = canary
    with pytest.raises(pdf.Refused):
        pdf.render(BEGIN + piece.format(address))
    assert seen == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "https://paper.invalid/../../config.py",
        "https://paper.invalid/%2e%2e/%2e%2e/config.py",
        "https://paper.invalid//etc/passwd",
        "https://paper.invalid/vendor",
        "https://paper.invalid/absent.css",
        "https://paper.invalid.example/tokens.css",
        "http://127.0.0.1/tokens.css",
        "data:text/html,<h1>x",
        "ftp://paper.invalid/tokens.css",
    ],
)
def test_no_file_but_our_own_styles_fonts_and_pictures_is_read(address):
    with pytest.raises(pdf.Refused):
        pdf.own_file(address)


def test_a_file_of_this_machine_does_not_enter_a_pdf(app, tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>SECRET</text></svg>')
    with pytest.raises(pdf.Refused):
        pdf.render(BEGIN + f'<img src="{secret.as_uri()}">')


def test_a_picture_that_unfolds_into_gigabytes_is_refused_before_it_is_drawn():
    header = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 50_000, 50_000)
    huge = base64.b64encode(header + b"\x08\x02\x00\x00\x00").decode()
    with pytest.raises(pdf.Refused, match="50000 × 50000"):
        pdf.own_file(pdf.PNG + huge)
    with pytest.raises(pdf.Refused):
        pdf.own_file(pdf.PNG + "A" * (pdf.LARGEST_PNG + 1))
    with pytest.raises(pdf.Refused):
        pdf.own_file(pdf.PNG + "AAAA")


def test_a_small_picture_and_our_own_styles_are_read():
    assert pdf.own_file(pdf.PNG + DOT)[1] == "image/png"
    assert pdf.own_file(pdf.HOME + "tokens.css")[1] == "text/css"


def test_parts_are_bound_in_order_and_laid_out_when_their_turn_comes(app):
    told = []

    def parts():
        for word in ("Un", "Deux", "Trois"):
            told.append(word)
            yield BEGIN + f"<p>{word}</p>"

    pages = PdfReader(BytesIO(pdf.bind(parts()))).pages
    assert [page.extract_text().split()[0] for page in pages] == ["Un", "Deux", "Trois"]
    assert told == ["Un", "Deux", "Trois"]


def test_the_collector_of_garbage_works_again_even_after_a_failure(app):
    with pytest.raises(pdf.Refused):
        pdf.render(BEGIN + '<img src="file:///etc/passwd">')
    assert gc.isenabled()


def test_a_machine_without_pango_says_what_to_install(app, monkeypatch):
    real = builtins.__import__

    def without_pango(name, *rest):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest)

    pdf._press.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(pdf.PdfUnavailable, match="libpango"):
        pdf.render(BEGIN)


def test_a_drawing_inside_a_page_fetches_nothing_either(app, canary):
    address, seen = canary
    image = f'<image href="{address}/a.png" xlink:href="{address}/b.png" width="9" height="9"/>'
    pdf.render(BEGIN + f'<svg width="9" height="9">{image}</svg>')
    assert seen == []
