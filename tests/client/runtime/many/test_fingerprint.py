"""The digests by which requests are known again."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from generator.client.runtime.errors import FileProblem
from generator.client.runtime.fingerprint import fingerprint

from .gateway import PNG

if TYPE_CHECKING:
    from pathlib import Path


def test_what_says_the_same_has_the_same(prompt: type[Any]) -> None:
    one = prompt(model="many", prompt="a", additional_properties={"x": {"b": 1, "a": [None, True]}})
    same = prompt(prompt="a", model="many", additional_properties={"x": {"a": [None, True], "b": 1}})
    assert fingerprint("make", one) == fingerprint("make", same)


def test_what_says_something_else_has_another(prompt: type[Any]) -> None:
    said = [
        ("make", prompt(model="many", prompt="a"), None),
        ("other", prompt(model="many", prompt="a"), None),
        ("make", prompt(model="many", prompt="b"), None),
        ("make", prompt(model="many", prompt="a", watermark=False), None),
        ("make", prompt(model="many", prompt="a", n=1), None),
        ("make", prompt(model="many", prompt="a", n=2), None),
        ("make", prompt(model="many", prompt="a"), prompt(model="many", prompt="a")),
    ]
    assert len({fingerprint(*each) for each in said}) == len(said)


def test_a_file_counts_by_what_is_in_it(form: type[Any], tmp_path: Path) -> None:
    path = tmp_path / "cat.png"
    path.write_bytes(PNG)
    given = [path, PNG, bytearray(PNG), io.BytesIO(PNG), ("other.png", PNG), ("x.png", path, "image/png")]
    marks = {fingerprint("make", form(prompt="a", image=[each])) for each in given}
    assert len(marks) == 1
    assert fingerprint("make", form(prompt="a", image=[PNG + b"x"])) not in marks


def test_an_open_file_is_left_where_it_stood(form: type[Any]) -> None:
    stream = io.BytesIO(b"before" + PNG)
    stream.seek(6)
    mark = fingerprint("make", form(prompt="a", image=[stream]))
    assert stream.tell() == 6
    assert mark == fingerprint("make", form(prompt="a", image=[PNG]))


def test_a_file_that_is_gone_is_told(form: type[Any], tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="no such file"):
        fingerprint("make", form.unchecked(prompt="a", image=[tmp_path / "none.png"]))


@pytest.mark.parametrize("value", [object(), {1, 2}])
def test_what_can_not_be_sent_is_told(prompt: type[Any], value: Any) -> None:
    with pytest.raises(TypeError):
        fingerprint("make", prompt.unchecked(model=value, prompt="a"))


def test_what_nests_endlessly_is_told(prompt: type[Any]) -> None:
    endless: dict[str, Any] = {}
    endless["itself"] = endless
    with pytest.raises(ValueError, match="nests too deep"):
        fingerprint("make", prompt.unchecked(model=endless, prompt="a"))


def test_text_of_every_kind_has_one(prompt: type[Any]) -> None:
    texts = ["", "ä", "🐈", "\ud800", '"', "\\", "\n"]
    assert len({fingerprint("make", prompt.unchecked(model="many", prompt=text)) for text in texts}) == len(texts)
