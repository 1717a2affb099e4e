"""What requests and answers have in common: fields with names on the wire, and a form as plain JSON."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import attrs

from .breaches import shortened
from .files import is_file
from .types import UNSET

if TYPE_CHECKING:
    from collections.abc import Callable

_Result = TypeVar("_Result")

ADDITIONAL = "additional_properties"
"""The attribute that holds properties which the API doesn't document."""

SCALARS = frozenset({str, int, float, bool, type(None)})
"""The types whose values are JSON as they stand."""


class Model:
    """A class whose fields are an object's properties. Generated classes are attrs classes derived from this one."""

    __slots__ = ()

    absent: ClassVar[Any] = UNSET
    """The value of a field that is not there."""

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        # attrs would write out whole images that a field holds as text.
        cls.__repr__ = Model.__repr__  # type: ignore[method-assign]

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON has it: names as on the wire, what is absent left out, files as they are."""
        absent = self.absent
        found: dict[str, Any] = {}
        for name, wire in wire_names(type(self)):
            value = getattr(self, name)
            if value is not absent:
                found[wire] = value if type(value) in SCALARS else plain(value)
        for wire, value in getattr(self, ADDITIONAL, {}).items():
            found[wire] = plain(value)
        return found

    def __repr__(self) -> str:
        given = ((field.name, getattr(self, field.name)) for field in fields_of(type(self)))
        shown = (f"{name}={shortened(value)}" for name, value in given if value is not self.absent)
        return f"{type(self).__name__}({', '.join(shown)})"


def fields_of(model: type[Any]) -> tuple[attrs.Attribute[Any], ...]:
    """A model's fields as attrs has them."""
    return attrs.fields(model)  # type: ignore[no-any-return]


def once_per_class(work: Callable[[Any], _Result]) -> Callable[[Any], _Result]:
    """Remember what a function finds out about a class, so that no call looks at it again."""
    return cache(work)


@once_per_class
def wire_names(model: type[Any]) -> tuple[tuple[str, str], ...]:
    """A model's fields, each by its name in Python and its name on the wire; additional properties aren't a field."""
    return tuple((field.name, wire_name(field)) for field in fields_of(model) if field.name != ADDITIONAL)


def wire_name(field: attrs.Attribute[Any]) -> str:
    """A field's name on the wire."""
    name: str = field.metadata.get("name", field.name)
    return name


def plain(value: Any) -> Any:
    """A value as plain dicts, lists and scalars; files stay as they are, and what is unset is left out of objects."""
    if type(value) in SCALARS:
        return value
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items() if item is not UNSET}
    if is_file(value):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
