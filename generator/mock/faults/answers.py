"""The answers of faults: an error as documented or as told, or a good answer with something wrong in it."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from starlette.responses import Response

from generator.mock.accounts.payment import PAYMENT_REQUIRED, unpaid
from generator.mock.answering.answers import can_violate
from generator.mock.answering.instances import instance_of
from generator.mock.faults.fault import FaultError
from generator.mock.faults.pointers import leads_somewhere, put, with_unknown_fields, with_unknown_values
from generator.mock.judging.errors import RefusalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.mock.faults.fault import Fault
    from generator.mock.judging.errors import ErrorShapes
    from generator.spec.model import Answer, Json, Operation

_NO_VIOLATION: Final = "violation: no documented answer says of its image whether it is adult content"
BODILESS: Final = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})
"""Statuses whose answers end with their headers."""

_LONG_AGO: Final = "1"  # a second after 1970 began
_EXPIRES: Final = re.compile(rb"(/_mock/images/[0-9a-f]+\.[a-z]+\?expires=)[0-9]+")


def own_answer(fault: Fault, operation: Operation | None, errors: ErrorShapes | None, request_id: str) -> Response:
    """The answer that a fault gives itself: its body, or the documented error of its status.

    Args:
        fault: The fault; one that `replaces`.
        operation: The operation; None where none was meant.
        errors: The error shapes; None for those of object stores, where a result's link was followed.
        request_id: Named in errors.
    """
    status = fault.status or 200
    if isinstance(fault.body, str):
        media_type = "text/html" if fault.body.lstrip().startswith("<") else "text/plain"
        return _response(fault.body.encode(), status, media_type)
    if fault.body is not None:
        return _response(_json(fault.body), status, "application/json")
    if errors is None:
        return _response(_as_xml(status), status, "application/xml")
    stated = _stated(operation.answers, status) if operation else None
    words = stated.description if stated else _phrase(status)
    message = f"{words} A fault asked for this."
    refusal = unpaid(message) if status == PAYMENT_REQUIRED else RefusalError(status, message)
    value: dict[str, Json] = errors.body(refusal, request_id)
    for schema in stated.content.values() if stated else ():
        properties = schema.get("properties", {})
        lacking = [name for name in schema.get("required", ()) if name not in value and name in properties]
        value |= {name: instance_of(properties[name]) for name in lacking}
    response = _response(_json(value), status, "application/json")
    documented = {name.lower() for name in stated.headers} if stated else set()
    response.headers.update({name: text for name, text in refusal.headers.items() if name.lower() in documented})
    return response


def spoiled(
    fault: Fault, response: Response, operation: Operation | None, *, asked: Json = None, upstream: Json = None
) -> Response:
    """An answer with what the fault puts into it.

    Args:
        fault: The fault.
        response: The answer.
        operation: The operation; None where none was meant.
        asked: The request's body.
        upstream: The request to the model provider.

    Raises:
        FaultError: There is no such place in this answer, or it says nothing of its images.
    """
    if fault.violation and not (operation and can_violate(operation)):
        raise FaultError(_NO_VIOLATION.replace("no documented answer says", "the documented answer doesn't say"))
    body = bytes(response.body)
    status = response.status_code if fault.replaces or fault.status is None else fault.status
    if fault.changes_json:
        body = _changed(fault, response, _schema(operation, response.status_code), asked, upstream)
    if fault.expire_urls:
        body = _EXPIRES.sub(rb"\g<1>" + _LONG_AGO.encode(), body)
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in response.raw_headers}
    headers.pop("content-length", None)
    if status in BODILESS:
        body = b""
        headers.pop("content-type", None)
    result = Response(body, status, headers)
    if fault.content_type:
        result.headers["Content-Type"] = fault.content_type
    if fault.retry_after is not None:
        result.headers["Retry-After"] = str(fault.retry_after)
    for name, content in fault.headers.items():
        if content is not None:
            result.headers[name] = content
        elif name in result.headers:
            del result.headers[name]
    return result


def check_places(fault: Fault, operations: Sequence[Operation]) -> None:
    """Refuse a fault that no documented answer has a place for.

    Args:
        fault: The fault.
        operations: Those that it can hit.

    Raises:
        FaultError: None of them has such a place.
    """
    if fault.violation and not any(can_violate(operation) for operation in operations):
        raise FaultError(_NO_VIOLATION)
    schemas = [_schema(operation, fault.status or 200) for operation in operations]
    for pointer in fault.set:
        if not any(schema is not None and leads_somewhere(schema, pointer) for schema in schemas):
            top = sorted({f"/{name}" for schema in schemas if schema for name in schema.get("properties", {})})
            has = f"the documented answer has {', '.join(top)}" if top else "the documented answer is no JSON"
            raise FaultError(f"set: there is no place {pointer}; {has}")


def _changed(fault: Fault, response: Response, schema: Mapping[str, Json] | None, asked: Json, upstream: Json) -> bytes:
    media_type = response.headers.get("content-type", "")
    if not media_type.startswith("application/json"):
        raise FaultError(f"only JSON can be changed inside, and this answer is {media_type or 'empty'}")
    value = json.loads(bytes(response.body))
    if fault.unknown_values:
        value = with_unknown_values(value, schema or {}, asked, upstream)
    if fault.unknown_fields:
        value = with_unknown_fields(value)
    for pointer, content in fault.set.items():
        put(value, pointer, content)
    return _json(value)


def _schema(operation: Operation | None, status: int) -> Mapping[str, Json] | None:
    """The schema of an operation's documented JSON answer; None if there is none."""
    answer = _stated(operation.answers, status) if operation else None
    content = answer.content if answer else {}
    return next((schema for name, schema in content.items() if name.endswith("json")), None)


def _stated(answers: Iterable[Answer], status: int) -> Answer | None:
    by_status = {answer.status: answer for answer in answers}
    keys = (str(status), f"{status // 100}XX", "default")
    return next((by_status[key] for key in keys if key in by_status), None)


def _json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def _response(body: bytes, status: int, media_type: str) -> Response:
    return Response(body, status, {"Content-Type": media_type})


def _phrase(status: int) -> str:
    try:
        return f"{HTTPStatus(status).phrase}."
    except ValueError:
        return f"Status {status}."


def _as_xml(status: int) -> bytes:
    """An error in the manner of object stores."""
    words = _phrase(status).removesuffix(".")
    code = "".join(part.capitalize() for part in words.split())
    text = f"<Error><Code>{escape(code)}</Code><Message>{escape(words)}</Message></Error>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
