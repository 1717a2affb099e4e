"""An operation finds the shape that fields mean, and the reader that an answer wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import httpx
import pytest

from generator.client.runtime.answers import parse_answer, read_answer
from generator.client.runtime.deadline import Deadline
from generator.client.runtime.errors import AnswerUnreadable, RequestRefused
from generator.client.runtime.images import ImageFile
from generator.client.runtime.steps import run
from generator.client.runtime.types import UNSET

if TYPE_CHECKING:
    from pathlib import Path

    from generator.client.runtime.operation import Operation


@pytest.fixture
def png(tmp_path: Path) -> Path:
    """A file."""
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    return path


def _json(data: Any, media_type: str = "application/json", status: int = 200) -> httpx.Response:
    return httpx.Response(status, json=data, headers={"content-type": media_type})


def _read(operation: Operation[Any], response: httpx.Response) -> Any:
    """What an answer is read as: the same, whether it is read as it comes or whole."""
    parsed = parse_answer(operation, response, response.content)
    streamed = run(read_answer(operation, response, Deadline.after(None)))
    if isinstance(parsed, ImageFile):
        assert streamed.bytes() == parsed.bytes()
    else:
        assert streamed == parsed
    return parsed


def test_the_field_that_tells_a_shape_decides(make: Operation[Any], prompt: type[Any], messages: type[Any]) -> None:
    request, media_type = make.build({"model": "one", "prompt": "x", "n": UNSET})
    assert (type(request), media_type) == (prompt, "application/json")
    request, media_type = make.build({"input": {"messages": [{"role": "user", "text": "x"}]}})
    assert (type(request), media_type) == (messages, "application/json")


@pytest.mark.parametrize("many", [False, True])
def test_files_go_as_multipart(make: Operation[Any], form: type[Any], png: Path, many: bool) -> None:  # noqa: FBT001
    request, media_type = make.build({"prompt": "x", "image": [png, png] if many else png})
    assert (type(request), media_type) == (form, "multipart/form-data")


def test_files_go_as_json_where_multipart_lacks_a_field(make: Operation[Any], prompt: type[Any], png: Path) -> None:
    request, media_type = make.build({"model": "one", "prompt": "x", "image": png})
    assert (type(request), media_type) == (prompt, "application/json")


def test_files_beside_links_go_as_json(make: Operation[Any], prompt: type[Any], png: Path) -> None:
    request, _ = make.build({"model": "one", "prompt": "x", "image": [png, "https://host/a.png"]})
    assert type(request) is prompt


def test_a_media_type_can_be_forced(make: Operation[Any], form: type[Any]) -> None:
    with pytest.raises(RequestRefused, match="must be a file"):
        make.build({"prompt": "x", "image": ["https://host/a.png"]}, content_type="multipart/form-data")
    with pytest.raises(ValueError, match=r"it takes application/json, multipart/form-data"):
        make.build({"prompt": "x"}, content_type="text/plain")
    assert make.media_type_of(form.unchecked()) == "multipart/form-data"


def test_an_unknown_field_is_named_with_a_guess(make: Operation[Any], png: Path) -> None:
    with pytest.raises(TypeError, match=r"takes no 'promt'; did you mean 'prompt'\?.*additional_properties"):
        make.build({"model": "one", "promt": "x"})
    with pytest.raises(TypeError, match=r"takes no 'promt'; did you mean 'prompt'\?$"):
        make.build({"promt": "x", "image": png})  # a closed shape has no place for it


def test_messages_name_what_the_user_wrote(make: Operation[Any]) -> None:
    called = attrs.evolve(make, called="client.pictures.make")
    with pytest.raises(TypeError, match=r"^client\.pictures\.make takes no 'promt'.*=\{'promt': \.\.\.\}\)$"):
        called.build({"model": "one", "promt": "x"})
    with pytest.raises(TypeError, match=r"^client\.pictures\.make: 'size' is no field"):
        called.build({"input": {}, "size": "1*1"})
    with pytest.raises(ValueError, match=r"^client\.pictures\.make can't be sent as text/plain"):
        called.build({"prompt": "x"}, content_type="text/plain")


def test_a_generator_of_files_is_read_once(make: Operation[Any], form: type[Any], png: Path) -> None:
    request, _, media_type = make.meant({"prompt": "x", "image": (png for _ in range(2))}, validate=True)
    assert (type(request), media_type) == (form, "multipart/form-data")
    assert request is not None
    assert request.to_dict() == request.to_dict() == {"prompt": "x", "image": [png, png]}


def test_a_generator_of_links_is_read_though_nothing_is_judged(make: Operation[Any], prompt: type[Any]) -> None:
    request, _ = make.build({"prompt": "x", "image": iter(["https://host/a.png"])}, validate=False)
    assert type(request) is prompt
    assert request.to_dict()["image"] == ["https://host/a.png"]


def test_a_set_of_files_is_refused_for_it_has_no_order(make: Operation[Any], png: Path) -> None:
    with pytest.raises(RequestRefused, match="a set has no order, so give a list"):
        make.build({"model": "one", "prompt": "x", "image": {png}})


def test_a_field_of_another_shape_is_told_so(make: Operation[Any]) -> None:
    with pytest.raises(TypeError, match="'size' is no field of Messages, but of Prompt"):
        make.build({"input": {}, "size": "1*1"})


def test_a_request_of_another_class_is_refused(look: Operation[Any], form: type[Any]) -> None:
    with pytest.raises(TypeError, match="look takes no body, not Form"):
        look.media_type_of(form.unchecked())


@pytest.mark.parametrize("media_type", ["application/json", "Application/JSON; charset=utf-8", "application/x+json"])
def test_the_media_type_picks_the_reader(make: Operation[Any], pictures: type[Any], media_type: str) -> None:
    assert _read(make, _json({"created": 1}, media_type)) == pictures(created=1)


def test_an_image_is_bytes(make: Operation[Any]) -> None:
    read = _read(make, httpx.Response(200, content=b"png", headers={"content-type": "image/png"}))
    assert isinstance(read, ImageFile)
    assert (read.bytes(), read.media_type) == (b"png", "image/png")


@pytest.mark.parametrize("status", [500, 503, 599])
def test_a_range_of_statuses(make: Operation[Any], status: int) -> None:
    assert make.documents(status)
    assert _read(make, _json({"error": "no"}, status=status)).error == "no"


def test_undocumented_statuses(make: Operation[Any]) -> None:
    assert not any(make.documents(status) for status in (204, 302, 401, 600))


@pytest.mark.parametrize(
    ("content", "media_type", "words"),
    [
        (b"<html>", "text/html", "is text/html where the API documents application/json, image/"),
        (b"{}", "", "is no media type where"),
        (b'{"created": 1', "application/json", "is no JSON"),
        (b"", "application/json", "is no JSON"),
        (b"\xff", "application/json", "is no JSON"),
        (b"[" * 5_000, "application/json", "is no JSON"),
        (b"", "image/png", "is empty"),
    ],
)
def test_an_answer_that_is_not_as_documented(make: Operation[Any], content: bytes, media_type: str, words: str) -> None:
    response = httpx.Response(200, content=content, headers={"content-type": media_type})
    with pytest.raises(AnswerUnreadable, match=words):
        parse_answer(make, response, content)
    with pytest.raises(AnswerUnreadable, match=words):
        run(read_answer(make, response, Deadline.after(None)))
