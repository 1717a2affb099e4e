"""What the client sends is what the caller gave, no more and no less: on the wire, and in the mock's journal."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from .bodies import good_bodies, pools
from .calls import BASE_URL, async_client, call, call_function, call_method, stub_answer, sync_client
from .given import as_form, as_json, given_bodies
from .search import DEEP, SEARCH
from .subjects import Subject, subjects
from .uploads import Desk
from .wire import JSON, MULTIPART, Wire, read_form, read_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.applications import Starlette

    from generator.spec import Json

    from .verdicts import MockSide
    from .wire import Part

pytestmark = [
    # A deprecated field is a legal one; that it warns is for other tests.
    pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning"),
    # A body found may hold a text of 32,768 characters; that Hypothesis shows it whole is no failure of its own.
    pytest.mark.filterwarnings("ignore:Generating overly large repr:hypothesis.errors.HypothesisWarning"),
]

WIRE_TRIPS = settings(SEARCH, max_examples=1000 if DEEP else 20)
ROUND_TRIPS = settings(SEARCH, max_examples=500 if DEEP else 20)

each_style = pytest.mark.parametrize("style", ["sync", "async"])
every_shape = pytest.mark.parametrize("subject", subjects(), ids=lambda subject: subject.id)

open_shapes = pytest.mark.parametrize(
    "subject",
    [subject for subject in subjects() if subject.shape.schema.get("additionalProperties") is not False],
    ids=lambda subject: subject.id,
)


@pytest.mark.deep
@every_shape
@each_style
def test_the_wire_says_what_the_caller_gave(subject: Subject, style: str, tmp_path: Path) -> None:
    """For any request that the client doesn't refuse, by the method and by the function."""
    wire = Wire(lambda: stub_answer(subject))
    send = _sender(subject, style, wire.transport, wire.transport)

    @WIRE_TRIPS
    @given(body=given_bodies(subject), by_method=st.booleans())
    def search(body: dict[str, Any], by_method: bool) -> None:  # noqa: FBT001 - drawn
        with Desk(tmp_path) as desk:
            given = desk.given(body)
            try:
                send(given, by_method=by_method)
            except subject.package.errors.RequestRefused:
                reject()  # fields that are good for themselves may break a condition between them
        _must_say(wire.taken(), body, subject)

    search()


@open_shapes
@each_style
def test_falsy_values_of_undocumented_fields_are_sent(subject: Subject, style: str) -> None:
    wire = Wire(lambda: stub_answer(subject))
    body = {**_least(subject), "a": None, "b": False, "c": 0, "d": "", "e": [], "f": {}, "g": 0.0, "h": [None, False]}
    _sender(subject, style, wire.transport, wire.transport)(body, by_method=False)
    _must_say(wire.taken(), body, subject)


def _must_say(request: httpx.Request, body: dict[str, Any], subject: Subject) -> None:
    """A request must say a body, and nothing else but what HTTP wants."""
    assert (request.method, str(request.url)) == (subject.operation.method, f"{BASE_URL}{subject.operation.path}")
    names = [name for name, _ in request.headers.multi_items()]
    assert len(names) == len(set(names))
    assert set(names) == {
        *("host", "accept", "accept-encoding", "connection", "user-agent", "authorization"),
        *("content-type", "content-length"),
    }
    assert int(request.headers["content-length"]) == len(request.content)
    content_type = request.headers["content-type"]
    if subject.shape.is_multipart:
        assert content_type.startswith(f"{MULTIPART}; boundary=")
        assert _by_name(read_form(request)) == _by_name(as_form(body))
    else:
        assert content_type == JSON
        assert _as_json(read_json(request)) == _as_json(as_json(body))


def _by_name(parts: list[Part]) -> dict[str, list[str]]:
    """The contents of parts, in the order of each name: that of different names means nothing."""
    found: dict[str, list[str]] = {}
    for part in parts:
        shown = part.content if isinstance(part.content, (str, bytes)) else _as_json(part.content)
        found.setdefault(part.name, []).append(f"{type(part.content).__name__} {shown!r}")
    return found


@pytest.mark.deep
@every_shape
@each_style
def test_the_mock_reads_what_the_caller_gave(
    subject: Subject, style: str, mock_side: MockSide, mock_app: Starlette
) -> None:
    send = _sender(subject, style, mock_side.transport, httpx.ASGITransport(mock_app))

    @ROUND_TRIPS
    @given(body=good_bodies(subject))
    def search(body: dict[str, Json]) -> None:
        try:
            received = _received(mock_side, send, body)
        except subject.package.errors.RequestRefused:
            reject()  # fields that are good for themselves may break a condition between them
        assert received == _as_json(_noted(body))

    search()


@every_shape
@each_style
def test_explicit_false_and_zero_are_sent_and_what_is_absent_is_not(
    subject: Subject, style: str, mock_side: MockSide, mock_app: Starlette
) -> None:
    """Also where false, zero or another value is what the gateway takes in the field's absence."""
    send = _sender(subject, style, mock_side.transport, httpx.ASGITransport(mock_app))
    least = _least(subject)
    falsy = {
        name: value
        for name, pool in pools(subject).items()
        for value in pool.good
        if name not in least and (value is False or (type(value) is int and value == 0))
    }
    assert falsy, "no field of this shape takes false or zero; give the test another shape"
    assert _received(mock_side, send, least) == _as_json(_noted(least))
    assert _received(mock_side, send, {**least, **falsy}) == _as_json(_noted({**least, **falsy}))


def _least(subject: Subject) -> dict[str, Json]:
    """The required fields alone."""
    return {name: pools(subject)[name].good[0] for name in subject.shape.schema["required"]}


def _sender(
    subject: Subject, style: str, over: httpx.BaseTransport, awaited: httpx.AsyncBaseTransport
) -> Callable[..., Any]:
    """A function that makes one call, by the method or by the function, and waits for its end."""

    def made(client: Any, body: dict[str, Any], *, by_method: bool | None) -> Any:
        if by_method is None:
            return call(subject, client, body)
        if not by_method:
            return call_function(subject, client, body)
        several = len({shape.media_type for shape in subject.operation.shapes}) > 1
        return call_method(subject, client, body, **{"content_type": subject.shape.media_type} if several else {})

    if style == "sync":
        client = sync_client(subject, over)
        return lambda body, *, by_method=None: made(client, body, by_method=by_method)

    async def send(body: dict[str, Any], *, by_method: bool | None) -> None:
        await made(async_client(subject, awaited), body, by_method=by_method)

    return lambda body, *, by_method=None: asyncio.run(send(body, by_method=by_method))


def _received(mock_side: MockSide, send: Callable[[dict[str, Json]], Any], body: dict[str, Json]) -> str:
    """The one body that the mock has noted after a call, as JSON."""
    mock_side.forget()
    send(body)
    entries = mock_side.noted()
    assert len(entries) == 1
    return _as_json(_without_names(entries[0]["body"]))


def _as_json(value: Json) -> str:
    """A value as text, in which 1 isn't 1.0 and not true either."""
    return json.dumps(value, sort_keys=True)


def _noted(value: Json) -> Json:
    """A body as the journal has it: of a file its size and hash."""
    if isinstance(value, bytes):
        return {"size": len(value), "sha256": hashlib.sha256(value).hexdigest()}
    if isinstance(value, dict):
        return {name: _noted(item) for name, item in value.items()}
    return [_noted(item) for item in value] if isinstance(value, list) else value


def _without_names(value: Json) -> Json:
    """The journal's body without the names and media types that the client makes up for nameless bytes."""
    if isinstance(value, dict):
        kept = value.keys() - {"filename", "media_type", "blob"} if "sha256" in value else value.keys()
        return {name: _without_names(value[name]) for name in kept}
    return [_without_names(item) for item in value] if isinstance(value, list) else value
