"""Writes a request as a line for curl that anybody can paste; the key is left to a shell variable."""

from __future__ import annotations

import re
from shlex import quote
from typing import TYPE_CHECKING, Final

from generator.conformance.reports.bodies import is_parts, parts
from generator.conformance.reports.shortening import image_type
from generator.conformance.sending import Credentials, as_json, as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.conformance.exchange import Exchange

TOKEN: Final = "$IMAGE_CONTRACT_TOKEN"  # noqa: S105  a shell variable's name
"""What stands in a line where the key is to go."""

_MASK: Final = "[token]"
_MADE_UP: Final = "made-up"
_PROOFS: Final = frozenset({Credentials.WALLET, Credentials.EMPTY_WALLET})
_LONGEST: Final = 20_000  # characters of a body inside the line; shells and mailers cut longer ones
# Headers that curl writes itself, or that say how the body was sent and not what it was.
_OWN: Final = frozenset(
    {
        "host",
        "content-length",
        "content-type",
        "transfer-encoding",
        "connection",
        "accept-encoding",
        "user-agent",
        "accept",
        "expect",
    }
)
_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_TO_ESCAPE: Final = re.compile(r'(["$`\\])')
_PLAIN: Final = re.compile(r"[^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]*")


def as_curl(exchange: Exchange) -> str:
    """The line. What it can't repeat, the files of a form and very long bodies, is named in comments before it."""
    sent = exchange.sent
    comments: list[str] = []
    words = ["curl", "-sS", "-g", "-i", "-X", _quoted(sent.method), _quoted(sent.url)]
    for name, value in sent.headers.items():
        if name.lower() not in _OWN and _NAME.fullmatch(name):
            words += ["-H", _header(name, value, exchange.request.credentials)]
    words += _body(exchange, comments)
    if exchange.request.credentials in _PROOFS:
        comments.append(f"# {TOKEN} is {exchange.request.credentials.value}, made anew for each request.")
    return "\n".join([*comments, " ".join(words)])


def _header(name: str, value: str, shows: Credentials) -> str:
    if _MASK not in value:
        return _quoted(f"{name}: {value}")
    if shows is Credentials.WRONG:
        is_bearer = value == _MASK and name.lower() == "authorization"
        return _quoted(f"{name}: {f'Bearer {_MADE_UP}' if is_bearer else value.replace(_MASK, _MADE_UP)}")
    token = f"{TOKEN}-longer" if shows is Credentials.LONGER else TOKEN
    escaped = _TO_ESCAPE.sub(r"\\\1", f"{name}: {value}")
    return f'"{escaped.replace(_MASK, token)}"'


def _body(exchange: Exchange, comments: list[str]) -> Iterator[str]:
    request = exchange.request
    if not request.media_type:
        return
    if is_parts(request):
        files = 0
        for name, value in parts(request):
            if isinstance(value, bytes):
                files += 1
                file = f"file-{files}.{image_type(value).removeprefix('image/') or 'bin'}"
                comments.append(f"# {file} is a file of {len(value):,} bytes.")
                yield from ("-F", _quoted(f'"{_escaped_name(name)}"=@{file}' if _is_odd(name) else f"{name}=@{file}"))
            else:
                yield from ("--form-string", _quoted(f"{name}={as_text(value)}"))
        return
    media_type = next((v for n, v in exchange.sent.headers.items() if n.lower() == "content-type"), request.media_type)
    yield from ("-H", _quoted(f"Content-Type: {media_type}"))
    yield from ("--data-binary", _data(exchange, comments))


def _data(exchange: Exchange, comments: list[str]) -> str:
    body = exchange.sent.body
    if exchange.sent.length > len(body):
        body = exchange.request.raw or as_json(exchange.request.body)
    if exchange.request.empty and not body:
        return "''"
    if len(body) <= _LONGEST and b"\x00" not in body and not body.startswith(b"@"):
        return _quoted_bytes(body)
    comments.append(f"# body.bin is the request's body, {max(len(body), exchange.sent.length):,} bytes.")
    return "@body.bin"


def _is_odd(name: str) -> bool:
    return re.fullmatch(r"[\w.\[\]-]+", name) is None


def _escaped_name(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')


def _quoted(text: str) -> str:
    """A word for the shell. What can't be seen, or would steer the terminal it is pasted into, is written out."""
    if _PLAIN.fullmatch(text):
        return quote(text)
    return _quoted_bytes(text.encode("utf-8", "surrogatepass"))


def _quoted_bytes(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = ""
    if text and _PLAIN.fullmatch(text):
        return quote(text)
    shown = (chr(byte) if _is_plain(byte) else f"\\x{byte:02x}" for byte in data)
    return f"$'{''.join(shown)}'" if data else "''"


def _is_plain(byte: int) -> bool:
    return 0x20 <= byte <= 0x7E and chr(byte) not in "'\\"  # noqa: PLR2004  what ASCII prints
