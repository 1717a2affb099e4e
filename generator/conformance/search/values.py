"""Plain values that any reading of the documents takes: texts, numbers, sizes, images; most of them near a bound."""

from __future__ import annotations

from functools import lru_cache
from math import isqrt
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from generator.spec.boundary.images import as_form
from generator.spec.boundary.png import png

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from generator.spec import Json

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS: Final = (
    LETTERS,
    LETTERS.upper() + "0123456789",
    "一只橘猫坐在窗台上阳光洒下写实风格山水花鸟",
    "\N{CAT}\N{DOG}\N{SUNFLOWER}\N{WATER WAVE}\N{MOUNT FUJI}\N{GRINNING FACE}",
    "𠮷𠀋𡈽𠂉",
    "éüñßøżДжשαω한글ひカ",
)
"""Characters that stand for themselves: none joins with its neighbours, none is white space, so that whoever counts
characters in any sane way counts them alike. Two of the rows lie beyond the Basic Multilingual Plane."""
_PUNCTUATION: Final = tuple(",.-'\"()&%#/:;!?")
"""None that a filter in front of a gateway takes for markup or for a command."""
LARGEST_INTEGER: Final = 2**31 - 1
"""The largest number to send where no document gives a bound: beyond it, readers rightly differ."""
_FAR: Final = (1, 2, 10, 94, 249, 2**16, 2**31, 2**32, 2**63, 2**64, 10**30)
"""How far beyond a bound to go: a little, and past what 8, 16, 32 and 64 bits hold."""
WIDEST: Final = 4
"""How many times as long as the other a side may be at most; models refuse narrower strips."""
_LEAST_SIDE: Final = 128
_SIDES: Final = (256, 257, 300, 384, 512, 640, 768, 1000, 1024)


@st.composite
def texts(draw: DrawFn, least: int, most: int) -> str:
    """Texts of a length in code points, often at one of its bounds.

    They begin and end with a letter, so that trimming changes nothing.
    """
    length = draw(st.one_of(st.integers(least, most), st.sampled_from([most, least, max(least, most - 1)])))
    words = draw(st.lists(_words(), min_size=1, max_size=4))
    text = "".join(words)
    text = (text * (length // len(text) + 1))[:length]
    return text if not text or text[-1] != " " else text[:-1] + "a"


@st.composite
def _words(draw: DrawFn) -> str:
    alphabet = draw(st.sampled_from(_ALPHABETS))
    word = draw(st.text(st.sampled_from(alphabet), min_size=1, max_size=6))
    return word + draw(st.sampled_from(["", "", " ", *_PUNCTUATION]))


def integers(least: int, most: int) -> SearchStrategy[int]:
    """Integers between two bounds, both included, often at one of them."""
    near = sorted({value for value in (least, least + 1, 0, 1, most - 1, most) if least <= value <= most})
    return st.one_of(st.sampled_from(near), st.integers(least, most))


def beyond(limit: float, outwards: int) -> SearchStrategy[float]:
    """Numbers beyond a bound.

    Args:
        limit: The bound.
        outwards: 1 for a maximum, -1 for a minimum.
    """
    return st.one_of(st.sampled_from(_FAR), st.integers(1, 300)).map(lambda step: limit + outwards * step)


@st.composite
def sizes(draw: DrawFn, least: int, most: int) -> str:
    """Sizes ``W*H`` of at least and at most so many pixels, often just within, neither side much longer."""
    total = draw(st.one_of(st.integers(least, most), st.sampled_from([most, least])))
    low = max(_LEAST_SIDE, isqrt(total // WIDEST) + 1)
    width = draw(st.integers(low, max(low, isqrt(total * WIDEST))))
    height = min(max(total // width, -(-least // width)), most // width)
    return f"{width}*{height}"


@st.composite
def wrong_sizes(draw: DrawFn, limits: Mapping[str, int]) -> str:
    """Sizes ``W*H`` of fewer or more pixels than an ``x-total-pixels`` allows."""
    width = draw(st.sampled_from([512, 1024, 2048, 600, 1, 777, 4096]))
    sides = []
    if "minimum" in limits:
        sides.append((limits["minimum"] - 1) // width)
    if "maximum" in limits:
        sides.append(limits["maximum"] // width + 1)
    height = draw(st.sampled_from(sides))
    step = draw(st.one_of(st.just(0), st.integers(0, 300)))
    grown = height + step if "maximum" in limits and height == sides[-1] else height - step
    return f"{width}*{max(1, grown)}"


def no_sizes() -> SearchStrategy[str]:
    """Texts that are no size to any reader, however lenient: no white space, sign or zero decides."""
    sides = st.sampled_from(["512", "1024", "1328", "2048"])
    pairs = st.tuples(sides, sides)
    between = st.sampled_from(["x", "X", ":", "-", "/", ",", "**", "*x", "by"])
    return st.one_of(
        st.builds(lambda pair, sign: sign.join(pair), pairs, between),
        st.builds(lambda pair: "*".join([*pair, pair[0]]), pairs),
        st.builds(
            lambda side, form: form.format(side), sides, st.sampled_from(["{}", "{}*", "*{}", "{}*auto", "w{}*h"])
        ),
        st.text(st.sampled_from(LETTERS), min_size=3, max_size=8),
    )


def image_values(limits: Mapping[str, Json], forms: Sequence[str]) -> SearchStrategy[str | bytes]:
    """Images in these forms that keep the limits of an ``x-image``, some hundred pixels wide and high."""
    least, most = limits.get("minPixels", 1), limits.get("maxPixels", 2**63)
    pairs = [(w, h) for w in _SIDES for h in _SIDES if least <= w * h <= most and max(w, h) < WIDEST * min(w, h)]
    return _images(pairs, forms)


def small_images(limits: Mapping[str, Json], forms: Sequence[str]) -> SearchStrategy[str | bytes]:
    """Images in these forms that have fewer pixels than an ``x-image`` allows."""
    sides = (16, 50, 64, 100, 128, 200, 250, 255, 256, 260)
    least = limits["minPixels"]
    pairs = [(w, h) for w in sides for h in sides if w * h < least and max(w, h) < WIDEST * min(w, h)]
    return _images(pairs, forms)


def no_images(forms: Sequence[str]) -> SearchStrategy[str | bytes]:
    """What is no image: in forms, texts that are none of them; as data, bytes that begin like no image."""
    content = st.text(st.sampled_from(LETTERS + " "), min_size=4, max_size=30)
    data = [st.builds(_as_form, content, st.just(form)) for form in forms if form != "url"]
    if "file" in forms:
        return st.one_of(data)
    texts_ = st.builds(
        "{}{}".format, st.sampled_from(["not an image: ", "file:///", "ftp://", "data:image/png,"]), content
    )
    return st.one_of(texts_, *data)


def _as_form(text: str, form: str) -> str | bytes:
    return as_form(text.encode(), form)


def _images(pairs: Sequence[tuple[int, int]], forms: Sequence[str]) -> SearchStrategy[str | bytes]:
    return st.builds(lambda sides, form: _image(*sides, form), st.sampled_from(pairs), st.sampled_from(forms))


@lru_cache(maxsize=64)
def _image(width: int, height: int, form: str) -> str | bytes:
    return as_form(png(width, height), form)
