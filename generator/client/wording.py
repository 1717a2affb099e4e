"""Rules in words, for docstrings and the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.spec import Json, Rule

# What Python's types and the signature already say.
_SAID_BY_THE_TYPE = frozenset({"type", "const", "required", "additionalProperties"})


def words(rule: Rule) -> str:
    """A rule in words, e.g. "at most 4 unless enable_sequential is true".

    Args:
        rule: Any rule.

    Returns:
        The words; "" for a rule that the field's Python type says.
    """
    if rule.when is None and (rule.keyword in _SAID_BY_THE_TYPE or _says_only_types(rule)):
        return ""
    said = phrase(rule.keyword, rule.value)
    return f"{said} {rule.when.words}" if rule.when else said


def phrase(keyword: str, value: Json) -> str:
    """What a keyword asks for, in words, e.g. "at most 4"; the keyword and its value where there are no better ones.

    Args:
        keyword: A rule's keyword.
        value: Its value.
    """
    return _WORDS.get(keyword, _keyword)(value, keyword)


def sentence(rules: Iterable[Rule]) -> str:
    """The rules of one field as a sentence, e.g. "At least 1; at most 6."; "" if there is nothing to say."""
    parts = [text for rule in rules if (text := words(rule))]
    if not parts:
        return ""
    joined = "; ".join(dict.fromkeys(parts))
    return f"{joined[0].upper()}{joined[1:]}."


def _keyword(value: Json, keyword: str) -> str:
    return f"{keyword} {value}"


def _pixels(value: Json, _: str) -> str:
    low, high = value.get("minimum"), value.get("maximum")
    if low is not None and high is not None:
        return f"{low} to {high} pixels in total"
    return f"at least {low} pixels in total" if low is not None else f"at most {high} pixels in total"


def _image(value: Json, _: str) -> str:
    names = {"url": "an http(s) URL", "base64": "base64 data", "data-uri": "a data URI", "file": "a file"}
    forms = [names[form] for form in value["forms"]]
    if "file" not in value["forms"] and {"base64", "data-uri"} & set(value["forms"]):
        forms.append("a file, sent as base64 data")
    parts = [" or ".join(forms)]
    if "minPixels" in value or "maxPixels" in value:
        parts.append(f"{value.get('minPixels', 0)} to {value.get('maxPixels', 'any number of')} pixels")
    if "maxBytes" in value:
        parts.append(f"at most {value['maxBytes']} bytes")
    return ", ".join(parts)


def _says_only_types(rule: Rule) -> bool:
    return rule.keyword == "anyOf" and not any(_bounds(branch) for branch in rule.value)


def _any_of(value: Json, _: str) -> str:
    return " or ".join(dict.fromkeys(map(_branch, value)))


def _branch(branch: Json) -> str:
    kinds = branch.get("type", [])
    kind = " or ".join(_KINDS.get(each, each) for each in ([kinds] if isinstance(kinds, str) else kinds)) or "anything"
    bounds = _bounds(branch)
    return f"{kind} ({', '.join(bounds)})" if bounds else kind


def _bounds(branch: Json) -> list[str]:
    return [phrase(keyword, bound) for keyword, bound in branch.items() if keyword in _WORDS]


_NO_TEXT = '""'
_KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
}
_WORDS = {
    "minimum": lambda value, _: f"at least {value}",
    "maximum": lambda value, _: f"at most {value}",
    "exclusiveMinimum": lambda value, _: f"more than {value}",
    "exclusiveMaximum": lambda value, _: f"less than {value}",
    "multipleOf": lambda value, _: f"a multiple of {value}",
    "minLength": lambda value, _: f"at least {value} character{'' if value == 1 else 's'}",
    "maxLength": lambda value, _: f"at most {value} character{'' if value == 1 else 's'}",
    "pattern": lambda value, _: f"of the form `{value}`",
    "minItems": lambda value, _: f"at least {value} item{'' if value == 1 else 's'}",
    "maxItems": lambda value, _: f"at most {value} item{'' if value == 1 else 's'}",
    "uniqueItems": lambda _, __: "no item twice",
    "const": lambda value, _: f"only {value}",
    "enum": lambda value, _: f"one of {', '.join(str(item) or _NO_TEXT for item in value)}",
    "x-total-pixels": _pixels,
    "x-image": _image,
    "anyOf": _any_of,
}
