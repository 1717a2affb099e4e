"""Lists the rules of a schema: every constraint it states, each with its place, condition and source.

This is the only place where rules are listed. The client's validators, the mock's verdicts, the conformance cases and
the tables in the docs are all made from this list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from generator.spec.conditions import condition
from generator.spec.document import json_pointer
from generator.spec.keywords import ASSERTIONS
from generator.spec.model import Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec.document import Document, Pointer
    from generator.spec.model import Condition, Json
    from generator.spec.problems import Problem
    from generator.spec.resolve import Resolved
    from generator.spec.sources import Provenance

ITEMS = "[]"
"""In a field's path: any item of an array."""
VALUES = "{}"
"""In a field's path: any value of an object whose keys are free."""

_MARKS = {ITEMS: "-", VALUES: "+"}
_PART = re.compile(r"\[\]|\{\}|\.|(?:\\.|[^\\.\[\]{}])+", re.DOTALL)
_BACKSLASH = re.compile(r"\\(.)", re.DOTALL)
_ODD = re.compile(r"[^A-Za-z0-9_-]")


_WHERE_A_SOURCE_STANDS = {
    "security": (
        "Put an `x-source` into the security scheme, or `keywords: {security: …}` into the operation's `x-source`."
    ),
}


def escape_name(name: str) -> str:
    """A property's name as a part of a field's path: what has a meaning there gets a backslash."""
    return "".join(f"\\{c}" if c in "\\.[]{}" else c for c in name)


def join(field: str, part: str) -> str:
    """A field's path, one step further: "input" and "messages" give "input.messages", and "[]" gives "input[]"."""
    return f"{field}{part}" if part in {ITEMS, VALUES} or not field else f"{field}.{part}"


@frozen
class Spot:
    """A place that is being listed.

    Attributes:
        operation: The operationId.
        group: The part of a rule's id that follows: the shape, "query", or the answer's status.
        shape: The request shape's name; "" outside of bodies.
        media_type: The body's media type; "" outside of bodies.
        place: Which part of the exchange.
        resolved: The place in the resolved document.
        path: The place from the schema's root.
        field: The field's path.
        when: The condition under which everything here applies.
        provenance: What is known of sources here.
    """

    operation: str
    group: str
    shape: str
    media_type: str
    place: Place
    resolved: Pointer
    provenance: Provenance
    path: Pointer = ()
    field: str = ""
    when: Condition | None = None

    def step(self, node: Json, *parts: str | int, field: str = "") -> Spot:
        """The place below this one, where `node` stands."""
        return evolve(
            self,
            resolved=(*self.resolved, *parts),
            path=(*self.path, *parts),
            field=join(self.field, field) if field else self.field,
            provenance=self.provenance.at(node),
        )


class RuleLister:
    """Lists the rules of schemas of one document.

    Attributes:
        problems: What stood in the way: constraints without a source, conditions where nobody honours them.
    """

    def __init__(self, document: Document, resolved: Resolved) -> None:
        self.document = document
        self.resolved = resolved
        self.problems: list[Problem] = []

    def rules(self, schema: Json, spot: Spot) -> Iterator[Rule]:
        """The rules of a schema and of all below it, in the spec's order.

        Args:
            schema: The resolved schema.
            spot: Where it stands; its provenance already holds the schema's own ``x-source``.
        """
        if not isinstance(schema, dict):
            return
        for keyword in ASSERTIONS:
            if keyword in schema and not _is_void(schema, keyword):
                yield from self.rule(spot, keyword, schema[keyword])
        if schema.get("additionalProperties") is False:
            yield from self.rule(spot, "additionalProperties", value=False)
        yield from self._required(schema, spot)
        yield from self._below(schema, spot)
        yield from self._branches(schema, spot)

    def rule(
        self, spot: Spot, keyword: str, value: Json, *, at: Pointer | None = None, source_from: Provenance | None = None
    ) -> Iterator[Rule]:
        """One rule, or a problem if it has no source.

        Args:
            spot: Where the field is.
            keyword: The keyword.
            value: Its value.
            at: The keyword's place from the spot; the keyword itself if None.
            source_from: The provenance to ask; the spot's if None.
        """
        parts = (keyword,) if at is None else at
        origin = self.resolved.origin((*spot.resolved, *parts))
        source = (source_from or spot.provenance).source(keyword, spot.field)
        if source is None:
            where = _WHERE_A_SOURCE_STANDS.get(
                keyword, "Put an `x-source` that names one of `x-documents` beside or above."
            )
            message = f"{keyword!r} has no source. {where}"
            self.problems.append(self.document.problem(origin, "no-source", message))
            return
        yield Rule(
            id=rule_id(spot.operation, spot.group, spot.field, keyword, spot.when),
            operation=spot.operation,
            shape=spot.shape,
            media_type=spot.media_type,
            place=spot.place,
            field=spot.field,
            keyword=keyword,
            value=value,
            when=spot.when,
            source=source,
            pointer=json_pointer(origin),
            line=self.document.line(origin),
            schema_path=(*spot.path, *parts),
        )

    def _required(self, schema: Json, spot: Spot) -> Iterator[Rule]:
        for index, name in enumerate(schema.get("required", ())):
            child = schema.get("properties", {}).get(name)
            inner = evolve(spot, field=join(spot.field, escape_name(name)))
            provenance = spot.provenance
            if "required" not in provenance.keywords:
                provenance = provenance.at(_without_own_required(child))
            for rule in self.rule(inner, "required", value=True, at=("required", index), source_from=provenance):
                yield evolve(rule, schema_path=(*spot.path, "required", name))

    def _below(self, schema: Json, spot: Spot) -> Iterator[Rule]:
        for name, child in schema.get("properties", {}).items():
            yield from self.rules(child, spot.step(child, "properties", name, field=escape_name(name)))
        if isinstance(items := schema.get("items"), dict):
            yield from self.rules(items, spot.step(items, "items", field=ITEMS))
        if isinstance(values := schema.get("additionalProperties"), dict):
            yield from self.rules(values, spot.step(values, "additionalProperties", field=VALUES))
        for index, part in enumerate(schema.get("allOf", ())):
            yield from self.rules(part, spot.step(part, "allOf", index))

    def _branches(self, schema: Json, spot: Spot) -> Iterator[Rule]:
        for keyword in ("anyOf", "oneOf", "not"):
            self._refuse_conditions(schema.get(keyword), spot, keyword)
        if "if" not in schema:
            return
        if spot.place is not Place.BODY or spot.path or spot.when:
            self._refuse_condition((*spot.resolved, "if"))
            return
        for keyword, negated in (("then", False), ("else", True)):
            if branch := schema.get(keyword):
                inner = evolve(spot.step(branch, keyword), when=condition(schema["if"], negated=negated))
                yield from self.rules(branch, inner)

    def _refuse_conditions(self, part: Json, spot: Spot, *below: str | int) -> None:
        """Report the conditions in a part whose rules are not listed one by one."""
        if isinstance(part, dict) and "if" in part and below[-1] != "properties":
            self._refuse_condition((*spot.resolved, *below, "if"))
        inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
        for key, value in inner:
            self._refuse_conditions(value, spot, *below, key)

    def _refuse_condition(self, place: Pointer) -> None:
        message = "A condition is honoured only at the top of a request shape, once. Move it there."
        self.problems.append(self.document.problem(self.resolved.origin(place), "nested-condition", message))


def _is_void(schema: Json, keyword: str) -> bool:
    """Whether a keyword constrains nothing: a file has no JSON type on the wire, `uniqueItems: false` allows all."""
    if keyword == "type":
        return bool(schema.get("format") == "binary")
    return keyword == "uniqueItems" and schema[keyword] is False


def _without_own_required(child: Json) -> Json:
    """A property's schema, as far as it speaks of the property: its own `required` speaks of what is in it."""
    if not isinstance(child, dict) or "required" not in child or "x-source" not in child:
        return child
    source = child["x-source"]
    keywords = {key: part for key, part in source.get("keywords", {}).items() if key != "required"}
    return {**child, "x-source": {**source, "keywords": keywords}}


def rule_id(operation: str, group: str, field: str, keyword: str, when: Condition | None = None) -> str:
    """The id of a rule, e.g. ``generateImages/prompt/n/maximum``; of anything else that a place states as well.

    Args:
        operation: The operationId.
        group: The shape, "query", or the answer's status.
        field: The field's path; "" for none.
        keyword: The keyword.
        when: The condition, if there is one.
    """
    parts = [operation, _plain(group), _plain_field(field), keyword, when.slug if when else ""]
    return "/".join(part for part in parts if part)


def _plain_field(field: str) -> str:
    """A field's path without what a shell would read: ``a[].b`` gives ``a.-.b``, and any other odd letter its code."""
    parts = [part for part in _PART.findall(field) if part != "."]
    return ".".join(_MARKS.get(part) or _plain(_BACKSLASH.sub(r"\1", part)) for part in parts)


def _plain(text: str) -> str:
    return "~2d~" if text == "-" else _ODD.sub(lambda found: f"~{ord(found[0]):x}~", text)
