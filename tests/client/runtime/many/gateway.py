"""A gateway without a network that counts what it was paid for, and many calls over it, in both ways."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import httpx

from generator.client.runtime.client import AsyncClient, SyncClient
from generator.client.runtime.credentials import bearer
from generator.client.runtime.many import Outcome, amany, many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generator.client.runtime.operation import Operation

Way: TypeAlias = Literal["sync", "asyncio"]

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
KEY = "sk-very-secret-key"


def by_link(prompt: str, *, images: int = 1) -> dict[str, Any]:
    """An answer whose images are behind links."""
    return {"created": 7, "data": [{"url": f"https://images.test/{prompt}-{n}"} for n in range(images)]}


class Gateway:
    """Answers requests, and links to images.

    Attributes:
        way: How it is called.
        answers: By prompt, the answer, or an exception; by default one link.
        links: By path, what a link gives; by default an image.
        paid: The prompts that it was asked for, in the order in which they came.
        fetched: The paths of links that were followed.
        hooks: The hooks of the httpx clients.
    """

    def __init__(self, operation: Operation[Any], way: Way) -> None:
        self.operation = operation
        self.way = way
        self.answers: dict[str, Any] = {}
        self.links: dict[str, httpx.Response] = {}
        self.paid: list[str] = []
        self.fetched: list[str] = []
        self.hooks: dict[str, list[Callable[..., Any]]] = {}
        self.max_retries = 0
        self.key: str | Callable[[], str] | None = KEY

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What the API answers, or a link gives."""
        if request.url.host != "host":
            return self.link(request)
        prompt = json.loads(request.content)["prompt"]
        self.paid.append(prompt)
        answer = self.answers.get(prompt, by_link(prompt))
        if callable(answer):
            answer = answer()
        if isinstance(answer, BaseException):
            raise answer
        return _again(answer) if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer)

    def link(self, request: httpx.Request) -> httpx.Response:
        """What a link gives."""
        self.fetched.append(request.url.path[1:])
        image = httpx.Response(200, content=PNG, headers={"content-type": "image/png"})
        return _again(self.links.get(request.url.path[1:], image))

    def settings(self) -> dict[str, Any]:
        """What both kinds of clients are made with."""
        keys = {"key": bearer(self.key, argument="api_key", variable=None)}
        return {
            "default_base_url": "https://host",
            "user_agent": "test/1",
            "credentials": keys,
            "max_retries": self.max_retries,
        }

    def client(self) -> SyncClient:
        """A blocking client."""
        http = httpx.Client(transport=httpx.MockTransport(self.answer), event_hooks=self.hooks)
        return SyncClient(http_client=http, **self.settings())

    def async_client(self) -> AsyncClient:
        """An asynchronous client."""
        http = httpx.AsyncClient(transport=httpx.MockTransport(self.answer), event_hooks=self.hooks)
        return AsyncClient(http_client=http, **self.settings())

    def call(self, requests: Iterable[Any], **options: Any) -> tuple[list[Outcome[Any]], Exception | None]:
        """Make many calls.

        Returns:
            The outcomes by their index, and what was raised after them.
        """
        outcomes: list[Outcome[Any]] = []
        failure = None
        try:
            if self.way == "sync":
                outcomes.extend(many(self.client(), self.operation, requests, **options))
            else:
                asyncio.run(self._acall(outcomes, requests, options))
        except Exception as error:  # noqa: BLE001 - for the test to look at
            failure = error
        return sorted(outcomes, key=lambda outcome: outcome.index), failure

    async def _acall(self, outcomes: list[Outcome[Any]], requests: Iterable[Any], options: dict[str, Any]) -> None:
        async for outcome in amany(self.async_client(), self.operation, requests, **options):
            outcomes.append(outcome)  # noqa: PERF401 - an exception must not lose those before it


def _again(answer: httpx.Response) -> httpx.Response:
    """The same answer, not yet read."""
    return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)
