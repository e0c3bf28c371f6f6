# SPDX-License-Identifier: EUPL-1.2
"""Pictures are drawn again: whole, small, and with nothing hidden in them."""

import io
from random import Random

import pytest
from PIL import Image, ImageFile

from app.documents import drawings, pictures
from app.documents.pictures import UnreadablePicture


def a_picture(kind: str, size: tuple[int, int] = (900, 600), **how) -> bytes:
    out = io.BytesIO()
    noise = Image.effect_noise(size, 80).convert("RGB")
    noise.save(out, kind, **how)
    return out.getvalue()


@pytest.fixture
def forgiving(monkeypatch):
    """As when WeasyPrint was loaded in the same process."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("share", [0.3, 0.9, 0.99])
def test_a_picture_cut_short_is_refused(forgiving, kind, share):
    whole = a_picture(kind)
    for draw in (pictures.logo, pictures.photo):
        with pytest.raises(UnreadablePicture):
            draw(whole[: int(len(whole) * share)])


def test_a_progressive_jpeg_cut_between_two_scans_is_refused(forgiving):
    whole = a_picture("JPEG", progressive=True)
    last_scan = whole.rfind(b"\xff\xda")
    with pytest.raises(UnreadablePicture):
        pictures.photo(whole[:last_scan])


def test_a_jpeg_followed_by_the_rest_of_a_telephone_is_read(forgiving):
    assert pictures.photo(a_picture("JPEG") + b"\0" * 40).width == 900


@pytest.mark.parametrize(
    ("draw", "kind", "side"), [(pictures.logo, "PNG", 512), (pictures.photo, "JPEG", 1600)]
)
def test_the_picture_that_is_kept_is_small_and_of_one_kind(draw, kind, side):
    drawn = draw(a_picture("PNG", (2400, 1200)))
    with Image.open(io.BytesIO(drawn.content)) as kept:
        assert (kept.format, kept.size) == (kind, (side, side // 2))
    assert (drawn.width, drawn.height) == (side, side // 2)


def test_where_and_when_a_photo_was_taken_is_forgotten():
    exif = Image.Exif()
    exif[0x010F], exif[0x8825] = "Un appareil", {1: "N", 2: (43.0, 36.0, 0.0)}
    drawn = pictures.photo(a_picture("JPEG", exif=exif))
    with Image.open(io.BytesIO(drawn.content)) as kept:
        assert dict(kept.getexif()) == {}
    assert b"Un appareil" not in drawn.content


def test_a_photo_held_sideways_is_put_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn = pictures.photo(a_picture("JPEG", (300, 200), exif=exif))
    assert (drawn.width, drawn.height) == (200, 300)


def test_what_is_transparent_becomes_white_in_a_photo():
    out = io.BytesIO()
    Image.new("RGBA", (60, 60), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(pictures.photo(out.getvalue()).content)) as kept:
        assert kept.getpixel((30, 30)) == (255, 255, 255)


@pytest.mark.parametrize("wrong", [b"", b"GIF89a", b"<svg/>", b"%PDF-1.7", b"\xff\xd8\xff\xd9"])
def test_anything_else_is_refused(wrong):
    with pytest.raises(UnreadablePicture):
        pictures.photo(wrong)


def test_a_picture_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 900 * 600 - 1)
    with pytest.raises(UnreadablePicture):
        pictures.photo(a_picture("PNG"))


def test_a_drawing_of_the_demonstration_is_the_same_each_time():
    assert drawings.scene(Random(4)) == drawings.scene(Random(4)) != drawings.scene(Random(5))
