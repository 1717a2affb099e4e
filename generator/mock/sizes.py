"""Works out the size of the image that a request asks for."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from generator.mock.errors import RefusalError
from generator.mock.pictures import MAX_PIXELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from generator.spec.model import Json

TIERS: Final = {"1K": 1024, "2K": 2048, "4K": 4096}
"""The longer side of each tier, in pixels. The documents name the tiers and leave their pixels open."""

_PIXELS = re.compile(r"0*([0-9]{1,10})\*0*([0-9]{1,10})")
_RATIO = re.compile(r"([0-9]+):([0-9]+)")


def wanted_size(
    body: Mapping[str, Json], properties: Mapping[str, Mapping[str, Json]], input_ratio: Callable[[], float]
) -> tuple[int, int]:
    """The size that a request asks for.

    Args:
        body: A body that keeps the rules.
        properties: The schemas of its fields, for defaults and for the ratios to choose from.
        input_ratio: Tells the ratio, width to height, of the image that is edited; asked only where it matters.

    Returns:
        Width and height in pixels. A tier other than 1K, 2K and 4K is taken for 1K.

    Raises:
        RefusalError: More pixels are asked for than the mock draws, where the documents give no bound.
    """
    name = "size" if "size" in properties else "resolution"
    size = body.get(name, properties.get(name, {}).get("default", ""))
    if "*" not in size:
        longer = TIERS.get(size, TIERS["1K"])
        return _at_ratio(longer, _ratio(body, properties, input_ratio))
    pixels = _PIXELS.fullmatch(size)
    if pixels is None or not 0 < int(pixels[1]) * int(pixels[2]) <= MAX_PIXELS:
        message = f"{name}: this mock draws 1 to {MAX_PIXELS} pixels; ask for that many"
        raise RefusalError(400, message, param=name, details={name: [message]})
    return int(pixels[1]), int(pixels[2])


def _ratio(
    body: Mapping[str, Json], properties: Mapping[str, Mapping[str, Json]], input_ratio: Callable[[], float]
) -> float:
    asked = _number(body.get("aspect_ratio", ""))
    if asked is not None:
        return asked
    choices = [ratio for name in properties.get("aspect_ratio", {}).get("enum", ()) if (ratio := _number(name))]
    return closest(choices, input_ratio()) if choices else input_ratio()


def closest(choices: Iterable[float], ratio: float) -> float:
    """The choice that is the closest to a ratio, the first of equals: 2 and 0.5 are equally far from 1."""
    return min(choices, key=lambda choice: round(abs(math.log(choice / ratio)), 9))


def _number(ratio: str) -> float | None:
    sides = _RATIO.fullmatch(ratio)
    return int(sides[1]) / int(sides[2]) if sides else None


def _at_ratio(longer: int, ratio: float) -> tuple[int, int]:
    if ratio >= 1:
        return longer, max(1, round(longer / ratio))
    return max(1, round(longer * ratio)), longer
