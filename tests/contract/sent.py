"""What a request says on the wire, judged by the spec: without the mock, and without what a tool meant to send."""

from __future__ import annotations

import json
from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING

from generator.spec.boundary.breaches import Judge

from .forms import as_form_reads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from requests import PreparedRequest

    from generator.spec import Json, Operation, Shape


class UnreadableError(ValueError):
    """These bytes are no body of their media type."""


def breaks(operation: Operation, request: PreparedRequest) -> frozenset[str] | None:
    """The ids of the rules that a request's body breaks, as it was sent.

    Args:
        operation: The operation.
        request: The request.

    Returns:
        The ids; None for a body of which the spec says nothing, for its media type isn't documented.

    Raises:
        UnreadableError: The body isn't what its Content-Type says.
    """
    content_type = request.headers.get("Content-Type", "")
    media_type = str(content_type).partition(";")[0].strip().lower()
    shapes = operation.shapes_of(media_type)
    if not shapes:
        return None
    content = request.body or b""
    raw = content.encode() if isinstance(content, str) else content
    assert isinstance(raw, bytes)
    body = _form(raw, str(content_type), shapes[0]) if shapes[0].is_multipart else _json(raw)
    meant = operation.shape_meant(media_type, body)
    assert meant is not None
    return Judge(meant).breaks(body)


def _json(raw: bytes) -> Json:
    try:
        value = json.loads(raw, parse_constant=_refuse)
        json.dumps(value, ensure_ascii=False).encode()
    except ValueError as error:
        raise UnreadableError(str(error)) from error
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _form(raw: bytes, content_type: str, shape: Shape) -> dict[str, Json]:
    """A form's fields; a field that is there more often holds a list."""
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + raw)
    fields: dict[str, list[Json]] = {}
    for part in message.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        fields.setdefault(_property(name, shape.schema), []).append(_part(payload, part.get_filename()))
    return as_form_reads(
        {name: values if len(values) > 1 else values[0] for name, values in fields.items()}, shape.schema
    )


def _part(payload: bytes, file_name: str | None) -> Json:
    if file_name is not None:
        return payload
    try:
        return payload.decode()
    except UnicodeDecodeError as error:
        raise UnreadableError(str(error)) from error


def _property(name: str, schema: Mapping[str, Json]) -> str:
    """The property that a part belongs to."""
    for known, node in schema["properties"].items():
        if name in node.get("x-part-aliases", ()):
            return str(known)
    return name
