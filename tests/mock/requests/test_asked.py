"""Roles in bodies: the field, its documented default, or the mock's own."""

from __future__ import annotations

from typing import Any

import pytest

from generator.mock.requests.asked import Asked, AskedFormat
from generator.spec.field_roles import Role

SCHEMA: dict[str, Any] = {
    "properties": {
        "how_many": {"x-role": "count", "default": 3},
        "luck": {"x-role": "seed"},
        "kind": {"x-role": "format", "x-default-from": {"property": "large", "values": {"yes": "jpeg", "no": "webp"}}},
        "large": {"default": "no"},
    }
}


@pytest.mark.parametrize(
    ("body", "role", "wanted"),
    [
        ({"how_many": 2}, Role.COUNT, 2),
        ({}, Role.COUNT, 3),
        ({"luck": 0}, Role.SEED, 0),
        ({}, Role.SEED, 9),
        ({"model": "m"}, Role.MODEL, 9),
    ],
)
def test_what_is_asked_for(body: dict[str, Any], role: Role, wanted: int) -> None:
    assert Asked.in_bodies(SCHEMA, role, 9).of(body) == wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [({}, "webp"), ({"large": "yes"}, "jpeg"), ({"large": "perhaps"}, "png"), ({"kind": "gif", "large": "yes"}, "gif")],
)
def test_a_format_follows_another_field(body: dict[str, Any], wanted: str) -> None:
    assert AskedFormat.in_bodies(SCHEMA, "png").of(body) == wanted


def test_without_a_field_for_it_the_format_is_the_default() -> None:
    assert AskedFormat.in_bodies({}, "png").of({"format": "gif"}) == "png"
