"""Kinds of requests to the control interface and to results' links. None of them changes what the mock does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.mock.hostile.attack import Attack, head

if TYPE_CHECKING:
    from random import Random

_REFUSED: Final = frozenset({400, 404, 405})
_HUGE: Final = "1" + "0" * 400
_NUMBERS: Final = (_HUGE, f"-{_HUGE}", "9" * 5000, "1e400", str(2**63), "NaN", "-1e18", '"1"', "null", "[]", "true")


def numbers_beyond_reason(random: Random) -> Attack:
    """Numbers that no clock, fault or account can have."""
    number = random.choice(_NUMBERS)
    method, path, body = random.choice(
        [
            ("PUT", "clock", '{"move_seconds": %s}'),
            ("PUT", "clock", '{"offset_seconds": %s}'),
            ("POST", "faults", '[{"status": 503, "times": %s, "operation": 1}]'),
            ("POST", "faults", '[{"bytes_per_second": %s, "operation": "none"}]'),
            ("POST", "faults", '[{"delay": %s, "reset": %s}]'),
            ("PUT", "balance", '{"key": "nobodys", "usd": %s}'),
        ]
    )
    return _control(method, path, body.replace("%s", number).encode())


def odd_numbers_in_paths(random: Random) -> Attack:
    """Numbers of faults and requests that there can't be."""
    number = random.choice([*_NUMBERS[:5], "%00", "%ff", "..%2f", "-0", "%F0%9F%90%88"])
    return _control(*random.choice([("DELETE", f"faults/{number}"), ("GET", f"requests/{number}?format=har")]))


def odd_filters(random: Random) -> Attack:
    """Queries that choose nothing."""
    name = random.choice(["after", "limit", "status", "outcome", "api", "operation", "refused"])
    value = random.choice(["9" * 30, "-1", "%00", "%ff", "x", "1e5", "'"])
    return _control("GET", f"requests?{name}={value}")


def odd_bodies(random: Random) -> Attack:
    """Bodies that are no control request."""
    method, path = random.choice([("PUT", "clock"), ("POST", "faults"), ("PUT", "balance"), ("POST", "balance")])
    body = random.choice([b"", b"{", b"[[[", b'"x"', b"[1]", b'{"a": 1}', b"\xff\xfe", b"[" * 100_000, b"\0" * 50])
    return _control(method, path, body)


def odd_links(random: Random) -> Attack:
    """Results' links that were never handed out."""
    name = random.choice(["x", "%00.png", "0" * 32 + ".png", "..%2f..%2fcontrol.db", "%ff", "a" * 5000])
    expires = random.choice(["", "?expires=", "?expires=" + "9" * 6000, "?expires=-1", "?expires=%00", "?expires=1"])
    return Attack(head("GET", f"/_mock/images/{name}{expires}", {}), frozenset({403, 404}))


def _control(method: str, path: str, body: bytes = b"") -> Attack:
    headers = {"Content-Type": "application/json", "Content-Length": len(body)}
    return Attack(head(method, f"/_mock/{path}", headers) + body, _REFUSED)
