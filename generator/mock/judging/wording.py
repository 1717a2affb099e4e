"""Says in words what a rule asks for, so that an error message tells how to mend the request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from generator.spec.model import Json, Rule


def wanted(rule: Rule, examples: Sequence[str] = ()) -> str:
    """What the rule asks for, e.g. "must be at most 6", with the condition under which it does.

    Args:
        rule: The rule.
        examples: Texts that keep it, where the rule alone doesn't tell people what to write.
    """
    words = _WORDS[rule.keyword](rule.value) if rule.keyword in _WORDS else f"must satisfy {rule.keyword}"
    return with_condition(f"{words} (e.g. {' or '.join(examples)})" if examples else words, rule)


def with_condition(words: str, rule: Rule) -> str:
    """The words, followed by the rule's condition if it has one."""
    return f"{words} {rule.when.words}" if rule.when else words


def field_name(path: Iterable[str | int]) -> str:
    """A place in a request as people write it: ``input.messages[0].role``; "body" for the body as a whole."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part}]"
        else:
            name += f".{part}" if name else part
    return name or "body"


def _one_of(values: Json) -> str:
    return f"must be one of {', '.join(_literal(value) for value in values)}"


def _literal(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _types(value: Json) -> str:
    names = [value] if isinstance(value, str) else value
    return "must be " + " or ".join(name if name == "null" else f"{_article(name)} {name}" for name in names)


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeio" else "a"


def _alternatives(value: Json) -> str:
    """An ``anyOf`` or ``oneOf`` whose branches only ask for fields names those fields."""
    if all(set(branch) == {"required"} for branch in value):
        return f"must have {' or '.join(' and '.join(branch['required']) for branch in value)}"
    return "must fit one of the forms that are documented for it"


def _needs(name: str, others: list[str]) -> str:
    return f"{name} needs {' and '.join(others)}"


def _counted(words: str, noun: str) -> Callable[[Json], str]:
    return lambda value: f"{words} {value} {noun if value == 1 else noun + 's'}"


def _plain(words: str) -> Callable[[Json], str]:
    return lambda value: f"{words} {_literal(value)}"


_WORDS: Final[dict[str, Callable[[Json], str]]] = {
    "required": lambda _: "is required",
    "type": _types,
    "enum": _one_of,
    "const": _plain("must be"),
    "minimum": _plain("must be at least"),
    "maximum": _plain("must be at most"),
    "exclusiveMinimum": _plain("must be more than"),
    "exclusiveMaximum": _plain("must be less than"),
    "multipleOf": _plain("must be a multiple of"),
    "minLength": _counted("must have at least", "character"),
    "maxLength": _counted("must have at most", "character"),
    "pattern": _plain("must match"),
    "minItems": _counted("must have at least", "item"),
    "maxItems": _counted("must have at most", "item"),
    "uniqueItems": lambda _: "must not have the same item twice",
    "minProperties": _counted("must have at least", "field"),
    "maxProperties": _counted("must have at most", "field"),
    "dependentRequired": lambda value: "; ".join(_needs(name, others) for name, others in value.items()),
    "additionalProperties": lambda _: "is no field of this request",
    "anyOf": _alternatives,
    "oneOf": _alternatives,
    "not": lambda _: "must not have the form that is ruled out for it",
    "content": _one_of,
}
