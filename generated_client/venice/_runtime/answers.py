"""Reads the answers of operations: the media type that came decides what is made of the body."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from .answer_body import JsonError, read_bytes, read_file, read_json
from .errors import AnswerUnreadable
from .json_text import decoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import httpx

    from .deadline import Deadline
    from .operation import Operation
    from .steps import Plan

LARGEST: Final = 1 << 30  # bytes of an answer; nothing that an image API sends comes near
LARGEST_ERROR: Final = 1 << 20  # bytes of an error's body that are kept
_SHOWN: Final = 2_000  # bytes of an answer that can't be read


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
    reader = _reader(response, kinds)
    if reader is not None and hasattr(reader, "from_stream"):
        stream = yield from read_file(response, deadline, limit=LARGEST)
        return reader.from_stream(stream, response)
    if reader is None and _is_text(response):
        body = yield from read_bytes(response, deadline, limit=LARGEST)
        return _text(response, body)
    try:
        data = yield from read_json(response, deadline, limit=LARGEST)
    except JsonError as error:
        raise _no_json(error.head) from None
    return data if reader is None else reader.from_dict(data)


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
    reader = _reader(response, kinds)
    if reader is not None and hasattr(reader, "from_stream"):
        return reader.from_stream(io.BytesIO(content), response)
    if reader is None and _is_text(response):
        return _text(response, content)
    try:
        data = decoded(content)
    except ValueError:
        raise _no_json(content) from None
    return data if reader is None else reader.from_dict(data)


def _no_json(content: bytes) -> AnswerUnreadable:
    return AnswerUnreadable("the answer is no JSON that can be read", text=content[:_SHOWN].decode("utf-8", "replace"))


def _is_text(response: httpx.Response) -> bool:
    return _media_type(response).startswith("text/")


def _text(response: httpx.Response, content: bytes) -> str:
    try:
        return content.decode(response.charset_encoding or "utf-8", "replace")
    except LookupError:  # an encoding that nobody knows
        return content.decode("utf-8", "replace")


def _media_type(response: httpx.Response) -> str:
    media_type: str = response.headers.get("content-type", "")
    return media_type.partition(";")[0].strip().lower()


def _reader(response: httpx.Response, kinds: Mapping[str, type[Any] | None]) -> type[Any] | None:
    media_type = _media_type(response)
    name = _matching(media_type, kinds)
    if name is None:
        said = media_type or "no media type"
        raise AnswerUnreadable(f"the answer is {said} where the API documents {', '.join(kinds)}")
    return kinds[name]


def _matching(media_type: str, kinds: Iterable[str]) -> str | None:
    for kind in kinds:
        name = kind.partition(";")[0].strip().lower()
        if name in {media_type, "*/*"} or (name.endswith("/*") and media_type.startswith(name[:-1])):
            return kind
        if name == "application/json" and media_type.endswith("+json"):
            return kind
    return None
