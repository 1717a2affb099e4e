"""Iterables whose order is known become lists; whatever else is given stays what it is."""

from __future__ import annotations

import io
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.client.runtime.iterables import listed

if TYPE_CHECKING:
    from collections.abc import Iterator


def _two() -> Iterator[int]:
    yield 1
    yield 2


@pytest.mark.parametrize(
    "value",
    [_two(), iter([1, 2]), map(int, "12"), deque([1, 2]), range(1, 3), {1: 0, 2: 0}.keys(), {0: 1, 3: 2}.values()],
)
def test_what_has_an_order_is_a_list(value: Any) -> None:
    assert listed(value) == [1, 2]


@pytest.mark.parametrize(
    "value",
    ["text", b"bytes", bytearray(b"bytes"), memoryview(b"bytes"), Path("a.png"), io.BytesIO(b"open"),
     ("a.png", b"named"), (1, 2), [1, 2], {1: 2}, {1, 2}, frozenset({1}), None, 1, object()],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_all_else_stays_what_it_is(value: Any) -> None:
    assert listed(value) is value
