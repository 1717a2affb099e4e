"""The README's tables of faults: complete, and each row true of what arrives over a socket."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs import fields_dict

import generator.mock
from generator.mock.faults import Fault
from generator.mock.faults.notation import fault_of_text
from generator.mock.faults.ready import READY
from generator.mock.journal.journal_filter import JournalFilter
from tests.mock.faults.wire import Heard, Wire, ask, until

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from generator.mock import RunningMock
    from generator.mock.handle import MockControl

    Check = Callable[[Heard], bool]

GENERATE = "/v1/images/generations"
BODY = json.dumps({"model": "qwen-image-2.0-pro", "prompt": "p"}).encode()
README = Path(generator.mock.__file__).with_name("README.md").read_text(encoding="utf-8")
SECTION = README.partition("## A bad day on demand\n")[2].partition("\n## ")[0]


def rows(title: str) -> dict[str, str]:
    """The rows of a table in the README: what stands in the first column, and in the last."""
    table = SECTION.partition(f"| {title} |")[2].partition("\n\n")[0]
    return dict(re.findall(r"^\| `([^`]+)` \|(?:.*\|)? (.+) \|$", table, re.MULTILINE))


def status(number: int, *needles: str) -> Check:
    def check(heard: Heard) -> bool:
        found = all(needle in heard.head + heard.body.decode() for needle in needles)
        return heard.head.startswith(f"http/1.1 {number} ") and found and heard.end == "closed"

    return check


def documented(number: int, code: str, *needles: str) -> Check:
    """A documented error, in its shape."""

    def check(heard: Heard) -> bool:
        error = json.loads(heard.body)["error"]
        return status(number, *needles)(heard) and error["code"] == code and set(error) >= {"message", "type", "param"}

    return check


def ended(heard: Heard, end: str, *, raw: bytes = b"") -> bool:
    return (heard.end, heard.raw) == (end, raw)


def body_of(heard: Heard) -> dict[str, list[dict[str, str]]]:
    value: dict[str, list[dict[str, str]]] = json.loads(heard.body)
    return value


def is_half(heard: Heard) -> bool:
    length = re.search(r"content-length: (\d+)", heard.head)
    return length is not None and len(heard.body) == int(length[1]) // 2 and heard.end == "closed"


def is_half_of_chunks(heard: Heard) -> bool:
    return (
        "transfer-encoding: chunked" in heard.head and heard.body != b"" and not heard.body.endswith(b"\r\n0\r\n\r\n")
    )


ROWS: dict[str, Check] = {
    "ok": status(200, '"data"'),
    "unauthorized": documented(401, "access_denied"),
    "payment-required": status(402, '"error"', '"message"'),
    "rate-limit": documented(429, "insufficient_user_quota", "retry-after: 1"),
    "server-error": documented(500, "gen_relay_info_failed"),
    "bad-gateway": documented(502, "bad_response_status_code"),
    "bad-gateway-html": status(502, "content-type: text/html", "<h1>502 Bad Gateway</h1>"),
    "overloaded": documented(503, "get_channel_failed", "retry-after: 1"),
    "gateway-timeout": status(504, '"error"', '"message"'),
    "reset": lambda heard: ended(heard, "reset"),
    "reset-after": lambda heard: ended(heard, "reset"),
    "hang-up": lambda heard: ended(heard, "closed"),
    "truncated": is_half,
    "truncated-chunked": is_half_of_chunks,
    "garbage": lambda heard: bool(heard.raw) and not heard.raw.startswith(b"HTTP/"),
    "wrong-type": status(200, "content-type: text/plain", '"data"'),
    "bad-json": lambda heard: heard.body == b'{"created": 17' and "application/json" in heard.head,
    "empty": lambda heard: heard.body == b"" and heard.head.startswith("http/1.1 200 "),
    "unknown-enum": status(200, '"finish_reason":"mock_unknown_value"', '"revised_prompt":"p '),
    "unknown-field": lambda heard: "mock_unknown_value" in body_of(heard)["data"][0],
    "expired-url": lambda heard: body_of(heard)["data"][0]["url"].endswith("?expires=1"),
}
"""What arrives, by ready-made fault. Those that aren't here have a test of their own below."""

WORK_DONE = frozenset(ROWS) - {
    *("unauthorized", "payment-required", "rate-limit", "server-error", "bad-gateway", "bad-gateway-html"),
    *("overloaded", "gateway-timeout", "reset"),
}


def test_the_readme_lists_every_ready_made_fault() -> None:
    assert rows("name") == {name: ready.summary for name, ready in READY.items()}


def test_the_readme_lists_every_field() -> None:
    assert list(rows("field")) == [name for name in fields_dict(Fault) if name != "name"]


def test_every_ready_made_fault_has_a_test() -> None:
    assert {*ROWS, "timeout", "slow", "content-violation"} == set(READY)


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("way", ["header", "prompt", "script"])
def test_a_ready_made_fault(name: str, way: str, served: RunningMock, mock: MockControl) -> None:
    headers = {"Authorization": f"Bearer {served.key}", "Content-Type": "application/json"}
    body = BODY
    if way == "header":
        headers["X-Mock-Fault"] = name
    elif way == "prompt":
        body = json.dumps({"model": "qwen-image-2.0-pro", "prompt": f"[mock {name}] p"}).encode()
        body = body if name != "unknown-enum" else body.replace(b"] p", b"] p ")
    else:
        mock.faults.add(name)
    heard = ask(served.url, GENERATE, headers, body)
    if way == "prompt" and name == "unknown-enum":
        assert '"finish_reason":"mock_unknown_value"' in heard.body.decode()
    else:
        assert ROWS[name](heard), heard
    (attempt,) = mock.attempts()
    assert attempt.fault == name
    (entry,) = mock.journal.entries()
    assert bool(entry.images) == (name in WORK_DONE)
    assert attempt.finished is not None
    if way == "script":
        assert ask(served.url, GENERATE, headers, body).head.startswith("http/1.1 200 ")


def test_no_answer_comes_until_the_caller_gives_up(served: RunningMock, mock: MockControl) -> None:
    headers = {"Authorization": f"Bearer {served.key}", "Content-Type": "application/json", "X-Mock-Fault": "timeout"}
    wire = Wire.to(served.url)
    wire.send(GENERATE, headers, BODY)
    (entry,) = until(lambda: mock.journal.entries(JournalFilter(outcome="under way")))
    assert (entry.answer, entry.first_byte, entry.finished) == (None, "", "")
    assert entry.images
    wire.close()
    (entry,) = until(lambda: mock.journal.entries(JournalFilter(outcome="caller gone")))
    assert (entry.answer, entry.first_byte) == (None, "")
    assert entry.finished


def test_a_slow_answer_waits_and_drips() -> None:
    fault = fault_of_text(
        "slow"
    )  # how waiting and dripping go is a matter of test_performing; this would take a second
    assert (fault.delay, fault.bytes_per_second) == (1, 10_000)


def test_a_violation_is_blurred_and_told(http: httpx.Client, mock: MockControl, png: bytes) -> None:
    form = {"prompt": "p"}
    plain = http.post("/api/v1/image/edit", data=form, files={"image": png})
    mock.faults.fail_next("content-violation", times=2)
    blurred = http.post("/api/v1/image/edit", data=form, files={"image": png})
    unsafe = http.post("/api/v1/image/edit", data={**form, "safe_mode": "false"}, files={"image": png})
    told = [answer.headers["x-venice-is-content-violation"] for answer in (plain, blurred, unsafe)]
    assert told == ["false", "true", "false"]
    assert plain.content != blurred.content
    assert unsafe.status_code == 200
