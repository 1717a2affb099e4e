"""What nobody may see is taken out of whatever an answer holds: its headers, their names, its body, its links."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
import pytest

from generator.conformance.gateway import Gateway
from generator.conformance.masking import Masks
from generator.conformance.sending import Request

if TYPE_CHECKING:
    from generator.conformance import Report
    from generator.conformance.exchange import Answer
    from generator.spec import Contract

Judge = Callable[..., "Report"]
TOKEN = "sk-Of/the+Tests 9é"
MASKED = "[token]"


@pytest.fixture
def masks() -> Masks:
    """Masks that know one token."""
    made = Masks(["X-Gate-Key"])
    made.keep(TOKEN)
    return made


@pytest.mark.parametrize(
    "form", [TOKEN, quote(TOKEN, safe=""), json.dumps(TOKEN)[1:-1], json.dumps(TOKEN)[1:-1].replace("/", "\\/")]
)
def test_a_token_is_found_however_it_is_written(masks: Masks, form: str) -> None:
    assert masks.text(f"a{form}b") == f"a{MASKED}b"
    assert masks.data(f"a{form}b".encode()) == f"a{MASKED}b".encode()
    assert masks.headers({"location": f"/?k={form}", "x": "y"}) == {"location": f"/?k={MASKED}", "x": "y"}


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("set-cookie", "session=abc", "[cookie]"),
        ("set-cookie2", "session=abc", "[cookie]"),
        ("authorization", "Bearer other", MASKED),
        ("x-api-key", "other", MASKED),
        ("x-gate-key", "other", MASKED),
        ("location", "https://me:pass@host/x?a=b@c", f"https://{MASKED}@host/x?a=b@c"),
        ("location", "//host/@x", "//host/@x"),
        ("link", "<https://me@host/>; rel=next", f"<https://{MASKED}@host/>; rel=next"),
        ("x-mail", "mailto:me@host", "mailto:me@host"),
    ],
)
def test_what_a_gateway_hands_out(masks: Masks, name: str, value: str, shown: str) -> None:
    assert masks.headers({name: value}) == {name: shown}


def test_user_names_in_a_body(masks: Masks) -> None:
    body = b'{"url":"https:\\/\\/me:pass@host\\/x","at":"http://a:b@c/","mail":"a@b"}'
    assert masks.data(body) == b'{"url":"https:\\/\\/[token]@host\\/x","at":"http://[token]@c/","mail":"a@b"}'


def test_the_names_of_headers_have_lost_their_upper_case() -> None:
    masks = Masks()
    masks.keep("Key-OF-tests")
    assert masks.headers({"x-key-of-tests-x": "y"}) == {"x-[token]-x": "y"}


def test_a_short_token_is_in_no_name() -> None:
    masks = Masks()
    masks.keep("a")
    assert masks.headers({"date": "today"}) == {"date": "tod[token]y"}


@pytest.mark.parametrize("before", [65_530, 995])
def test_a_token_at_the_end_of_what_is_kept_is_not_cut_in_two(tiny: Contract, before: int) -> None:
    token = "token-that-is-cut-in-two"
    body = b" " * before + token.encode() + b" " * 100_000

    def handle(_: httpx.Request) -> httpx.Response:
        return httpx.Response(400, content=body)

    with Gateway(tiny, "https://tiny.example", token, httpx.MockTransport(handle)) as gateway:
        operation = next(each for each in tiny.operations if each.method == "POST")
        request = Request("POST", "/images", media_type="application/json", body={})
        _, answer = gateway.send(operation, request, 1)
        assert answer.body == body
        assert b"toke" not in gateway.beginning(answer).body.replace(b"[token]", b"").replace(b"[toke", b"")
        assert b"token-" not in gateway._shown(answer).body


def test_a_verdict_stands_on_what_really_came(judge: Judge) -> None:
    events: list[Any] = []
    headers = {"set-cookie": "session=abc", "location": "https://me:pass@elsewhere.example/"}
    report = judge(lambda _: httpx.Response(302, headers=headers), observe=events.append)
    told = f"{report!r} {report.unjudged} {[vars_of(event) for event in events]}"
    assert "elsewhere.example" in told
    assert "me:pass" not in told
    assert "session=abc" not in told


def vars_of(event: Any) -> list[Answer]:
    """The headers of an event's answers."""
    exchange = getattr(event, "exchange", None)
    return [answer.headers for answer in (*exchange.earlier, exchange.answer)] if exchange else []
