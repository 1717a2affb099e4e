"""What is sent to see what the gateway sends on: as few requests as tell of every field."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import field, frozen

from generator.conformance.behaviours import load_behaviours
from generator.conformance.case import Case, Expectation
from generator.conformance.cases.making import images_of, request_of
from generator.conformance.upstream.mapping import Fact, upstreams
from generator.conformance.upstream.values import empty, is_image_list, telling, with_images_apart
from generator.spec import Level
from generator.spec.boundary import base_body
from generator.spec.boundary.breaches import Judge
from generator.spec.field_roles import Role, field_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.conformance.upstream.mapping import Field, Upstream
    from generator.spec import Contract, Json, Operation

FAILURE = 500
"""The status that the model provider answers with where it is to fail."""
_SEVERAL = 2


class Kind(StrEnum):
    """What a case is about."""

    GIVEN = "every field as given"
    EMPTY = "false and 0 as given, the images as data"
    ABSENT = "what isn't given isn't sent"
    ALONE = "one field"
    FAILING = "the provider fails"


@frozen
class UpstreamCase:
    """A request, and what of it must arrive upstream.

    Attributes:
        kind: What it is about.
        case: The request.
        upstream: What its shape becomes upstream.
        body: The request's body.
        given: The fields that it has and that must arrive.
        absent: The fields that it hasn't and that must not.
        data: Whether it asks for the images as data.
    """

    kind: Kind
    case: Case
    upstream: Upstream
    body: Mapping[str, Json] = field(repr=False)
    given: tuple[Field, ...]
    absent: tuple[Field, ...] = ()
    data: bool = False


def upstream_cases(contract: Contract) -> Iterator[UpstreamCase]:
    """The requests that tell what a gateway sends on, for a plan to count.

    Args:
        contract: The spec.

    Yields:
        For each shape whose fields go upstream a request with all of them, one with false and 0, one with what is
        required alone; and for each such operation one that the provider fails at.
    """
    for operation in contract.operations:
        failing: UpstreamCase | None = None
        for upstream in upstreams(contract, operation):
            writer = _Writer(upstream)
            yield from writer.cases()
            failing = failing or writer.failing()
        if failing is not None:
            yield failing


def alone(case: UpstreamCase) -> Iterator[UpstreamCase]:
    """The same fields one by one, for a gateway that doesn't take them together.

    Args:
        case: A case that wasn't carried out.
    """
    writer = _Writer(case.upstream)
    for each in case.given:
        if not each.required:
            body = writer.put(writer.base, each, _value(case.body, each))
            if body is not None:
                yield writer.case(Kind.ALONE, body, (each,), note=f"{each.name} alone, {_words(case)}")


def error_fact(operation: Operation) -> Fact:
    """That the gateway tells of a provider that fails."""
    about = load_behaviours()["upstream-error"]
    rules = (rule for rule in operation.rules if rule.id.startswith(f"{operation.id}/answer-502/"))
    rule = next(rules, None)
    level, source = (rule.level, str(rule.source.page)) if rule else (Level.ASSUMED, "the custom of HTTP services")
    return Fact(f"{operation.id}/upstream-error", about.level_by(level), source)


@frozen
class _Writer:
    upstream: Upstream
    base: Mapping[str, Json] = field(init=False)
    _breaks: Callable[[Json], frozenset[str]] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        shape = self.upstream.shape
        base = with_images_apart(base_body(self.upstream.operation, shape), shape.schema)
        object.__setattr__(self, "base", base if isinstance(base, dict) else {})
        object.__setattr__(self, "_breaks", Judge(shape).breaks)

    def cases(self) -> Iterator[UpstreamCase]:
        """The requests of the shape."""
        delivery = self._delivery()
        body, given = self._filled(self.base, telling)
        yield self.case(Kind.GIVEN, body, given)
        body, given = self._filled(self._several({**self.base, **delivery}), empty)
        yield self.case(Kind.EMPTY, body, given, data=bool(delivery))
        given = self._required()
        absent = tuple(each for each in self.upstream.fields if not each.required and self._is_told_apart(each))
        yield self.case(Kind.ABSENT, self.base, given, absent)

    def failing(self) -> UpstreamCase:
        """A request that the provider fails at."""
        return self.case(Kind.FAILING, self.base, ())

    def case(
        self,
        kind: Kind,
        body: Mapping[str, Json],
        given: tuple[Field, ...],
        absent: tuple[Field, ...] = (),
        *,
        data: bool = False,
        note: str = "",
    ) -> UpstreamCase:
        operation, shape = self.upstream.operation, self.upstream.shape
        failing = kind is Kind.FAILING
        fact = error_fact(operation) if failing else self.upstream.constant_fact
        rule = fact.rule if failing else f"{operation.id}/{shape.name}/upstream"
        words = note or kind.value
        case = Case(
            id=f"{rule}: {words}",
            operation=operation.id,
            rule=rule,
            level=fact.level,
            source=fact.source,
            expectation=Expectation.OPEN if failing else Expectation.CARRIED_OUT,
            note=words,
            request=request_of(operation, shape, body),
            shape=shape,
            images=images_of(shape, body),
        )
        return UpstreamCase(kind, case, self.upstream, body, given, absent, data)

    def put(self, body: Mapping[str, Json], field: Field, value: Json) -> Mapping[str, Json] | None:
        """A copy of a body with a field in it; None if it keeps the rules no more."""
        new = _with(body, field.path, value)
        return None if self._breaks(new) else new

    def _filled(
        self, body: Mapping[str, Json], values: Callable[[Mapping[str, Json]], Iterator[Json]]
    ) -> tuple[Mapping[str, Json], tuple[Field, ...]]:
        """A body with all the fields that such a value fits in, and the fields that it has then."""
        for each in self.upstream.fields:
            if not each.required or is_image_list(each.schema):
                fitting = (new for value in values(each.schema) if (new := self.put(body, each, value)) is not None)
                body = next(fitting, body)
        return body, tuple(each for each in self.upstream.fields if _has(body, each.path))

    def _several(self, body: Mapping[str, Json]) -> Mapping[str, Json]:
        """A body that asks for more than one image, where it may."""
        name = field_of(self.upstream.shape.schema, Role.COUNT)
        more = {**body, name: _SEVERAL} if name else body
        return body if self._breaks(more) else more

    def _delivery(self) -> Mapping[str, Json]:
        """What asks for images as data; nothing where nothing does."""
        name = field_of(self.upstream.shape.schema, Role.DELIVERY)
        known = image_names(self.upstream.operation)
        return {name: known["base64"]} if name and known else {}

    def _required(self) -> tuple[Field, ...]:
        return tuple(each for each in self.upstream.fields if each.required)

    def _is_told_apart(self, field: Field) -> bool:
        """Whether nothing else goes to a field's place, so that what stands there tells whether it was sent."""
        others = (other.target for other in self.upstream.fields if other is not field)
        return not any(other[: len(field.target)] == field.target for other in others)


def image_names(operation: Operation) -> Mapping[str, str]:
    """The names of the properties that hold an answer's image, as ``url`` and as ``base64``; none if none does."""
    for answer in operation.answers:
        for schema in answer.content.values():
            for below in schema.get("properties", {}).values():
                if names := below.get("items", {}).get("x-image-from"):
                    return dict(names)
    return {}


def _words(case: UpstreamCase) -> str:
    return "false or 0" if case.kind is Kind.EMPTY else "as given"


def _with(body: Mapping[str, Json], path: tuple[str, ...], value: Json) -> dict[str, Json]:
    name, rest = path[0], path[1:]
    below = body.get(name)
    return {**body, name: _with(below if isinstance(below, dict) else {}, rest, value) if rest else value}


def _has(body: Json, path: tuple[str, ...]) -> bool:
    return not path or (isinstance(body, dict) and path[0] in body and _has(body[path[0]], path[1:]))


def _value(body: Json, field: Field) -> Json:
    for name in field.path:
        body = body[name]
    return body
