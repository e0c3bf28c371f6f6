# SPDX-License-Identifier: EUPL-1.2
"""Pictures that people send, drawn again as small PNG so that nothing else hides in them."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_SIDE = 512  # pixels
MOST_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG", "WEBP")


class UnreadablePicture(ValueError):
    """These bytes are none of the pictures we take, or one that is far too large to open."""


def logo(picture: bytes) -> bytes:
    """The picture as PNG, at most 512 pixels wide or high. Errors: UnreadablePicture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn_again(picture)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as problem:
        raise UnreadablePicture(str(problem)) from problem


def _drawn_again(picture: bytes) -> bytes:
    with Image.open(io.BytesIO(picture), formats=FORMATS) as opened:
        opened.verify()  # WeasyPrint tells Pillow to put up with pictures that are cut short
    with Image.open(io.BytesIO(picture), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise UnreadablePicture("too many pixels")
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "PNG", optimize=True)
    return out.getvalue()
