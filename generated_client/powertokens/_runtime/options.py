"""What can be set for a client, and anew for a single call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import httpx

from .limits import checked_count, checked_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping

TIMEOUT: Final = httpx.Timeout(connect=5, read=300, write=60, pool=60)  # seconds; an image takes its time
DEADLINE: Final = 600.0  # seconds


def checked_timeout(given: httpx.Timeout | float) -> httpx.Timeout:
    """The limits on single waits that a user gave.

    Args:
        given: The limits, or seconds for each of them.

    Raises:
        ValueError: One is not more than 0, or too long for a socket.
        TypeError: One is no number.
    """
    limits = (
        given if isinstance(given, httpx.Timeout) else httpx.Timeout(connect=given, read=given, write=given, pool=given)
    )
    for phase, seconds in limits.as_dict().items():
        if seconds is not None:
            name = f"timeout, to {phase}," if isinstance(given, httpx.Timeout) else "timeout"
            checked_seconds(name, seconds, otherwise="an httpx.Timeout, in which None is any time")
    return limits


class Options(NamedTuple):
    """The options of a client.

    Attributes:
        headers: What is sent with each request.
        timeout: The limits on single waits.
        deadline: Seconds that a call may take in all; None for any time.
        max_retries: How often an attempt is repeated that was surely not carried out.
        retry_lost_answers: Whether a request is repeated whose answer was lost; it may be billed twice.
        validate: Whether requests are judged before they are sent.
    """

    headers: Mapping[str, str]
    timeout: httpx.Timeout = TIMEOUT
    deadline: float | None = DEADLINE
    max_retries: int = 2
    retry_lost_answers: bool = False
    validate: bool = True

    def __repr__(self) -> str:
        """The options without the headers, which may hold secrets."""
        shown = (f"{name}={value!r}" for name, value in self._asdict().items() if name != "headers")
        return f"Options({', '.join(shown)})"

    def checked(self) -> Options:
        """The same options.

        Raises:
            ValueError: One makes no sense.
            TypeError: One is of a type that it can't be.
        """
        if self.deadline is not None:
            checked_seconds("deadline", self.deadline, otherwise="None for any time")
        checked_count("max_retries", self.max_retries, least=0)
        for name in ("retry_lost_answers", "validate"):
            if not isinstance(getattr(self, name), bool):  # "false" would count as true, and may cost money
                raise TypeError(f"{name} must be True or False, not {type(getattr(self, name)).__name__}")
        for name, value in self.headers.items():
            if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance] - users err
                raise TypeError(f"the value of the header {name!r} must be a str, not {type(value).__name__}")
            if not (name.isascii() and name.isprintable() and value.isascii() and value.isprintable()):
                raise ValueError(f"the header {name!r} holds characters that no header can carry")
        return self
