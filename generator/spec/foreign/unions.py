"""Adapts `anyOf` and `oneOf`: members of every kind, null among them, told apart by a discriminator or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from generator.spec.foreign.findings import CutError
from generator.spec.foreign.kinds import Member, mapping_of, values_of
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
        kinds: list[Member] = []
        for index, (node, place) in enumerate(members):
            adapted = self._schemas.below([(node, place)], side, self._member_hint(node, hint, index))
            self._take(found, merged, adapted)
            kinds += self._kind((node, place), adapted, discriminator)
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
        kinds: list[Member] = []
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
            kinds += self._kind((node, place), adapted, discriminator, each)
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

    def _kind(self, part: Part, adapted: Json, discriminator: Json, merged: Merged | None = None) -> list[Member]:
        """A member as a discriminator tells it; nothing for one that is no class."""
        node, _ = part
        name, target = _told_by(discriminator), adapted.get("$ref")
        if not name or not isinstance(target, str):
            return []
        reference = node.get("$ref") if isinstance(node, dict) else None
        merger = self._schemas.merger
        values = values_of(merger, merged or merger.merged([part]), name)
        return [Member(reference if isinstance(reference, str) else "", target, values)]

    def _told_apart(self, discriminator: Json, kinds: list[Member], found: list[Json]) -> dict[str, Json]:
        """The discriminator, each of its values with its class; nothing unless it tells every member."""
        classes = {member.get("$ref") for member in found}
        if None in classes or not classes <= self._models() or classes != {each.target for each in kinds}:
            return {}
        told = mapping_of(kinds, discriminator.get("mapping"))
        if classes != set(told.values()):
            return {}
        return {"discriminator": {"propertyName": _told_by(discriminator), "mapping": told}}

    def _models(self) -> set[str]:
        return {
            f"#/components/schemas/{name}"
            for name in self._schemas.components
            if "enum" not in self._schemas.components[name]
        }


def _told_by(discriminator: Json) -> str:
    """The property that a discriminator looks at; "" if there is none."""
    name = discriminator.get("propertyName") if isinstance(discriminator, dict) else None
    return name if isinstance(name, str) else ""


def _check_size(members: list[Any], spot: Spot) -> None:
    if len(members) > _MOST_MEMBERS:
        raise CutError(spot, "too-many-members", f"A union of more than {_MOST_MEMBERS} members is no type.")
