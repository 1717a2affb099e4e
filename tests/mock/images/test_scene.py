"""Scenes: images of a sequential set share one, others don't."""

from __future__ import annotations

import itertools

import pytest

from generator.mock.images.recipe import Swatch
from generator.mock.images.scene import subject_box

from .drawn import differing, drawn, recipe

PALETTE = (Swatch(255, 255, 255, 0.6), Swatch(20, 30, 120, 0.4))


@pytest.mark.parametrize("palette", [(), PALETTE])
def test_a_sequential_set_varies_one_scene(palette: tuple[Swatch, ...]) -> None:
    set_of = [
        drawn(recipe(512, 512, sequential=True, count=12, index=index, palette=palette)).crop((0, 0, 512, 400))
        for index in range(1, 13)
    ]
    shares = [differing(one, other) for one, other in itertools.combinations(set_of, 2)]
    assert min(shares) > 0.01
    assert max(shares) < 0.2


def test_images_of_another_set_differ_freely() -> None:
    one, other = (drawn(recipe(512, 512, count=2, index=index)).crop((0, 0, 512, 400)) for index in (1, 2))
    assert differing(one, other) > 0.9


@pytest.mark.parametrize("size", [(1, 1), (96, 96), (512, 512), (2048, 300), (300, 2048)])
def test_the_subject_goes_from_left_to_right_inside_of_the_upper_half(size: tuple[int, int]) -> None:
    boxes = [subject_box(bytes(range(32)), size, index, 12) for index in range(1, 13)]
    assert [box[0] for box in boxes] == sorted(box[0] for box in boxes)
    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= size[0]
        assert 0 <= top < bottom <= max(size[1] // 2, 1)
