"""Makes cases of rules and of behaviours, so that each has its id, its document and its level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from generator.conformance.behaviours import load_behaviours
from generator.conformance.case import Case, Expectation
from generator.conformance.cases.parameters import with_parameters
from generator.conformance.sending import Request
from generator.spec.field_roles import Role, field_of

if TYPE_CHECKING:
    from generator.spec import Json, Level, Operation, Rule, Shape


def request_of(operation: Operation, shape: Shape | None, body: Json) -> Request:
    """A request of an operation, with the parameters that it must have."""
    plain = Request(operation.method, operation.path, media_type=shape.media_type if shape else "", body=body)
    return with_parameters(plain, operation, {})


def images_of(shape: Shape | None, body: Json) -> int:
    """How many images a body asks for."""
    name = field_of(shape.schema, Role.COUNT) if shape else None
    count = body.get(name, 1) if name and isinstance(body, dict) else 1
    return count if isinstance(count, int) and not isinstance(count, bool) and count > 0 else 1


@frozen
class Maker:
    """Makes the cases of one shape of an operation.

    Attributes:
        operation: The operation.
        shape: The shape; None without a body.
    """

    operation: Operation
    shape: Shape | None

    def of_rule(
        self,
        rule: Rule,
        expectation: Expectation,
        note: str,
        request: Request,
        *,
        level: Level | None = None,
    ) -> Case:
        """A case of a rule.

        Args:
            rule: The rule.
            expectation: What must come of it.
            note: What it is about.
            request: The request.
            level: How certain the expectation is; as certain as the rule if None.
        """
        level = rule.level if level is None else level
        # A documented example of a form that is guessed is as certain as the field, and comes from the field's page.
        surer = rule
        if level is not rule.level and self.shape is not None:
            about = (each for each in self.shape.rules if (each.field, each.keyword) == (rule.field, "type"))
            surer = next((each for each in about if each.level is level), rule)
        return self._made(rule.id, expectation, note, request, surer, level)

    def of_behaviour(self, place: str, expectation: Expectation, note: str, request: Request, *, rule: Rule) -> Case:
        """A case of a behaviour.

        Args:
            place: What stands behind the operationId in its rule's id; the behaviour's own id comes last.
            expectation: What must come of it.
            note: What it is about.
            request: The request.
            rule: The rule whose facts it rests on.
        """
        level = load_behaviours()[place.rpartition("/")[2]].level_by(rule.level)
        return self._made(f"{self.operation.id}/{place}", expectation, note, request, rule, level)

    def _made(  # noqa: PLR0917  all of a case, in its order
        self, rule_id: str, expectation: Expectation, note: str, request: Request, rule: Rule, level: Level
    ) -> Case:
        return Case(
            id=f"{rule_id}: {note}",
            operation=self.operation.id,
            rule=rule_id,
            level=level,
            source=str(rule.source),
            expectation=expectation,
            note=note,
            request=request,
            shape=self.shape,
            images=images_of(self.shape, request.body),
        )
