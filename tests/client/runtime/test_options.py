"""A client's options: which are taken, and what is said of others."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from generator.client.runtime.client import SyncClient

_SENSELESS: list[dict[str, Any]] = [
    {"deadline": 0},
    {"deadline": -1},
    {"deadline": float("nan")},
    {"deadline": float("inf")},
    {"deadline": 1e10},
    {"timeout": float("inf")},
    {"timeout": httpx.Timeout(5, read=1e10)},
    {"max_retries": -1},
    {"timeout": -1},
    {"timeout": 0},
    {"timeout": httpx.Timeout(5, read=-1)},
]
_OF_WRONG_TYPES: list[dict[str, Any]] = [
    {"deadline": "600"},
    {"max_retries": 1.5},
    {"max_retries": True},
    {"timeout": "60"},
    {"timeout": httpx.Timeout("60")},  # type: ignore[arg-type] # users err
    {"timeout": (1, 2, 3, 4)},
    {"validate": "no"},
    {"retry_lost_answers": "false"},
]


@pytest.mark.parametrize("options", _SENSELESS, ids=str)
def test_options_that_make_no_sense_are_refused(options: dict[str, Any]) -> None:
    (name,) = options
    with pytest.raises(ValueError, match=f"^{name}.* must be"):
        SyncClient(default_base_url="https://host", user_agent="t", **options)
    with SyncClient(default_base_url="https://host", user_agent="t") as client, pytest.raises(ValueError, match=name):
        client.with_options(**options)


@pytest.mark.parametrize("options", _OF_WRONG_TYPES, ids=str)
def test_options_of_wrong_types_are_refused(options: dict[str, Any]) -> None:
    (name,) = options
    with pytest.raises(TypeError, match=f"^{name}.* must be .* not "):
        SyncClient(default_base_url="https://host", user_agent="t", **options)
    with SyncClient(default_base_url="https://host", user_agent="t") as client, pytest.raises(TypeError, match=name):
        client.with_options(**options)


def test_options_that_are_right() -> None:
    options: dict[str, Any] = {"deadline": None, "timeout": httpx.Timeout(None, connect=3), "max_retries": 0}
    with SyncClient(default_base_url="https://host", user_agent="t", **options) as client:
        assert client._options.timeout == httpx.Timeout(None, connect=3)
        assert client.with_options(timeout=60)._options.timeout == httpx.Timeout(60)
