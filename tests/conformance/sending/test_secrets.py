"""No credential is in anything that is told, also where the gateway tells it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.conformance import ExitCode, Report, Settings, run
from generator.conformance.reports import reporters
from generator.conformance.wallets import signing
from generator.spec import Contract, load, openapi_folder

if TYPE_CHECKING:
    from pathlib import Path

    from generator.conformance.events import Event

Judge = Callable[..., Report]
Gateway = Callable[..., Any]
TOKEN = "sk-of-the-tests/+=.*(["
WALLET = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"
FILES = ("json", "html", "junit", "har")


def _written(folder: Path, contract: Contract, settings: Settings, handle: Any, **options: Any) -> Iterator[str]:
    """All that a run tells: its report, its files, its lines."""
    events: list[object] = []
    json_file, html_file, junit_file, har_file = (folder / name for name in FILES)
    with (folder / "lines").open("w", encoding="utf-8") as stream:
        reports = reporters(
            verbose=True,
            json_file=json_file,
            html_file=html_file,
            junit_file=junit_file,
            har_file=har_file,
            stream=stream,
        )

        def observe(event: Event) -> None:
            events.append(event)
            reports(event)

        with reports:
            report = run(contract, settings, transport=httpx.MockTransport(handle), observe=observe, **options)
    assert reports.problems == []
    yield repr(report)
    yield repr(settings)
    yield from map(repr, events)
    yield from (repr(_deep(event)) for event in events)
    yield from ((folder / name).read_text(encoding="utf-8") for name in (*FILES, "lines"))


def _deep(value: Any) -> Any:
    """All that is in an event, also what its representation leaves out."""
    if hasattr(value, "__attrs_attrs__"):
        names = [each.name for each in value.__attrs_attrs__ if each.name not in _OURS]
        return {name: _deep(getattr(value, name)) for name in names}
    if isinstance(value, tuple | list):
        return [_deep(item) for item in value]
    return dict(value) if isinstance(value, dict) else value


_OURS = {"plan", "request", "cases"}
"""What was made before anything was sent; some of it is long."""


def _echoing(request: httpx.Request) -> httpx.Response:
    """Tell whoever comes his own headers, in every place that there is."""
    shown = request.headers.get("authorization", "none")
    token = shown.removeprefix("Bearer ")
    headers = {"x-you": shown, "location": f"https://tiny.example/?key={token}", "set-cookie": f"key={token}"}
    if request.method == "GET":
        return httpx.Response(404, headers=headers, text=token)
    image = {"url": f"https://tiny.example/images/4*4?key={token}", "note": shown}
    if b'"n":2' in request.content:
        return httpx.Response(500, headers=headers, json={"error": f"crashed over {shown}"})
    if b'"n":3' in request.content:
        return httpx.Response(302, headers=headers, text=shown)
    return httpx.Response(200, headers=headers, json={"data": [image], token: shown})


@pytest.mark.usefixtures("no_backoff")
def test_the_token_is_nowhere(tiny: Contract, tmp_path: Path) -> None:
    settings = Settings(base_url="https://tiny.example", token=TOKEN, retries=1)
    told = list(_written(tmp_path, tiny, settings, _echoing))
    assert any("[token]" in text for text in told)
    for text in told:
        assert TOKEN not in text
        assert json.dumps(TOKEN)[1:-1] not in text


def test_a_short_token_spoils_no_verdict(judge: Judge, gateway: Gateway) -> None:
    """A token of one sign stands in every media type."""
    made = gateway()

    def one_letter(request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") == "Bearer a":
            request.headers["authorization"] = "Bearer key-of-the-tests"
        response: httpx.Response = made(request)
        response.headers["x-echo"] = "a"
        return response

    exchanged: list[Any] = []
    report = judge(one_letter, token="a", observe=exchanged.append)
    assert report.findings == ()
    assert report.exit_code is ExitCode.CONFORMS
    answers = [event.exchange.answer for event in exchanged if hasattr(event, "exchange")]
    assert {answer.headers.get("x-echo") for answer in answers} == {"[token]"}
    sent = [event.exchange.sent for event in exchanged if hasattr(event, "exchange") and event.exchange.sent.body]
    assert {each.headers["content-type"] for each in sent} == {
        "application/json",
        "application/json; charset=utf-8",
        "text/plain",
    }


def test_the_token_is_in_no_link_and_no_earlier_answer(judge: Judge) -> None:
    asked: list[httpx.Request] = []

    def fails_once(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        token = request.headers.get("authorization", "none").removeprefix("Bearer ")
        if len([each for each in asked if each.content == request.content]) == 1:
            return httpx.Response(503, headers={"x-you": token}, text=token)
        return httpx.Response(200, json={"data": [{"url": f"/images/4*4?key={token}"}]})

    events: list[Any] = []
    judge(fails_once, observe=events.append, operations={"makeImages"})
    exchanges = [event.exchange for event in events if hasattr(event, "exchange")]
    assert any(exchange.earlier for exchange in exchanges)
    assert "key-of-the-tests" not in repr(_deep(events))


@pytest.fixture(scope="module")
def venice() -> Contract:
    return load(openapi_folder() / "venice.yaml")


@pytest.mark.usefixtures("no_backoff")
def test_a_wallet_and_its_proofs_are_nowhere(venice: Contract, tmp_path: Path) -> None:
    seen: list[str] = []

    def echo(request: httpx.Request) -> httpx.Response:
        proofs = [value for name, value in request.headers.items() if name not in _COMMON and len(value) > 200]
        seen.extend(proofs)
        told = " ".join([*seen[-3:], *(_signature(proof) for proof in seen[-3:])])
        return httpx.Response(402 if proofs else 400, headers={"x-proof": told}, json={"error": told})

    listing = next(each.id for each in venice.operations if _takes_a_wallet(venice, each))
    settings = Settings(base_url="https://v.example", token="key-1234", wallet=WALLET, operations=[listing])
    told = list(_written(tmp_path, venice, settings, echo, sign=signing(venice, settings)))
    assert seen
    for text in told:
        assert WALLET not in text
        for proof in seen:
            assert proof not in text
            assert _signature(proof) not in text
            assert _signature(proof).removeprefix("0x") not in text


_COMMON = {"authorization", "content-type", "user-agent", "accept", "host"}


def _signature(proof: str) -> str:
    signature: str = json.loads(base64.b64decode(proof))["signature"]
    return signature


def _takes_a_wallet(contract: Contract, operation: Any) -> bool:
    return any(contract.security_schemes[name].credential == "wallet" for names in operation.security for name in names)


def test_what_fails_tells_no_token(tiny: Contract) -> None:
    settings = Settings(base_url="https://tiny.example", token="key-1234", wallet=WALLET)

    def broken(_: httpx.Request) -> httpx.Response:
        raise RuntimeError("a bug of ours, with key-1234")

    report = run(tiny, settings, transport=httpx.MockTransport(broken))
    assert "RuntimeError" in report.ended
    assert "key-1234" not in repr(report)
    assert "key-1234" not in repr(settings)
    assert WALLET not in repr(settings)
