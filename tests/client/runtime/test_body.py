"""Bodies: what goes over the wire is what was given, and nothing else."""

from __future__ import annotations

import base64
import email
import io
import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.client.runtime.body import encode
from generator.client.runtime.errors import RequestRefused

if TYPE_CHECKING:
    from pathlib import Path

    from generator.client.runtime.request import Request

_PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def _sent(request: Request) -> list[tuple[Any, Any, Any, Any]]:
    """The parts of a multipart body as a server sees them: name, file name, media type, content."""
    with ExitStack() as stack:
        made = httpx.Request("POST", "https://host", **encode(request, "multipart/form-data").for_httpx(stack))
        raw = f"Content-Type: {made.headers['content-type']}\r\n\r\n".encode() + made.read()
    assert int(made.headers["content-length"]) == len(made.content)
    parts = [part for part in email.message_from_bytes(raw).walk() if not part.is_multipart()]
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part["content-type"],
            part.get_payload(decode=True),
        )
        for part in parts
    ]


def test_json_is_compact_and_leaves_text_as_it_is(prompt: type[Any]) -> None:
    body = encode(prompt(model="one", prompt="猫 😀", n=1, watermark=False), "application/json")
    assert body.content.decode() == '{"model":"one","prompt":"猫 😀","n":1,"watermark":false}'


def test_files_in_json_become_base64(prompt: type[Any], tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(_PNG)
    request = prompt(model="one", prompt="x", image=[path, _PNG, ("b.png", io.BytesIO(_PNG)), "https://host/c.png"])
    encoded = base64.b64encode(_PNG).decode()
    images = json.loads(encode(request, "application/json").content)["image"]
    assert images == [encoded, encoded, encoded, "https://host/c.png"]


def test_multipart_parts(form: type[Any], tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(_PNG)
    request = form.unchecked(
        prompt="猫\r\n--x", image=[path, ("b", _PNG)], watermark=False, n=2, extra={"parameters": {"a": [True]}}
    )
    assert _sent(request) == [
        ("prompt", None, None, "猫\r\n--x".encode()),
        ("image", "a.png", "image/png", _PNG),
        ("image", "b", "image/png", _PNG),
        ("watermark", None, None, b"false"),
        ("n", None, None, b"2"),
        ("extra", None, "application/json", b'{"parameters":{"a":[true]}}'),
    ]


def test_a_single_file_is_one_part_and_null_is_none(form: type[Any]) -> None:
    sent = _sent(form.unchecked(prompt=None, image=io.BytesIO(_PNG)))
    assert [part[0] for part in sent] == ["image"]


def test_an_open_file_goes_from_its_place_each_time(form: type[Any]) -> None:
    stream = io.BytesIO(b"skip" + _PNG)
    stream.seek(4)
    request = form(prompt="x", image=stream)
    assert [_sent(request)[1][3], _sent(request)[1][3]] == [_PNG, _PNG]


def test_the_boundary_is_not_to_be_guessed(form: type[Any]) -> None:
    with ExitStack() as stack:
        arguments = encode(form(prompt="x", image=_PNG), "multipart/form-data").for_httpx(stack)
        types = {httpx.Request("POST", "https://host", **arguments).headers["content-type"] for _ in range(3)}
    assert len(types) == 3


@pytest.mark.parametrize("value", [float("nan"), "\ud800", {1, 2}, {"a": object()}])
@pytest.mark.parametrize("media_type", ["application/json", "multipart/form-data"])
def test_what_json_cannot_carry_is_refused_with_its_field(form: type[Any], value: Any, media_type: str) -> None:
    request = form.unchecked(prompt="x", image=_PNG, extra={"value": value})
    with pytest.raises(RequestRefused) as caught:
        encode(request, media_type)
    assert [breach.field for breach in caught.value.breaches] == ["extra"]


def test_paths_are_opened_for_the_attempt_and_closed_after_it(form: type[Any], tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(_PNG)
    with ExitStack() as stack:
        parts = encode(form(prompt="x", image=path), "multipart/form-data").for_httpx(stack)["files"]
        stream = parts[1][1][1]
        assert not stream.closed
    assert stream.closed
