"""Reads the answers of operations: the media type that came decides what is made of the body."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from .answer_body import JsonError, read_bytes, read_file, read_json, read_whole
from .errors import AnswerUnreadable
from .image_header import LONGEST_SIGNATURE, format_of
from .image_type import media_type_of, usual_name
from .json_text import decoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import IO

    import httpx

    from .deadline import Deadline
    from .operation import Operation
    from .reading import Reads
    from .steps import Plan

LARGEST: Final = 1 << 30  # bytes of an answer; nothing that an image API sends comes near
LARGEST_ERROR: Final = 1 << 20  # bytes of an error's body that are kept
_JSON: Final = "application/json"
_UNTOLD: Final = frozenset({"", "text/plain", "application/octet-stream"})
"""What a server says that doesn't say what it sends."""


_TEXTS: Final = ("/xml", "+xml", "/yaml", "/x-yaml", "+yaml", "/javascript", "/graphql", "/x-ndjson", "/jwt")
"""How the names of media types end that are text and don't begin with that."""


class _AnyImage:
    """Stands for what reads an image that came under a name which the operation doesn't document."""


def read_answer(operation: Operation[Any], response: httpx.Response, deadline: Deadline) -> Plan[Any]:
    """Read an answer while it comes in: what is large goes to disk, or is held once.

    Args:
        operation: The operation.
        response: An answer with a status that the operation documents, its body not yet read.
        deadline: When all of it must be there.

    Raises:
        AnswerUnreadable: Its media type or its content isn't what is documented.
    """
    kinds = operation.kinds(response.status_code)
    if not kinds:
        yield from read_bytes(response, deadline, limit=LARGEST_ERROR)
        return None
    reader, media_type, trouble = _reader(response, kinds)
    if reader is _AnyImage:
        stream = yield from read_file(response, deadline, limit=LARGEST)
        return _image(stream, response, kinds, trouble)
    if _is_image(reader):
        stream = yield from read_file(response, deadline, limit=LARGEST)
        return reader.from_stream(stream, response)
    if reader is None and _is_text(media_type):
        return _text(response, (yield from read_whole(response, deadline, limit=LARGEST)))
    try:
        data = yield from read_json(response, deadline, limit=LARGEST)
    except JsonError as error:
        raise AnswerUnreadable(trouble, body=error.body) from None
    return _modelled(reader, data)


def parse_answer(operation: Operation[Any], response: httpx.Response, content: bytes) -> Any:
    """Make of an answer's body what the operation documents.

    Args:
        operation: The operation.
        response: An answer with a status that the operation documents.
        content: Its whole body.

    Raises:
        AnswerUnreadable: Its media type or its content isn't what is documented.
    """
    kinds = operation.kinds(response.status_code)
    if not kinds:
        return None
    reader, media_type, trouble = _reader(response, kinds)
    if reader is _AnyImage:
        return _image(io.BytesIO(content), response, kinds, trouble)
    if _is_image(reader):
        return reader.from_stream(io.BytesIO(content), response)
    if reader is None and _is_text(media_type):
        return _text(response, content)
    try:
        data = decoded(content)
    except ValueError:
        raise AnswerUnreadable(trouble, body=content) from None
    return _modelled(reader, data)


def _image(
    stream: IO[bytes], response: httpx.Response, kinds: Mapping[str, type[Any] | Reads | None], trouble: str
) -> Any:
    """An answer that is called otherwise than the API documents, if its first bytes are those of an image."""
    known = format_of(stream.read(LONGEST_SIGNATURE))
    stream.seek(0)
    if known is None:
        with stream:
            raise AnswerUnreadable(trouble, body=stream.read())
    fitting = kinds.get(_matching(known.media_type, kinds) or "")
    reader: Any = fitting if _is_image(fitting) else next(filter(_is_image, kinds.values()))
    return reader.from_stream(stream, response)


def _modelled(reader: type[Any] | Reads | None, data: Any) -> Any:
    """The model of decoded JSON; if it can't be one, the exception keeps the JSON."""
    if reader is None:
        return data
    try:
        return reader.from_dict(data)
    except AnswerUnreadable as error:
        error.data = data
        raise


def _text(response: httpx.Response, content: bytes) -> str:
    try:
        return content.decode(response.charset_encoding or "utf-8", "replace")
    except LookupError:  # an encoding that nobody knows
        return content.decode("utf-8", "replace")


def _reader(response: httpx.Response, kinds: Mapping[str, type[Any] | Reads | None]) -> tuple[Any, str, str]:
    """What reads an answer, None for nothing; its media type; and what to say if it should be JSON and is none."""
    media_type = media_type_of(response.headers.get("content-type", ""))
    name = media_type if media_type in kinds else _matching(media_type, kinds)
    if name is None:
        name = _matching(usual_name(media_type), kinds)
    if name is not None:
        return kinds[name], media_type, "the answer is no JSON that can be read"
    trouble = f"the answer is {media_type or 'no media type'} where the API documents {', '.join(kinds)}"
    if media_type in _UNTOLD and all(map(_is_json, kinds)):
        return next(iter(kinds.values())), _JSON, trouble
    if any(map(_is_image, kinds.values())):
        return _AnyImage, media_type, trouble
    raise AnswerUnreadable(trouble)


def _matching(media_type: str, kinds: Iterable[str]) -> str | None:
    for kind in kinds:
        name = media_type_of(kind)
        if name in {media_type, "*/*"} or (name.endswith("/*") and media_type.startswith(name[:-1])):
            return kind
        if name == _JSON and media_type.endswith("+json"):
            return kind
    return None


def _is_image(reader: object) -> bool:
    return hasattr(reader, "from_stream")


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text/") or media_type.endswith(_TEXTS)


def _is_json(kind: str) -> bool:
    name = media_type_of(kind)
    return name == _JSON or name.endswith("+json")
