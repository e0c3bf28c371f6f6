# SPDX-License-Identifier: EUPL-1.2
"""Pictures that people send, drawn again so that nothing else hides in them, and made small."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

LOGO_SIDE = 512  # pixels
PHOTO_SIDE = 1600
PROOF_SIDE = 2400
MOST_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG", "WEBP")
_SCAN, _END = b"\xff\xda", b"\xff\xd9"
_WHITE = "#FFFFFF"
_UNREADABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    SyntaxError,
    ValueError,
)


class UnreadablePicture(ValueError):
    """These bytes are none of the pictures we take, one cut short, or one far too large to open."""


@dataclass(frozen=True)
class Drawn:
    """A picture as we keep it; width, height in pixels; ending: of its file name."""

    content: bytes
    width: int
    height: int
    ending: str


def logo(picture: bytes) -> Drawn:
    """The picture as PNG, at most 512 pixels wide or high. Errors: UnreadablePicture."""
    return _written(_opened(picture, LOGO_SIDE), "PNG", "png", optimize=True)


def photo(picture: bytes, *, side: int = PHOTO_SIDE) -> Drawn:
    """The picture as JPEG on white, so many pixels at most on a side. Errors: UnreadablePicture."""
    drawn = _opened(picture, side)
    paper = Image.new("RGB", drawn.size, _WHITE)
    paper.paste(drawn, mask=drawn.getchannel("A"))
    return _written(paper, "JPEG", "jpg", quality=82, progressive=True)


def _opened(picture: bytes, side: int) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _upright(picture, side)
    except _UNREADABLE as problem:
        raise UnreadablePicture(str(problem)) from problem


def _upright(picture: bytes, side: int) -> Image.Image:
    with Image.open(io.BytesIO(picture), formats=FORMATS) as opened:
        _require_whole(picture, opened.format)
        opened.verify()
    with Image.open(io.BytesIO(picture), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise UnreadablePicture("too many pixels")
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    upright.thumbnail((side, side))
    return upright


def _require_whole(picture: bytes, kind: str | None) -> None:
    """A JPEG ends with a mark after its last scan: WeasyPrint tells Pillow, for the whole process,
    to put up with pictures that are cut short, and `verify` looks at the parts of a PNG only.
    """
    if kind == "JPEG" and picture.rfind(_END) < picture.rfind(_SCAN):
        raise UnreadablePicture("cut short")


def _written(drawn: Image.Image, kind: str, ending: str, **how: object) -> Drawn:
    out = io.BytesIO()
    drawn.save(out, kind, **how)
    return Drawn(out.getvalue(), drawn.width, drawn.height, ending)
