"""A method of several forms says of itself what each of them takes."""

from __future__ import annotations

import inspect
from typing import Any, overload

import pytest

from generator.client.runtime.deprecation import deprecated, deprecated_form
from generator.client.runtime.forms import of_all_forms
from generator.client.runtime.types import UNSET, Unset


class _Pictures:
    @overload
    def make(self, *, model: int, words: str, n: int | Unset = UNSET, size: str | Unset = UNSET) -> bytes: ...

    @overload
    def make(self, *, model: str, picture: bytes, n: int | Unset = UNSET) -> bytes: ...

    @of_all_forms
    def make(self, **fields: Any) -> bytes:
        """Make a picture."""
        return repr(fields).encode()


def test_the_signature_has_the_arguments_of_all_forms() -> None:
    assert str(inspect.signature(_Pictures().make)) == (
        "(*, model: 'int | str', words: 'str | Unset' = UNSET, picture: 'bytes | Unset' = UNSET,"
        " n: 'int | Unset' = UNSET, size: 'str | Unset' = UNSET) -> 'bytes'"
    )


def test_a_form_without_documentation_adds_none() -> None:
    assert _Pictures.make.__doc__ == "Make a picture."


def test_the_method_still_takes_any_argument() -> None:
    anything: dict[str, Any] = {"colour": 1}
    assert _Pictures().make(**anything) == b"{'colour': 1}"


class _Outdated:
    @overload
    @deprecated_form("make is deprecated.")
    def make(self, *, words: str) -> bytes: ...

    @overload
    @deprecated_form("make is deprecated.")
    def make(self, *, picture: bytes) -> bytes: ...

    @of_all_forms
    @deprecated("make is deprecated.")
    def make(self, **fields: Any) -> bytes:
        return repr(fields).encode()


def test_a_deprecated_method_shows_all_forms_and_warns() -> None:
    outdated: Any = _Outdated()
    assert list(inspect.signature(outdated.make).parameters) == ["words", "picture"]
    with pytest.warns(DeprecationWarning, match="make is deprecated") as caught:
        outdated.make(words="a cat")
    assert [each.filename for each in caught] == [__file__]
