"""The size that a request asks for."""

from __future__ import annotations

from typing import Any

import pytest

from generator.mock.answering.sizes import SizeReader, closest
from generator.mock.judging.errors import RefusalError

PIXELS: dict[str, Any] = {"size": {"x-role": "size"}}
TIERED: dict[str, Any] = {"how_large": {"x-role": "size", "default": "2K"}}
RATIOS: dict[str, Any] = {
    "resolution": {"x-role": "tier", "default": "1K"},
    "shape": {"x-role": "ratio", "enum": ["auto", "1:1", "16:9", "21:9", "9:16", "3:4"]},
}


@pytest.mark.parametrize(
    ("body", "properties", "ratio", "size"),
    [
        ({"size": "512*2048"}, PIXELS, 1.0, (512, 2048)),
        ({"size": "4096*4096"}, PIXELS, 1.0, (4096, 4096)),
        ({}, PIXELS, 1.0, (1024, 1024)),
        ({}, PIXELS, 2.0, (1024, 512)),
        ({}, TIERED, 1.0, (2048, 2048)),
        ({"how_large": "4K"}, TIERED, 0.5, (2048, 4096)),
        ({"how_large": "1K"}, TIERED, 1e9, (1024, 1)),
        ({"shape": "16:9"}, RATIOS, 1.0, (1024, 576)),
        ({"shape": "21:9", "resolution": "2K"}, RATIOS, 1.0, (2048, 878)),
        ({"shape": "9:16", "resolution": "4K"}, RATIOS, 1.0, (2304, 4096)),
        ({"shape": "auto"}, RATIOS, 4 / 3, (1024, 1024)),
        ({"shape": "auto"}, RATIOS, 0.7, (768, 1024)),
        ({"shape": "1:0"}, RATIOS, 1.0, (1024, 1024)),
        ({}, RATIOS, 3.0, (1024, 439)),
        ({"resolution": "of my own"}, RATIOS, 1.0, (1024, 1024)),
        ({"size": "2K"}, {"size": {}}, 1.0, (1024, 1024)),
    ],
)
def test_size(body: dict[str, Any], properties: dict[str, Any], ratio: float, size: tuple[int, int]) -> None:
    assert SizeReader({"properties": properties}).size(body, lambda: ratio) == size


@pytest.mark.parametrize(
    ("body", "properties", "tier"),
    [({}, RATIOS, "1K"), ({"resolution": "4K"}, RATIOS, "4K"), ({"size": "9*9"}, PIXELS, ""), ({}, PIXELS, "")],
)
def test_tier(body: dict[str, Any], properties: dict[str, Any], tier: str) -> None:
    assert SizeReader({"properties": properties}).tier(body) == tier


@pytest.mark.parametrize("size", ["4096*4097", "1*16777217", "9" * 5000 + "*1"])
def test_more_than_the_mock_draws(size: str) -> None:
    with pytest.raises(RefusalError, match="1 to 16777216 pixels") as caught:
        SizeReader({"properties": PIXELS}).size({"size": size}, lambda: 1.0)
    assert (caught.value.status, caught.value.param) == (400, "size")


def test_closest_takes_tall_and_wide_alike() -> None:
    assert closest([2.0, 0.5, 1.0], 0.4) == 0.5
    assert closest([2.0, 0.5, 1.0], 2.5) == 2.0
