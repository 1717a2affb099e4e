"""Remembers which proofs wallets have used, so that none is used twice, by whichever worker."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.mock.control import Control


class UsedProofs:
    """The proofs that were used, each for as long as it could be used again."""

    def __init__(self, control: Control, memory: float) -> None:
        """Prepare.

        Args:
            control: Where they are kept, as hashes.
            memory: How long a proof is remembered, in seconds before and after its use, for a clock that is moved back.
        """
        self._control = control
        self._memory = memory

    def claim(self, address: str, message: str, now: float) -> bool:
        """Use a proof.

        Args:
            address: The wallet's.
            message: The signed text, which holds a nonce. Not the signature, which can be written in several ways.
            now: The time, in seconds since 1970.

        Returns:
            Whether it wasn't used before.
        """
        digest = hashlib.sha256(f"{address.lower()}\n{message}".encode()).hexdigest()
        with self._control.transaction() as connection:
            connection.execute("DELETE FROM nonces WHERE abs(used_at - ?) > ?", (now, self._memory))
            done = connection.execute("INSERT INTO nonces VALUES(?, ?) ON CONFLICT DO NOTHING", (digest, now))
            return done.rowcount == 1
