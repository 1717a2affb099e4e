"""What the mock says when it listens."""

from __future__ import annotations

import json
from shlex import quote as in_shell
from typing import TYPE_CHECKING
from urllib.parse import quote

from generator.mock.accounts.wallets import can_verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.spec.model import Contract


def welcome(
    contracts: Sequence[Contract], url: str, keys: Sequence[str], *, everywhere: str = "", kept: Sequence[str] = ()
) -> str:
    """Where the mock is, which keys it takes, and what to try.

    Args:
        contracts: The APIs.
        url: Its base URL.
        keys: The API keys that it accepts, at least one.
        everywhere: The address that it listens on, if other machines can call it.
        kept: What there is to say of its folder.
    """
    names = " and ".join(contract.title for contract in contracts)
    lines = [f"The mock of {names} listens on {url}", *(f"API key: {key}" for key in keys), *kept]
    if everywhere:
        lines.append(
            f"It listens on {everywhere}, so other machines can call it, and drive it: the control interface "
            "takes no key. Leave --host out to serve this machine alone."
        )
    if _takes_wallets(contracts) and not can_verify():
        lines.append(
            "Wallets can't sign in: eth-account, which verifies them, isn't installed. "
            "pip install 'image-contract[wallet]'"
        )
    lines += [f"Try: {line}" for line in _curl(contracts, url, keys[0])]
    lines += [f"What came in: {url}/#key={quote(keys[0], safe='')} (the same as JSON: {url}/_mock/requests)"]
    lines += ["Stop it with Ctrl-C."]
    return "\n".join(lines)


def _takes_wallets(contracts: Sequence[Contract]) -> bool:
    schemes = (scheme for contract in contracts for scheme in contract.security_schemes.values())
    return any(scheme.credential == "wallet" for scheme in schemes)


def _curl(contracts: Sequence[Contract], url: str, key: str) -> Iterator[str]:
    """A line to try: the first JSON example of the specs; none if they have none."""
    for contract in contracts:
        for operation in contract.operations:
            for example in operation.examples:
                if example.media_type == "application/json":
                    body = json.dumps(example.value, ensure_ascii=False).replace("'", r"'\''")
                    headers = f"-H 'Authorization: Bearer {key}' -H 'Content-Type: application/json'"
                    yield f"curl -s {in_shell(url + operation.path)} {headers} -d '{body}'"
                    return
