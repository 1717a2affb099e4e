"""Says how the alternatives of an `anyOf` or `oneOf` differ: which left, which came, and what moved inside of one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.release.diff.directions import without_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec import Json

_MOST_PLACES = 5
"""Places inside of a form that a sentence names."""
_LONGEST = 90
"""Characters of a form that a sentence shows."""
_MARKS = {"items": "[]", "additionalProperties": "{}"}


def forms_differ(old: list[Json], new: list[Json], *, in_answer: bool) -> str:
    """How two lists of forms differ, as the rest of a sentence; "" if they don't but in order.

    Args:
        old: The schemas that there were.
        new: Those that there are.
        in_answer: Whether they are an answer's.
    """
    gone, came = _without(old, new), _without(new, old)
    if len(gone) == len(came):
        places = [place for one, other in zip(gone, came, strict=True) for place in _places(one, other, "")]
        told = list(dict.fromkeys(places))
        more = f" and {len(told) - _MOST_PLACES} more" if len(told) > _MOST_PLACES else ""
        return f"has forms that differ at {', '.join(told[:_MOST_PLACES])}{more}" if told else ""
    parts = []
    if gone:
        parts.append(f"{'never has' if in_answer else 'no longer takes'} the form {_named(gone)}")
    if came:
        parts.append(f"{'may now have' if in_answer else 'now takes'} the form {_named(came)}")
    return " and ".join(parts)


def _without(forms: list[Json], others: list[Json]) -> list[Json]:
    known = {_text(form) for form in others}
    return [form for form in forms if _text(form) not in known]


def _named(forms: list[Json]) -> str:
    return " or ".join(_name(form) for form in forms)


def _name(form: Json) -> str:
    if isinstance(form, dict) and isinstance(form.get("title"), str):
        return str(form["title"])
    text = _text(form)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _places(old: Json, new: Json, field: str) -> Iterator[str]:
    """Where two schemas differ: keywords, each with the field that it is about."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        yield f"`{field}`" if field else "its whole"
        return
    before, after = without_words(old), without_words(new)
    for keyword in dict.fromkeys([*before, *after]):
        if before.get(keyword) == after.get(keyword) and (keyword in before) is (keyword in after):
            continue
        if keyword == "properties":
            yield from _properties(before.get(keyword, {}), after.get(keyword, {}), field)
        elif keyword in _MARKS and isinstance(before.get(keyword), dict) and isinstance(after.get(keyword), dict):
            yield from _places(before[keyword], after[keyword], f"{field}{_MARKS[keyword]}")
        else:
            yield f"`{field}` ({keyword})" if field else keyword


def _properties(old: Mapping[str, Json], new: Mapping[str, Json], field: str) -> Iterator[str]:
    for name in dict.fromkeys([*old, *new]):
        inner = f"{field}.{name}" if field else name
        if name not in old or name not in new:
            yield f"`{inner}` ({'new' if name in new else 'gone'})"
        elif old[name] != new[name]:
            yield from _places(old[name], new[name], inner)


def _text(form: Json) -> str:
    return json.dumps(without_words(form), sort_keys=True, ensure_ascii=False)
