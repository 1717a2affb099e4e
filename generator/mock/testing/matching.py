"""Compares what a test expects of a request with what the journal has of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from generator.mock.testing.telling import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.mock.journal.entry import Entry
    from generator.spec.model import Json


def differences(fields: Mapping[str, object], entry: Entry) -> Iterator[str]:
    """What keeps a request from having these fields in its body, a line each; nothing if it has them all.

    Args:
        fields: What each field should be: a value as JSON has it, anything that compares itself (`unittest.mock.ANY`,
            `pytest.approx`), or, of a file, its content as bytes or where it is as a path.
        entry: The request.
    """
    body: Mapping[str, Json] = entry.body if isinstance(entry.body, dict) else {}
    for name, expected in fields.items():
        if name not in body:
            yield f"{name} is absent, expected {told(expected)}"
        elif not _equal(expected, body[name]):
            yield f"{name} is {told(body[name])}, expected {told(expected)}"


def _equal(expected: object, came: Json) -> bool:
    match expected:
        case bytes():
            return isinstance(came, dict) and came.get("sha256") == hashlib.sha256(expected).hexdigest()
        case Path():
            return _equal(expected.read_bytes(), came)
        case list() | tuple():
            same = isinstance(came, list) and len(came) == len(expected)
            return same and all(_equal(one, other) for one, other in zip(expected, came, strict=True))
        case Mapping():
            same = isinstance(came, dict) and came.keys() == expected.keys()
            return same and all(_equal(value, came[name]) for name, value in expected.items())
        case int() | float() if isinstance(expected, bool) != isinstance(came, bool):
            return False  # to Python true is 1
        case _:
            return bool(expected == came)
