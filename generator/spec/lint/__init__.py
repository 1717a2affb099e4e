"""Finds what is wrong with a spec that can't be honoured, or would mislead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.spec.lint.bodies import body_problems
from generator.spec.lint.conditions import condition_problems
from generator.spec.lint.field_roles import role_problems
from generator.spec.lint.fields import field_problems
from generator.spec.lint.keywords import keyword_problems, pattern_problems
from generator.spec.lint.names import name_problems
from generator.spec.lint.operations import operation_id_problems, parameter_problems
from generator.spec.lint.ratios import ratio_problems
from generator.spec.lint.shapes import shape_problems

if TYPE_CHECKING:
    from generator.spec.document import Document
    from generator.spec.problems import Problem
    from generator.spec.resolve import Resolved


def early_problems(document: Document) -> list[Problem]:
    """What can be told of a document that may not be OpenAPI at all.

    Args:
        document: The document as read.
    """
    return [*ratio_problems(document), *operation_id_problems(document)]


def lint(document: Document, resolved: Resolved) -> list[Problem]:
    """What is wrong with a spec that is valid OpenAPI 3.1.

    Args:
        document: The document as read.
        resolved: The same without references.

    Returns:
        The problems, each with file, line and JSON Pointer. Keywords that nobody knows come alone: what they were meant
        to say decides on the rest.
    """
    unknown = [*keyword_problems(document), *field_problems(document)]
    return unknown or [
        *name_problems(document, resolved),
        *parameter_problems(document, resolved),
        *shape_problems(document, resolved),
        *role_problems(document, resolved),
        *body_problems(document, resolved),
        *condition_problems(document, resolved),
        *pattern_problems(document),
    ]
