"""Schemathesis explores the mock by the specs: right and wrong requests, JSON and forms, every check it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from generator.mock import running

from .calls import KEY
from .exploration import contract_of, explored
from .sent import UnreadableError, breaks
from .subjects import contracts
from .verdicts import draws_no_more

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import Case, Response

    from generator.mock import RunningMock

POWERTOKENS = explored("powertokens")
VENICE = explored("venice")


@pytest.fixture(scope="module")
def gateway() -> Iterator[RunningMock]:
    """The mock on a port of its own, for what is on the wire matters here."""
    with running() as mock:
        yield mock


def test_every_spec_is_explored() -> None:
    assert {POWERTOKENS.raw_schema["info"]["title"], VENICE.raw_schema["info"]["title"]} == {
        contract.title for contract in contracts()
    }


@pytest.mark.deep
@POWERTOKENS.parametrize()
def test_powertokens(case: Case, gateway: RunningMock) -> None:
    _check("powertokens", case, gateway)


@pytest.mark.deep
@VENICE.parametrize()
def test_venice(case: Case, gateway: RunningMock) -> None:
    _check("venice", case, gateway)


def _check(name: str, case: Case, gateway: RunningMock) -> None:
    response = case.call(base_url=gateway.url, headers={"Authorization": f"Bearer {gateway.key}"})
    case.validate_response(response)
