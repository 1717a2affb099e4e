"""Answers that are not as documented, but paid for: what came is kept, and nothing is said that isn't so."""

from __future__ import annotations

import errno
import io
import json
import pickle
import tempfile
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.client.runtime import answer_body, errors
from generator.client.runtime.consequences import ends_all
from generator.client.runtime.credentials import bearer
from generator.client.runtime.images import ImageFile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from generator.client.runtime.operation import Operation

    from .wires import Wire

_FIELDS = {"model": "one", "prompt": "x"}
_KEY = "sk-MARKED-0123456789abcdefghijklmnop"
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
_LARGE = json.dumps({"created": 1, "data": [{"b64_json": "A" * 3_000_000}]}).encode()
_OTHER_NAMES = ["application/octet-stream", "", "image/jpg", "image/avif", "text/html"]


class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in pieces; exceptions are raised, functions are called."""

    def __init__(self, *pieces: Any) -> None:
        self.pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            if isinstance(piece, Exception):
                raise piece
            if callable(piece):
                piece()
            else:
                yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


def _answer(status: int, media_type: str, *pieces: Any) -> httpx.Response:
    headers = {"Content-Type": media_type} if media_type else {}
    return httpx.Response(status, headers=headers, stream=Pieces(*pieces))


def _signed() -> dict[str, Any]:
    return {"credentials": {"key": bearer(_KEY, argument="api_key", variable=None)}}


@pytest.mark.parametrize("media_type", _OTHER_NAMES)
@pytest.mark.parametrize("only", [True, False])
def test_an_image_is_one_whatever_it_is_called(
    wire: Wire, edit: Operation[Any], make: Operation[Any], media_type: str, *, only: bool
) -> None:
    wire.answers = [_answer(200, media_type, _PNG)]
    image = wire.call(edit if only else make, _FIELDS)
    assert isinstance(image, ImageFile)
    assert image.bytes() == _PNG


@pytest.mark.parametrize("media_type", _OTHER_NAMES)
def test_so_it_is_in_a_whole_answer(wire: Wire, edit: Operation[Any], prompt: type[Any], media_type: str) -> None:
    wire.answers = [_answer(200, media_type, _PNG)]
    answer = wire.sync().send_detailed(edit, prompt(**_FIELDS))
    assert isinstance(answer.parsed, ImageFile)
    assert answer.parsed.bytes() == answer.content == _PNG


@pytest.mark.parametrize("size", [60, 3_000_000])
def test_what_is_no_image_is_kept(wire: Wire, edit: Operation[Any], size: int) -> None:
    wire.answers = [_answer(200, "image/jpg", b"\x00AVIF\xff" * (size // 6))]
    with pytest.raises(errors.AnswerUnreadable, match="image/jpg where the API documents") as caught:
        wire.call(edit, _FIELDS)
    assert caught.value.body == b"\x00AVIF\xff" * (size // 6)
    assert len(caught.value.text) <= 503
    assert len(repr(caught.value)) < 1000
    assert pickle.loads(pickle.dumps(caught.value)).body == caught.value.body  # noqa: S301 - our own bytes


@pytest.mark.parametrize("body", [_LARGE + b"}", _LARGE[:-9], b'{"data": [{"b64_json": "' + b"A\n" * 90_000 + b'"}]}'])
@pytest.mark.parametrize("whole", [False, True])
def test_json_that_is_broken_is_kept(
    wire: Wire, make: Operation[Any], prompt: type[Any], body: bytes, *, whole: bool
) -> None:
    wire.answers = [_answer(200, "application/json", *(body[at : at + 65_536] for at in range(0, len(body), 65_536)))]
    with pytest.raises(errors.AnswerUnreadable, match="no JSON that can be read") as caught:
        wire.sync().send_detailed(make, prompt(**_FIELDS)) if whole else wire.call(make, _FIELDS)
    assert caught.value.body == body
    assert caught.value.text.startswith(body[:15].decode())


def test_an_answer_with_a_status_that_is_not_documented_is_kept(wire: Wire, make: Operation[Any]) -> None:
    wire.answers = [_answer(201, "application/json", _LARGE)]
    with pytest.raises(errors.StatusError, match="does not document this status") as caught:
        wire.call(make, _FIELDS)
    assert caught.value.body == _LARGE


def test_what_came_is_kept_of_an_odd_answer_that_breaks_off(wire: Wire, make: Operation[Any]) -> None:
    wire.answers = [_answer(201, "text/html", b"<html>", httpx.ReadError("reset"))]
    with pytest.raises(errors.StatusError) as caught:
        wire.call(make, _FIELDS)
    assert caught.value.body == b"<html>"


@pytest.mark.parametrize("media_type", ["text/html", "application/json"])
@pytest.mark.parametrize("before", [460, 480, 490, 495, 2000])
@pytest.mark.parametrize("after", [0, 100])
def test_no_part_of_a_key_is_shown(wire: Wire, make: Operation[Any], media_type: str, before: int, after: int) -> None:
    wire.options = _signed()
    body = b"<html>" + b"y" * before + _KEY.encode() + b" " * after
    wire.answers = [_answer(200, media_type, body if after else body[:-9])]
    with pytest.raises(errors.AnswerUnreadable) as caught:
        wire.call(make, _FIELDS)
    assert "sk-MA" not in f"{caught.value}{vars(caught.value)}"
    assert caught.value.text.startswith("<html>yyy")


def test_an_answer_that_began_tells_that_it_was_sent(
    wire: Wire, make: Operation[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    wire.options = {"deadline": 30}
    wire.answers = [_answer(200, "application/json", b'{"created":', lambda: now.__setitem__(0, 900.0), b"1}")]
    with pytest.raises(errors.AnswerLost, match=r"within the deadline.* was sent, so that it may have been"):
        wire.call(make, _FIELDS)


def test_a_deadline_that_passes_in_between_tells_of_its_attempt(
    wire: Wire, make: Operation[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]

    class Late(list[float]):
        """Pauses that take longer than they should."""

        def append(self, seconds: float) -> None:
            now[0] += 60 + seconds

    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr(wire, "pauses", Late())
    wire.options = {"deadline": 30}
    wire.answers = [httpx.Response(503)]
    with pytest.raises(errors.ConnectionFailed, match="the deadline passed before attempt 2 was sent"):
        wire.call(make, _FIELDS)


@pytest.mark.parametrize("raised", [LookupError("hook"), errors.FileProblem("/x", "can't be written")])
def test_what_a_hook_raises_once_the_answer_came_tells_of_the_money(
    wire: Wire, make: Operation[Any], raised: Exception
) -> None:
    def hook(_: object) -> None:
        raise raised

    async def ahook(_: object) -> None:
        raise raised

    wire.http = {"event_hooks": {"response": [hook if type(wire).__name__ == "Wire" else ahook]}}
    wire.answers = [httpx.Response(200, json={})]
    with pytest.raises(errors.ImageClientError) as caught:
        wire.call(make, _FIELDS)
    told = f"{caught.value}{getattr(caught.value, '__notes__', '')}"
    assert "sent, so that it may have been carried out and billed" in told
    assert ends_all(caught.value) is isinstance(raised, LookupError)


def test_a_hook_that_raises_where_an_answer_was_lost_before_still_ends_all(wire: Wire, make: Operation[Any]) -> None:
    asked: list[int] = []

    def key() -> str:
        asked.append(0)
        if len(asked) > 1:
            raise LookupError("the vault is shut")
        return _KEY

    wire.options = {
        "retry_lost_answers": True,
        "credentials": {"key": bearer(key, argument="api_key", variable=None)},
    }
    wire.answers = [httpx.ReadTimeout("gone")]
    with pytest.raises(errors.AnswerLost) as caught:
        wire.call(make, _FIELDS)
    assert ends_all(caught.value)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_an_image_that_finds_no_room_ends_all(
    wire: Wire, make: Operation[Any], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    class Full(io.BytesIO):
        """A disk without room."""

        def write(self, _: object) -> int:
            raise OSError(number, "no room")

    monkeypatch.setattr(answer_body, "temporary_file", Full)
    wire.answers = [_answer(200, "image/png", _PNG)]
    with pytest.raises(errors.FileProblem, match="make room") as caught:
        wire.call(make, _FIELDS)
    assert ends_all(caught.value)
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == number
    assert caught.value.__cause__.__traceback__ is None


def test_it_is_told_where_there_is_no_folder_for_temporary_files(
    wire: Wire, make: Operation[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere() -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", nowhere)
    monkeypatch.setattr(answer_body, "_IN_MEMORY", 10)
    wire.answers = [_answer(200, "image/png", _PNG)]
    with pytest.raises(errors.FileProblem, match=r"the folder for temporary files.*make room") as caught:
        wire.call(make, _FIELDS)
    assert ends_all(caught.value)
