"""Finds an error's words, code and request id in an answer, whatever form the API gives them."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import httpx

from .errors import StatusError
from .json_text import decoded
from .masking import masked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .errors import SentRequest

_REQUEST_ID = re.compile(r"\(request id: ([^)]+)\)", re.IGNORECASE)


def status_error(
    response: httpx.Response,
    body: bytes,
    *,
    parsed: Any = None,
    hint: str = "",
    request: SentRequest | None = None,
    secrets: Iterable[str] = (),
) -> StatusError:
    """The error that an answer means.

    Args:
        response: The answer.
        body: Its body, or the beginning of it, in bytes.
        parsed: Its body as the documented model, or None.
        hint: What the user might do, if the API doesn't say.
        request: What was sent, as far as it may be shown.
        secrets: What was sent and must not be shown; some APIs repeat a key that they refuse.
    """
    message, code = _words(body)
    return StatusError.kind(response.status_code)(
        response.status_code,
        message="; ".join(part for part in (message, hint) if part),
        code=code,
        request_id=request_id(response, message, secrets=secrets),
        headers=_harmless(response.headers, secrets),
        body=body,
        parsed=parsed,
        request=request,
    )


def _harmless(headers: httpx.Headers, secrets: Iterable[str]) -> httpx.Headers:
    return httpx.Headers([(name, masked(value, secrets)) for name, value in headers.raw])


def request_id(response: httpx.Response, message: str = "", *, secrets: Iterable[str] = ()) -> str:
    """The API's name for a request: from the header ``X-Request-Id``, or from the end of an error's message.

    Args:
        response: The answer.
        message: The error's message.
        secrets: What must not be shown.
    """
    named: str = response.headers.get("x-request-id", "")
    match = None if named else _REQUEST_ID.search(message)
    return masked((match[1] if match else named).encode("utf-8", "replace"), secrets).decode()


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
