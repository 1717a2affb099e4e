"""Bodies as JSON: what is read from them is what was given, files as base64 data."""

from __future__ import annotations

import base64
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from attrs import field, frozen

from generator.client.runtime.body import encode
from generator.client.runtime.request import Request
from generator.client.runtime.rules import Condition, Image, Rule
from generator.client.runtime.types import UNSET

from .attempts import JSON, PIECES, PNG, attempt, each_way

if TYPE_CHECKING:
    from pathlib import Path


def test_json_is_compact_and_leaves_text_as_it_is(prompt: type[Any]) -> None:
    body = encode(prompt(model="one", prompt="猫 😀", n=1, watermark=False), JSON)
    assert attempt(body).decode() == '{"model":"one","prompt":"猫 😀","n":1,"watermark":false}'


@each_way
def test_files_in_json_become_base64(prompt: type[Any], tmp_path: Path, style: str) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PNG)
    request = prompt(model="one", prompt="x", image=[path, PNG, ("b.png", io.BytesIO(PNG)), "https://host/c.png"])
    encoded = base64.b64encode(PNG).decode()
    sent = json.loads(attempt(encode(request, JSON), style))
    assert sent == {"model": "one", "prompt": "x", "image": [encoded, encoded, encoded, "https://host/c.png"]}


@each_way
@pytest.mark.parametrize("length", [1, 2, 3, 49_151, 49_152, 49_153, 98_304, 150_000])
def test_base64_of_any_length(prompt: type[Any], length: int, style: str) -> None:
    content = PIECES[:length]
    sent = json.loads(attempt(encode(prompt(model="one", prompt="x", image=content), JSON), style))
    assert base64.b64decode(sent["image"], validate=True) == content


@each_way
def test_files_anywhere_in_json(messages: type[Any], style: str) -> None:
    content = [{"image": PIECES}, {"text": 'a "quoted"\ntext'}, {"image": ("b.png", PNG), "seen": [None, True, 1.5]}]
    given = {"messages": [{"role": "user", "content": content}], "é": {}}
    body = encode(messages.unchecked(input=given, additional_properties={"a\nb": [[PNG], []], "": 0}), JSON)
    read = json.loads(attempt(body, style))
    read_content = read["input"]["messages"][0]["content"]
    assert base64.b64decode(read_content[0].pop("image")) == PIECES
    assert base64.b64decode(read_content[2].pop("image")) == PNG
    assert read_content == [{}, content[1], {"seen": [None, True, 1.5]}]
    assert (read["input"]["é"], read["a\nb"], read[""]) == ({}, [[base64.b64encode(PNG).decode()], []], 0)


@each_way
@pytest.mark.parametrize("letter", ["a", "\n", '"', "\\", "猫", "😀", "\0", "\x7f", "\u2028"])
def test_very_long_texts(prompt: type[Any], letter: str, style: str) -> None:
    text = "x" + letter * 70_000
    request = prompt.unchecked(model="one", prompt=text, image=[text, PNG])
    sent = json.loads(attempt(encode(request, JSON), style))
    assert sent == {"model": "one", "prompt": text, "image": [text, base64.b64encode(PNG).decode()]}


@frozen(kw_only=True)
class _Picky(Request):
    image: Any = field(
        default=UNSET,
        validator=[
            Rule("x-image", Image(forms=("data-uri",)), "assumed", "us"),
            Rule("x-image[]", Image(forms=("url", "data-uri")), "assumed", "us", at="[]"),
        ],
    )
    nested: Any = field(
        default=UNSET,
        validator=Rule("nested", Image(forms=("url", "data-uri")), "assumed", "us", at="a[].{b,c}", when=Condition("")),
    )
    listed: Any = field(default=UNSET, validator=Rule("listed[]", Image(forms=("data-uri",)), "assumed", "us", at="[]"))
    free: Any = field(
        default=UNSET,
        validator=Rule("free", Image(forms=("data-uri", "base64")), "assumed", "us"),
    )
    additional_properties: Any = field(
        factory=dict,
        validator=Rule("other", Image(forms=("data-uri",)), "assumed", "us", at="{image,listed,nested,free}"),
    )


def test_a_file_becomes_a_data_uri_where_bare_base64_is_not_taken() -> None:
    encoded = base64.b64encode(PNG).decode()
    uri = f"data:image/png;base64,{encoded}"
    body = encode(_Picky(image=PNG, nested={"a": [{"b": PNG, "x": PNG}]}, free=PNG), JSON)
    sent = json.loads(attempt(body))
    assert sent == {"image": uri, "nested": {"a": [{"b": encoded, "x": uri}]}, "free": encoded}
    one = encode(_Picky(listed=PNG, additional_properties={"other": PNG}), JSON)
    assert json.loads(attempt(one)) == {"listed": uri, "other": uri}
    listed = encode(_Picky(image=[("a", b"a", 'text/plain;charset="utf-8"'), "https://host"]), JSON)
    assert json.loads(attempt(listed)) == {"image": ['data:text/plain;charset="utf-8";base64,YQ==', "https://host"]}
