"""Recognises a caller by its credentials, without keeping them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.mock.accounts.wallets import InvalidProofError, read_proof
from generator.mock.faults.fault import hashed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping


def credentials_in(headers: Mapping[str, str], secret_headers: Collection[str]) -> Iterator[str]:
    """The hashes of a request's credentials: its keys, and the addresses that its wallets state.

    Args:
        headers: The request's headers, names in lower case.
        secret_headers: Those that carry credentials.
    """
    for name in secret_headers:
        value = headers.get(name, "")
        if not value:
            continue
        kind, _, key = value.partition(" ")
        yield hashed(key.strip() if kind.lower() == "bearer" else value)
        try:
            yield hashed(read_proof(value).address)
        except InvalidProofError:
            continue  # a key, and no wallet's proof
