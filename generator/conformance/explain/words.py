"""Rules in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.spec import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from generator.spec import Json, Rule


def rule_words(rule: Rule) -> str:
    """A rule as a sentence.

    Args:
        rule: The rule.
    """
    says = _SAYS.get(rule.keyword, lambda value: f"must keep {rule.keyword} {_json(value)}")
    words = f"{_subject(rule)} {says(rule.value)}"
    return f"{words}, {rule.when.words}." if rule.when else f"{words}."


def short_words(rule: Rule) -> str:
    """A rule as a sentence for a list, cut short."""
    words = rule_words(rule)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


_LONGEST = 100
_NAMES: Mapping[Place, str] = {
    Place.QUERY: "The query parameter",
    Place.PATH: "The path parameter",
    Place.HEADER: "The header",
}


def _subject(rule: Rule) -> str:
    if rule.place is Place.CREDENTIALS:
        return "A request"
    if rule.place in _NAMES:
        return f"{_NAMES[rule.place]} `{rule.field}`"
    if rule.place is Place.RESPONSE:
        status = rule.id.split("/")[1].removeprefix("answer-").removesuffix("-header")
        return f"`{rule.field}` in the answer {status}" if rule.field else f"The answer {status}"
    return f"`{rule.field}`" if rule.field else "The body"


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _list(values: Iterable[Json], last: str = "or") -> str:
    """Several values in a row of words."""
    words = [f"`{value}`" if isinstance(value, str) else _json(value) for value in values]
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


_KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


def _type(value: Json) -> str:
    kinds = [value] if isinstance(value, str) else value
    return f"must be {' or '.join(_KINDS.get(kind, str(kind)) for kind in kinds)}"


def _image(value: Mapping[str, Json]) -> str:
    forms = {"url": "a link", "base64": "base64 data", "data-uri": "a data URI", "file": "a file"}
    words = [f"must be an image, as {' or '.join(forms.get(form, str(form)) for form in value['forms'])}"]
    least, most = value.get("minPixels"), value.get("maxPixels")
    if least is not None or most is not None:
        words.append(f"of {_range(least, most)} pixels in all")
    if "maxBytes" in value:
        words.append(f"of at most {value['maxBytes']} bytes")
    return ", ".join(words)


def _pixels(value: Mapping[str, Json]) -> str:
    return f"must have {_range(value.get('minimum'), value.get('maximum'))} pixels in all, width times height"


def _range(least: Json, most: Json) -> str:
    if least is None:
        return f"at most {most}"
    return f"{least} to {most}" if most is not None else f"at least {least}"


def _dependent(value: Mapping[str, Json]) -> str:
    return "; ".join(f"with `{name}` must have {_list(names, 'and')}" for name, names in value.items())


def _security(value: Json) -> str:
    if [] in value:
        return "may show credentials"
    return f"must show credentials: {' or '.join(_list(names, 'and') for names in value)}"


_SAYS: Mapping[str, Callable[[Json], str]] = {
    "type": _type,
    "enum": lambda value: f"must be {_list(value)}",
    "const": lambda value: f"must be {_list([value])}",
    "minimum": lambda value: f"must be at least {value}",
    "maximum": lambda value: f"must be at most {value}",
    "exclusiveMinimum": lambda value: f"must be more than {value}",
    "exclusiveMaximum": lambda value: f"must be less than {value}",
    "multipleOf": lambda value: f"must be a multiple of {value}",
    "minLength": lambda value: f"must have at least {value} characters (Unicode code points)",
    "maxLength": lambda value: f"must have at most {value} characters (Unicode code points)",
    "pattern": lambda value: f"must match the regular expression `{value}`",
    "minItems": lambda value: f"must have at least {value} entries",
    "maxItems": lambda value: f"must have at most {value} entries",
    "uniqueItems": lambda _: "must not have an entry twice",
    "minProperties": lambda value: f"must have at least {value} fields",
    "maxProperties": lambda value: f"must have at most {value} fields",
    "required": lambda _: "must be there",
    "dependentRequired": _dependent,
    "additionalProperties": lambda _: "must have no field besides those that are documented",
    "anyOf": lambda value: f"must keep at least one of {len(value)} schemas",
    "oneOf": lambda value: f"must keep exactly one of {len(value)} schemas",
    "not": lambda value: f"must not keep {_json(value)}",
    "content": lambda value: f"must be {_list(value)}",
    "security": _security,
    "x-total-pixels": _pixels,
    "x-image": _image,
}
