"""A line for each request, where it is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx

from generator.mock import DEFAULT_KEY, create_app, transport

if TYPE_CHECKING:
    import pytest


def test_each_request_is_told_once_with_what_became_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    app = create_app(verbose=True)
    headers = {"Authorization": f"Bearer {DEFAULT_KEY}"}
    with httpx.Client(transport=transport(app), base_url="http://mock", headers=headers) as client:
        client.get("/api/v1/models")
        client.get("/api/v1/models", headers={"X-Mock-Fault": "status=503"})
        client.get(f"/v1/nowhere?key={DEFAULT_KEY}")
        client.get("/_mock/requests")
    lines = [re.sub(r"\d+ ms", "1 ms", line) for line in capsys.readouterr().err.splitlines()]
    assert lines[:2] == [
        "GET /api/v1/models listModels -> 200, answered, 1 ms",
        "GET /api/v1/models listModels -> 503, answered, 1 ms",
    ]
    assert lines[2].startswith("GET /v1/nowhere?key=")
    assert lines[2].endswith("-> 404, answered, 1 ms")
    assert DEFAULT_KEY not in lines[2]
    assert len(lines) == 3


def test_nothing_is_told_unless_asked_for(client: httpx.Client, capsys: pytest.CaptureFixture[str]) -> None:
    client.get("/api/v1/models")
    assert capsys.readouterr().err == ""
