"""Kinds of hostile JSON."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, Final

from tests.mock.hostile.attack import EDITS, GENERATIONS, JUDGED, REFUSED, VENICE, Attack, posted

if TYPE_CHECKING:
    from random import Random

# Small sizes: what is hostile here is not that the mock has to draw.
_GOOD: Final[list[tuple[str, dict[str, Any]]]] = [
    (GENERATIONS, {"model": "qwen-image-2.0-pro", "prompt": "p", "n": 1, "size": "512*512", "seed": 0}),
    (
        GENERATIONS,
        {
            "model": "wan2.7-image-pro",
            "input": {"messages": [{"role": "user", "content": [{"text": "t"}]}]},
            "size": "512*512",
            "color_palette": [{"hex": "#C2D1E6", "ratio": "100.00%"}],
        },
    ),
    (
        EDITS,
        {
            "model": "wan2.7-image-pro",
            "input": {
                "messages": [{"role": "user", "content": [{"image": "https://example.com/a.png"}, {"text": "t"}]}]
            },
            "bbox_list": [[[1, 2, 30, 40]]],
            "size": "512*512",
        },
    ),
    (EDITS, {"model": "qwen-image-2.0-pro", "prompt": "p", "extra": {"input": {}, "parameters": {"a": 1}}}),
    (VENICE, {"image": "https://example.com/a.png", "prompt": "p", "aspect_ratio": "auto", "output_format": "webp"}),
]
_JUNK: Final[list[Any]] = [
    None, True, False, 0, -1, 9.0, -0.0, 6.5, 2**31, 2**63, 2**64, 10**40, 1e300, 5e-324, "", "\0", "\u202e",
    "😀" * 801,
    "A" * 33_000, [], {}, [[]], [{}], {"": {}}, "1*9", "4096*4097", "9" * 5000 + "*1", "0*0", "-1*-1", "1e3*1e3",
    "AAAA",
    "data:;base64,AAAA", "data:image/png;base64,", "http://", "file:///etc/passwd", "http://127.0.0.1:1/", "__proto__",
    "${jndi:ldap://127.0.0.1/a}", "../../etc/passwd", "' OR 1=1 --", "<script>alert(1)</script>", "[mock]",
    "[mock delay=",
    [[[1]]], [[[10**30] * 4]], [[[-5, -5, -6, -6]]], {"input": {"messages": 0}, "parameters": []}, "4K", "100.00%",
    "#zzz",
]  # fmt: skip


def _good(random: Random) -> tuple[str, dict[str, Any]]:
    path, body = random.choice(_GOOD)
    return path, copy.deepcopy(body)


def junk_values(random: Random) -> Attack:
    """A good body in which one to three values, anywhere, are junk."""
    path, body = _good(random)
    for _ in range(random.randint(1, 3)):
        _spoil(random, body)
    return posted(path, json.dumps(body).encode())


def _spoil(random: Random, node: dict[str, Any] | list[Any]) -> None:
    keys: list[Any] = list(node) if isinstance(node, dict) else list(range(len(node)))
    if not keys:
        return
    key = random.choice(keys)
    below: Any = node[key]
    if isinstance(below, dict | list) and below and random.random() < 0.7:
        _spoil(random, below)
    else:
        node[key] = copy.deepcopy(random.choice(_JUNK))


def junk_fields(random: Random) -> Attack:
    """Fields that no document knows, and fields of other shapes."""
    path, body = _good(random)
    names = ["", "__proto__", "constructor", "input", "image", "prompt", "modelId", "n\0", "x" * 10_000, "é", "size"]
    for name in random.sample(names, random.randint(1, 4)):
        body[name] = copy.deepcopy(random.choice(_JUNK))
    return posted(path, json.dumps(body).encode())


def truncated(random: Random) -> Attack:
    """The beginning of a body."""
    path, body = _good(random)
    text = json.dumps(body).encode()
    return posted(path, text[: random.randint(1, len(text) - 1)], statuses=REFUSED)


def damaged(random: Random) -> Attack:
    """A body with some bytes replaced by others."""
    path, body = _good(random)
    text = bytearray(json.dumps(body).encode())
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(text))
        text[at : at + random.randint(0, 4)] = random.randbytes(random.randint(0, 4))
    return posted(path, bytes(text))


def deep(random: Random) -> Attack:
    """Arrays and objects in each other, up to some hundred thousand."""
    path, body = _good(random)
    depth = random.choice([150, 201, 255, 1_000, 20_000, 200_000])
    opening, closing = random.choice([(b"[", b"]"), (b'{"a":', b"}"), (b'[{"a":', b"}]")])
    nested = opening * depth + random.choice([b"0", b"", b"]"]) + closing * random.choice([depth, 0])
    body["extra"] = "HERE"
    return posted(path, json.dumps(body).encode().replace(b'"HERE"', nested))


def odd_numbers(random: Random) -> Attack:
    """Numbers that JSON hasn't, or that no type holds."""
    path, body = _good(random)
    numbers = ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1e-999", "9" * 5000, "-0", "01", "0x10", "1_0", "+1"]
    numbers += ["1.", ".5", "1e", "0." + "9" * 5000, "1" + "0" * 400 + ".0", "1.0000000000000000000001", "1E400"]
    body[random.choice(["n", "seed", "bbox_list", "extra"])] = "HERE"
    return posted(path, json.dumps(body).encode().replace(b'"HERE"', random.choice(numbers).encode()))


def duplicate_keys(random: Random) -> Attack:
    """The same key many times over, with other values."""
    path, body = _good(random)
    key = random.choice(list(body))
    pairs = [json.dumps({key: random.choice(_JUNK)})[1:-1] for _ in range(random.choice([1, 2, 500]))]
    return posted(path, f"{{{', '.join([json.dumps(body)[1:-1], *pairs])}}}".encode())


def lone_surrogates(random: Random) -> Attack:
    """Halves of characters, in values and in keys."""
    path, body = _good(random)
    half = random.choice([rb"\ud800", rb"\udfff", rb"\udc00\ud800", rb"a\ud83d", rb"\uD83D\u0041"])
    place = random.choice(["value", "key"])
    body |= {"prompt": "HERE"} if place == "value" else {"HERE": 1}
    return posted(path, json.dumps(body).encode().replace(b"HERE", half), statuses=REFUSED)


def other_encodings(random: Random) -> Attack:
    """JSON in encodings that are not UTF-8, and bytes that are no text."""
    path, body = _good(random)
    text = json.dumps(body | {"prompt": "é水"}, ensure_ascii=False)
    encoded = [
        text.encode("utf-16"), text.encode("utf-32"), text.encode("utf-8-sig"), text.encode("gb18030"),
        b"\xff\xfe" + text.encode(), text.encode().replace("é".encode(), b"\xc0\xaf"),
        text.encode().replace("é".encode(), b"\xed\xa0\x80"), text.encode().replace("é".encode(), b"\xf5\x80\x80\x80"),
    ]  # fmt: skip
    return posted(path, random.choice(encoded), statuses=REFUSED)


def not_an_object(random: Random) -> Attack:
    """JSON that is no object."""
    text = random.choice(["null", "true", "0", '""', "[]", "[{}]", '"x"', "1e5", " ", "\n", "\0", "{}{}", "{},", "//"])
    return posted(random.choice([GENERATIONS, EDITS, VENICE]), text.encode(), statuses=REFUSED)


def many_items(random: Random) -> Attack:
    """Thousands of items, keys or letters."""
    path, body = _good(random)
    count = random.choice([1_000, 20_000])
    field, value = random.choice(
        [
            ("image", ["https://example.com/a.png"] * count),
            ("color_palette", [{"hex": "#000000", "ratio": "1%"}] * count),
            ("bbox_list", [[[0, 0, 1, 1]] * count]),
            ("extra", {str(index): index for index in range(count)}),
            ("prompt", "水" * count),
            ("negative_prompt", "\\" * count),
        ]
    )
    return posted(path, json.dumps(body | {field: value}).encode(), statuses=JUDGED)


def wrong_media_types(random: Random) -> Attack:
    """JSON that is said to be something else, or to be nothing."""
    path, body = _good(random)
    stated = random.choice(
        ["text/plain", "application/xml", "image/png", "application/x-www-form-urlencoded", "a", "/",
        "application/json;",
         "application/json; charset=utf-16", "APPLICATION/JSON", "application/json, text/plain", "*/*",
         "x" * 5000, "\xff"]
    )  # fmt: skip
    return posted(path, json.dumps(body).encode(), stated, frozenset({200, 400, 415}))
