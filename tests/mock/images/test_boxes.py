"""Boxes: the edit keeps to them, every other pixel is the input's."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image

from generator.mock.images.boxes import placed
from generator.mock.images.pictures import draw
from generator.mock.images.recipe import Source

from .drawn import as_file, drawn, opened, pixels, plain, recipe

SIZE = (320, 240)
PHOTO = Image.effect_noise(SIZE, 80).convert("RGB")
BOX = (100, 50, 260, 180)


def outside_equals(image: Image.Image, wanted: Image.Image, *boxes: tuple[int, int, int, int]) -> bool:
    """Whether two pictures are the same outside of boxes."""
    one, other = image.copy(), wanted.copy()
    for box in boxes:
        for picture in (one, other):
            picture.paste((0, 0, 0), box)
    return one.tobytes() == other.tobytes()


def test_outside_of_the_box_every_pixel_is_the_inputs() -> None:
    image = drawn(recipe(*SIZE, boxes=((BOX,),)), as_file(PHOTO))
    assert outside_equals(image, PHOTO, BOX)
    inside = zip(pixels(image.crop(BOX)), pixels(PHOTO.crop(BOX)), strict=True)
    assert sum(a != b for a, b in inside) / (160 * 130) > 0.95


@pytest.mark.parametrize("size", [(640, 480), (160, 120), (333, 77)])
def test_an_input_of_another_size_is_resized_and_no_more(size: tuple[int, int]) -> None:
    image = drawn(recipe(*size, boxes=((BOX,),)), as_file(PHOTO))
    (scaled,) = placed([BOX], SIZE, (0, 0, *size))
    assert outside_equals(image, PHOTO.resize(size, Image.Resampling.BILINEAR), scaled)
    assert image.crop(scaled).tobytes() != PHOTO.resize(size, Image.Resampling.BILINEAR).crop(scaled).tobytes()


@pytest.mark.parametrize("boxes", [((),), ((), (BOX,)), (((50, 50, 50, 90),),), (((400, 0, 900, 90),),)])
def test_an_image_without_a_box_stays_as_it_is(boxes: Any) -> None:
    assert drawn(recipe(*SIZE, boxes=boxes), as_file(PHOTO)).tobytes() == PHOTO.tobytes()


@pytest.mark.parametrize(
    ("box", "clipped"),
    [
        ((-50, -60, 100, 90), (0, 0, 100, 90)),
        ((250, 200, 10**30, 10**30), (250, 200, 320, 240)),
        ((260, 180, 100, 50), BOX),
        ((10, 10, 11, 11), (10, 10, 11, 11)),
    ],
)
def test_boxes_are_clipped_and_their_corners_may_be_any_two(box: Any, clipped: tuple[int, int, int, int]) -> None:
    assert list(placed([box], SIZE, (0, 0, *SIZE))) == [clipped]
    image = drawn(recipe(*SIZE, boxes=((box,),)), as_file(PHOTO))
    assert outside_equals(image, PHOTO, clipped)
    assert image.crop(clipped).tobytes() != PHOTO.crop(clipped).tobytes()


def test_each_of_several_inputs_has_its_own_boxes() -> None:
    red, blue = plain((200, 0, 0), (100, 100)), plain((0, 0, 200), (50, 50))
    image = drawn(recipe(200, 100, boxes=((), ((0, 0, 25, 25),))), red, blue)
    assert set(pixels(image.crop((0, 0, 100, 100)))) == {(200, 0, 0)}
    assert set(pixels(image.crop((150, 0, 200, 100)))) == {(0, 0, 200)}
    assert (0, 0, 200) not in set(pixels(image.crop((100, 0, 150, 50))))


def test_the_caption_stands_in_a_box_with_room_for_it() -> None:
    flat = Image.new("RGB", SIZE, (90, 140, 90))
    small, large = (0, 0, 40, 20), (60, 60, 310, 230)
    image = drawn(recipe(*SIZE, boxes=((small, large),)), as_file(flat))
    assert outside_equals(image, flat, small, large)
    colours = set(pixels(image.crop(large)))
    assert {(24, 24, 28), (250, 250, 250)} <= colours
    assert (250, 250, 250) not in set(pixels(image.crop(small)))


def test_transparency_stays_outside_of_the_box() -> None:
    glass = Image.new("RGBA", SIZE, (10, 20, 30, 77))
    wanted = recipe(*SIZE, boxes=((BOX,),), sources=(Source.blob("00" * 32),))
    image = opened(draw(wanted, lambda _digest: as_file(glass)))
    assert image.mode == "RGBA"
    assert pixels(image)[0] == (10, 20, 30, 77)
    assert image.getchannel("A").crop(BOX).getextrema() == (255, 255)


def test_a_url_counts_as_an_image_of_the_outputs_size() -> None:
    url = (Source.url("https://example.com/a.png"),)
    edited, untouched = (drawn(recipe(*SIZE, sources=url, boxes=boxes)) for boxes in (((BOX,),), ((),)))
    assert outside_equals(edited, untouched, BOX)
    assert edited.tobytes() != untouched.tobytes()
