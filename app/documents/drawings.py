# SPDX-License-Identifier: EUPL-1.2
"""Pictures of places that exist nowhere, drawn for the demonstration and marked as such."""

import io
from random import Random

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

from app.documents.pdf import STATIC

SIZE = (960, 720)
MARK = "Image inventée"
_GROUND, _SKY, _INK = "#6FA063", "#DCE9F5", "#1E1B1C"
_WALLS = ("#E8C36A", "#D9D2C5", "#C97B4A", "#8FB0C9")
_COATS = ("#5E1F57", "#23479B", "#22692F", "#8A4A00")


def scene(chance: Random) -> bytes:
    """A workshop, its trees and its people, as PNG; the same chance draws the same picture."""
    picture = Image.new("RGB", SIZE, _SKY)
    pen = ImageDraw.Draw(picture)
    horizon = chance.randint(400, 470)
    pen.rectangle((0, horizon, *SIZE), fill=_GROUND)
    _workshop(pen, chance, horizon)
    for _ in range(chance.randint(3, 6)):
        _tree(pen, chance, horizon)
    for place in range(chance.randint(2, 4)):
        _person(pen, chance, 150 + place * 190 + chance.randint(-40, 40), horizon + 150)
    return _signed(picture, pen)


def emblem(initials: str, colour: str) -> bytes:
    """Initials on a disc, as PNG, for a logo."""
    picture = Image.new("RGBA", (400, 400))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((8, 8, 392, 392), fill=colour)
    pen.text((200, 200), initials, fill="#FFFFFF", anchor="mm", font=_font(150))
    return _png(picture)


def certificate(title: str, holder: str) -> bytes:
    """A certificate that certifies nothing, as PNG."""
    picture = Image.new("RGB", (900, 640), "#FFFDF7")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((24, 24, 876, 616), outline=_COATS[0], width=6)
    for height, words, size in ((180, title, 44), (300, holder, 36), (430, MARK, 30)):
        pen.text((450, height), words, fill=_INK, anchor="mm", font=_font(size))
    return _png(picture)


def _workshop(pen: ImageDraw.ImageDraw, chance: Random, horizon: int) -> None:
    left, wide = chance.randint(120, 420), chance.randint(300, 420)
    top = horizon - chance.randint(150, 210)
    pen.rectangle((left, top, left + wide, horizon + 40), fill=chance.choice(_WALLS))
    roof = (left - 24, top), (left + wide // 2, top - 90), (left + wide + 24, top)
    pen.polygon(roof, fill="#8B4A3B")
    pen.rectangle((left + 40, horizon - 70, left + 120, horizon + 40), fill="#4A3B35")
    for window in range(left + 160, left + wide - 60, 90):
        pen.rectangle((window, top + 50, window + 60, top + 105), fill="#F6F3EA")


def _tree(pen: ImageDraw.ImageDraw, chance: Random, horizon: int) -> None:
    across, foot = chance.randint(30, SIZE[0] - 30), horizon + chance.randint(20, 90)
    pen.rectangle((across - 7, foot - 90, across + 7, foot), fill="#6B4A32")
    radius = chance.randint(42, 66)
    crown = (across - radius, foot - 90 - radius, across + radius, foot - 90 + radius)
    pen.ellipse(crown, fill=chance.choice(("#3F7A45", "#4E8C4A", "#2F6B4F")))


def _person(pen: ImageDraw.ImageDraw, chance: Random, across: int, foot: int) -> None:
    coat = chance.choice(_COATS)
    pen.rounded_rectangle((across - 28, foot - 120, across + 28, foot - 20), 20, fill=coat)
    pen.ellipse((across - 22, foot - 168, across + 22, foot - 124), fill="#C99B76")
    for leg in (-16, 6):
        pen.rectangle((across + leg, foot - 24, across + leg + 12, foot + 40), fill=_INK)


def _signed(picture: Image.Image, pen: ImageDraw.ImageDraw) -> bytes:
    font = _font(44)
    box = pen.textbbox((20, SIZE[1] - 20), MARK, anchor="ls", font=font)
    pen.rectangle((box[0] - 10, box[1] - 8, box[2] + 10, box[3] + 8), fill="#FFFFFF")
    pen.text((20, SIZE[1] - 20), MARK, fill=_INK, anchor="ls", font=font)
    return _png(picture)


def _font(size: int) -> FreeTypeFont:
    """Our own type: the one that comes with Pillow has no accents."""
    name = "fonts/atkinson-hyperlegible-next-latin-700-normal.woff2"
    return ImageFont.truetype(STATIC / name, size)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()
