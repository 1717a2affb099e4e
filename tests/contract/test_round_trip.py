"""What the client sends is what the caller gave, no more and no less, as the mock's journal shows it."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given, reject, settings

from .bodies import good_bodies, pools
from .calls import async_client, call, sync_client
from .search import DEEP, SEARCH
from .subjects import Subject, subjects

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.applications import Starlette

    from generator.spec import Json

    from .verdicts import MockSide

pytestmark = [
    # A deprecated field is a legal one; that it warns is for other tests.
    pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning"),
    # A body found may hold a text of 32,768 characters; that Hypothesis shows it whole is no failure of its own.
    pytest.mark.filterwarnings("ignore:Generating overly large repr:hypothesis.errors.HypothesisWarning"),
]

ROUND_TRIPS = settings(SEARCH, max_examples=500 if DEEP else 40)

every_shape = pytest.mark.parametrize("subject", subjects(), ids=lambda subject: subject.id)


@pytest.mark.deep
@every_shape
@pytest.mark.parametrize("style", ["sync", "async"])
def test_the_mock_reads_what_the_caller_gave(
    subject: Subject, style: str, mock_side: MockSide, mock_app: Starlette
) -> None:
    send = _sender(subject, style, mock_side, mock_app)

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
@pytest.mark.parametrize("style", ["sync", "async"])
def test_explicit_false_and_zero_are_sent_and_what_is_absent_is_not(
    subject: Subject, style: str, mock_side: MockSide, mock_app: Starlette
) -> None:
    """Also where false, zero or another value is what the gateway takes in the field's absence."""
    send = _sender(subject, style, mock_side, mock_app)
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


def _sender(subject: Subject, style: str, mock_side: MockSide, mock_app: Starlette) -> Callable[[dict[str, Json]], Any]:
    """A function that makes one call and waits for its end."""
    if style == "sync":
        client = sync_client(subject, mock_side.transport)
        return lambda body: call(subject, client, body)

    async def send(body: dict[str, Json]) -> None:
        client = async_client(subject, httpx.ASGITransport(mock_app))
        await call(subject, client, body)

    return lambda body: asyncio.run(send(body))


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
        kept = value.keys() - {"file", "media_type"} if "sha256" in value else value.keys()
        return {name: _without_names(value[name]) for name in kept}
    return [_without_names(item) for item in value] if isinstance(value, list) else value
