"""Kinds of hostile forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.spec.boundary.png import png
from tests.mock.hostile.attack import EDITS, JUDGED, REFUSED, VENICE, Attack, posted

if TYPE_CHECKING:
    from random import Random

_IMAGE: Final = png(512, 512)
_TYPE: Final = "multipart/form-data; boundary=B"


def field(name: str, value: bytes, more: str = "") -> bytes:
    """A part that is no file."""
    return f'--B\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value + b"\r\n"


def file(name: str, content: bytes, file_name: str = "a.png", media_type: str = "image/png") -> bytes:
    """A part that is a file."""
    disposition = f'form-data; name="{name}"; filename="{file_name}"'
    return (
        f"--B\r\nContent-Disposition: {disposition}\r\nContent-Type: {media_type}\r\n\r\n".encode() + content + b"\r\n"
    )


def form(random: Random, *more: bytes, image: bytes = _IMAGE) -> tuple[str, bytes]:
    """A good form for an operation, with more parts, and without its end."""
    path = random.choice([EDITS, VENICE])
    model = b"qwen-image-2.0-pro" if path == EDITS else b"qwen-edit"
    return path, field("model", model) + field("prompt", b"p") + file("image", image) + b"".join(more)


_END: Final = b"--B--\r\n"


def truncated(random: Random) -> Attack:
    """The beginning of a form."""
    path, body = form(random)
    return posted(path, body[: random.randrange(1, len(body))], _TYPE, REFUSED)


def damaged(random: Random) -> Attack:
    """A form with some bytes replaced by others."""
    path, body = form(random)
    spoilt = bytearray(body + _END)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(spoilt))
        spoilt[at : at + random.randint(0, 4)] = random.randbytes(random.randint(0, 4))
    return posted(path, bytes(spoilt), _TYPE)


def wrong_boundaries(random: Random) -> Attack:
    """A boundary that is stated otherwise, badly, or not at all."""
    path, body = form(random)
    stated = random.choice(
        ["", "; boundary=", "; boundary=C", "; boundary=" + "b" * 71, "; boundary=" + "b" * 9000, "; boundary=é",
         '; boundary="', '; boundary="B', "; boundary=B B", "; boundary=--B", "; boundary*=utf-8''C", ";;;=;", "; =B"]
    )  # fmt: skip
    return posted(path, body + _END, f"multipart/form-data{stated}", JUDGED)


def other_multiparts(random: Random) -> Attack:
    """Multipart that is no form."""
    path, body = form(random)
    stated = random.choice(["multipart/mixed", "multipart/related", "multipart/", "multipart/byteranges"])
    return posted(path, body + _END, f"{stated}; boundary=B", frozenset({400, 415}))


def odd_part_heads(random: Random) -> Attack:
    """Parts whose headers are broken, missing, hostile or very many."""
    heads = [
        b"\r\n", b"Content-Disposition: form-data\r\n\r\n", b'Content-Disposition: form-data; name=""\r\n\r\n',
        b"Content-Disposition: form-data; name=\r\n\r\n", b'Content-Disposition: form-data; name="a\0b"\r\n\r\n',
        b'Content-Disposition: attachment; name="n"\r\n\r\n', b"Content-Disposition\r\n\r\n", b": \r\n\r\n",
        b'Content-Disposition: form-data; name="n"; name="seed"\r\n\r\n', b"\xff\xfe: \xff\r\n\r\n",
        b'Content-Disposition: form-data; name="image"; filename="../../../etc/passwd"\r\n\r\n',
        b'Content-Disposition: form-data; name="image"; filename="C:\\\\x\\\\y.png"\r\n\r\n',
        b"Content-Disposition: form-data; name=image; filename*=utf-8''%ff%fe.png\r\n\r\n",
        b'Content-Disposition: form-data; name="' + b"n" * 20_000 + b'"\r\n\r\n', b"X: " + b"y" * 100_000 + b"\r\n\r\n",
        b"A: b\r\n" * 5000 + b"\r\n", b'Content-Disposition: form-data;\r\n name="n"\r\n\r\n',
        b'Content-Disposition: form-data; name="n"\r\nContent-Transfer-Encoding: base64\r\n\r\n',
        b'Content-Disposition: form-data; name="n"\r\nContent-Type: application/json\r\n\r\n',
        b'Content-Disposition: form-data; name="image"\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\n',
    ]  # fmt: skip
    path, body = form(random, b"--B\r\n" + random.choice(heads) + random.choice([b"", b"1", b"[[[[", b"\0"]) + b"\r\n")
    return posted(path, body + _END, _TYPE)


def many_parts(random: Random) -> Attack:
    """More parts than anybody needs."""
    count = random.choice([100, 999, 1001, 5000])
    part = random.choice([field("n", b"1"), field("x", b""), file("image", b""), file("image", b"x"), file("x", b"y")])
    path, body = form(random, part * count)
    return posted(path, body + _END, _TYPE)


def files_and_texts_swapped(random: Random) -> Attack:
    """A text where a file belongs, and files where texts belong."""
    names = ["prompt", "model", "n", "size", "seed", "image", "image[]", "output_format", "watermark", "quality"]
    parts = [
        _part(random, name, random.choice([b"", b"1", b"\xff\xfe", b"1024*1024", _IMAGE, b"{}"]))
        for name in random.sample(names, random.randint(1, 5))
    ]
    return posted(random.choice([EDITS, VENICE]), b"".join(parts) + _END, _TYPE, REFUSED | JUDGED)


def _part(random: Random, name: str, content: bytes) -> bytes:
    return file(name, content) if random.random() < 0.5 else field(name, content)


def junk_texts(random: Random) -> Attack:
    """Parts whose texts are no value of their field."""
    texts = [
        b"",
        b"true",
        b"TRUE",
        b"1.0",
        b"1e3",
        b"-0",
        b"9" * 5000,
        b"\0",
        b"\xff",
        "水".encode() * 900,
        b"nan",
        b"[1",
    ]
    texts += [b"[mock", b"null", b'{"a":' * 300, b" 1", b"1\r\n", b"--B", b"\xed\xa0\x80", b"0x1", "\u0661".encode()]
    names = [
        "n",
        "seed",
        "size",
        "watermark",
        "prompt_extend",
        "response_format",
        "extra",
        "resolution",
        "safe_mode",
        "x",
    ]
    more = [field(random.choice(names), random.choice(texts)) for _ in range(random.randint(1, 5))]
    path, body = form(random, *more)
    return posted(path, body + _END, _TYPE)


def prologues_and_epilogues(random: Random) -> Attack:
    """Bytes before the first boundary and behind the last."""
    path, body = form(random)
    before = random.choice([b"", b"\r\n", b"\n\n\n", b"x" * 5000, b"--", b"--B--\r\n"])
    behind = random.choice([b"", b"\r\n" * 100, b"x" * 5000, b"--B\r\n", body, b"--B--"])
    return posted(path, before + body + _END + behind, _TYPE)
