"""The documents' own examples: both sides take every one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.spec.boundary.png import png

from .subjects import subjects
from .verdicts import ClientSide, MockSide, Verdict

if TYPE_CHECKING:
    from generator.spec import Example, Json

    from .subjects import Subject

EXAMPLES = [
    pytest.param(subject, example, id=f"{subject.id}-{example.name}")
    for subject in subjects()
    for example in subject.operation.examples
    if subject.operation.shape_meant(example.media_type, example.value) is subject.shape
]


def test_every_example_is_tried() -> None:
    operations = {id(subject.operation): subject.operation for subject in subjects()}
    assert len(EXAMPLES) == sum(len(operation.examples) for operation in operations.values()) > 0


@pytest.mark.parametrize(("subject", "example"), EXAMPLES)
def test_client_and_mock_take_the_example(subject: Subject, example: Example, mock_side: MockSide) -> None:
    body = {name: _with_files(value) for name, value in example.value.items()}
    assert ClientSide(subject).verdict(body) == Verdict(accepted=True)
    assert mock_side.verdict(subject, body) == Verdict(accepted=True)


def _with_files(value: Json) -> Json:
    """A value with a real image in place of each ``@name.png``."""
    if isinstance(value, list):
        return [_with_files(item) for item in value]
    return png(512, 512) if isinstance(value, str) and value.startswith("@") else value
