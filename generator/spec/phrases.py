"""What a keyword asks for, in words that follow "must": "be at most 6", "have at least 1 entry"."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from generator.spec.keywords import ANNOTATIONS, ASSERTIONS, EXTENSIONS
from generator.spec.markdown import code
from generator.spec.pattern_words import pattern_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from generator.spec.model import Json

_KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}
_FORMS = {"url": "a link", "base64": "base64 data", "data-uri": "a data URI", "file": "a file"}
_THIRD_PERSON = {"be": "is", "have": "has", "match": "matches", "not": "does not"}
_VERB = re.compile(r"(not )?([a-z]+)")
_NESTED = ("properties", "items", "additionalProperties", "allOf", "if", "then", "else")
"""What says where other keywords apply: a schema with one of these is told as it stands."""
_SAYS_NOTHING = frozenset(EXTENSIONS) - frozenset(ASSERTIONS)


def phrase(keyword: str, value: Json) -> str:
    """What a keyword asks for, as Markdown: what comes from the spec stands in code spans.

    Args:
        keyword: The keyword; of ``additionalProperties`` only where it is false.
        value: Its value; of a ``required`` either the names, or True for the field itself.
    """
    says = _PHRASES.get(keyword)
    return says(value) if says else f"keep {code(keyword)} {shown(value)}"


def schema_phrase(schema: Json) -> str:
    """What a whole schema asks for.

    Args:
        schema: A resolved schema.
    """
    return " and ".join(_stated(schema))


def schema_fact(schema: Json) -> str:
    """The same as what is and not what must be: "is at most 6 and has at least 1 entry".

    Args:
        schema: A resolved schema.
    """
    return " and ".join(_VERB.sub(_third_person, words, count=1) for words in _stated(schema))


def shown(value: Json) -> str:
    """A value as it is read best: a number or a word as such, what else a spec may say in a code span."""
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    is_plain = isinstance(value, str) and value.isprintable() and value == " ".join(value.split()) != ""
    return code(value if is_plain else json.dumps(value, ensure_ascii=False))


def listed(values: Iterable[Json], last: str = "or") -> str:
    """Several values in a row of words."""
    words = [shown(value) for value in values]
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def _stated(schema: Json) -> list[str]:
    if not isinstance(schema, dict) or any(isinstance(schema.get(keyword), dict | list) for keyword in _NESTED):
        return [f"fulfil the JSON Schema {shown(schema)}"]
    stated = {key: value for key, value in schema.items() if key not in ANNOTATIONS and key not in _SAYS_NOTHING}
    if stated.get("additionalProperties") is True:
        del stated["additionalProperties"]
    return [phrase(key, value) for key, value in stated.items()] or ["be anything"]


def _third_person(found: re.Match[str]) -> str:
    denied, verb = found.groups()
    if not denied:
        return _THIRD_PERSON.get(verb, f"{verb}s")
    return "is not" if verb == "be" else f"does not {verb}"


def _type(value: Json) -> str:
    kinds = [value] if isinstance(value, str) else value
    return f"be {' or '.join(_KINDS.get(kind) or shown(kind) for kind in kinds)}"


def _pattern(value: Json) -> str:
    words = pattern_words(value)
    if not words:
        return f"match the regular expression {shown(value)}"
    return f"{words} (as a regular expression: {shown(value)})"


def _image(value: Mapping[str, Json]) -> str:
    words = [f"be an image, as {' or '.join(_FORMS.get(form) or shown(form) for form in value['forms'])}"]
    least, most = value.get("minPixels"), value.get("maxPixels")
    if least is not None or most is not None:
        words.append(f"of {_range(least, most)} pixels in all")
    if "maxBytes" in value:
        words.append(f"of at most {shown(value['maxBytes'])} bytes")
    return ", ".join(words)


def _pixels(value: Mapping[str, Json]) -> str:
    return f"have {_range(value.get('minimum'), value.get('maximum'))} pixels in all, width times height"


def _range(least: Json, most: Json) -> str:
    if least is None:
        return f"at most {shown(most)}"
    return f"{shown(least)} to {shown(most)}" if most is not None else f"at least {shown(least)}"


def _count(bound: str, noun: str, several: str, more: str = "") -> Callable[[Json], str]:
    return lambda value: f"have {bound} {shown(value)} {noun if value == 1 else several}{more}"


def _required(value: Json) -> str:
    return "be there" if value is True else f"have {listed(value, 'and')}"


def _dependent(value: Mapping[str, Json]) -> str:
    return " and ".join(f"have {listed(names, 'and')} where {shown(name)} is there" for name, names in value.items())


def _not(value: Json) -> str:
    words = _stated(value)
    return f"not {words[0]}" if len(words) == 1 else f"not ({' and '.join(words)})"


def _security(value: Json) -> str:
    return f"show credentials: {' or '.join(listed(names, 'and') for names in value)}"


_POINTS = " (Unicode code points)"
_PHRASES: Mapping[str, Callable[[Json], str]] = {
    "type": _type,
    "enum": lambda value: f"be {listed(value)}",
    "const": lambda value: f"be {shown(value)}",
    "minimum": lambda value: f"be at least {shown(value)}",
    "maximum": lambda value: f"be at most {shown(value)}",
    "exclusiveMinimum": lambda value: f"be more than {shown(value)}",
    "exclusiveMaximum": lambda value: f"be less than {shown(value)}",
    "multipleOf": lambda value: f"be a multiple of {shown(value)}",
    "minLength": _count("at least", "character", "characters", _POINTS),
    "maxLength": _count("at most", "character", "characters", _POINTS),
    "pattern": _pattern,
    "minItems": _count("at least", "entry", "entries"),
    "maxItems": _count("at most", "entry", "entries"),
    "uniqueItems": lambda _: "not have an entry twice",
    "minProperties": _count("at least", "field", "fields"),
    "maxProperties": _count("at most", "field", "fields"),
    "required": _required,
    "dependentRequired": _dependent,
    "additionalProperties": lambda _: "have no field besides those that are documented",
    "anyOf": lambda value: ", or ".join(schema_phrase(each) for each in value),
    "oneOf": lambda value: f"{', or '.join(schema_phrase(each) for each in value)}, and no two of these",
    "not": _not,
    "content": lambda value: f"be {listed(value)}",
    "security": _security,
    "x-total-pixels": _pixels,
    "x-image": _image,
}
