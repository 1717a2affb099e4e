"""Rules: what a spec states on a request's fields, as attrs validators that note breaches instead of raising."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import Factory, frozen
from attrs import field as attribute

from .bounds import (
    ExclusiveMaximum,
    ExclusiveMinimum,
    Maximum,
    MaxItems,
    MaxLength,
    MaxProperties,
    Minimum,
    MinItems,
    MinLength,
    MinProperties,
    MultipleOf,
)
from .breaches import Breach
from .checks import (
    AdditionalProperties,
    BasicCheck,
    Const,
    DependentRequired,
    Enum,
    Pattern,
    Present,
    Required,
    TotalPixels,
    Type,
    UniqueItems,
)
from .compound_checks import AnyOf, Check, Not, OneOf, located
from .files import is_file, refuse_named_text
from .image_check import Image
from .media_type import MediaType
from .model import ADDITIONAL, SCALARS, wire_name
from .paths import Items, Step, parse
from .types import UNSET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from attrs import Attribute

    from .request import Request

__all__ = (
    "AdditionalProperties",
    "AnyOf",
    "Check",
    "Condition",
    "Const",
    "DependentRequired",
    "Enum",
    "ExclusiveMaximum",
    "ExclusiveMinimum",
    "Image",
    "MaxItems",
    "MaxLength",
    "MaxProperties",
    "Maximum",
    "MediaType",
    "MinItems",
    "MinLength",
    "MinProperties",
    "Minimum",
    "MultipleOf",
    "Not",
    "OneOf",
    "Pattern",
    "Present",
    "Required",
    "Rule",
    "Rules",
    "TotalPixels",
    "Type",
    "UniqueItems",
)


class Condition:
    """What must hold of the request's fields for a rule to apply.

    Args:
        words: The condition as people say it, e.g. "model is wan2.7-image-pro".
        fields: By name on the wire, the checks on a field's value.
        named: Likewise, by name in Python. An absent field passes unless `Present` is among its checks.
    """

    __slots__ = ("_fields", "words")

    def __init__(
        self,
        words: str,
        fields: Mapping[str, Sequence[BasicCheck]] | None = None,
        /,
        **named: Sequence[BasicCheck],
    ) -> None:
        self.words = words.removeprefix("when ").removeprefix("unless ")
        self._fields = tuple({**(fields or {}), **named}.items())

    def holds(self, request: Request) -> bool:
        """Whether it holds of a request."""
        for name, checks in self._fields:
            value = request.judgement.value_of(name)
            for check in checks:
                if (value is not UNSET or check.judges_absence) and check.breach(value) is not None:
                    return False
        return True

    def __repr__(self) -> str:
        return f"Condition({self.words!r}, {dict(self._fields)!r})"


@frozen
class Rule:
    """One constraint that a spec states on a field, as an attrs validator.

    On ``additional_properties`` it judges the request as a whole.

    Attributes:
        id: The rule's stable name.
        check: What it asks for.
        level: How certain it is: "documented", "published" or "assumed".
        source: The document that states it.
        at: The path within the field's value; "" for the value itself. For `Required` it ends in the property that
            must be there.
        when: It applies only if this holds.
        unless: It applies only if this doesn't hold.
    """

    id: str
    check: BasicCheck
    level: str
    source: str
    at: str = ""
    when: Condition | None = attribute(default=None, kw_only=True)
    unless: Condition | None = attribute(default=None, kw_only=True)
    _steps: tuple[Step, ...] = attribute(
        init=False, repr=False, eq=False, default=Factory(lambda own: parse(own.at), takes_self=True)
    )

    def __call__(self, instance: Request, attribute: Attribute[Any], value: Any) -> None:
        """Note the rule's breaches in the request's judgement.

        Args:
            instance: The request.
            attribute: The field.
            value: The field's value.
        """
        if value is UNSET or type(value) in SCALARS:
            if not self.at and (value is not UNSET or self.check.judges_absence):
                words = self.check.breach(value)
                if words is not None:
                    self._note(instance, wire_name(attribute), value, words)
            return
        if isinstance(self.check, Image):
            refuse_named_text(value)
        if attribute.name == ADDITIONAL:
            place, value = "", instance.judgement.whole()
        else:
            place, value = wire_name(attribute), instance.judgement.plain(attribute.name, value)
        for inner_place, inner, words in self._breaches(attribute, value, place):
            self._note(instance, inner_place, inner, words)

    def _breaches(self, attribute: Attribute[Any], value: Any, place: str) -> Iterator[tuple[str, Any, str]]:
        for found in located(self.check, value, self._steps, place):
            inner_place, inner, words = found
            if not is_file(inner) or isinstance(self.check, (Image, MediaType)):
                yield found
            elif isinstance(self.check, Type) and not _takes_file(attribute, self._steps):
                yield inner_place, inner, f"{words}, and no file"

    def _note(self, instance: Request, place: str, value: Any, words: str) -> None:
        if (self.when is not None and not self.when.holds(instance)) or (
            self.unless is not None and self.unless.holds(instance)
        ):
            return
        if self.when is not None:
            words = f"{words} when {self.when.words}"
        if self.unless is not None:
            words = f"{words} unless {self.unless.words}"
        instance.judgement.breaches.append(Breach(place, self.id, value, words, self.level, self.source))


class Rules:
    """All rules of a field, as one attrs validator.

    attrs would ask each of them about each value. Which of them have a word on a plain value, or on none, is known
    beforehand.

    Args:
        rules: The rules, in the order in which breaches are told.
    """

    __slots__ = ("_of_absence", "_of_scalars", "_validators")

    def __init__(self, *rules: Rule) -> None:
        self._validators = rules
        here = [(rule.check.breach, rule) for rule in rules if not rule.at]
        self._of_scalars = tuple((breach, rule) for breach, rule in here if not isinstance(rule.check, Required))
        self._of_absence = tuple((breach, rule) for breach, rule in here if rule.check.judges_absence)

    def __call__(self, instance: Request, attribute: Attribute[Any], value: Any) -> None:
        """Note the breaches of all rules in the request's judgement; see `Rule`."""
        if value is UNSET:
            asked = self._of_absence
        elif type(value) in SCALARS:
            asked = self._of_scalars
        else:
            for rule in self._validators:
                rule(instance, attribute, value)
            return
        for breach, rule in asked:
            words = breach(value)
            if words is not None:
                rule._note(instance, wire_name(attribute), value, words)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]

    def __repr__(self) -> str:
        return f"Rules{self._validators!r}"


def _takes_file(attribute: Attribute[Any], steps: tuple[Step, ...]) -> bool:
    """Whether a field has an image at a path, or in the array there."""
    images = {rule._steps for rule in _rules(attribute) if isinstance(rule.check, Image)}  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - one of us
    return steps in images or (*steps, Items()) in images


def _rules(attribute: Attribute[Any]) -> Iterator[Rule]:
    validator = attribute.validator
    for each in getattr(validator, "_validators", (validator,)):
        if isinstance(each, Rule):
            yield each
