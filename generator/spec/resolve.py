"""Replaces each `$ref` of a document by what it points to, and remembers where each place really stands."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from attrs import field, frozen

from generator.spec.document import MAX_DEPTH, MAX_PLACES
from generator.spec.keywords import ANNOTATIONS
from generator.spec.places import Kind, kind_below, places
from generator.spec.problems import Problem, SpecError

if TYPE_CHECKING:
    from generator.spec.document import Document, Pointer
    from generator.spec.model import Json

_SECTIONS = {
    "responses": "responses",
    "parameters": "parameters",
    "requestBody": "requestBodies",
    "requestBodies": "requestBodies",
    "headers": "headers",
    "examples": "examples",
    "securitySchemes": "securitySchemes",
}
"""For what stands under a key: the section of `components` that a reference there must point to."""


@frozen
class Resolved:
    """A document without references.

    Attributes:
        data: The document, each `$ref` replaced by its target together with the keywords beside the `$ref`.
        origins: For each place below a reference, where it stands in the file.
        components: The component's name of each place that was a reference to a schema component.
        targets: The places that references point to.
    """

    data: Json
    origins: dict[Pointer, Pointer] = field(repr=False)
    components: dict[Pointer, str] = field(repr=False)
    targets: set[Pointer] = field(repr=False)

    def origin(self, place: Pointer) -> Pointer:
        """Where a place of the resolved document stands in the file."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.origins:
                return (*self.origins[place[:length]], *place[length:])
        return place


def resolve(document: Document) -> Resolved:
    """Replace every reference within a document.

    Args:
        document: The document, as read.

    Returns:
        The document without references.

    Raises:
        SpecError: References that point nowhere, out of the file, to another kind of thing or into themselves.
    """
    resolver = _Resolver(document)
    data = resolver.walk(document.data, (), (), Kind.OBJECT)
    if resolver.problems:
        raise SpecError(list(dict.fromkeys(resolver.problems)))
    return Resolved(data, resolver.origins, resolver.components, resolver.targets)


class _Resolver:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.origins: dict[Pointer, Pointer] = {}
        self.components: dict[Pointer, str] = {}
        self.targets: set[Pointer] = set()
        self.problems: list[Problem] = []
        self._schemas = {at for at, _, kind in places(document.data) if kind is Kind.SCHEMA}
        self._open: list[Pointer] = []
        self._places = 0

    def walk(self, value: Json, place: Pointer, origin: Pointer, kind: Kind | None) -> Json:
        """Resolve `value`, which stands at `origin` in the file and at `place` in the result."""
        self._check_size(place, origin)
        if kind is None:  # data: a `$ref` in there is a key like any other
            return value
        if isinstance(value, list):
            return [self.walk(v, (*place, i), (*origin, i), kind) for i, v in enumerate(value)]
        if not isinstance(value, dict):
            return value
        if "$ref" in value and kind is not Kind.NAMES:
            return self._reference(value, place, origin, kind)
        return {key: self._below(value, key, place, origin, kind) for key in value}

    def _below(self, node: Json, key: str, place: Pointer, origin: Pointer, kind: Kind) -> Json:
        return self.walk(node[key], (*place, key), (*origin, key), kind_below(key, node[key], origin, kind))

    def _check_size(self, place: Pointer, origin: Pointer) -> None:
        self._places += 1
        if self._places > 2 * MAX_PLACES or len(place) > 2 * MAX_DEPTH:
            message = "The document is too large once its references are followed. Let fewer point into each other."
            raise SpecError([self.document.problem(origin, "too-deep", message)])

    def _reference(self, node: Json, place: Pointer, origin: Pointer, kind: Kind) -> Json:
        at = (*origin, "$ref")
        target = self._target(node["$ref"], at, kind)
        if target is None:
            return {}
        if target in self._open:
            message = f"{node['$ref']!r} points to what it stands in, and nobody honours that. Write the levels out."
            self.problems.append(self.document.problem(at, "self-reference", message))
            return {}
        self.targets.add(target)
        self.origins[place] = target
        self._open.append(target)
        merged = self.walk(self.document.at(target), place, target, kind)
        self._open.pop()
        if target[:-1] == ("components", "schemas"):
            self.components[place] = str(target[-1])
        for key in node:
            if key != "$ref":
                merged[key] = self._joined(node, key, merged, place=place, origin=origin, kind=kind)
        return merged

    def _joined(self, node: Json, key: str, merged: Json, *, place: Pointer, origin: Pointer, kind: Kind) -> Json:
        """The value of a keyword beside a `$ref`: words beside win, of `x-source` only the parts that it states."""
        self.origins[*place, key] = (*origin, key)
        beside = self._below(node, key, place, origin, kind)
        if key not in merged:
            return beside
        if key == "x-source":
            return _joined_sources(merged[key], beside)
        if kind is Kind.SCHEMA and key not in ANNOTATIONS and not key.startswith("x-"):
            message = f"What the reference points to has {key!r} as well. State it in one of the two places."
            self.problems.append(self.document.problem((*origin, key), "stated-twice", message))
        return beside

    def _target(self, reference: Json, at: Pointer, kind: Kind) -> Pointer | None:
        if not isinstance(reference, str) or not reference.startswith("#/"):
            message = f"{reference!r} points out of this file. Point to a place of this file, as in '#/components/…'."
            self.problems.append(self.document.problem(at, "foreign-reference", message))
            return None
        parts: list[str | int] = []
        node = self.document.data
        for raw in reference[2:].split("/"):
            part = unquote(raw).replace("~1", "/").replace("~0", "~")
            step = _step(node, part)
            if step is None:
                message = f"{reference!r} points nowhere: there is no {part!r}. Mend it, or add what it points to."
                self.problems.append(self.document.problem(at, "dangling-reference", message))
                return None
            parts.append(step)
            node = node[step]
        return self._of_right_kind(tuple(parts), reference, at, kind)

    def _of_right_kind(self, target: Pointer, reference: str, at: Pointer, kind: Kind) -> Pointer | None:
        if kind is Kind.SCHEMA:
            right, wanted = target in self._schemas, "a schema"
        else:
            holder = next((part for part in at[-3:-1] if part in _SECTIONS), "")
            section = _SECTIONS.get(str(holder), "")
            right = len(target) == 3 and target[:2] == ("components", section)  # noqa: PLR2004  components, section, name
            wanted = f"a place under '#/components/{section}'" if section else "nothing: write it out here"
        if right and isinstance(self.document.at(target), dict):
            return target
        message = f"{reference!r} is not what is wanted here. Point to {wanted}."
        self.problems.append(self.document.problem(at, "wrong-reference", message))
        return None


def _step(node: Json, part: str) -> str | int | None:
    """The key or index that a part of a JSON Pointer means; None if the node has none such."""
    if isinstance(node, dict):
        return part if part in node else None
    if isinstance(node, list) and part.isascii() and part.isdecimal() and len(part) < 10:  # noqa: PLR2004  no list is longer
        return int(part) if int(part) < len(node) else None
    return None


def _joined_sources(below: Json, beside: Json) -> Json:
    if not isinstance(below, dict) or not isinstance(beside, dict):
        return beside  # told by the lint
    kept = {key: part for key, part in below.items() if key != "level" or "document" not in beside}
    overrides = [source["keywords"] for source in (below, beside) if isinstance(source.get("keywords"), dict)]
    keywords = {key: part for stated in overrides for key, part in stated.items()}
    return {**kept, **beside, **({"keywords": keywords} if keywords else {})}
