"""An answer by an outline is to the byte what it would be without one, and so is all that is kept of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.mock import DEFAULT_KEY, create_app, transport
from generator.mock.answering.gapped_text import GappedText
from generator.mock.handling import Handler

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.responses import Response

NOW = 1_800_000_000.25
PROMPTS = ("a cat", "%", "100 %(prompt)b %% %b", 'a "dog"\\\n\u2028 猫 🐈 \x7f', "x" * 800, "", "\\u0041")
BODIES: tuple[dict[str, Any], ...] = (
    {},
    {"n": 4, "size": "768*512"},
    {"seed": 5, "negative_prompt": '%b "dogs"', "watermark": True},
    {"seed": 2**31 - 1, "prompt_extend": False, "n": 2},
    {"model": "wan2.7-image-pro", "size": "1328*1328", "quality%": "%d"},
    {"response_format": "b64_json"},
)


def kept(folder: Path, body: dict[str, Any], host: str) -> list[Any]:
    """What each prompt is answered, and what is kept of it."""
    app = create_app(folder=folder, seed=3)
    headers = {"Authorization": f"Bearer {DEFAULT_KEY}", "Host": host}
    with httpx.Client(transport=transport(app), base_url="http://mock", headers=headers) as client:
        sent = [{"model": "qwen-image-2.0-pro", **body, "prompt": prompt} for prompt in PROMPTS]
        answers = [client.post("/v1/images/generations", json=one) for one in sent]
    recipes = app.state.mock.results._database.execute("SELECT * FROM results ORDER BY id")
    entries = [entry.as_json() for entry in app.state.mock.journal.entries()]
    app.state.mock.close()
    return [[(answer.status_code, answer.content) for answer in answers], recipes, entries]


@pytest.mark.parametrize("body", BODIES, ids=repr)
@pytest.mark.parametrize("host", ["mock", 'a"b%\\'])
def test_an_answer_is_the_same_without_an_outline(
    body: dict[str, Any], host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", lambda: NOW)
    monkeypatch.setattr("generator.mock.exchange.getrandbits", lambda bits: 2**bits - 1)
    made: list[str] = []
    by_outline = Handler._answer_by_outline

    def noted(*args: Any) -> Response | None:
        answer = by_outline(*args)
        made.extend(["by outline"] if answer else [])
        return answer

    monkeypatch.setattr(Handler, "_answer_by_outline", noted)
    with_outline = kept(tmp_path / "with", body, host)
    monkeypatch.setattr(Handler, "_answer_by_outline", lambda *_: None)
    assert kept(tmp_path / "without", body, host) == with_outline
    assert {status for status, _ in with_outline[0]} <= {200, 400}
    right = sum(status == 200 for status, _ in with_outline[0])
    assert right >= len(PROMPTS) - 1
    assert len(made) == (0 if "response_format" in body else right)


def test_a_gap_may_stand_several_times_beside_percent_signs() -> None:
    text = GappedText.of(b"5% [abcd] %(a)b [ef] [abcd]%", {b"a": b"abcd", b"b": b"ef"})
    assert text.filled({b"a": b"%b", b"b": b"1", b"c": b"2"}) == b"5% [%b] %(a)b [1] [%b]%"
