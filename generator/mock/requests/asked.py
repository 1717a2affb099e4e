"""What bodies ask for in one role: which field the spec says to look at, and what stands for it where it is absent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from generator.spec.field_roles import Role, field_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.model import Json


@frozen
class Asked:
    """One role in bodies of one shape.

    Attributes:
        name: The field that has the role; "" where none has.
        default: What stands for an absent field: the documented default, or the mock's own.
    """

    name: str
    default: Any

    @classmethod
    def in_bodies(cls, schema: Mapping[str, Json], role: Role, default: Json) -> Asked:
        """The role in bodies of a schema.

        Args:
            schema: The shape's.
            role: The role.
            default: What stands for an absent field of which the spec says nothing.
        """
        name = field_of(schema, role) or ""
        return cls(name, schema.get("properties", {}).get(name, {}).get("default", default))

    def of(self, body: Mapping[str, Json]) -> Any:
        """What a body asks for, which holds documented fields alone."""
        return body.get(self.name, self.default)


@frozen
class AskedFormat:
    """The file format in bodies of one shape, which may follow from another field."""

    _asked: Asked
    _follows: Asked
    _formats: Mapping[str, str]

    @classmethod
    def in_bodies(cls, schema: Mapping[str, Json], default: str) -> AskedFormat:
        """The file format in bodies of a schema; the default is for where nothing tells."""
        properties: Mapping[str, Mapping[str, Json]] = schema.get("properties", {})
        asked = Asked.in_bodies(schema, Role.FORMAT, default)
        rule = properties.get(asked.name, {}).get("x-default-from", {"property": "", "values": {}})
        other = rule["property"]
        return cls(asked, Asked(other, properties.get(other, {}).get("default", "")), rule["values"])

    def of(self, body: Mapping[str, Json]) -> str:
        """The format's name, as the documents have it."""
        stated: str | None = body.get(self._asked.name)
        return self._formats.get(self._follows.of(body), self._asked.default) if stated is None else stated
