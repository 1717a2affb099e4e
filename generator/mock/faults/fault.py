"""A fault: what goes wrong with an answer, and which requests it hits."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from attrs import asdict, field, fields, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeAlias

    from attrs import Attribute

    from generator.spec.model import Json

    _Check: TypeAlias = Callable[[object, Attribute[Any], Any], None]

DOWNLOAD: Final = "download"
"""What stands for an operationId where a result's link is followed."""

ALWAYS: Final = "always"
"""What `times` is in JSON and in a notation for a fault that doesn't wear off."""

BEFORE: Final = "before"
"""Of a lost connection: before the body is read and anything is done."""

AFTER: Final = "after"
"""Of a lost connection: after all is done, instead of the answer."""

LONGEST_DELAY: Final = 86_400
"""The longest that an answer can be held back, in seconds."""

_LARGEST: Final = 1_000_000_000  # of requests, and of bytes a second
_FIRST_REFUSAL = 300
_HASHED = "sha256:"
_HASHED_WALLET = "wallet:sha256:"
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
_PERCENT = re.compile(r"(?:100|[0-9]{1,2})%")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_FRAMING = frozenset({"content-length", "transfer-encoding"})


class FaultError(ValueError):
    """This can't be a fault; the message says why, and what can."""


def hashed(key: str) -> str:
    """What is kept of a key: enough to recognise it. A wallet's address may be written in any case."""
    if not isinstance(key, str):
        raise _must("key", "a text", type(key).__name__)
    if not key or key.startswith((_HASHED, _HASHED_WALLET)):
        return key
    kind, written = (_HASHED_WALLET, key.lower()) if _ADDRESS.fullmatch(key) else (_HASHED, key)
    return kind + hashlib.sha256(written.encode(errors="replace")).hexdigest()


def is_wallet(hashed_key: str) -> bool:
    """Whether what `hashed` gave is of a wallet's address."""
    return hashed_key.startswith(_HASHED_WALLET)


def _must(name: str, what: str, value: object) -> FaultError:
    return FaultError(f"{name} must be {what}, not {str(value)[:60]!r}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _whole(minimum: int, maximum: int | None = None, *, words: Iterable[str] = ()) -> _Check:
    allowed = tuple(words)
    bounds = f"from {minimum} to {maximum}" if maximum is not None else f"of at least {minimum}"
    what = " or ".join([f"a whole number {bounds}", *map(repr, allowed)])

    def check(_fault: object, attribute: Attribute[Any], value: Json) -> None:
        if value is None or (isinstance(value, str) and value in allowed):
            return
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or value < minimum or (maximum is not None and value > maximum):
            raise _must(attribute.name, what, value)

    return check


def _seconds(_fault: object, attribute: Attribute[Any], value: Json) -> None:
    if not _is_number(value) or not 0 <= value <= LONGEST_DELAY:
        raise _must(attribute.name, f"a number of seconds from 0 to {LONGEST_DELAY}", value)


def _rate(_fault: object, attribute: Attribute[Any], value: Json) -> None:
    if value is not None and (not _is_number(value) or not 0 < value <= _LARGEST):
        raise _must(attribute.name, f"a number above 0, at most {_LARGEST}", value)


def _amount(_fault: object, attribute: Attribute[Any], value: Json) -> None:
    if isinstance(value, str) and _PERCENT.fullmatch(value):
        return
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise _must(attribute.name, "a number of bytes, or a share of the body such as '50%'", value)


def _word(*allowed: str) -> _Check:
    def check(_fault: object, attribute: Attribute[Any], value: Json) -> None:
        if value is not None and value not in allowed:
            raise _must(attribute.name, " or ".join(map(repr, allowed)), value)

    return check


def _text(_fault: object, attribute: Attribute[Any], value: Json) -> None:
    if not isinstance(value, str) or not _HEADER_VALUE.fullmatch(value):
        raise _must(attribute.name, "a text of one line", value)


def _retry(_fault: object, attribute: Attribute[Any], value: Json) -> None:
    if value is None or (_is_number(value) and 0 <= value < float("inf")):
        return
    if not isinstance(value, str) or not _HEADER_VALUE.fullmatch(value):
        raise _must(
            attribute.name, "a number of seconds from 0, or a date such as 'Wed, 21 Oct 2015 07:28:00 GMT'", value
        )


def _as_retry_after(value: object) -> Json:
    """What is written into Retry-After: seconds, whole ones without a dot, or a date as HTTP has it."""
    if isinstance(value, timedelta):
        value = value.total_seconds()
    if isinstance(value, datetime):
        return format_datetime(value.astimezone(UTC), usegmt=True)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _times(_fault: object, attribute: Attribute[Any], value: Json) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _LARGEST):
        raise _must(attribute.name, f"a whole number from 1 to {_LARGEST}, or {ALWAYS!r}", value)


def _as_times(value: object) -> Json:
    return None if value == ALWAYS else value


def _flag(_fault: object, attribute: Attribute[Any], value: Json) -> None:
    if not isinstance(value, bool):
        raise _must(attribute.name, "true or false", value)


def _headers(_fault: object, _attribute: Attribute[Any], value: Json) -> None:
    if not isinstance(value, dict):
        raise _must("headers", "an object of names and values", value)
    for name, content in value.items():
        if not isinstance(name, str) or not _TOKEN.fullmatch(name):
            raise _must("headers", "named as HTTP allows", name)
        if name.lower() in _FRAMING:
            raise FaultError(f"headers can't set {name}; use cut_after for a body that ends early, or chunked")
        if content is not None and not (isinstance(content, str) and _HEADER_VALUE.fullmatch(content)):
            raise _must(f"headers: {name}", "a text of one line, or null to leave it out", content)


def _pointers(_fault: object, _attribute: Attribute[Any], value: Json) -> None:
    if not isinstance(value, dict):
        raise _must("set", "an object of JSON Pointers and values", value)
    for pointer in value:
        if not isinstance(pointer, str) or not pointer.startswith("/"):
            raise _must("set", "keyed by JSON Pointers such as '/data/0/url'", pointer)


@frozen(kw_only=True)
class Fault:
    """What goes wrong, and with which requests.

    Attributes:
        name: What the ready-made fault is called that it began as; "" for none.
        operation: The operationId it hits, or ``download`` for results' links; "" for any operation.
        api: The spec's name, e.g. ``powertokens``; "" for any.
        path: The path it hits, with ``*`` for any part; "" for any.
        key: The caller it hits, given as API key or wallet's address and kept as a hash; "" for any.
        times: How many requests it hits; None, or "always", for all. Of a header or marker that says none, it is None.
        status: The answer's status. From 300 on the answer is the documented error.
        headers: Headers to put into the answer; None leaves one out.
        retry_after: The Retry-After header: seconds or a date, as HTTP has it or as Python has both.
        body: The answer's body: a text as it is, anything else as JSON.
        content_type: The answer's Content-Type.
        delay: How long the first byte is held back, in seconds.
        bytes_per_second: How fast the body comes.
        cut_after: After how many bytes of the body, or which share of it ("50%"), the connection is closed.
        half_close: Whether only the mock's side is closed then, so that the caller must hang up.
        chunked: Whether the body comes in chunks, of a length that isn't announced.
        reset: When the connection is reset: "before", "after", or behind how many bytes of the body.
        hang_up: When the connection is closed without an answer: "before" or "after".
        garbage: Whether bytes come that are no HTTP.
        set: JSON Pointers into the answer, and what to put there.
        unknown_values: Whether texts whose values are listed have one that nobody knows.
        unknown_fields: Whether every object has a field that nobody knows.
        expire_urls: Whether links in the answer have expired.
        violation: Whether the image counts as adult content.
    """

    name: str = field(default="", validator=_text)
    operation: str = field(default="", validator=_text)
    api: str = field(default="", validator=_text)
    path: str = field(default="", validator=_text)
    key: str = field(default="", converter=hashed, repr=False)
    times: int | None = field(default=1, converter=_as_times, validator=_times)
    status: int | None = field(default=None, validator=_whole(200, 599))
    headers: Mapping[str, str | None] = field(factory=dict, validator=_headers)
    retry_after: float | str | None = field(default=None, converter=_as_retry_after, validator=_retry)
    body: Json = None
    content_type: str = field(default="", validator=_text)
    delay: float = field(default=0, validator=_seconds)
    bytes_per_second: float | None = field(default=None, validator=_rate)
    cut_after: int | str | None = field(default=None, validator=_amount)
    half_close: bool = field(default=False, validator=_flag)
    chunked: bool = field(default=False, validator=_flag)
    reset: int | str | None = field(default=None, validator=_whole(0, words=(BEFORE, AFTER)))
    hang_up: str | None = field(default=None, validator=_word(BEFORE, AFTER))
    garbage: bool = field(default=False, validator=_flag)
    set: Mapping[str, Json] = field(factory=dict, validator=_pointers)
    unknown_values: bool = field(default=False, validator=_flag)
    unknown_fields: bool = field(default=False, validator=_flag)
    expire_urls: bool = field(default=False, validator=_flag)
    violation: bool = field(default=False, validator=_flag)

    def __attrs_post_init__(self) -> None:
        ends = {
            "cut_after": self.cut_after,
            "reset": self.reset,
            "hang_up": self.hang_up,
            "garbage": self.garbage or None,
        }
        given = [name for name, end in ends.items() if end is not None]
        if len(given) > 1:
            raise FaultError(f"{given[0]} and {given[1]} exclude each other: a connection ends once")
        if self.half_close and self.cut_after is None:
            raise FaultError("half_close needs cut_after: the number of bytes after which to close")
        if self.body is not None and self.changes_json:
            raise FaultError("set, unknown_values and unknown_fields change the documented answer, and body is another")
        try:
            json.dumps([self.body, dict(self.set)], ensure_ascii=False, allow_nan=False).encode()
        except (TypeError, ValueError, RecursionError):
            raise FaultError("body and set must hold what JSON has, in whole characters") from None

    @property
    def replaces(self) -> bool:
        """Whether the answer is the fault's own."""
        return self.body is not None or (self.status is not None and self.status >= _FIRST_REFUSAL)

    @property
    def changes_json(self) -> bool:
        """Whether something is changed inside of an answer, which must be JSON for that."""
        return bool(self.set) or self.unknown_values or self.unknown_fields

    @property
    def is_before(self) -> bool:
        """Whether the connection is lost before anything is done."""
        return BEFORE in {self.reset, self.hang_up}

    @property
    def spares_work(self) -> bool:
        """Whether nothing is made for the request: no image, no charge."""
        return self.is_before or (self.status is not None and self.status >= _FIRST_REFUSAL)

    def hits(self, *, operation: str, api: str, path: str, credentials: Callable[[], Iterable[str]]) -> bool:
        """Whether it hits a request.

        Args:
            operation: The request's operationId, or `DOWNLOAD`; "" where it means none.
            api: The spec's name.
            path: The request's path.
            credentials: Finds the caller's keys, hashed. Asked only where the fault is for one caller.
        """
        if self.operation and self.operation != operation:
            return False
        if operation in {"", DOWNLOAD} and not (self.operation or self.path):
            return False  # "the next request" means the next call of an API
        if (self.api and self.api != api) or (self.path and not fnmatchcase(path, self.path)):
            return False
        return not self.key or self.key in set(credentials())

    def as_json(self) -> dict[str, Json]:
        """The fault as JSON has values: what differs from the default. A key is told by its hash."""
        plain = asdict(self, recurse=False)
        told = {
            attribute.name: plain[attribute.name]
            for attribute in fields(Fault)
            if plain[attribute.name] not in (_default(attribute), None)
        }
        return told if self.times is not None else {**told, "times": ALWAYS}


def _default(attribute: Attribute[Any]) -> Json:
    return {} if attribute.name in {"headers", "set"} else attribute.default
