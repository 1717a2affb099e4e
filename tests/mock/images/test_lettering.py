"""Letters: large enough, dark on light, in any script, and never beyond what there is room for."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFont

from generator.mock.images import lettering
from generator.mock.images.lettering import SMALLEST, leading, letter_height, rows_of

from .drawn import drawn, pixels, recipe

INK, PAPER = (24, 24, 28), (250, 250, 250)


@pytest.fixture
def without_system_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "_FALLBACKS", ())


def texts(line: str, width: int = 2000) -> list[str]:
    return [row for row, _ in rows_of([line], width, 20, 99)]


@pytest.mark.parametrize(
    ("size", "height"), [((256, 256), 12), ((96, 96), 12), ((1024, 1024), 28), ((4096, 4096), 113)]
)
def test_letters_grow_with_the_picture_and_are_never_small(size: tuple[int, int], height: int) -> None:
    assert letter_height(size) == height >= SMALLEST


def test_the_caption_can_be_read_back_letter_by_letter() -> None:
    """The very pixels that each line has when it is written alone stand in the picture, in ink on paper."""
    wanted = recipe(512, 512, prompt="A cute orange cat", negative_prompt="dogs")
    image = drawn(wanted)
    height = letter_height(image.size)
    for line in wanted.caption.lines():
        ((text, font),) = rows_of([line], 500, height, 9)
        alone = Image.new("RGB", (round(font.getlength(text)) + 2, leading(height)), PAPER)
        pen = ImageDraw.Draw(alone)
        pen.fontmode = "1"
        pen.text((0, 0), text, INK, font)
        assert alone.crop(alone.getbbox() or (0, 0, 0, 0)).tobytes()
        assert _stands_in(alone, image), line


def _stands_in(part: Image.Image, image: Image.Image) -> bool:
    """Whether a picture stands somewhere at the left margin of another."""
    left = letter_height(image.size) // 2
    rows = (image.crop((left, top, left + part.width, top + part.height)) for top in range(256, image.height))
    wanted = part.tobytes()
    return any(row.tobytes() == wanted for row in rows)


def test_the_smallest_pictures_have_no_caption() -> None:
    assert PAPER not in set(pixels(drawn(recipe(95, 400))))
    assert PAPER in set(pixels(drawn(recipe(96, 400))))


def test_a_caption_leaves_half_of_the_picture() -> None:
    image = drawn(recipe(128, 128, prompt="word " * 200, negative_prompt="other " * 100))
    assert PAPER not in set(pixels(image.crop((0, 0, 128, 60))))


def test_long_lines_are_wrapped_at_words_and_end_in_an_ellipsis() -> None:
    rows = texts("a cute orange cat on a windowsill " * 20, width=200)
    assert len(rows) == 3
    assert rows[-1].endswith("…")
    assert not any(row.startswith(" ") for row in rows)
    assert all(font.getlength(row) <= 200 for row, font in rows_of(["W" * 500], 200, 20, 9))


def test_controls_are_blanks() -> None:
    assert texts("a\x00b\nc\u202e") == ["a b c"]


@pytest.mark.usefixtures("without_system_fonts")
def test_letters_that_no_font_has_are_written_as_code_points() -> None:
    assert texts("a 猫 🐈 é") == ["a \\u732b \\U0001f408 \\xe9"]


def test_a_font_of_the_system_is_taken_for_what_ours_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "_FALLBACKS", ("no such font.ttf", "DejaVuSans.ttf"))
    try:
        ImageFont.truetype("DejaVuSans.ttf", 12)
    except OSError:
        pytest.skip("this system has no DejaVuSans.ttf")
    assert texts("Ünï » დ ⠿ abc") == ["Ünï » დ ⠿ abc"]
    assert texts("é 猫") == ["é \\u732b"]
