"""Kinds of requests to odd places: paths, methods, queries, credentials, the mock's own pages."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, Final

from tests.mock.hostile.attack import EDITS, GENERATIONS, JUDGED, MODELS, VENICE, Attack, head

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

_BODY: Final = json.dumps({"model": "qwen-image-2.0-pro", "prompt": "p"}).encode()
_JSON: Final = {"Content-Type": "application/json", "Content-Length": len(_BODY)}
_NOT_HERE: Final = frozenset({400, 401, 403, 404, 405, 422})


def odd_paths(random: Random) -> Attack:
    """Paths that lead nowhere, or would like to lead out of the folder."""
    path = random.choice(
        ["/v1/images/generations/", "//v1/images/generations", "/V1/IMAGES/EDITS", "/v1/images/../images/edits",
        "/%00", "/%",
         "/%zz", "/%ff%fe", "/..%2f..%2fetc/passwd", "/.git/config", "/v1/images/generations;x", "/\\..\\", "/é",
         "/%u0041",
         "/v1/images/generations%00", "/" + "a" * 8000, "/" + "a/" * 3000, "/v1//images/edits", "/api/v1/models/x",
         "/#", "/?",
         "http://other.test/v1/x", "*", "/v1/images/generations\x7f", "/_mock", "/_mock/", "/_mock/x"]
    )  # fmt: skip
    return Attack(head("POST", path, _JSON) + _BODY, _NOT_HERE, hangs_up=True, keeps=False)


def odd_methods(random: Random) -> Attack:
    """Methods that an operation hasn't, and ones that nobody has."""
    method = random.choice(
        [
            "GET",
            "PUT",
            "PATCH",
            "DELETE",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "PROPFIND",
            "post",
            "X" * 3000,
            "P\0ST",
            "É",
            "QUERY",
        ]
    )
    path = random.choice([GENERATIONS, EDITS, VENICE])
    return Attack(
        head(method, path, {"Content-Length": 0}), frozenset({400, 405, 501} - {501}), hangs_up=True, keeps=False
    )


def odd_queries(random: Random) -> Attack:
    """Queries that nobody asked for."""
    query = random.choice(
        ["type=inpaint&type=", "type=%00", "type=%ff", "type", "=", "&&&&", "type=" + "x" * 8000, "a=b&" * 2000,
        "type[]=1",
         "type=inpaint%0d%0aX-Injected:%20yes", "%", "type=%u", "type=é", "?type=inpaint", "type=inpaint#x", ";type=1"]
    )  # fmt: skip
    return Attack(head("GET", f"{MODELS}?{query}", {}), JUDGED, hangs_up=True, keeps=False)


def odd_credentials(random: Random) -> Attack:
    """Credentials that are none."""
    value = random.choice(
        ["", "Bearer", "Bearer ", "bearer", "Basic YTpi", "Bearer a b", "Bearer \xff\xfe", "Bearer " + "k" * 60_000,
        "Token x",
         "Bearer null", "Bearer\tx", "Digest username=a", "BEARER x", "Bearer 水"]
    )  # fmt: skip
    path = random.choice([GENERATIONS, EDITS, VENICE])
    return Attack(head("POST", path, {**_JSON, "Authorization": value}) + _BODY, frozenset({400, 401, 402}), path)


def odd_wallets(random: Random) -> Attack:
    """Proofs of wallets that prove nothing."""
    address = "0x" + "0" * 40
    text = f"x.test wants you to sign in with your Ethereum account:\n{address}\n\nChain ID: 1\nIssued At: "
    proof: Any = {"address": address, "message": f"{text}2100-01-01", "signature": "0x" + "0" * 130, "timestamp": 0}
    proof["chainId"] = 1
    junk: list[Any] = [None, True, -1, 1e300, 10**400, "", "\0", [], {}, "0x" + "f" * 130]
    junk += [text + "no", text + "9999-99-99", text + "0001-01-01T00:00:00+23:59", text + "9999-12-31T23:59:59-23:59"]
    proof |= {random.choice(list(proof)): random.choice(junk)}
    content = json.dumps(random.choice([proof, proof, proof, random.choice(junk)])).encode()
    if random.random() < 0.2:
        content = random.choice(
            [b"[" * 9_000, b"\xff", b"NaN", b'{"timestamp": 1e999}', rb'{"message": "\ud800"}', b""]
        )
    value = base64.b64encode(content).decode()
    value = random.choice([value, value, value, value[:-1], value + "====", "=" + value, content.decode("latin-1")])
    value = "".join(letter if letter.isprintable() else "?" for letter in value)
    names = random.choice([["SIGN-IN-WITH-X"], ["X-Sign-In-With-X"], ["SIGN-IN-WITH-X", "Authorization"]])
    sent = head("POST", VENICE, {**_JSON, **dict.fromkeys(names, value)}) + _BODY
    if "Authorization" not in names:
        sent = sent.replace(b"Authorization: ", b"X-Nothing: ", 1)
    return Attack(sent, frozenset({400, 401, 402}), VENICE)


def the_mocks_own_pages(random: Random) -> Attack:
    """What the mock offers beside the APIs, asked for badly."""
    asked: list[tuple[str, str]] = [
        ("GET", "/_mock/images/x.png"), ("GET", "/_mock/images/" + "0" * 32 + ".png"), ("GET", "/_mock/images/%00.png"),
        ("GET", "/_mock/images/..%2f..%2fcontrol.db"), ("GET", "/_mock/images/" + "a" * 9000),
        ("GET", "/_mock/images/.png"),
        ("GET", "/_mock/requests/x"), ("GET", "/_mock/requests/%00"), ("GET", "/_mock/blobs/../../control.db"),
        ("GET", "/_mock/blobs/" + "g" * 64), ("GET", "/_mock/blobs/" + "0" * 64), ("GET", "/_mock/page/..%2froutes.py"),
        ("GET", "/_mock/page/../../app.py"), ("POST", "/_mock/images/x.png"), ("PATCH", "/_mock/requests"),
        ("GET", "/_mock/requests?limit=-1"), ("GET", "/_mock/requests?limit=NaN"),
        ("GET", "/_mock/requests?after=" + "9" * 40),
        ("GET", "/_mock/requests?format=xml"), ("GET", "/_mock/requests?status=abc&rule=%00"),
        ("GET", "/_mock/requests?x=y"),
        ("GET", "/_mock/requests?limit=1&path=' OR 1=1 --"), ("GET", "/_mock/requests?limit=1&path=%25_"),
    ]  # fmt: skip
    method, path = random.choice(asked)
    return Attack(
        head(method, path, {"Content-Length": 0}), frozenset({200, 400, 404, 405}), hangs_up=True, keeps=False
    )


def junk_for_the_control_api(random: Random) -> Attack:
    """Bodies that the control API can't take; none of them may change anything."""
    method, path = random.choice([("POST", "/_mock/faults"), ("PUT", "/_mock/clock"), ("PUT", "/_mock/balance")])
    body = random.choice(
        [b"", b"null", b"[", b'{"status": "x"}', b'{"status": 99999}', b'{"nothing": 1}',
        b'{"move_seconds": 1e999}', b"\xff",
         b'{"move_seconds": "x"}', b'{"offset_seconds": NaN}', b'{"usd": "many"}', b"[" * 5000, b'{"delay": -1}',
         b'"x"',
         b"0"]
    )  # fmt: skip
    framing: Mapping[str, str | int] = {"Content-Type": "application/json", "Content-Length": len(body)}
    return Attack(
        head(method, path, framing) + body, frozenset({400, 403, 404, 405, 415, 422}), hangs_up=True, keeps=False
    )


def junk_for_faults(random: Random) -> Attack:
    """Orders for faults that nobody can carry out, by header."""
    order = random.choice(
        ["status=99999", "status=x", "delay=-1", "delay=NaN", "nothing", "=", "set=/data/0/url", "cut=-1",
        "x" * 60_000, "[]",
         "status=500 status", "bytes-per-second=0", "delay=1e999", "\xff", "status=", "times=0", "reset=never",
         '{"status":']
    )  # fmt: skip
    return Attack(head("POST", GENERATIONS, {**_JSON, "X-Mock-Fault": order}) + _BODY, frozenset({400}), GENERATIONS)
