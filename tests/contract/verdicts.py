"""The two verdicts on a request body: the client's, before anything is sent, and the mock's, on the bytes it gets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
from attrs import frozen

from generator.mock.images.recipe import MAX_PIXELS

from .calls import BASE_URL, KEY, call, stub_answer, sync_client
from .forms import encode_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec import Json

    from .subjects import Subject


@frozen
class Verdict:
    """What one side says of a body.

    Attributes:
        accepted: Whether it takes it.
        rules: The ids of the rules that it says the body breaks.
    """

    accepted: bool
    rules: frozenset[str] = frozenset()


class ClientSide:
    """The generated client, over a transport that takes everything.

    Args:
        subject: The request shape.
    """

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._client = sync_client(subject, httpx.MockTransport(lambda _: stub_answer(subject)))
        self._refused = subject.package.errors.RequestRefused

    def verdict(self, body: Mapping[str, Json]) -> Verdict:
        """Whether the client sends the body. Anything but an answer and a refusal is raised."""
        try:
            call(self._subject, self._client, body)
        except self._refused as refused:
            breaches: Any = refused.breaches
            return Verdict(accepted=False, rules=frozenset(breach.rule for breach in breaches))
        return Verdict(accepted=True)


class MockSide:
    """The mock, which gets bodies as bytes that the client had no hand in.

    Args:
        transport: The way to a mock that knows the key.
    """

    def __init__(self, transport: httpx.BaseTransport, key: str = KEY) -> None:
        self.transport = transport
        self._http = httpx.Client(
            transport=transport, base_url=BASE_URL, headers={"Authorization": f"Bearer {key}"}, timeout=60
        )

    def verdict(self, subject: Subject, body: Mapping[str, Json]) -> Verdict:
        """Whether the mock takes the body. A status that is neither 200 nor a refusal of the body is an error."""
        answer, entry = self.exchange(subject, body)
        assert answer.status_code in {200, 400, 413}, f"{answer.status_code}: {answer.text}"
        accepted = answer.status_code == httpx.codes.OK or cannot_draw(answer.text)
        return Verdict(accepted=accepted, rules=frozenset(breach["rule"] for breach in entry["verdict"]))

    def exchange(self, subject: Subject, body: Mapping[str, Json]) -> tuple[httpx.Response, dict[str, Json]]:
        """Send a body; get the answer, and what the mock noted of the request."""
        content_type, content = encoded(subject, body)
        operation = subject.operation
        self.forget()
        answer = self._http.request(
            operation.method, operation.path, content=content, headers={"Content-Type": content_type}
        )
        return answer, self.noted()[-1]

    def forget(self) -> None:
        """Empty the mock's journal."""
        self._http.delete("/_mock/requests").raise_for_status()

    def noted(self) -> list[dict[str, Json]]:
        """The mock's journal, newest last."""
        entries: list[dict[str, Json]] = self._http.get("/_mock/requests").raise_for_status().json()
        return entries


def cannot_draw(answer: str) -> bool:
    """Whether the mock refuses a right request, one for a size that it can't draw, where no document has a bound."""
    return f"this mock draws 1 to {MAX_PIXELS} pixels" in answer


def encoded(subject: Subject, body: Mapping[str, Json]) -> tuple[str, bytes]:
    """A body's Content-Type and bytes."""
    if subject.shape.is_multipart:
        return encode_form(body)
    return "application/json", json.dumps(body).encode()
