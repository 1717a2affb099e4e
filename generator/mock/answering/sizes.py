"""Works out the size of the image that a request asks for."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from generator.mock.images.recipe import MAX_PIXELS
from generator.mock.judging.errors import RefusalError
from generator.spec.field_roles import Role, field_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from generator.spec.model import Json

TIERS: Final = {"1K": 1024, "2K": 2048, "4K": 4096}
"""The longer side of each tier, in pixels. The documents name the tiers and leave their pixels open."""

_PIXELS = re.compile(r"0*([0-9]{1,10})\*0*([0-9]{1,10})")
_RATIO = re.compile(r"([0-9]+):0*([1-9][0-9]*)")


class SizeReader:
    """Reads the size wanted from bodies of one shape."""

    def __init__(self, schema: Mapping[str, Json]) -> None:
        """Prepare.

        Args:
            schema: The shape's, whose fields have roles.
        """
        properties: Mapping[str, Mapping[str, Json]] = schema.get("properties", {})
        self._field = field_of(schema, Role.SIZE) or field_of(schema, Role.TIER) or ""
        self._default: str = properties.get(self._field, {}).get("default", "")
        self._ratio_field = field_of(schema, Role.RATIO) or ""
        choices = properties.get(self._ratio_field, {}).get("enum", ())
        self._ratios = [ratio for name in choices if (ratio := _number(name))]

    def tier(self, body: Mapping[str, Json]) -> str:
        """The tier that a body asks for; "" where it asks for pixels, or for nothing."""
        size: str = body.get(self._field, self._default)
        return "" if "*" in size else size

    def size(self, body: Mapping[str, Json], input_ratio: Callable[[], float]) -> tuple[int, int]:
        """The size that a body asks for.

        Args:
            body: A body that keeps the rules.
            input_ratio: Tells the ratio, width to height, of the image that is edited; asked only where it matters.

        Returns:
            Width and height in pixels. A tier other than 1K, 2K and 4K is taken for 1K.

        Raises:
            RefusalError: More pixels are asked for than the mock draws, where the documents give no bound.
        """
        stated: str = body.get(self._field, self._default)
        if "*" not in stated:
            return _at_ratio(TIERS.get(stated, TIERS["1K"]), self._ratio(body, input_ratio))
        pixels = _PIXELS.fullmatch(stated)
        if pixels is None or not 0 < int(pixels[1]) * int(pixels[2]) <= MAX_PIXELS:
            message = f"{self._field}: this mock draws 1 to {MAX_PIXELS} pixels; ask for that many"
            raise RefusalError(400, message, param=self._field, details={self._field: [message]})
        return int(pixels[1]), int(pixels[2])

    def _ratio(self, body: Mapping[str, Json], input_ratio: Callable[[], float]) -> float:
        asked = _number(body.get(self._ratio_field, ""))
        if asked is not None:
            return asked
        return closest(self._ratios, input_ratio()) if self._ratios else input_ratio()


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
