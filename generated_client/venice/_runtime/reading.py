"""Takes answers apart. What is missing or of another type is told with its path; what is unknown is kept."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, overload

from .errors import AnswerUnreadable
from .json_values import is_integer, is_number
from .model import Model

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")
T2 = TypeVar("T2")
T3 = TypeVar("T3")


class Answer(Model):
    """An answer, or a part of one. Generated classes are attrs classes with a ``from_dict`` made of these readers."""

    __slots__ = ()

    absent: ClassVar[Any] = None


def required(data: Any, name: str, reader: Callable[[Any], T]) -> T:
    """Read a property that must be there.

    Args:
        data: The decoded object.
        name: The property's name on the wire.
        reader: Takes the property's value.

    Raises:
        AnswerUnreadable: It isn't there, or isn't what the reader takes.
    """
    members = mapping(data)
    if name not in members:
        raise AnswerUnreadable("is missing", path=name)
    return _at(name, reader, members[name])


def optional(data: Any, name: str, reader: Callable[[Any], T]) -> T | None:
    """Read a property that may be absent or null; None stands for both.

    Args:
        data: The decoded object.
        name: The property's name on the wire.
        reader: Takes the property's value.

    Raises:
        AnswerUnreadable: It isn't what the reader takes.
    """
    value = mapping(data).get(name)
    return None if value is None else _at(name, reader, value)


def rest(data: Any, *known: str, reader: Callable[[Any], Any] | None = None) -> dict[str, Any]:
    """The properties that a model doesn't know.

    Args:
        data: The decoded object.
        known: The names that it knows.
        reader: Takes each value; by default all are kept as they are.
    """
    members = mapping(data)
    if len(members) <= len(known) and all(name in known for name in members):
        return {}
    others = {name: value for name, value in members.items() if name not in known}
    return others if reader is None else {name: _at(name, reader, value) for name, value in others.items()}


def string(value: Any) -> str:
    """Read a text."""
    if isinstance(value, str):
        return value
    raise _unlike("a string", value)


def integer(value: Any) -> int:
    """Read an integer; 3.0 is one."""
    if is_integer(value):
        return int(value)
    raise _unlike("an integer", value)


def number(value: Any) -> float:
    """Read a number."""
    if is_number(value):
        return value
    raise _unlike("a number", value)


def boolean(value: Any) -> bool:
    """Read a boolean."""
    if isinstance(value, bool):
        return value
    raise _unlike("a boolean", value)


def mapping(value: Any) -> dict[str, Any]:
    """Read an object, whatever is in it."""
    if isinstance(value, dict):
        return value
    raise _unlike("an object", value)


def anything(value: Any) -> Any:
    """Take a value as it is."""
    return value


def list_of(reader: Callable[[Any], T]) -> Callable[[Any], list[T]]:
    """A reader of arrays whose items another reader takes."""

    def read(value: Any) -> list[T]:
        if not isinstance(value, list):
            raise _unlike("an array", value)
        return [_at(f"[{index}]", reader, item) for index, item in enumerate(value)]

    return read


@overload
def one_of(first: Callable[[Any], T], second: Callable[[Any], T2], /) -> Callable[[Any], T | T2]: ...
@overload
def one_of(
    first: Callable[[Any], T], second: Callable[[Any], T2], third: Callable[[Any], T3], /
) -> Callable[[Any], T | T2 | T3]: ...
@overload
def one_of(*readers: Callable[[Any], T]) -> Callable[[Any], T]: ...
def one_of(*readers: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A reader of what any of these readers takes; the first that does counts."""

    def read(value: Any) -> Any:
        wanted = []
        for reader in readers:
            try:
                return reader(value)
            except AnswerUnreadable as error:
                wanted.append(str(error))
        raise AnswerUnreadable(f"is none of the forms known: {'; '.join(wanted)}")

    return read


def by_kind(property_name: str, readers: Mapping[str, Callable[[Any], T]]) -> Callable[[Any], T | dict[str, Any]]:
    """A reader of objects that a property tells apart; an object of an unknown kind is taken as it is.

    Args:
        property_name: The discriminator.
        readers: By the discriminator's value, the reader of that kind.
    """

    def read(value: Any) -> T | dict[str, Any]:
        kind = mapping(value).get(property_name)
        reader = readers.get(kind) if isinstance(kind, str) else None
        return dict(value) if reader is None else reader(value)

    return read


def of_kind(property_name: str, readers: Mapping[str, Callable[[Any], Any]]) -> Callable[[Any], Any]:
    """As `by_kind`, for kinds that are too many for a type checker to join."""
    return by_kind(property_name, readers)


def one_of_many(*readers: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """As `one_of`, for readers that are too many for a type checker to join."""
    return one_of(*readers)


def mapping_of(reader: Callable[[Any], T]) -> Callable[[Any], dict[str, T]]:
    """A reader of objects whose values another reader takes, whatever they are called."""

    def read(value: Any) -> dict[str, T]:
        return {name: _at(name, reader, item) for name, item in mapping(value).items()}

    return read


def or_none(reader: Callable[[Any], T]) -> Callable[[Any], T | None]:
    """A reader of what another reader takes, or null."""

    def read(value: Any) -> T | None:
        return None if value is None else reader(value)

    return read


class Reads:
    """What reads an answer that is no object of one class: a list, a mapping, a text, one of several.

    Args:
        reader: Takes the decoded answer.
    """

    __slots__ = ("from_dict",)

    def __init__(self, reader: Callable[[Any], Any]) -> None:
        self.from_dict = reader


def _at(step: str, reader: Callable[[Any], T], value: Any) -> T:
    try:
        return reader(value)
    except AnswerUnreadable as error:
        inner = error.path
        path = f"{step}{inner}" if not inner or inner.startswith("[") else f"{step}.{inner}"
        raise AnswerUnreadable(error.reason, path=path) from None


def _unlike(wanted: str, value: Any) -> AnswerUnreadable:
    kinds = {
        dict: "an object",
        list: "an array",
        str: "a string",
        bool: "a boolean",
        int: "a number",
        float: "a number",
    }
    return AnswerUnreadable(f"is {kinds.get(type(value), 'null')} where the API documents {wanted}")
