"""Remembers which proofs wallets have used, so that none is used twice, by whichever worker."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from generator.mock.control.control import Control

MOST: Final = 100_000
"""How many proofs are remembered."""


class UsedProofs:
    """The proofs that were used last. How old they are doesn't matter: a clock can be moved there and back."""

    def __init__(self, control: Control, most: int = MOST) -> None:
        """Prepare.

        Args:
            control: Where they are kept, as hashes.
            most: How many are remembered.
        """
        self._control = control
        self._most = most

    def claim(self, address: str, message: str) -> bool:
        """Use a proof.

        Args:
            address: The wallet's.
            message: The signed text, which holds a nonce. Not the signature, which can be written in several ways.

        Returns:
            Whether it wasn't used before.
        """
        digest = hashlib.sha256(f"{address.lower()}\n{message}".encode()).hexdigest()
        with self._control.transaction() as connection:
            used = connection.execute("SELECT 1 FROM nonces WHERE digest = ?", (digest,)).fetchone()
            if used is None:
                added = connection.execute("INSERT INTO nonces(digest) VALUES(?)", (digest,))
                connection.execute("DELETE FROM nonces WHERE seq <= ?", ((added.lastrowid or 0) - self._most,))
            return used is None
