"""What can be set for a client, and anew for a single call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping

TIMEOUT: Final = httpx.Timeout(connect=5, read=300, write=60, pool=60)  # seconds; an image takes its time
DEADLINE: Final = 600.0  # seconds


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
            TypeError: A header is no text.
        """
        if self.deadline is not None and not self.deadline > 0:
            raise ValueError("deadline must be more than 0 seconds, or None")
        if self.max_retries < 0:
            raise ValueError("max_retries must be 0 or more")
        for name, value in self.headers.items():
            if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance] - users err
                raise TypeError(f"the value of the header {name!r} must be a str, not {type(value).__name__}")
            if not (name.isascii() and name.isprintable() and value.isascii() and value.isprintable()):
                raise ValueError(f"the header {name!r} holds characters that no header can carry")
        return self
