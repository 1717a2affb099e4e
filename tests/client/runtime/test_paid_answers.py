"""What was paid for isn't lost: odd answers keep their data, and no failure hides that a request may be billed."""

from __future__ import annotations

import copy
import io
import pickle
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.client.runtime import answer_body, attempt, errors
from generator.client.runtime.credentials import bearer

if TYPE_CHECKING:
    from generator.client.runtime.operation import Operation

    from .wires import Wire

_FIELDS = {"model": "one", "prompt": "x"}
_GOOD = b'{"created": 1, "data": [{"url": "https://host/1.png"}]}'
_LONG = "A" * 200_000


def _failing_at(number: int, failure: Exception) -> Any:
    """A function for a key that fails when it is asked for the so-manieth time."""
    asked: list[int] = []

    def key() -> str:
        asked.append(0)
        if len(asked) == number:
            raise failure
        return "sk-secret-key"

    return {"key": bearer(key, argument="api_key", variable=None)}


@pytest.mark.parametrize("failure", [errors.CredentialsMissing("the vault is shut"), LookupError("the vault is shut")])
def test_a_key_that_fails_does_not_hide_a_lost_answer(wire: Wire, make: Operation[Any], failure: Exception) -> None:
    wire.options = {"retry_lost_answers": True, "credentials": _failing_at(2, failure)}
    wire.answers = [httpx.ReadTimeout("gone")]
    with pytest.raises(errors.AnswerLost, match=r"billed.*It was repeated, which ended in: .+") as caught:
        wire.call(make, _FIELDS)
    assert caught.value.request is not None
    assert caught.value.__context__ is None


def test_a_key_that_fails_at_once_is_told_as_it_is(wire: Wire, make: Operation[Any]) -> None:
    wire.options = {"credentials": _failing_at(1, LookupError("the vault is shut"))}
    with pytest.raises(LookupError, match="the vault is shut"):
        wire.call(make, _FIELDS)


def test_a_key_that_takes_too_long_costs_nothing(
    wire: Wire, make: Operation[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]

    def key() -> str:
        now[0] += 60
        return "sk-secret-key"

    monkeypatch.setattr("time.monotonic", lambda: now[0])
    wire.options = {"deadline": 30, "credentials": {"key": bearer(key, argument="api_key", variable=None)}}
    with pytest.raises(errors.ConnectionFailed, match=r"the deadline passed before the request was sent\. Nothing was"):
        wire.call(make, _FIELDS)
    assert wire.sent == []


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_a_call_that_is_stopped_tells_that_it_may_be_billed(
    wire: Wire, make: Operation[Any], look: Operation[Any], stop: type[BaseException]
) -> None:
    wire.answers = [stop(), stop()]
    with pytest.raises(stop) as caught:
        wire.call(make, _FIELDS)
    (note,) = caught.value.__notes__
    assert note.startswith("POST https://host/api/v1/images: the request may have been sent, so that it may have been")
    with pytest.raises(stop) as caught:
        wire.call(look, {})
    assert not hasattr(caught.value, "__notes__"), "looking costs nothing"


def test_a_call_that_is_stopped_in_a_pause_tells_what_was_lost(
    wire: Wire, make: Operation[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stop:
        """A list of pauses that takes none."""

        def append(self, seconds: float) -> None:
            raise KeyboardInterrupt(seconds)

    monkeypatch.setattr(wire, "pauses", Stop())
    wire.options = {"retry_lost_answers": True}
    wire.answers = [httpx.ReadTimeout("gone")]
    with pytest.raises(KeyboardInterrupt) as caught:
        wire.call(make, _FIELDS)
    assert "may have been carried out and billed" in caught.value.__notes__[0]


@pytest.mark.parametrize("body", [{"n": 1}, {"n": "sk-secret-key", "sk-secret-key": [_LONG, None, 1.5]}])
def test_an_odd_field_keeps_what_was_paid_for(wire: Wire, make: Operation[Any], body: dict[str, Any]) -> None:
    wire.options = {"credentials": {"key": bearer("sk-secret-key", argument="api_key", variable=None)}}
    wire.answers = [httpx.Response(200, json={"created": "soon", "data": [{"url": "https://host/1.png"}], **body})]
    with pytest.raises(errors.AnswerUnreadable, match="created: is a string") as caught:
        wire.call(make, _FIELDS)
    error = caught.value
    assert error.data["data"][0]["url"] == "https://host/1.png"
    assert error.data["n"] in {1, "***"}
    assert error.data.get("***", []) in ([], [_LONG, None, 1.5])
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301 - our own bytes
        assert twin.data == error.data


def test_an_image_that_finds_no_room_tells_that_it_may_be_billed(
    wire: Wire, make: Operation[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.BytesIO):
        """A disk without room."""

        def write(self, _: object) -> int:
            raise OSError("no space left")

    monkeypatch.setattr(answer_body, "temporary_file", Full)
    wire.answers = [httpx.Response(200, content=b"\x89PNG", headers={"Content-Type": "image/png"})]
    with pytest.raises(errors.FileProblem, match="make room") as caught:
        wire.call(make, _FIELDS)
    assert "may have been carried out and billed" in caught.value.__notes__[0]
    assert "billed" in pickle.loads(pickle.dumps(caught.value)).__notes__[0]  # noqa: S301 - our own bytes


def test_an_odd_field_of_a_whole_answer_keeps_it_too(wire: Wire, make: Operation[Any], prompt: type[Any]) -> None:
    wire.answers = [httpx.Response(200, json={"created": "soon"})]
    with pytest.raises(errors.AnswerUnreadable) as caught:
        wire.sync().send_detailed(make, prompt(**_FIELDS))
    assert caught.value.data == {"created": "soon"}


@pytest.mark.parametrize("media_type", ["text/plain; charset=utf-8", "application/octet-stream", None])
@pytest.mark.parametrize("chunked", [True, False])
def test_json_is_read_though_the_server_calls_it_otherwise(
    wire: Wire, look: Operation[Any], media_type: str | None, *, chunked: bool
) -> None:
    headers = {} if media_type is None else {"Content-Type": media_type}
    good = httpx.Response(200, content=_GOOD, headers=headers)
    if chunked:
        del good.headers["Content-Length"]
    wire.answers = [good, httpx.Response(200, content=b"oops")]
    assert wire.call(look, {})["created"] == 1
    with pytest.raises(
        errors.AnswerUnreadable, match="no media type where the API documents application/json"
    ) as caught:
        wire.call(look, {})
    assert caught.value.text == "oops"


def test_a_page_or_another_documented_type_is_not_taken_for_json(
    wire: Wire, make: Operation[Any], look: Operation[Any]
) -> None:
    wire.answers = [
        httpx.Response(200, content=_GOOD, headers={"Content-Type": "text/html"}),
        httpx.Response(200, content=_GOOD, headers={"Content-Type": "application/octet-stream"}),
    ]
    for operation, fields in ((look, {}), (make, _FIELDS)):
        with pytest.raises(errors.AnswerUnreadable, match="where the API documents"):
            wire.call(operation, fields)


@pytest.mark.parametrize("headers", [{}, {"Transfer-Encoding": "chunked"}])
def test_a_whole_answer_that_is_too_large_is_not_cut(
    make: Operation[Any], prompt: type[Any], headers: dict[str, str], wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempt, "LARGEST", len(_GOOD) - 1)
    media_type = {"Content-Type": "application/json"}
    wire.answers = [httpx.Response(200, content=_GOOD, headers={**media_type, **headers})]
    with pytest.raises(errors.AnswerUnreadable, match="larger than 54 bytes"):
        wire.sync().send_detailed(make, prompt(**_FIELDS))


@pytest.mark.parametrize(
    "name", ["Authorization", "X-Api-Key", "Cookie", "Proxy-Authorization", "X-Amz-Security-Token"]
)
@pytest.mark.parametrize("where", ["options", "http"])
def test_credentials_among_the_users_headers_are_masked(
    wire: Wire, look: Operation[Any], name: str, where: str
) -> None:
    headers = {name: "session=hunter2-and-more"}
    wire.options = {"credentials": {}}
    if where == "http":
        wire.http = {"headers": headers}
    else:
        wire.headers = headers
    said = {"error": "no hunter2-and-more", "who": "session=hunter2-and-more"}
    wire.answers = [httpx.Response(401, json=said, headers={"X-Request-Id": "session=hunter2-and-more"})]
    with pytest.raises(errors.Unauthorized) as caught:
        wire.call(look, {})
    assert "session=hunter2" not in f"{caught.value} {vars(caught.value)}"
    if name == "Cookie":
        assert "hunter2" not in f"{caught.value} {vars(caught.value)}"


def test_a_given_httpx_client_does_not_say_what_our_bodies_are(
    wire: Wire, make: Operation[Any], form: type[Any]
) -> None:
    wire.http = {"headers": {"Content-Type": "application/json"}}
    wire.answers = [httpx.Response(200, content=_GOOD, headers={"Content-Type": "application/json"})]
    wire.sync().send(make, form(prompt="x", image=b"\x89PNG\r\n\x1a\n"))
    media_type = wire.sent[0].headers.get_list("Content-Type")
    assert len(media_type) == 1
    told = media_type[0].removeprefix("multipart/form-data; boundary=")
    assert wire.bodies[0].startswith(f"--{told}\r\n".encode())


def test_a_given_httpx_client_signs_in_only_where_we_do_not(
    wire: Wire, make: Operation[Any], look: Operation[Any]
) -> None:
    wire.http = {"auth": ("me", "own")}
    wire.answers = [httpx.Response(200, json={}), httpx.Response(200, json={})]
    wire.call(make, _FIELDS)
    assert wire.sent[0].headers["Authorization"] == "Bearer sk-secret"
    wire.options = {"credentials": {}}
    wire.call(look, {})
    assert wire.sent[1].headers["Authorization"].startswith("Basic ")
