"""A file that is a body by itself: it goes as it is, with its length and media type, as often as it is asked for."""

from __future__ import annotations

import io
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from attrs import field, frozen

from generator.client.runtime.body import MULTIPART, encode
from generator.client.runtime.errors import FileProblem, RequestRefused
from generator.client.runtime.file_body import FileBody
from generator.client.runtime.media_type import distance
from generator.client.runtime.operation import Operation, Shape
from generator.client.runtime.request import Request
from generator.client.runtime.rules import Image, MediaType, Required, Rule, Rules
from generator.client.runtime.types import UNSET, FileInput, Unset

from .attempts import JSON, PIECES, PNG, attempt, each_way, made, read

if TYPE_CHECKING:
    from pathlib import Path

JPEG = b"\xff\xd8\xff\xe0" + b"0" * 40


def _rules(media_type: str) -> Rules:
    checks = (Required(), Image(forms=("file",), max_bytes=200_000), MediaType(media_type))
    return Rules(*(Rule(type(check).__name__, check, "documented", "a page") for check in checks))


@frozen(kw_only=True)
class Png(FileBody):
    """A PNG."""

    file: FileInput = field(validator=_rules("image/png"))


@frozen(kw_only=True)
class AnyImage(FileBody):
    """Any image."""

    file: FileInput = field(validator=_rules("image/*"))


@frozen(kw_only=True)
class Link(Request):
    """The same by link."""

    url: str | Unset = UNSET


@frozen(kw_only=True)
class Form(Request):
    """The same in a form."""

    image: FileInput | Unset = UNSET


OPERATION: Operation[Any] = Operation(
    id="tag",
    method="POST",
    path="/tag",
    shapes=(Shape(Link, JSON), Shape(AnyImage, "image/*"), Shape(Png, "image/png"), Shape(Form, MULTIPART)),
)


@each_way
@pytest.mark.parametrize("kind", ["path", "bytes", "open", "pipe"])
def test_it_is_sent_as_it_is_and_again(tmp_path: Path, style: str, kind: str) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PNG + PIECES)

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    given: Any = {
        "path": path,
        "bytes": PNG + PIECES,
        "open": io.BytesIO(PNG + PIECES),
        "pipe": Pipe(PNG + PIECES),
    }[kind]
    body = encode(Png(file=given), "image/png")
    assert [attempt(body, style) for _ in range(2)] == [PNG + PIECES] * 2
    with ExitStack() as stack:
        request = made(body, style, stack)
        assert request.headers["Content-Type"] == "image/png"
        assert read(request, style) == PNG + PIECES


def test_it_is_read_in_pieces() -> None:
    class Watched(io.BytesIO):
        longest = 0

        def read(self, size: int | None = -1, /) -> bytes:
            found = super().read(size)
            Watched.longest = max(Watched.longest, len(found))
            return found

    attempt(encode(Png(file=Watched(PNG + PIECES)), "image/png"))
    assert 0 < Watched.longest < len(PIECES) / 2


@pytest.mark.parametrize(
    ("taken", "file", "sent"),
    [
        ("image/png", PNG, "image/png"),
        ("image/*", ("a.jpg", JPEG), "image/jpeg"),
        ("image/jpg", JPEG, "image/jpg"),
        ("image/*", ("a", b"?", "image/x-raw; bits=12"), "image/x-raw; bits=12"),
        ("application/octet-stream", PNG, "application/octet-stream"),
        ("*/*", ("a.pdf", b"%PDF"), "application/pdf"),
        ("*/*", ("a", b"?", "multipart/form-data"), "multipart/form-data"),
    ],
)
def test_the_media_type_is_the_files_own_as_the_api_names_it(taken: str, file: Any, sent: str) -> None:
    @frozen(kw_only=True)
    class Taken(FileBody):
        file: FileInput = field(validator=_rules(taken))

    with ExitStack() as stack:
        request = made(encode(Taken(file=file), taken), "sync", stack)
        assert request.headers["Content-Type"] == sent
        assert read(request, "sync") == (file if isinstance(file, bytes) else file[1])


def test_a_file_of_another_media_type_is_refused_unless_it_is_not_judged() -> None:
    with pytest.raises(RequestRefused, match=r"must be image/png, and seems to be image/jpeg.*'image/png'\)") as caught:
        Png(file=JPEG)
    assert [(breach.field, breach.rule) for breach in caught.value.breaches] == [("file", "MediaType")]
    with pytest.raises(RequestRefused, match=r"seems to be text/plain.*give \(name, content, media type\)"):
        AnyImage(file=("a.txt", b"text"))
    assert encode(Png.unchecked(file=JPEG), "image/png").media_type == "image/jpeg"


def test_what_is_no_file_is_refused_with_every_rule() -> None:
    assert [breach.rule for breach in Png.check()] == ["Required"]
    for value in ("cat.png", None, 7, [PNG], {"file": PNG}):
        assert [breach.rule for breach in Png.check(file=value)] == ["Image"]
    assert [breach.rule for breach in Png.check(file=b"?" * 200_001)] == ["Image", "MediaType"]


@pytest.mark.parametrize("value", ["cat.png", None, 7, [PNG], UNSET])
def test_unjudged_it_must_still_be_a_file(value: Any) -> None:
    with pytest.raises(RequestRefused, match="must be a file"):
        encode(Png.unchecked(file=value), "image/png")


def test_an_empty_file_is_refused_judged_or_not(tmp_path: Path) -> None:
    empty = tmp_path / "a.png"
    empty.touch()
    with pytest.raises(FileProblem, match="is empty"):
        Png(file=empty)
    with pytest.raises(FileProblem, match="is empty"):
        encode(Png.unchecked(file=empty), "image/png")


def test_a_file_that_changes_between_attempts_is_not_sent(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PNG)
    body = encode(Png(file=path), "image/png")
    path.write_bytes(PNG + b"more")
    with pytest.raises(FileProblem, match="changed while it was to be sent"):
        attempt(body)


@pytest.mark.parametrize(
    ("given", "model"),
    [
        ({"url": "https://host/a.png"}, Link),
        ({"file": PNG}, Png),
        ({"file": JPEG}, AnyImage),
        ({"file": ("a.txt", b"?", "image/x-raw")}, AnyImage),
        ({"image": PNG}, Form),
    ],
)
def test_what_is_given_chooses_the_body(given: dict[str, Any], model: type[Request]) -> None:
    request, media_type = OPERATION.build(given)
    assert type(request) is model
    assert OPERATION.media_type_of(request) == media_type


def test_a_media_type_can_be_forced() -> None:
    assert OPERATION.build({"file": PNG}, content_type="image/*")[1] == "image/*"
    with pytest.raises(RequestRefused, match="must be image/png"):
        OPERATION.build({"file": JPEG}, content_type="image/png")
    with pytest.raises(TypeError, match="'file' is no field of Link, but of AnyImage"):
        OPERATION.build({"file": PNG}, content_type=JSON)


def test_a_file_by_itself_takes_no_field_beside() -> None:
    with pytest.raises(TypeError, match="'url' is no field of Png, but of Link"):
        OPERATION.build({"file": PNG, "url": "https://host/a.png"})


@pytest.mark.parametrize(
    ("taken", "stated", "found"),
    [
        ("image/png", "image/png", 0),
        ("image/PNG", "Image/png; a=b", 0),
        ("image/jpeg", "image/jpg", 0),
        ("image/*", "image/png", 1),
        ("application/octet-stream", "image/png", 2),
        ("*/*", "image/png", 3),
        ("image/*", "video/mp4", None),
        ("image/png", "image/*", None),
        ("image/png", "application/octet-stream", None),
    ],
)
def test_how_far_a_media_type_is_from_one_that_is_taken(taken: str, stated: str, found: int | None) -> None:
    assert distance(taken, stated) == found
