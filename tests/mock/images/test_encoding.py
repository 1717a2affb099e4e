"""Files tell what made them: the caption is read from the bytes of every format, and from nothing else."""

from __future__ import annotations

import io

import pytest
from attrs import evolve
from PIL import Image

from generator.mock import Caption, NoCaptionError, read_caption
from generator.mock.images.pictures import draw

from .drawn import as_file, plain, recipe


@pytest.mark.parametrize("file_format", ["png", "jpeg", "webp"])
def test_every_format_tells_its_caption(file_format: str) -> None:
    wanted = recipe(
        format=file_format,
        model="wan2.7-image-pro",
        prompt='猫 🐈 "quoted"\n' * 60,
        negative_prompt="é" * 800,
        seed=2**40,
        seed_given=False,
        index=3,
        count=12,
        sequential=True,
        thinking=True,
        quality="low",
    )
    assert read_caption(draw(wanted)) == wanted.caption


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no image",
        plain((1, 2, 3)),
        as_file(Image.new("RGB", (9, 9)), "JPEG"),
        as_file(Image.new("L", (9, 9)), "GIF"),
    ],
)
def test_other_images_tell_nothing(content: bytes) -> None:
    with pytest.raises(NoCaptionError, match="didn't make it"):
        read_caption(content)


@pytest.mark.parametrize("comment", [b"a comment", b"[]", b'{"other": 1}', b"\xff\xfe", b"7"])
def test_a_comment_of_somebody_else_is_no_caption(comment: bytes) -> None:
    file = io.BytesIO()
    Image.new("RGB", (9, 9)).save(file, "JPEG", comment=comment)
    with pytest.raises(NoCaptionError):
        read_caption(file.getvalue())


def test_fidelity_decides_on_the_size_of_a_file() -> None:
    for file_format in ("jpeg", "webp"):
        sizes = [len(draw(evolve(recipe(512, 512, format=file_format), fidelity=fidelity))) for fidelity in (60, 95)]
        assert sizes[0] * 1.2 < sizes[1]


def test_lines_tell_the_most_important_first() -> None:
    caption = Caption("m", "a cat", 10, 20, 5, index=2, count=3, negative_prompt="dogs", thinking=True, quality="low")
    assert list(caption.lines()) == [
        "m · quality low · thinking",
        "10*20 · image 2 of 3 · seed 5",
        "a cat",
        "without dogs",
    ]
    assert "seed 5 (chosen)" in list(evolve(caption, seed_given=False).lines())[1]
    assert "frame 2 of 3" in list(evolve(caption, sequential=True).lines())[1]
