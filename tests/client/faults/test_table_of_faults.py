"""The table of faults in the documents, row by row, blocking and awaited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from attrs import frozen

from .calls import MAKING_IMAGES, MAKING_IMAGES_AT_ANY_COST, READING, WAYS, Kind
from .scripts import CALLS_THAT_COST, CALLS_THAT_READ, RETRYING_LOST_ANSWERS
from .table import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .calls import Way
    from .scripts import Script
    from .stage import Stage
    from .table import Row

_MARGIN: Final = 1.0  # seconds that a call may last beyond its deadline, on a busy machine


@frozen
class _Table:
    scripts: Mapping[str, Script]
    kind: Kind


_TABLES: Final = {
    "Calls that may cost money": _Table(CALLS_THAT_COST, MAKING_IMAGES),
    "With `retry_lost_answers=True`": _Table(RETRYING_LOST_ANSWERS, MAKING_IMAGES_AT_ANY_COST),
    "Calls that only read": _Table(CALLS_THAT_READ, READING),
}
_ROWS: Final = list(rows())


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("row", _ROWS, ids=lambda row: f"{row.heading}: {row.fault}")
def test_the_client_does_what_the_documents_say(row: Row, way: Way, stage: Stage) -> None:
    table = _TABLES[row.heading]
    script = table.scripts[row.fault]

    ending = stage.play(script, table.kind, way)

    assert (type(ending.error).__name__ if ending.error else "") == row.error, ending.error
    assert (ending.result is None) == bool(row.error)
    assert isinstance(ending.error, table.kind.package.errors.ImageClientError | None)
    assert stage.sent == row.requests
    assert ending.images == row.images
    assert ending.seconds < script.deadline + _MARGIN
    if script.place in {"server", "https server"}:
        assert ending.arrived == row.requests


@pytest.mark.parametrize("heading", _TABLES)
def test_every_script_has_a_row_and_every_row_a_script(heading: str) -> None:
    assert [row.fault for row in _ROWS if row.heading == heading] == list(_TABLES[heading].scripts)


def test_there_is_no_table_without_scripts() -> None:
    assert {row.heading for row in _ROWS} == _TABLES.keys()


def test_by_default_no_fault_costs_two_images() -> None:
    default = [row for row in _ROWS if _TABLES[row.heading].kind is not MAKING_IMAGES_AT_ANY_COST]
    assert max(row.images for row in default) == 1


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: f"{row.heading}: {row.fault}")
def test_every_fault_that_ends_in_an_error_has_advice(row: Row) -> None:
    assert row.advice
    assert not (row.error and row.advice == "nothing")
