"""Recipes: kept as JSON and read again, each with a name of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from attrs import evolve

from generator.mock.images.recipe import Recipe, Source, Swatch

from .drawn import RECIPE, recipe

FULL = recipe(
    format="webp",
    sources=(Source.blob("ab" * 32), Source.url("https://example.com/ä.png")),
    palette=(Swatch(1, 2, 3, 1 / 3), Swatch(4, 5, 6, 2 / 3)),
    boxes=(((1, 2, 3, 4), (-5, 10**30, 7, 8)), ()),
    prompt='猫 "a"\n',
    negative_prompt="dogs",
    seed=2**70,
    seed_given=False,
    index=2,
    count=3,
    sequential=True,
    quality="low",
)


@pytest.mark.parametrize("wanted", [RECIPE, FULL, evolve(FULL, boxes=(), fidelity=60)])
def test_a_recipe_is_read_as_it_was_written(wanted: Recipe) -> None:
    again = Recipe.of_json(json.loads(wanted.named()[1]))
    assert again == wanted
    assert again.named() == wanted.named()


@pytest.mark.parametrize(
    "change",
    [
        {"digest": bytes(32)},
        {"format": "jpeg"},
        {"caption": evolve(RECIPE.caption, index=2)},
        {"sources": (Source.url("https://example.com/"),)},
        {"palette": (Swatch(1, 2, 3, 1.0),)},
        {"boxes": ()},
        {"fidelity": 60},
    ],
)
def test_another_recipe_has_another_name(change: dict[str, Any]) -> None:
    assert evolve(RECIPE, **change).named()[0] != RECIPE.named()[0]


def test_a_name_is_32_digits_and_the_format() -> None:
    stem, _, ending = FULL.named()[0].partition(".")
    assert len(stem) == 32
    assert int(stem, 16) >= 0
    assert ending == "webp"


def test_of_a_long_url_only_the_beginning_is_kept() -> None:
    assert len(recipe(sources=(Source.url("https://example.com/" + "a" * 100_000),)).named()[1]) < 3000
