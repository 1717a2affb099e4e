"""Decodes multipart/form-data bodies by the schema of the form."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, mutable
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from generator.mock.requests.bodies import Body, UnreadableBodyError, decode_json
from generator.mock.requests.coercion import coerce, types_of
from generator.mock.requests.uploads import Upload, stand_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from python_multipart.multipart import MultipartCallbacks

    from generator.spec.model import Json

MAX_PARTS = 1000
"""The most parts that a form may have."""

_MAX_BOUNDARY = 70  # characters, RFC 2046
_REMEMBERED: Final = 256  # headers of parts: the same fields come again and again
_LONGEST_REMEMBERED: Final = 200  # bytes


@frozen
class Part:
    """One part of a form.

    Attributes:
        name: The field's name.
        file_name: The file name; None for a part that is no file.
        media_type: The part's own media type, lower case; "" where it states none.
        content: The part's bytes.
    """

    name: str
    file_name: str | None
    media_type: str
    content: bytes = field(repr=False)


class FormReader:
    """Reads forms of one schema: which property a part belongs to, and what its text means."""

    def __init__(self, schema: Mapping[str, Json]) -> None:
        self._properties: Mapping[str, Mapping[str, Json]] = schema.get("properties", {})
        self._names = {name: name for name in self._properties}
        for name, prop in self._properties.items():
            self._names.update(dict.fromkeys(prop.get("x-part-aliases", ()), name))

    def read(self, raw: bytes, boundary: str) -> Body:
        """Decode a form.

        Args:
            raw: The body.
            boundary: The boundary that its Content-Type states.

        Returns:
            The body as an object with the form's fields.

        Raises:
            UnreadableBodyError: The body is no form with this boundary.
        """
        value: dict[str, Json] = {}
        files: dict[str, Upload] = {}
        for part in split(raw, boundary):
            name = self._names.get(part.name, part.name)
            schema = self._properties.get(name, {})
            if "array" in types_of(schema):
                value.setdefault(name, []).extend(self._items(part, schema, files))
            else:
                value[name] = self._value(part, schema, files)
        return Body(value, len(raw), files)

    def _items(self, part: Part, schema: Mapping[str, Json], files: dict[str, Upload]) -> list[Json]:
        """The items that a part adds to an array: those of a JSON array, or itself."""
        if (
            part.media_type == "application/json"
            and part.file_name is None
            and not _wants_file(schema.get("items", {}))
        ):
            decoded = decode_json(part.content)
            return decoded if isinstance(decoded, list) else [decoded]
        return [self._value(part, schema.get("items", {}), files)]

    def _value(self, part: Part, schema: Mapping[str, Json], files: dict[str, Upload]) -> Json:
        if part.file_name is not None:
            return _file(part, schema, files)
        if part.media_type == "application/json" and not _wants_file(schema):
            return decode_json(part.content)
        text = _text(part)
        return _object(text) if "object" in types_of(schema) else coerce(text, schema)


def _file(part: Part, schema: Mapping[str, Json], files: dict[str, Upload]) -> Json:
    """The text that stands for a file; where no file belongs, an object, so that the field's `type` refuses it."""
    upload = Upload(part.file_name or "", part.media_type or "application/octet-stream", part.content)
    if not _wants_file(schema):
        return upload.described()
    token = stand_in(len(files))
    files[token] = upload
    return token


def _wants_file(schema: Mapping[str, Json]) -> bool:
    """Whether a file belongs here; then a part that is none is a text, whatever else it says of itself."""
    return "file" in schema.get("x-image", {}).get("forms", ()) or schema.get("format") == "binary"


def _text(part: Part) -> str:
    try:
        return part.content.decode()
    except UnicodeDecodeError:
        raise UnreadableBodyError(f"the part {part.name!r} is not UTF-8; send text in UTF-8") from None


def _object(text: str) -> Json:
    """A text where an object belongs: the object if it is JSON, else the text, for `type` to refuse."""
    try:
        return decode_json(text.encode())
    except UnreadableBodyError:
        return text


def split(raw: bytes, boundary: str) -> list[Part]:
    """The parts of a form, in order.

    Raises:
        UnreadableBodyError: The body is no form with this boundary, ends too early, or has a part without a name.
    """
    if not boundary or len(boundary) > _MAX_BOUNDARY or not boundary.isascii():
        raise UnreadableBodyError("the Content-Type of a form must state its boundary; let your HTTP library write it")
    collector = _Collector()
    try:
        parser = MultipartParser(boundary, collector.callbacks())
        parser.write(raw)
        parser.finalize()
    except FormParserError as error:
        raise UnreadableBodyError(f"the body is not a form with the stated boundary: {error}") from None
    if not collector.ended:
        raise UnreadableBodyError("the form ends too early: its closing boundary is missing")
    return collector.parts


@mutable
class _Collector:
    """Collects what the parser calls back with."""

    parts: list[Part] = field(factory=list)
    ended: bool = False
    _headers: dict[str, bytes] = field(factory=dict)
    _name: bytearray = field(factory=bytearray)
    _value: bytearray = field(factory=bytearray)
    _content: bytearray = field(factory=bytearray)

    def callbacks(self) -> MultipartCallbacks:
        """The callbacks that the parser wants."""
        return {
            "on_part_begin": self._begin,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_end": self._finish,
        }

    def _begin(self) -> None:
        self._headers, self._content = {}, bytearray()

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._content += data[start:end]

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._name.decode("latin-1").lower()] = bytes(self._value)
        self._name, self._value = bytearray(), bytearray()

    def _end(self) -> None:
        if len(self.parts) >= MAX_PARTS:
            raise UnreadableBodyError(f"the form has more than {MAX_PARTS} parts")
        _, options = _options(self._headers.get("content-disposition", b""))
        if b"name" not in options:
            raise UnreadableBodyError("a part of the form has no name; give it one in its Content-Disposition")
        media_type, _ = _options(self._headers.get("content-type", b""))
        file_name = options.get(b"filename")
        self.parts.append(
            Part(
                name=_decoded(options[b"name"]),
                file_name=None if file_name is None else _decoded(file_name),
                media_type=media_type.decode("latin-1").lower(),
                content=bytes(self._content),
            )
        )

    def _finish(self) -> None:
        self.ended = True


def _options(header: bytes) -> tuple[bytes, Mapping[bytes, bytes]]:
    return _known_options(header) if len(header) <= _LONGEST_REMEMBERED else parse_options_header(header)


_known_options = lru_cache(_REMEMBERED)(parse_options_header)


def _decoded(name: bytes) -> str:
    """A name in a part's header: UTF-8 in practice, and never a reason to refuse a form."""
    return name.decode(errors="replace")


def boundary_of(content_type: str) -> str:
    """The boundary that a Content-Type states; "" if it states none."""
    _, options = parse_options_header(content_type)
    return options.get(b"boundary", b"").decode("latin-1")
