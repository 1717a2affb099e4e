"""Bodies as forms: what goes over the wire is what was given, and nothing else."""

from __future__ import annotations

import base64
import io
import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from generator.client.runtime.body import MULTIPART, encode
from generator.client.runtime.errors import RequestRefused

from .attempts import JSON, PIECES, PNG, attempt, each_way, every_kind, made, parts, read

if TYPE_CHECKING:
    from pathlib import Path

    from generator.client.runtime.request import Request


def _sent(form: Request, style: str = "sync") -> list[tuple[Any, Any, Any, Any]]:
    """The parts of a multipart body as a server sees them: name, file name, media type, content."""
    with ExitStack() as stack:
        request = made(encode(form, MULTIPART), style, stack)
        content = read(request, style)
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part["content-type"],
            part.get_payload(decode=True),
        )
        for part in parts(request.headers["content-type"], content)
    ]


@each_way
def test_multipart_parts(form: type[Any], tmp_path: Path, style: str) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PNG)
    request = form.unchecked(
        prompt="猫\r\n--x", image=[path, ("b", PNG)], watermark=False, n=2, extra={"parameters": {"a": [True]}}
    )
    assert _sent(request, style) == [
        ("prompt", None, None, "猫\r\n--x".encode()),
        ("image", "a.png", "image/png", PNG),
        ("image", "b", "image/png", PNG),
        ("watermark", None, None, b"false"),
        ("n", None, None, b"2"),
        ("extra", None, "application/json", b'{"parameters":{"a":[true]}}'),
    ]


def test_a_single_file_is_one_part_and_null_is_none(form: type[Any]) -> None:
    sent = _sent(form.unchecked(prompt=None, image=io.BytesIO(PNG)))
    assert [part[0] for part in sent] == ["image"]


def test_a_file_in_a_json_part_becomes_base64(form: type[Any]) -> None:
    sent = _sent(form.unchecked(prompt="x", image=PNG, extra={"more": [PIECES]}))
    assert sent[-1][:3] == ("extra", None, "application/json")
    assert json.loads(sent[-1][3]) == {"more": [base64.b64encode(PIECES).decode()]}


def test_two_files_of_one_name_are_two_parts(form: type[Any]) -> None:
    sent = _sent(form(prompt="x", image=[("a.png", PNG), ("a.png", PIECES)]))
    assert [part[1:] for part in sent[1:]] == [
        ("a.png", "image/png", PNG),
        ("a.png", "image/png", PIECES),
    ]


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ('a "b".png', b'filename="a %22b%22.png"'),
        ("a\r\nX: y.png", b'filename="a%0D%0AX: y.png"'),
        ("猫.png", 'filename="猫.png"'.encode()),
        ("../../etc/a.png", b'filename="a.png"'),
        ("C:\\pictures\\a.png", b'filename="a.png"'),
        ("a\udcff.png", b'filename="a?.png"'),
        ("..", b'filename="image.png"'),
    ],
)
def test_odd_file_names(form: type[Any], name: str, seen: bytes) -> None:
    content = attempt(encode(form(prompt="x", image=(name, PNG)), MULTIPART))
    assert seen in content.split(b"\r\n\r\n")[1]


@each_way
def test_a_form_without_fields_is_still_a_form(form: type[Any], style: str) -> None:
    """Where the user doesn't want it judged."""
    with ExitStack() as stack:
        request = made(encode(form.unchecked(prompt=None), MULTIPART), style, stack)
        content = read(request, style)
    content_type, boundary = request.headers["content-type"].split("; boundary=")
    assert (content_type, content) == (MULTIPART, f"--{boundary}--\r\n".encode())


def test_names_that_are_no_texts_are_written_as_json_has_them(form: type[Any]) -> None:
    request = form.unchecked(prompt=None, additional_properties={7: "a", True: "b", None: "c", 1.5: "d"})
    assert [part[0] for part in _sent(request)] == ["7", "true", "null", "1.5"]
    assert list(json.loads(attempt(encode(request, JSON)))) == ["prompt", "7", "true", "null", "1.5"]


def test_the_boundary_is_not_to_be_guessed(form: type[Any]) -> None:
    with ExitStack() as stack:
        body = encode(form(prompt="x", image=PNG), MULTIPART)
        types = {made(body, "sync", stack).headers["content-type"] for _ in range(3)}
    assert len(types) == 3


@pytest.mark.parametrize("value", [float("nan"), "\ud800", "\ud800" * 70_000, {1, 2}, {"a": object()}, {"\ud800": 1}])
@every_kind
def test_what_json_cannot_carry_is_refused_with_its_field(form: type[Any], value: Any, media_type: str) -> None:
    request = form.unchecked(prompt="x", image=PNG, extra={"value": value})
    with pytest.raises(RequestRefused) as caught:
        encode(request, media_type)
    assert [breach.field for breach in caught.value.breaches] == ["extra"]


@every_kind
def test_a_name_that_utf_8_cannot_carry_is_refused(form: type[Any], media_type: str) -> None:
    with pytest.raises(RequestRefused) as caught:
        encode(form.unchecked(prompt="x", image=PNG, additional_properties={"\ud800": 1}), media_type)
    assert [breach.field for breach in caught.value.breaches] == ["\ud800"]
