"""Runs against the mock, each made once: they take seconds."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from generator.conformance import Report, Settings, run
from generator.conformance.wallets import signing
from generator.mock import DEFAULT_KEY, create_app, transport
from generator.spec import load, openapi_folder

if TYPE_CHECKING:
    from generator.spec import Contract

_WALLET = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"


@cache
def report_of_the_mock(api: str) -> Report:
    """What a run says of the mock.

    Args:
        api: The spec's name.
    """
    contract = load(openapi_folder() / f"{api}.yaml")
    settings = Settings(base_url="http://mock.example", token=DEFAULT_KEY, wallet=_wallet_for(contract))
    with transport(create_app()) as carrier:
        return run(contract, settings, transport=carrier, sign=signing(contract, settings))


def _wallet_for(contract: Contract) -> str | None:
    return _WALLET if any(scheme.credential == "wallet" for scheme in contract.security_schemes.values()) else None
