"""Edits of a spec, written down in `edits/`: what is changed, whom that breaks, which version step it asks for."""

from __future__ import annotations

import copy
import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from attrs import field, frozen

from generator.spec import load

if TYPE_CHECKING:
    from generator.spec import Contract

_FOLDER = Path(__file__).parent / "edits"
BASE = _FOLDER / "bases" / "studio.yaml"
_PLACES = {
    "prompt": "/components/schemas/MakePrompt",
    "messages": "/components/schemas/MakeMessages",
    "form": "/components/schemas/MakeForm",
    "made": "/components/schemas/Made",
    "make": "/paths/~1pictures/post",
    "get": "/paths/~1pictures~1{id}/get",
    "file": "/paths/~1pictures~1{id}~1file/put",
}
"""What a place of an edit may begin with instead of a JSON Pointer."""


@frozen
class Edit:
    """One edit.

    Attributes:
        name: What is changed, in words; unique.
        callers: Whether it breaks callers.
        gateways: Whether it breaks gateways.
        step: The version step; "" where it isn't said.
        words: What the report must say.
        no_words: What it mustn't say.
        changes: How many changes it must tell, words for readers apart; None where it isn't said.
    """

    name: str
    callers: bool
    gateways: bool
    step: str = ""
    words: list[str] = field(factory=list)
    no_words: list[str] = field(factory=list)
    changes: int | None = None
    set: dict[str, Any] = field(factory=dict)
    rename: dict[str, str] = field(factory=dict)
    swap: list[str] = field(factory=list)
    remove: list[str] = field(factory=list)

    def contract(self, folder: Path) -> Contract:
        """The edited spec, written to a folder and loaded."""
        data = copy.deepcopy(_base())
        for place, value in self.set.items():
            holder, key = _at(data, place)
            if isinstance(holder, list) and key == len(holder):
                holder.append(value)
            else:
                holder[key] = value
        for place, name in self.rename.items():
            holder, key = _at(data, place)
            renamed = {name if each == key else each: value for each, value in holder.items()}
            holder.clear()
            holder.update(renamed)
        if self.swap:
            (one, first), (other, second) = (_at(data, place) for place in self.swap)
            one[first], other[second] = other[second], one[first]
        for place in self.remove:
            holder, key = _at(data, place)
            del holder[key]
        path = folder / BASE.name
        path.write_text(json.dumps(data), encoding="utf-8")
        return load(path)


@functools.cache
def _base() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(BASE.read_text(encoding="utf-8"))
    return data


def edits() -> list[Edit]:
    """All edits that are written down."""
    return [
        Edit(**{"name" if key == "edit" else key: value for key, value in stated.items()})
        for path in sorted(_FOLDER.glob("*.yaml"))
        for stated in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def _at(data: Any, place: str) -> tuple[Any, Any]:
    """What holds a place, and the place's key in it."""
    first, _, rest = place.partition("/")
    pointer = f"{_PLACES[first]}/{rest}".removesuffix("/") if first else place
    *parts, last = (part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
    for part in parts:
        data = data[int(part)] if isinstance(data, list) else data.setdefault(part, {})
    return data, int(last) if isinstance(data, list) else last
