"""Schemathesis explores the mock by the specs: right and wrong requests, JSON and forms, every check it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection, positive_data_acceptance

from generator.mock import running

from .exploration import contract_of, explored
from .sent import UnreadableError, breaks
from .subjects import contracts
from .verdicts import cannot_draw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import Case, CheckFunction, Response

    from generator.mock import RunningMock

POWERTOKENS = explored("powertokens")
VENICE = explored("venice")


@pytest.fixture(scope="module")
def gateway() -> Iterator[RunningMock]:
    """The mock on a port of its own, for what is on the wire matters here."""
    with running(balance="1000000") as mock:
        yield mock


def test_every_spec_is_explored() -> None:
    assert {POWERTOKENS.raw_schema["info"]["title"], VENICE.raw_schema["info"]["title"]} == {
        contract.title for contract in contracts()
    }


@pytest.mark.deep
@POWERTOKENS.parametrize()
def test_powertokens(case: Case[Any], gateway: RunningMock) -> None:
    _check("powertokens", case, gateway)


@pytest.mark.deep
@VENICE.parametrize()
def test_venice(case: Case[Any], gateway: RunningMock) -> None:
    _check("venice", case, gateway)


def _check(name: str, case: Case[Any], gateway: RunningMock) -> None:
    """Send a case, and put the answer to every check that speaks of what was sent."""
    response = case.call(base_url=gateway.url, headers={"Authorization": f"Bearer {gateway.key}"})
    right = _is_right(name, response, gateway.key)
    if right is not None:
        assert _is_taken(response) == right, _text(response)
    excluded = [*_beside_the_point(response, right=right)]
    if response.request.headers.get("Authorization") == f"Bearer {gateway.key}" and _can_be_paid(name, response):
        excluded.append(ignored_auth)
    case.validate_response(response, excluded_checks=excluded)


def _can_be_paid(name: str, response: Response) -> bool:
    """Whether the operation documents a 402, which then answers a probe without credentials; the check wants a 401.

    Only a call with the right key sends that probe. Success without one is a finding as everywhere.
    """
    path = urlsplit(str(response.request.url)).path
    operations = [operation for operation in contract_of(name).operations if operation.path == path]
    return any(answer.status == "402" for operation in operations for answer in operation.answers)


def _is_right(name: str, response: Response, key: str) -> bool | None:
    """Whether the body that was sent keeps every rule; None where it is not the body that the answer turns on."""
    request = response.request
    if request.headers.get("Authorization") != f"Bearer {key}":
        return None
    path = urlsplit(str(request.url)).path
    for operation in contract_of(name).operations:
        if (operation.method, operation.path) == (request.method, path):
            try:
                broken = breaks(operation, request)
            except UnreadableError:
                return False
            return None if broken is None else not broken
    return None


def _is_taken(response: Response) -> bool:
    return response.status_code == httpx.codes.OK or cannot_draw(_text(response))


def _text(response: Response) -> str:
    return response.content.decode(errors="replace")


def _beside_the_point(response: Response, *, right: bool | None) -> Iterator[CheckFunction]:
    """The checks on good and bad data, where what was sent is not what Schemathesis meant to send.

    In a form a number is a legal text, null is nothing, a required text may have been filled with "". Schemathesis
    knows none of our x- keywords, and takes `format: int64` for a bound. What was sent has been judged already.
    """
    if right is True:
        yield negative_data_rejection
    if right is False or cannot_draw(_text(response)):
        yield positive_data_acceptance
