"""The mock, made wrong as a defect says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from generator.mock import create_app
from tests.conformance.mutants.messages import Asked, Given
from tests.conformance.mutants.spec_change import changed_spec
from tests.conformance.mutants.steps import step_of

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping, Sequence

    from starlette.applications import Starlette
    from starlette.types import Receive, Scope, Send

    from tests.conformance.mutants.defects import Defect
    from tests.conformance.mutants.steps import Step

KEY: Final = "mock-key"
"""The key that every mock here accepts; the catalogue's entries name it too."""
_IMAGES: Final = "^/_mock/images/"
_REFUSAL = "The request is refused."
_ERRORS: Final = {
    "powertokens": {"error": {"message": _REFUSAL, "type": "invalid_request_error", "param": None, "code": None}},
    "venice": {"error": _REFUSAL, "details": {}},
}
"""The body of an error that breaks no rule, by the API."""


def right_app(defect: Defect) -> Starlette:
    """The right mock beside which a defect shows."""
    return create_app([defect.contract], keys=(KEY,), **defect.mock)


def wrong_app(defect: Defect) -> WrongApp:
    """The mock with a defect."""
    changes = [how for how in defect.how if how["kind"] == "spec"]
    contract = changed_spec(defect.contract, changes) if changes else defect.contract
    steps = [step_of(_of_operation(how, defect)) for how in defect.how if how["kind"] != "spec"]
    return WrongApp(create_app([contract], keys=(KEY,), **defect.mock), steps)


def _of_operation(how: Mapping[str, Any], defect: Defect) -> Mapping[str, Any]:
    """A mutation that, unless it says otherwise, is about the defect's operation, and images also about links."""
    path = f"^{defect.target.path}$"
    when = {"path": f"{path}|{_IMAGES}" if how["kind"] == "image" else path, **how.get("when", {})}
    return (
        {"json": _ERRORS[defect.contract.name], **how, "when": when}
        if how["kind"] == "refuse"
        else {**how, "when": when}
    )


@frozen
class WrongApp:
    """An ASGI application around the mock.

    Attributes:
        app: The mock.
        steps: What stands before it; the first is the nearest to the mock.
    """

    app: Starlette
    steps: Sequence[Step]

    @property
    def state(self) -> Any:
        """The mock's state."""
        return self.app.state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = await self._answered(await _asked(scope, receive), scope, receive, len(self.steps))
        headers = list(given.headers)
        await send({"type": "http.response.start", "status": given.status, "headers": headers})
        await send({"type": "http.response.body", "body": given.body, "more_body": False})

    async def _answered(self, asked: Asked, scope: Scope, receive: Receive, left: int) -> Given:
        if not left:
            return await _answer_of(self.app, asked, scope, receive)
        return await self.steps[left - 1](asked, lambda new: self._answered(new, scope, receive, left - 1))


async def _asked(scope: Scope, receive: Receive) -> Asked:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            break
    query = scope.get("query_string", b"").decode("latin-1")
    return Asked(scope["method"], scope["path"], query, tuple(scope["headers"]), body)


async def _answer_of(app: Starlette, asked: Asked, scope: Scope, receive: Receive) -> Given:
    """What the mock answers, whole."""
    unread = [asked.body]
    start: MutableMapping[str, Any] = {}
    chunks: list[bytes] = []

    async def hand_over() -> MutableMapping[str, Any]:
        if unread:
            return {"type": "http.request", "body": unread.pop(), "more_body": False}
        return await receive()

    async def keep(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        elif message["type"] == "http.response.body":
            chunks.append(message.get("body", b""))

    headers = [pair for pair in asked.headers if pair[0].lower() != b"content-length"]
    if asked.body:
        headers.append((b"content-length", str(len(asked.body)).encode()))
    query = asked.query.encode("latin-1")
    # What a server offers beside ASGI would let the mock's answer past the steps.
    changed = {**scope, "extensions": {}, "headers": headers, "query_string": query, "path": asked.path}
    await app(changed, hand_over, keep)
    return Given(start["status"], tuple(start.get("headers", ())), b"".join(chunks))
