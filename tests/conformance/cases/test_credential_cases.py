"""Which credentials are tried, and what must come of each."""

from __future__ import annotations

from generator.conformance.case import Expectation
from generator.conformance.cases import cases_of
from generator.conformance.sending import Credentials
from generator.spec import load_all

CONTRACTS = {contract.name: contract for contract in load_all()}


def _tried(api: str, operation: str) -> dict[Credentials, Expectation]:
    contract = CONTRACTS[api]
    cases = cases_of(contract, contract.operation(operation))
    return {
        case.request.credentials: case.expectation
        for case in cases
        if case.rule in {f"{operation}/credentials/security", f"{operation}/call"}
    }


def test_where_a_token_is_wanted_others_are_refused() -> None:
    assert _tried("powertokens", "generateImages") == {
        Credentials.GIVEN: Expectation.CARRIED_OUT,
        **dict.fromkeys(
            (Credentials.NONE, Credentials.WRONG, Credentials.LONGER, Credentials.EMPTY, Credentials.OTHER_SCHEME),
            Expectation.UNAUTHORISED,
        ),
    }


def test_where_none_is_wanted_none_is_tried_and_of_a_wrong_one_nothing_is_expected() -> None:
    assert _tried("venice", "listModels") == {
        Credentials.GIVEN: Expectation.CARRIED_OUT,
        Credentials.NONE: Expectation.CARRIED_OUT,
        Credentials.WRONG: Expectation.OPEN,
    }
