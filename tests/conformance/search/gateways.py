"""The mock, in this process, right or with one thing wrong with it; and what the run gives the search to reach it."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
from attrs import field, frozen, mutable

from generator.conformance.exchange import Answer, Exchange, Sent
from generator.conformance.search import Found, search
from generator.conformance.settings import Settings
from generator.mock import create_app
from generator.mock.serving.transport import InProcessTransport
from generator.spec import load_all, openapi_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.conformance.case import Expectation
    from generator.conformance.sending import Request
    from generator.spec import Contract, Operation

    Body = dict[str, Any]
    Defect = Callable[[httpx.Request, Body], httpx.Response | Body | None]
    """What is wrong: an answer of its own, or another body to hand on; None to be right."""

KEY = "key-of-the-search"
PLENTY = 10_000


def contract_of(name: str) -> Contract:
    """The contract of this name."""
    return next(contract for contract in load_all(openapi_folder()) if contract.name == name)


class WrongTransport(httpx.BaseTransport):
    """A gateway that is wrong about some JSON bodies.

    Args:
        right: The gateway behind it.
        defect: What is wrong with it.
    """

    def __init__(self, right: httpx.BaseTransport, defect: Defect) -> None:
        self._right = right
        self._defect = defect

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        request.read()
        body = _json(request)
        found = self._defect(request, body) if body is not None else None
        if isinstance(found, httpx.Response):
            return found
        if found is not None:
            headers = {name: value for name, value in request.headers.items() if name != "content-length"}
            request = httpx.Request(request.method, request.url, headers=headers, content=json.dumps(found).encode())
        return self._right.handle_request(request)

    def close(self) -> None:
        """Close the gateway behind it."""
        self._right.close()


def _json(request: httpx.Request) -> Body | None:
    if not request.headers.get("content-type", "").startswith("application/json"):
        return None
    try:
        body = json.loads(request.content)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


@mutable
class Wired:
    """What the run gives the search: sends requests, and tells whether more may be billed.

    Attributes:
        client: Sends.
        may_be_billed: How many requests may be carried out.
        exchanges: All that was sent.
    """

    client: httpx.Client
    may_be_billed: int = PLENTY
    exchanges: list[tuple[Expectation, Exchange]] = field(factory=list)
    _lock: Any = field(factory=threading.Lock)

    def exchange(self, operation: Operation, request: Request, expectation: Expectation) -> Exchange:
        """Send a request."""
        answer = self.client.send(request.build(self.client, {"Authorization": f"Bearer {KEY}"}))
        sent = Sent(request.method, str(answer.url))
        got = Answer(answer.status_code, dict(answer.headers), answer.content, len(answer.content))
        with self._lock:
            found = Exchange(len(self.exchanges) + 1, operation.id, request, sent, got)
            self.exchanges.append((expectation, found))
        return found

    def may_bill(self, kept: int) -> bool:
        """Whether something that is billed may still be sent, with so many more kept for later."""
        return self.billed + kept < self.may_be_billed

    @property
    def billed(self) -> int:
        """How many requests were carried out."""
        return sum(exchange.was_billed for _, exchange in self.exchanges)


@contextmanager
def wired(defect: Defect | None = None, **options: Any) -> Iterator[Wired]:
    """The way to the mock, or to one that is wrong."""
    transport: httpx.BaseTransport = InProcessTransport(create_app(keys=[KEY], balance="1000000"))
    if defect is not None:
        transport = WrongTransport(transport, defect)
    with httpx.Client(base_url="http://gateway.test", transport=transport, timeout=60) as client:
        yield Wired(client, **options)


@frozen
class Searched:
    """A search and what it sent."""

    found: Found
    wired: Wired

    @property
    def rules(self) -> list[str]:
        """The rules that it blames."""
        return [finding.rule for finding in self.found.findings]


def searched(
    name: str,
    defect: Defect | None = None,
    *,
    requests: int,
    seed: int = 0,
    operation: str = "",
    may_be_billed: int = PLENTY,
    examples: str = "",
    workers: int = 1,
    **arguments: Any,
) -> Searched:
    """Search the mock, or one that is wrong."""
    settings = Settings(
        base_url="http://gateway.test",
        fuzz_requests=requests,
        seed=seed,
        operations={operation} if operation else None,
        examples=examples,
        workers=workers,
    )
    with wired(defect, may_be_billed=may_be_billed) as way:
        found = search(
            contract_of(name), settings, way.exchange, may_bill=way.may_bill, observe=lambda _: None, **arguments
        )
    return Searched(found, way)
