"""Faults that are ready to be asked for by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from generator.mock.faults.fault import AFTER, BEFORE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.model import Json

_HTML = """<!DOCTYPE html>
<html><head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>
"""


@frozen
class Ready:
    """A ready-made fault.

    Attributes:
        fields: The fields of the fault.
        summary: What it does.
    """

    fields: Mapping[str, Json]
    summary: str


READY: Final[Mapping[str, Ready]] = {
    "ok": Ready({}, "nothing goes wrong: lets a request through between two faults"),
    "unauthorized": Ready({"status": 401}, "the documented 401"),
    "payment-required": Ready({"status": 402}, "the documented 402"),
    "rate-limit": Ready({"status": 429, "retry_after": 1}, "the documented 429, with Retry-After"),
    "server-error": Ready({"status": 500}, "the documented 500"),
    "bad-gateway": Ready({"status": 502}, "the documented 502"),
    "bad-gateway-html": Ready(
        {"status": 502, "body": _HTML, "content_type": "text/html"}, "a 502 with the HTML page of a proxy"
    ),
    "overloaded": Ready({"status": 503, "retry_after": 1}, "the documented 503, with Retry-After"),
    "gateway-timeout": Ready({"status": 504}, "a 504 in the documented shape"),
    "timeout": Ready({"delay": 3600}, "all is done, and no answer comes"),
    "slow": Ready({"delay": 1, "bytes_per_second": 10_000}, "a second's wait, then 10,000 bytes a second"),
    "reset": Ready({"reset": BEFORE}, "the connection is reset before anything is done"),
    "reset-after": Ready({"reset": AFTER}, "all is done, and the connection is reset instead of an answer"),
    "hang-up": Ready({"hang_up": AFTER}, "all is done, and the connection is closed without an answer"),
    "truncated": Ready({"cut_after": "50%"}, "the connection is closed after half of the body"),
    "truncated-chunked": Ready(
        {"cut_after": "50%", "chunked": True}, "the same, of a body whose length isn't announced"
    ),
    "garbage": Ready({"garbage": True}, "bytes that are no HTTP"),
    "wrong-type": Ready({"content_type": "text/plain"}, "the right body, announced as plain text"),
    "bad-json": Ready({"body": '{"created": 17', "content_type": "application/json"}, "JSON that doesn't end"),
    "empty": Ready({"body": "", "content_type": "application/json"}, "a 200 without a body"),
    "unknown-enum": Ready({"unknown_values": True}, "listed values are replaced by one that nobody knows"),
    "unknown-field": Ready({"unknown_fields": True}, "every object has a field that nobody knows"),
    "expired-url": Ready({"expire_urls": True}, "the answer's links have expired"),
    "content-violation": Ready({"violation": True}, "the image counts as adult content: safe_mode blurs it"),
}
"""Ready-made faults, by name."""
