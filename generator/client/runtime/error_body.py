"""Finds an error's words, code and request id in an answer, whatever form the API gives them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .errors import StatusError
from .json_text import decoded

if TYPE_CHECKING:
    import httpx

_REQUEST_ID = re.compile(r"\(request id: ([^)]+)\)", re.IGNORECASE)


def status_error(response: httpx.Response, parsed: Any = None, hint: str = "") -> StatusError:
    """The error that an answer means.

    Args:
        response: The answer, read.
        parsed: Its body as the documented model, or None.
        hint: What the user might do, if the API doesn't say.
    """
    message, code = _words(response.content)
    return StatusError.kind(response.status_code)(
        response.status_code,
        message="; ".join(part for part in (message, hint) if part),
        code=code,
        request_id=request_id(response, message),
        headers=response.headers,
        body=response.content,
        parsed=parsed,
        method=response.request.method,
        url=str(response.request.url),
    )


def request_id(response: httpx.Response, message: str = "") -> str:
    """The API's name for a request: from the header ``X-Request-Id``, or from the end of an error's message."""
    named: str = response.headers.get("x-request-id", "")
    match = None if named else _REQUEST_ID.search(message)
    return match[1] if match else named


def _words(body: bytes) -> tuple[str, str]:
    """Message and code, of ``{"error": {"message", "code"}}`` or ``{"error": "text", "code"}``."""
    try:
        data = decoded(body)
    except ValueError:
        return "", ""
    if not isinstance(data, dict):
        return "", ""
    error = data.get("error")
    if isinstance(error, dict):
        return _text(error.get("message")), _text(error.get("code"))
    said = [_text(error), _text(data.get("message"))]
    return ": ".join(part for part in said if part), _text(data.get("code"))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
