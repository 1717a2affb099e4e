"""What a test expects of a request, compared with what came in."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from unittest.mock import ANY

import pytest

from generator.mock.journal.entry import Entry
from generator.mock.testing.matching import differences

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = b"what a file holds"
FILE = {"filename": "cat.png", "size": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest()}


def _differences(body: Any, **fields: object) -> list[str]:
    return list(differences(fields, Entry(id="1", method="POST", path="/", body=body)))


@pytest.mark.parametrize(
    ("expected", "came"),
    [
        (2, 2),
        ("猫", "猫"),
        (None, None),
        (ANY, True),
        (pytest.approx(0.3), 0.1 + 0.2),
        (True, True),
        (CONTENT, FILE),
        ([CONTENT, "https://example.com/a.png"], [FILE, "https://example.com/a.png"]),
        ((1, 2), [1, 2]),
        ({"a": {"b": ANY}}, {"a": {"b": [1]}}),
    ],
)
def test_what_is_equal(expected: object, came: Any) -> None:
    assert not _differences({"x": came}, x=expected)


@pytest.mark.parametrize(
    ("expected", "came"),
    [
        (2, 3),
        (1, True),
        (True, 1),
        (0, False),
        (None, False),
        (b"another file", FILE),
        (CONTENT, CONTENT.decode()),
        ([CONTENT], FILE),
        ([1], [1, 2]),
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": 1}, [1]),
    ],
)
def test_what_differs(expected: object, came: Any) -> None:
    (line,) = _differences({"x": came}, x=expected)
    assert line.startswith("x is ")


def test_a_path_is_the_file_there(tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(CONTENT)
    assert not _differences({"image": [FILE]}, image=[tmp_path / "cat.png"])
    (tmp_path / "cat.png").write_bytes(b"another")
    assert _differences({"image": [FILE]}, image=[tmp_path / "cat.png"])


@pytest.mark.parametrize("body", [{"n": 1}, None, "a text", []])
def test_a_field_that_was_not_sent_is_told(body: Any) -> None:
    assert _differences(body, seed=7) == ["seed is absent, expected 7"]


def test_each_field_that_differs_is_told() -> None:
    found = _differences({"n": 1, "prompt": "A dog", "seed": 7}, n=2, prompt="A cat", seed=7)
    assert found == ["n is 1, expected 2", 'prompt is "A dog", expected "A cat"']
