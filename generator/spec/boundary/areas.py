"""Widths and heights that multiply to a total, so that a bound on pixels can be tested to the pixel."""

from __future__ import annotations

from math import isqrt

_WIDEST = 4
"""How many times as long as the other a side may be, where a shape that people ask for is wanted."""
_SEARCHED = 64
"""How far from the bound to look for a total that has such sides; one in a few has."""


def near_square(total: int) -> tuple[int, int]:
    """The two sides, in pixels, that multiply to `total` and differ least; the shorter first."""
    return next((side, total // side) for side in range(isqrt(total), 0, -1) if total % side == 0)


def oblong(total: int) -> tuple[int, int] | None:
    """Two sides that multiply to `total`, one well beyond its root; None if there are none that people ask for."""
    for side in range(isqrt(total), 0, -1):
        if total % side == 0 and 2 * side <= total // side:
            return (side, total // side) if total // side <= 2 * _WIDEST * side else None
    return None


def beside(total: int, step: int) -> tuple[int, int]:
    """The nearest sides whose product lies beside `total`: above it for a step of 1, below for -1.

    A total that is a prime number has only a line of pixels; the next that people may ask for is taken then.
    """
    for distance in range(1, _SEARCHED):
        if total + step * distance < 1:
            break
        short, long = near_square(total + step * distance)
        if long <= _WIDEST * short:
            return short, long
    return near_square(max(1, total + step))
