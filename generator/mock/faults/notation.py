"""Reads faults from JSON, and from the one line of text that a header or a prompt's marker carries.

The line is made of words: the name of a ready-made fault, a field that is true or false, or ``field=value``::

    rate-limit retry-after=2
    status=503 delay=0.5 header:X-Reason="no channel" times=2
    set:/data/0/url="https://example.com/gone.png"
"""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from attrs import fields_dict

from generator.mock.faults.fault import ALWAYS, Fault, FaultError
from generator.mock.faults.ready import READY
from generator.mock.requests.bodies import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.model import Json

_NAME: Final = re.compile(r"""((?:(?!,\s)[^\s=\]"{])+)(=?)""")
# A comma before a space is how HTTP joins a header that is sent twice: it separates words as a space does.
_PLAIN: Final = re.compile(r"(?:(?!,\s)[^\s\]])*")
_END: Final = re.compile(r"(?=[\s\]]|,\s)|$")
_SPACE: Final = re.compile(r"(?:\s|,(?=\s))*")
_MARKER: Final = re.compile(r"\s*\[mock(?=[\s\]])")
_FIELDS: Final = tuple(name for name in fields_dict(Fault) if name != "name")
_FLAGS: Final = frozenset(name for name, attribute in fields_dict(Fault).items() if attribute.default is False)
_TARGETS: Final = ("operation", "api", "path", "key")
_MAPPINGS: Final = {"header": "headers", "set": "set"}
_TEXTS: Final = frozenset({"content_type", "operation", "api", "path", "key"})


def fault_of(value: Json) -> Fault:
    """The fault that a JSON value means: an object of fields, or a line of text.

    Besides the fields, an object may have a ready-made fault's name as ``name`` (its fields hold where the object
    has none of its own).

    Raises:
        FaultError: It means none.
    """
    if isinstance(value, str):
        return fault_of_text(value)
    if not isinstance(value, dict):
        raise FaultError("a fault is an object of fields, or a text such as 'rate-limit retry-after=2'")
    return _built(value)


def fault_of_text(text: str) -> Fault:
    """The fault that a line of text means; one that begins with ``{`` is read as JSON.

    Raises:
        FaultError: It means none.
    """
    return _built(_given(text))


def fault_of_request(text: str) -> Fault:
    """The fault that a request asks for itself, so that it hits that request alone, unless ``times`` says otherwise.

    Raises:
        FaultError: It means none, or says whom it hits.
    """
    given = _given(text)
    if aimed := [name for name in _TARGETS if name in given]:
        raise FaultError(f"{aimed[0]} is for scripts; a request's own fault hits that request")
    return _built({"times": ALWAYS, **given})


def marker_in(prompt: str) -> str | None:
    """The line of text in the marker that a prompt begins with, ``[mock status=503] a cat``; None where it has none.

    Raises:
        FaultError: The marker doesn't end.
    """
    start = _MARKER.match(prompt)
    if start is None:
        return None
    _check_depth(prompt)
    _, end = _words(prompt, start.end())
    if prompt[end : end + 1] != "]":
        raise FaultError("the marker that the prompt begins with doesn't end; write it as [mock status=503] a cat")
    return prompt[start.end() : end].strip()


def known() -> str:
    """What can be asked for, in a sentence."""
    names = [name.replace("_", "-") for name in _FIELDS]
    return f"Ready-made faults are {', '.join(READY)}; fields are {', '.join(names)}, header:NAME and set:POINTER"


def _given(text: str) -> dict[str, Json]:
    """The fields that a line of text gives."""
    _check_depth(text)
    if text.lstrip().startswith("{"):
        return _as_object(text)
    words, end = _words(text, 0)
    if end < len(text):
        raise FaultError(f"{text[end : end + 40]!r} can't be read. {known()}.")
    if not words:
        raise FaultError(f"nothing is asked for. {known()}.")
    given: dict[str, Json] = {}
    for name, value in words:
        _take(given, name, value)
    return given


def _check_depth(text: str) -> None:
    """Refuse what Python's parser of JSON might not come back from; see `bodies` for why it isn't asked."""
    if text.count("[") + text.count("{") > MAX_DEPTH:
        raise FaultError(f"there are more than {MAX_DEPTH} opening brackets")


def _as_object(text: str) -> dict[str, Json]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise FaultError(f"it is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise FaultError("a fault is an object of fields")
    return value


def _words(text: str, position: int) -> tuple[list[tuple[str, str | None]], int]:
    """The words from a position on, and where they end: at a bracket, the text's end, or what is no word."""
    words: list[tuple[str, str | None]] = []
    while True:
        space = _SPACE.match(text, position)
        position = space.end() if space else position
        if text[position : position + 1] == "{" and not words:
            return _object_within(text, position)
        name = _NAME.match(text, position)
        if name is None:
            return words, position
        end = _value_end(text, name.end()) if name[2] else name.end()
        if not _END.match(text, end):
            return words, position
        words.append((name[1], text[name.end() : end] if name[2] else None))
        position = end


def _value_end(text: str, start: int) -> int:
    """Where a value ends: a JSON text, array or object by itself, anything else before the next space or bracket."""
    if text[start : start + 1] in {'"', "[", "{"}:
        try:
            return json.JSONDecoder().raw_decode(text, start)[1]
        except ValueError as error:
            raise FaultError(f"{text[start : start + 40]!r} can't be read: {error}") from None
    plain = _PLAIN.match(text, start)
    return plain.end() if plain else start


def _object_within(text: str, position: int) -> tuple[list[tuple[str, str | None]], int]:
    """Skip a JSON object, as a marker may hold one instead of words."""
    try:
        _, end = json.JSONDecoder().raw_decode(text, position)
    except ValueError as error:
        raise FaultError(f"it is not JSON: {error}") from None
    space = _SPACE.match(text, end)
    return [], space.end() if space else end


def _take(given: dict[str, Json], word: str, value: str | None) -> None:
    """Add what one word means."""
    if value is None:
        if word in READY:
            names = [given["name"]] if "name" in given else []
            given["name"] = " ".join([*names, word])
        elif (name := word.replace("-", "_")) in _FLAGS:
            given[name] = True
        else:
            raise _unknown(word, needs_value=name in _FIELDS)
        return
    kind, colon, key = word.partition(":")
    if colon and kind in _MAPPINGS and key:
        content = _value(value)
        text = content if content is None or isinstance(content, str) else value
        given.setdefault(_MAPPINGS[kind], {})[key] = text if kind == "header" else content
        return
    name = word.replace("-", "_")
    if name not in _FIELDS:
        raise _unknown(word, "field")
    content = _value(value)
    given[name] = value if name in _TEXTS and not isinstance(content, str) else content


def _value(text: str) -> Json:
    """A word's value: as JSON where it is some, else as text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _built(given: Mapping[str, Json]) -> Fault:
    """The fault of fields that were given, on top of those of the ready-made faults that are named."""
    for name in given:
        if name not in fields_dict(Fault):
            raise _unknown(str(name), "field")
    merged: dict[str, Json] = {}
    for name in str(given.get("name", "")).split():
        if name not in READY:
            raise _unknown(name)
        merged |= READY[name].fields
    merged |= {name: value for name, value in given.items() if value is not None or name != "times"}
    if len(merged) == len([name for name in ("times", *_TARGETS) if name in merged]):
        raise FaultError(f"nothing goes wrong by it. {known()}.")
    return Fault(**merged)


def _unknown(word: str, kind: str = "fault", *, needs_value: bool = False) -> FaultError:
    """What isn't known, and what may have been meant; all that is known where nothing is like it."""
    if needs_value:
        return FaultError(f"{word} needs a value: {word}=…")
    of_fields = [word_of(name) for name in _FIELDS for word_of in (str, lambda name: name.replace("_", "-"))]
    like = get_close_matches(word, of_fields if kind == "field" else [*READY, *of_fields], 1)
    what = f"{word[:60]!r} is no field of a fault" if kind == "field" else f"{word[:60]!r} is no fault"
    return FaultError(f"{what} (did you mean {like[0]}?)" if like else f"{what}. {known()}.")
