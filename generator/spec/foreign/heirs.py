"""Finds the schemas that are made of another one by `allOf`, where a discriminator there tells them apart."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from generator.spec.foreign.files import Spot
from generator.spec.foreign.findings import CutError
from generator.spec.foreign.kinds import Member, mapping_of, values_of
from generator.spec.foreign.references import COMPONENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.foreign.files import Files
    from generator.spec.foreign.merging import Merger, Part
    from generator.spec.model import Json


class Heirs:
    """The heirs of a document's schemas.

    Args:
        files: The document.
        merger: Makes one of an heir's parts.
    """

    def __init__(self, files: Files, merger: Merger) -> None:
        self._files, self._merger = files, merger

    def of(self, node: Json, spot: Spot) -> Mapping[str, Part]:
        """The heirs of a schema, by the discriminator's value.

        Args:
            node: The schema.
            spot: Where it stands.
        """
        told = node.get("discriminator") if isinstance(node, dict) else None
        if not isinstance(told, dict) or not isinstance(told.get("propertyName"), str):
            return {}
        if "oneOf" in node or "anyOf" in node or "properties" not in node:
            return {}
        heirs = {_reference(str(place.pointer[-1])): (heir, place) for heir, place in self._by_base.get(spot.key, ())}
        members = [Member(name, name, self._values(part, told["propertyName"])) for name, part in heirs.items()]
        mapping = told.get("mapping")
        stated = {
            str(value): part
            for value, reference in (mapping.items() if isinstance(mapping, dict) else ())
            if (part := self._target(str(reference), spot)) is not None
        }
        named = {place.key for _, place in stated.values()}
        implied = {value: heirs[name] for value, name in mapping_of(members, {}).items()}
        return {**{value: part for value, part in implied.items() if part[1].key not in named}, **stated}

    def _values(self, part: Part, name: str) -> tuple[str, ...]:
        try:
            return values_of(self._merger, self._merger.merged([part]), name)
        except CutError:
            return ()

    def _target(self, reference: str, spot: Spot) -> Part | None:
        wanted = reference if "/" in reference or "#" in reference else f"#/components/schemas/{reference}"
        try:
            return self._files.follow(wanted, spot)
        except CutError:
            return None

    @cached_property
    def _by_base(self) -> dict[object, list[Part]]:
        root = self._files.root
        components = root.data.get("components")
        schemas = components.get("schemas") if isinstance(components, dict) else None
        found: dict[object, list[Part]] = {}
        for name, schema in schemas.items() if isinstance(schemas, dict) else ():
            parts = schema.get("allOf") if isinstance(schema, dict) else None
            place = Spot(root, ("components", "schemas", name))
            for part in parts if isinstance(parts, list) else ():
                reference = part.get("$ref") if isinstance(part, dict) else None
                if isinstance(reference, str) and (base := self._target(reference, place)) is not None:
                    found.setdefault(base[1].key, []).append((schema, place))
        return found


def _reference(name: str) -> str:
    return COMPONENTS + quote(name.replace("~", "~0").replace("/", "~1"), safe="~")
