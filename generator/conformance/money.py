"""Keeps a run within what it may cost."""

from __future__ import annotations

import threading


class OverspentError(Exception):
    """A request may be billed, and the run may spend no more."""


class Purse:
    """How many requests may still be carried out that may be billed.

    A request is paid for before it is sent, and the money comes back when it was not carried out. So no more can be
    carried out than there is money for, however many requests are under way. What a gateway bills for a request that
    should be refused, and that it answers by a failure, nobody can see from outside.

    Args:
        limit: How many; None for as many as there are.
    """

    def __init__(self, limit: int | None) -> None:
        self.limit = limit
        self._spent = 0
        self._reserved = 0
        self._changed = threading.Condition()

    @property
    def spent(self) -> int:
        """How many were carried out, or may have been."""
        return self._spent

    @property
    def is_empty(self) -> bool:
        """Whether nothing more may be spent."""
        return self.limit is not None and self._spent >= self.limit

    def reserve(self) -> None:
        """Put the money for one request aside; waits while what is left is set aside for requests under way.

        Raises:
            OverspentError: There is none left.
        """
        with self._changed:
            self._changed.wait_for(lambda: self.is_empty or not self._is_reserved)
            if self.is_empty:
                raise OverspentError
            self._reserved += 1

    def settle(self, *, billed: bool) -> None:
        """Say what became of a request that money was put aside for."""
        with self._changed:
            self._reserved -= 1
            self._spent += billed
            self._changed.notify_all()

    def add(self, number: int) -> None:
        """Say that so many more were carried out than money was put aside for."""
        with self._changed:
            self._spent += number
            self._changed.notify_all()

    @property
    def _is_reserved(self) -> bool:
        return self.limit is not None and self._spent + self._reserved >= self.limit
