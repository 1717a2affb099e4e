"""Adapts `anyOf` and `oneOf`: members of every kind, null among them, told apart by a discriminator or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from generator.spec.foreign.findings import CutError
from generator.spec.foreign.naming import class_name

if TYPE_CHECKING:
    from generator.spec.foreign.files import Spot
    from generator.spec.foreign.merging import Merged, Part
    from generator.spec.foreign.schemas import SchemaAdapter, Side
    from generator.spec.model import Json

_MOST_MEMBERS: Final = 200
"""Larger unions are taken as anything: tools that read Python give up on them."""


class UnionAdapter:
    """Adapts the unions of one document.

    Args:
        schemas: Adapts their members.
    """

    def __init__(self, schemas: SchemaAdapter) -> None:
        self._schemas = schemas

    def adapt(self, merged: Merged, spot: Spot, side: Side, hint: str) -> Json:
        """Adapt a schema that has unions.

        Args:
            merged: The schema in one piece.
            spot: Where it stands.
            side: Which way it goes.
            hint: What to call what needs a name and has none.
        """
        members, discriminator = merged.unions[0]
        _check_size(members, spot)
        if len(merged.unions) > 1:
            words = "Several unions hold here at once. The first one counts."
            self._schemas.findings.note(spot, "several-unions", words)
        if merged.enum is not None or not any(map(self._has_type, members)):
            return self._only_constrained(merged, spot, side, hint)
        if merged.properties:
            return self._of_objects(merged, spot, side, hint)
        found: list[Json] = []
        kinds: dict[str, str] = {}
        for index, (node, place) in enumerate(members):
            adapted = self._schemas.below([(node, place)], side, self._member_hint(node, hint, index))
            self._take(found, merged, adapted)
            kinds |= self._kind(node, adapted)
        _check_size(found, spot)
        if any(not member for member in found):
            return {}
        if len(found) == 1:
            return found[0]
        return {"anyOf": found, **self._told_apart(discriminator, kinds, found)} if found else {}

    def _only_constrained(self, merged: Merged, spot: Spot, side: Side, hint: str) -> Json:
        """A union whose members say no type, such as which properties must be there together: it isn't enforced."""
        self._schemas.findings.note(
            spot, "union-not-enforced", "This union says nothing of types, and isn't enforced by the client."
        )
        merged.unions = []
        if merged.is_object and merged.enum is None:
            return self._schemas._object(merged, spot, side, hint)  # noqa: SLF001 - one of us
        return self._schemas._plain(merged, spot, side, hint)  # noqa: SLF001 - one of us

    def _of_objects(self, merged: Merged, spot: Spot, side: Side, hint: str) -> Json:
        """A union whose members share the properties beside it."""
        members, discriminator = merged.unions[0]
        base = self._schemas.merger
        found: list[Json] = []
        kinds: dict[str, str] = {}
        for index, (node, place) in enumerate(members):
            each = base.merged([(node, place)])
            if each.unions or not each.properties:
                return self._only_constrained(merged, spot, side, hint)
            for name, parts in merged.properties.items():
                each.properties[name] = [*parts, *(p for p in each.properties.get(name, ()) if p not in parts)]
            each.required = {**merged.required, **each.required}
            name = (
                hint
                if len(members) == 1
                else self._member_hint(self._schemas.files.target(node, place)[0], hint, index, node)
            )
            adapted = self._schemas._object(each, place, side, name)  # noqa: SLF001 - one of us
            found.append(adapted)
            kinds |= self._kind(node, adapted)
        if len(found) == 1:
            return found[0]
        return {"anyOf": found, **self._told_apart(discriminator, kinds, found)}

    def _has_type(self, member: Part) -> bool:
        """Whether a member says what its values are, not only which properties they have."""
        try:
            merged = self._schemas.merger.merged([member])
        except CutError:
            return True
        return bool(
            merged.types or merged.properties or merged.enum or merged.unions or merged.items or merged.nullable
        )

    def _take(self, found: list[Json], merged: Merged, adapted: Json) -> None:
        parts = adapted["anyOf"] if "anyOf" in adapted and "discriminator" not in adapted else [adapted]
        for part in parts:
            if part.get("type") == "null":
                merged.nullable = True
            elif part not in found:
                found.append(part)

    def _member_hint(self, node: Json, hint: str, index: int, named: Json = None) -> str:
        reference = named.get("$ref") if isinstance(named, dict) else None
        if isinstance(reference, str):
            return f"{hint}{class_name(reference.rsplit('/', 1)[-1], 'Member')}"
        title = node.get("title") if isinstance(node, dict) else None
        if isinstance(title, str) and (name := class_name(title, "")) and name.isidentifier():
            return f"{hint}{name}" if not name.startswith(hint) else name
        return f"{hint}Type{index}"

    def _kind(self, node: Json, adapted: Json) -> dict[str, str]:
        """By what a member is called in the document: its class."""
        reference = node.get("$ref") if isinstance(node, dict) else None
        target = adapted.get("$ref")
        if isinstance(reference, str) and isinstance(target, str):
            return {reference: target, reference.rsplit("/", 1)[-1]: target}
        return {}

    def _told_apart(self, discriminator: Json, kinds: dict[str, str], found: list[Json]) -> dict[str, Json]:
        """The discriminator, each of its values with its class."""
        name = discriminator.get("propertyName") if isinstance(discriminator, dict) else None
        if not isinstance(name, str):
            return {}
        classes = {member.get("$ref") for member in found}
        if None in classes or not classes <= self._models():
            return {}
        stated = discriminator.get("mapping")
        mapping: dict[str, str] = {}
        for value, reference in stated.items() if isinstance(stated, dict) else ():
            target = kinds.get(str(reference)) or kinds.get(str(reference).rsplit("/", 1)[-1])
            if target in classes and isinstance(target, str):
                mapping[str(value)] = target
        implied = {
            value: target for value, target in kinds.items() if "/" not in value and target not in mapping.values()
        }
        told = {**mapping, **implied}
        return {"discriminator": {"propertyName": name, "mapping": told}} if told else {}

    def _models(self) -> set[str]:
        return {
            f"#/components/schemas/{name}"
            for name in self._schemas.components
            if "enum" not in self._schemas.components[name]
        }


def _check_size(members: list[Any], spot: Spot) -> None:
    if len(members) > _MOST_MEMBERS:
        raise CutError(spot, "too-many-members", f"A union of more than {_MOST_MEMBERS} members is no type.")
