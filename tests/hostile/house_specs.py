"""A grammar of hostile specs in the form of our own: one that is right, with texts planted at some of its places.

Most are as right as before: a spec that is refused shows nothing of what is generated. Some break a rule of the form.
"""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import yaml

from .mutations import mutated

if TYPE_CHECKING:
    from collections.abc import Callable

    from .texts import Dice

Json = Any
Place = tuple[str | int, ...]

_HALVES = re.compile(r"\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|\\ud[89a-f][0-9a-f]{2}")
_SMALL: Json = yaml.safe_load((Path(__file__).parents[1] / "spec" / "small.yaml").read_text(encoding="utf-8"))
_THING: Place = ("components", "schemas", "Thing")
_FIELDS: Place = (*_THING, "properties")
_MADE: Place = ("components", "schemas", "Made")
_POST: Place = ("paths", "/things", "post")
_GET: Place = ("paths", "/things/{id}", "get")
_BODY: Place = (*_POST, "requestBody", "content", "application/json")
_PROSE: tuple[Place, ...] = (
    *(("info", key) for key in ("title", "version", "description", "summary", "termsOfService")),
    ("servers", 0, "description"),
    *(("x-documents", name, "page") for name in ("page", "guess")),
    ("components", "securitySchemes", "key", "description"),
    *((*at, key) for at in (_POST, _GET) for key in ("summary", "description")),
    *((*at, "responses", "200", "description") for at in (_POST, _GET)),
    (*_POST, "requestBody", "description"),
    *((*_THING, key) for key in ("title", "description", "$comment")),
    *((*_FIELDS, name, "description") for name in ("name", "kind", "count", "picture", "size", "tags")),
    ("components", "schemas", "Tag", "properties", "text", "description"),
    (*_MADE, "properties", "id", "description"),
    (*_GET, "parameters", 1, "description"),
    ("tags", 0, "description"),
)
"""Where any text is right."""
_NAMES: tuple[Place, ...] = (
    *(("servers", 0, key) for key in ("url", "x-environment")),
    ("x-documents", "page", "url"),
    *(("components", "securitySchemes", "key", key) for key in ("x-environment", "scheme")),
    *((*_POST, key) for key in ("operationId", "x-class", "x-stem")),
    *((*_FIELDS, "name", key) for key in ("format", "x-source", "x-role", "contentMediaType")),
    (*_GET, "parameters", 1, "name"),
    (*_POST, "x-upstream"),
)
"""Where some texts are right."""
_NUMBERS: tuple[Place, ...] = (
    *((*_FIELDS, "name", key) for key in ("maxLength", "minLength")),
    *((*_FIELDS, "count", key) for key in ("minimum", "maximum", "multipleOf", "default")),
    *((*_FIELDS, "tags", key) for key in ("minItems", "maxItems")),
    (*_FIELDS, "picture", "x-image", "maxBytes"),
    (*_FIELDS, "size", "x-total-pixels", "maximum"),
)
_KEYS: tuple[Place, ...] = (
    (*_FIELDS, "tags"),
    (*_FIELDS, "name"),
    (*_MADE, "properties", "id"),
    ("components", "securitySchemes", "key"),
    _BODY,
    (*_POST, "responses", "200"),
    ("paths", "/things"),
    ("x-documents", "guess"),
    (*_BODY, "examples", "page"),
)


def document(dice: Dice) -> Json:
    """A whole spec."""
    data = copy.deepcopy(_SMALL)
    data["tags"] = [{"name": "things"}]
    text = dice.text if dice.chance(20) else dice.shown
    places = [dice.choice(_PROSE) for _ in range(dice.choice((1, 2, 4, 8)))]
    for change in dice.several(lambda: dice.choice(_RIGHT), 3):
        change(dice, data, text)
    for place in places:
        _put(data, place, text())
    if dice.chance(8):
        _break(dice, data)
    return mutated(dice, data) if dice.chance(4) else data


def written(data: Json) -> str:
    """The text of a spec, JSON that is YAML as well: that has no halves of characters."""
    return _HALVES.sub(lambda halves: json.loads(f'"{halves[0]}"').encode(errors="replace").decode(), json.dumps(data))


def _with_values(dice: Dice, data: Json, text: Callable[[], str]) -> None:
    """Other values of an enum, wherever the spec names them."""
    small, big = text(), f"{text()}!"
    _at(data, _FIELDS)["kind"]["enum"] = [small, big]
    _at(data, _THING)["if"]["properties"]["kind"]["const"] = small
    for example in _at(data, _BODY)["examples"].values():
        example["value"]["kind"] = big
    if dice.chance(2):
        _at(data, _FIELDS)["kind"]["default"] = big


def _with_field(dice: Dice, data: Json, text: Callable[[], str]) -> None:
    """A field more, with any name and any words."""
    words = dice.among({"description": text, "default": text, "title": text, "x-known-values": lambda: [text()]}, 2)
    kind = dice.choice(("string", "string", "integer", ["string", "null"]))
    if kind != "string":
        words.pop("x-known-values", None)
        words.pop("default", None)
    _at(data, dice.choice((_THING, _MADE)))["properties"][dice.choice((text(), "other"))] = {"type": kind, **words}


def _with_pattern(dice: Dice, data: Json, _: Callable[[], str]) -> None:
    _at(data, _FIELDS)["other"] = {"type": "string", "pattern": dice.pattern()}


def _with_example(_: Dice, data: Json, text: Callable[[], str]) -> None:
    _at(data, _FIELDS)["name"].pop("maxLength", None)
    _at(data, _BODY)["examples"] = {text(): {"value": {"name": text(), "size": "10*20"}}}


def _with_documents(_: Dice, data: Json, text: Callable[[], str]) -> None:
    data["x-documents"]["page"]["url"] = f"https://page.example/{text()}"


def _with_answer(dice: Dice, data: Json, text: Callable[[], str]) -> None:
    headers = {"X-Thing": {"schema": {"type": "string"}, "description": text()}}
    _at(data, _POST)["responses"][dice.choice(("400", "404", "4XX", "default"))] = {
        "description": text(),
        **dice.among({"headers": lambda: headers}),
    }


_RIGHT = (
    _with_values,
    _with_values,
    _with_field,
    _with_field,
    _with_pattern,
    _with_example,
    _with_documents,
    _with_answer,
)


def _break(dice: Dice, data: Json) -> None:
    kind = dice.choice(("text", "text", "number", "key", "tag"))
    if kind == "number":
        _put(data, dice.choice(_NUMBERS), dice.number())
    elif kind == "tag":
        _put(data, (*_POST, "tags"), [dice.text()])
    elif kind == "text":
        _put(data, dice.choice(_NAMES), dice.text())
    else:
        *above, name = dice.choice(_KEYS)
        holder = _at(data, tuple(above))
        if name in holder:
            holder[dice.text()] = holder.pop(name)


def _at(data: Json, place: Place) -> Json:
    for part in place:
        data = data[cast("Any", part)]
    return data


def _put(data: Json, place: Place, value: Json) -> None:
    _at(data, place[:-1])[cast("Any", place[-1])] = value
