"""Media types of bodies: JSON, forms, files by themselves; and which of those that are taken one means."""

from __future__ import annotations

import pytest

from generator.spec.media_types import is_form, is_json, may_be_file, meant


@pytest.mark.parametrize(
    ("media_type", "kinds"),
    [
        ("application/json", {"json"}),
        ("Application/JSON; charset=utf-8", {"json"}),
        ("application/problem+json", {"json"}),
        ("multipart/form-data", {"form"}),
        ("multipart/mixed", set()),
        ("application/x-www-form-urlencoded", set()),
        ("image/png", {"file"}),
        ("image/*", {"file"}),
        ("*/*", {"file"}),
        ("application/json5", {"file"}),
        ("png", set()),
    ],
)
def test_kinds_of_bodies(media_type: str, kinds: set[str]) -> None:
    told = {"json": is_json(media_type), "form": is_form(media_type), "file": may_be_file(media_type)}
    assert {kind for kind, is_it in told.items() if is_it} == kinds


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("image/png", "image/png"),
        ("IMAGE/PNG; a=b", "image/png"),
        ("image/gif", "image/*"),
        ("video/mp4", "*/*"),
        ("image/*", None),
        ("*/*", None),
    ],
)
def test_the_narrowest_media_type_is_meant(stated: str, found: str | None) -> None:
    assert meant(["*/*", "image/*", "image/png"], stated) == found


def test_what_is_not_taken_means_nothing() -> None:
    assert meant(["application/json", "image/*"], "video/mp4") is None
    assert meant(["application/json"], "") is None
