"""Decodes request bodies: JSON and files by themselves here, forms in `forms`."""

from __future__ import annotations

import hashlib
import json
import re
from math import isfinite
from typing import TYPE_CHECKING, Final, NoReturn

import orjson
from attrs import field, frozen

from generator.mock.requests.uploads import Upload, stand_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.spec.model import Json

MAX_BODY: Final = 40_000_000
"""The largest request body that is read, in bytes: room for an image of 27 million bytes as base64 in JSON."""

MAX_DEPTH: Final = 200
"""The deepest nesting of arrays and objects that is read. jsonschema-rs gives up at 255."""

MAX_VALUES: Final = 100_000
"""The most fields and items that are read, all levels together. A million would keep other callers waiting."""

LONGEST_TEXT_SHOWN: Final = 40_000
"""The longest text that the journal shows whole, in characters; a longer one is image data, and would fill it."""

_STRING: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)  # a string that doesn't end takes all that follows
_LARGE_NUMBER: Final = re.compile(rb"[0-9]{19}")
_FLAT: Final = frozenset((str, int, bool, type(None)))
_BRACKET: Final = re.compile(rb"[\[\]{}]")
_BEGINNING_SHOWN: Final = 60  # characters
_NO_FILES: Final[Mapping[str, Upload]] = {}


class UnreadableBodyError(ValueError):
    """The body can't be decoded; the message says why."""


@frozen
class Body:
    """A decoded request body.

    Attributes:
        value: The body, as JSON has values. A file is represented by a text that nobody can guess.
        size: What came over the wire, in bytes.
        files: The files, by the text that stands for each.
        text: The JSON text that it came as; empty for a body of another kind.
    """

    value: Json
    size: int
    files: Mapping[str, Upload] = field(default=_NO_FILES, repr=False)
    text: bytes = field(default=b"", repr=False)

    @property
    def described(self) -> Json:
        """The body for the journal: a file as its name, media type, size and hash; image data shortened."""
        return self._shown(lambda upload: upload.described())

    @property
    def for_upstream(self) -> Json:
        """The body for the upstream request: a file as the placeholder of a data URI; image data shortened."""
        return self._shown(lambda upload: upload.placeholder())

    def _shown(self, show: Callable[[Upload], Json]) -> Json:
        if not self.files:
            return shortened(self.value, self.size)
        return _mapped(self.value, lambda text: show(self.files[text]) if text in self.files else _shortened(text))


def shortened(value: Json, size: int) -> Json:
    """A value for the journal: image data in it is shortened.

    Args:
        value: As JSON has it.
        size: Of its JSON text, in bytes; a small one holds no image data.
    """
    return value if size <= LONGEST_TEXT_SHOWN else _mapped(value, _shortened)


def file_by_itself(raw: bytes, media_type: str) -> Body:
    """A body that is a file: one text stands for all of it.

    Args:
        raw: The file.
        media_type: As the request states it.
    """
    token = stand_in(0)
    return Body(token, len(raw), {token: Upload("", media_type or "application/octet-stream", raw)})


def decode_json(raw: bytes) -> Json:
    """Decode a JSON text.

    A key that is given twice has its last value, as most readers of JSON have it.

    Args:
        raw: The text, in UTF-8.

    Returns:
        The value: numbers finite, texts free of lone surrogates, nesting at most `MAX_DEPTH` deep, of at
        most `MAX_VALUES` fields and items.

    Raises:
        UnreadableBodyError: It isn't that.
    """
    if len(raw) > MAX_DEPTH and raw.count(b"[") + raw.count(b"{") > MAX_DEPTH and _depth(raw) > MAX_DEPTH:
        raise UnreadableBodyError(f"the body nests deeper than {MAX_DEPTH} arrays and objects")
    if len(raw) > MAX_VALUES and raw.count(b",") >= MAX_VALUES and _STRING.sub(b"", raw).count(b",") >= MAX_VALUES:
        raise UnreadableBodyError(f"the body has more than {MAX_VALUES} fields and items")
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return _decoded(raw)  # Python's reader says more on what is wrong, and takes a little more
    # Of an integer of more than 64 bits orjson makes a float; all other values are as Python reads them.
    return value if _is_flat(value) or not _LARGE_NUMBER.search(raw) else _decoded(raw)


def _is_flat(value: Json) -> bool:
    """Whether a value is an object of texts, booleans and integers, as most bodies are."""
    return type(value) is dict and _FLAT.issuperset(map(type, value.values()))


def _decoded(raw: bytes) -> Json:
    try:
        value = _DECODER.decode(raw.decode())
    except UnicodeDecodeError as error:
        raise UnreadableBodyError(f"the body is not UTF-8 (byte {error.start}); send JSON in UTF-8") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UnreadableBodyError(f"the body is not JSON: {error.msg} ({place})") from None
    except ValueError as error:
        raise UnreadableBodyError(f"the body is not JSON that can be read: {_first_sentence(error)}") from None
    if b"\\u" in raw and _has_lone_surrogate(value):
        raise UnreadableBodyError("the body has half of a surrogate pair (\\ud800 to \\udfff); send whole characters")
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError("a number is beyond the range of floating point")
    return number


_DECODER: Final = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite)


def _first_sentence(error: ValueError) -> str:
    """Python's own words on a number of too many digits go on to advise on Python."""
    return str(error).partition(";")[0]


def _depth(raw: bytes) -> int:
    """How deep a JSON text nests, found without parsing it.

    Python's parser isn't asked, because its own limit is not to be relied on: packages for wallets raise it so far that
    a deep text overflows the stack and ends the process.
    """
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", raw)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _has_lone_surrogate(value: Json) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _mapped(value: Json, change: Callable[[str], Json]) -> Json:
    """A copy of the value in which every text is changed; keys stay."""
    match value:
        case str():
            return change(value)
        case dict():
            return {key: _mapped(inner, change) for key, inner in value.items()}
        case list():
            return [_mapped(inner, change) for inner in value]
        case _:
            return value


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_TEXT_SHOWN:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f"{text[:_BEGINNING_SHOWN]}… ({len(text)} characters, sha256 {digest})"
