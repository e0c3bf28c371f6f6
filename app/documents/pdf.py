# SPDX-License-Identifier: EUPL-1.2
"""Turns our pages into PDF; what is printed may read our own styles and fonts, and nothing else."""

import atexit
import base64
import gc
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from pypdf import PdfWriter

from app.language.translate import gettext

STATIC = Path(__file__).parent.parent / "static"
STYLES = ("vendor/bootstrap.min.css", "tokens.css", "components.css")
KINDS = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}
HOME = "https://paper.invalid/"  # never asked for: it stands for the folder of our static files
PNG = "data:image/png;base64,"
LARGEST_PNG = 64 * 1024  # bytes, as written
MOST_PIXELS = 1_000_000

_turn = Lock()


class PdfUnavailable(Exception):
    """This machine has no Pango, hence no PDF; the message says how to mend it."""


class Refused(Exception):
    """What a page wanted to read is neither ours nor a small picture."""


def render(html: str) -> bytes:
    """One page or several as a PDF that screen readers can read.

    Errors: PdfUnavailable, Refused. Source: ISO 14289-1 (PDF/UA-1).
    """
    with _undisturbed():
        return bytes(_layout(html).write_pdf(pdf_variant="pdf/ua-1"))


def bind(parts: Iterable[str]) -> bytes:
    """One PDF of several parts, each laid out when its turn comes, so that progress can be told.

    Errors: PdfUnavailable, Refused.
    """
    laid_out = []
    for part in parts:
        with _undisturbed():
            laid_out.append(_layout(part))
    pages = [page for document in laid_out for page in document.pages]
    with _undisturbed():
        return bytes(laid_out[0].copy(pages).write_pdf())


def merge(papers: Iterable[Path]) -> bytes:
    """One PDF of several, in this order."""
    together, target = PdfWriter(), BytesIO()
    for paper in papers:
        together.append(paper, import_outline=False)
    together.compress_identical_objects()
    together.write(target)
    together.close()
    return target.getvalue()


def own_file(address: str) -> tuple[bytes, str]:
    """What an address in a page stands for: (content, media type).

    Errors: Refused for the network, for files outside app/static, for pictures that are large.
    """
    if address.startswith(PNG):
        return _small_picture(address), "image/png"
    file = (STATIC / address.removeprefix(HOME)).resolve()
    ours = address.startswith(HOME) and file.is_relative_to(STATIC.resolve())
    if not ours or file.suffix not in KINDS or not file.is_file():
        raise Refused(address[:200])
    return file.read_bytes(), KINDS[file.suffix]


def _small_picture(address: str) -> bytes:
    """A few bytes of PNG may unfold into gigabytes: its size is read before it is drawn."""
    if len(address) > LARGEST_PNG:
        raise Refused(address[:60])
    picture = base64.b64decode(address.removeprefix(PNG))
    if len(picture) < 24:
        raise Refused(address[:60])
    width, height = struct.unpack(">II", picture[16:24])  # the header that every PNG begins with
    if width * height > MOST_PIXELS:
        raise Refused(f"{width} × {height}")
    return picture


@contextmanager
def _undisturbed() -> Iterator[None]:
    """One sheet at a time; the garbage collector waits, or it would walk each growing page.

    Errors: Refused, in place of an error that would end the whole program.
    """
    with _turn:
        gc.disable()
        try:
            yield
        except BaseException as problem:
            if isinstance(problem.__cause__, Refused):
                raise problem.__cause__ from None
            raise
        finally:
            gc.enable()


class _Press(NamedTuple):
    html: Any
    options: dict[str, Any]
    fetcher: Any


def _layout(html: str) -> Any:
    press = _press()
    page = press.html(string=html, base_url=HOME, url_fetcher=press.fetcher)
    return page.render(**press.options)


@lru_cache(maxsize=1)
def _press() -> _Press:
    """The engine with our fonts and styles, read once per process.

    Imported here because it takes half a second and needs system libraries that may be absent.
    """
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError as absent:
        raise PdfUnavailable(
            gettext(
                "Les PDF sont fermés sur cette machine : il y manque la bibliothèque Pango. "
                "Installez libpango-1.0-0, libpangoft2-1.0-0 et libharfbuzz-subset0, puis relancez."
            )
        ) from absent

    class OnlyOurs(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            content, kind = own_file(url)
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    fetcher, fonts = OnlyOurs(fail_on_errors=True), FontConfiguration()
    styles = [
        weasyprint.CSS(url=HOME + name, url_fetcher=fetcher, font_config=fonts) for name in STYLES
    ]
    options = {"stylesheets": styles, "font_config": fonts}
    return _Press(weasyprint.HTML, options, fetcher)


atexit.register(_press.cache_clear)  # fonts are given back while the libraries are still there
