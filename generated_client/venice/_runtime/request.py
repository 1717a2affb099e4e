"""The base of request models: all rules are judged at once, and a request that breaks one can't be made."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING, Any, NoReturn, Self

import attrs

from .errors import RequestRefused
from .judgement import Judgement
from .model import ADDITIONAL, Model, fields_of, once_per_class, wire_names
from .suggestions import did_you_mean
from .types import UNSET

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import FrameType

    from .breaches import Breach

_PACKAGE = f"{__name__.rsplit('.', 2)[0]}."
_WRITTEN_BY_ATTRS = "<attrs generated"


class Request(Model):
    """A request, or a part of one. Generated classes are frozen attrs classes with `Rule` validators.

    Making one runs every rule and raises `RequestRefused` with all breaches.
    """

    __slots__ = ("_judgement",)

    _judgement: Judgement

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        super().__attrs_init_subclass__()
        # A required field that isn't given is a breach like others, told with them; not a TypeError before them.
        init: Any = cls.__init__
        init.__kwdefaults__ = {**_defaults(cls), **(init.__kwdefaults__ or {})}

    def __attrs_post_init__(self) -> None:
        _warn_of_deprecated(self)
        if additional := getattr(self, ADDITIONAL, None):
            _refuse_fields(type(self), additional)
        judgement = getattr(self, "_judgement", None)
        if judgement is not None:
            if judgement.breaches:
                raise RequestRefused(judgement.breaches)
            object.__delattr__(self, "_judgement")

    @property
    def judgement(self) -> Judgement:
        """What the rules found, while they run; begun by the first that has something to note or to look up."""
        try:
            return self._judgement
        except AttributeError:
            begun = Judgement(self)
            object.__setattr__(self, "_judgement", begun)
            return begun

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Make a request from a JSON object: names as on the wire, others go to the additional properties.

        Raises:
            RequestRefused: The request breaks rules.
        """
        names = {wire: name for name, wire in wire_names(cls)}
        known = {names[wire]: value for wire, value in data.items() if wire in names}
        others = {wire: value for wire, value in data.items() if wire not in names}
        if others and not takes_additional(cls):
            _refuse_name(cls, next(iter(others)), names)
        if others:
            known[ADDITIONAL] = others
        return cls(**known)

    @classmethod
    def unchecked(cls, **fields: Any) -> Self:
        """Make a request without judging it; for what a document has wrong, or to see what the API says.

        Args:
            fields: As the class takes them.
        """
        made = cls.__new__(cls)
        for name, default in _all_defaults(cls):
            value = default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]
            object.__setattr__(made, name, fields.pop(name, value))
        if fields:
            _refuse_name(cls, next(iter(fields)), dict(wire_names(cls)))
        return made

    @classmethod
    def check(cls, **fields: Any) -> list[Breach]:
        """Judge a request without making it.

        Args:
            fields: As the class takes them.

        Returns:
            Every breach of a rule; none if the request is right.
        """
        draft = cls.unchecked(**fields)
        for attribute in fields_of(cls):
            if attribute.validator is not None:
                attribute.validator(draft, attribute, getattr(draft, attribute.name))
        return draft.judgement.breaches


@once_per_class
def takes_additional(model: type[Any]) -> bool:
    """Whether a model takes fields that the API doesn't document."""
    return any(field.name == ADDITIONAL for field in fields_of(model))


@once_per_class
def _all_defaults(model: type[Any]) -> tuple[tuple[str, Any], ...]:
    """What each field is where it isn't given."""
    return tuple((f.name, UNSET if f.default is attrs.NOTHING else f.default) for f in fields_of(model))


def _defaults(model: type[Request]) -> dict[str, Any]:
    return {field.alias: UNSET for field in fields_of(model) if field.default is attrs.NOTHING and field.alias}


@once_per_class
def _deprecated(model: type[Any]) -> tuple[tuple[str, str], ...]:
    fields = fields_of(model)
    return tuple((field.name, field.metadata["deprecated"]) for field in fields if field.metadata.get("deprecated"))


def _warn_of_deprecated(request: Request) -> None:
    for name, words in _deprecated(type(request)):
        if getattr(request, name) is not UNSET:
            warnings.warn(words, DeprecationWarning, stacklevel=_callers_level())


def _callers_level() -> int:
    """How many frames up the user's own line is, as `warnings.warn` counts from its caller."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - the documented way to walk the stack cheaply
    level = 0
    while frame is not None and _is_ours(frame):
        frame = frame.f_back
        level += 1
    return level + 1


def _is_ours(frame: FrameType) -> bool:
    if frame.f_code.co_filename.startswith(_WRITTEN_BY_ATTRS):
        return True
    return str(frame.f_globals.get("__name__", "")).startswith(_PACKAGE)


def _refuse_fields(model: type[Request], additional: Mapping[str, Any]) -> None:
    """Fields among the additional properties would go unjudged."""
    names = {wire: name for name, wire in wire_names(model)}
    for wire in additional:
        if wire in names:
            raise TypeError(
                f"{model.__name__} has a field for {wire!r}: give it as {names[wire]}=..., not in {ADDITIONAL}"
            )


def _refuse_name(model: type[Request], name: str, known: Mapping[str, str]) -> NoReturn:
    raise TypeError(f"{model.__name__} takes no {name!r}{did_you_mean(name, known)}")
