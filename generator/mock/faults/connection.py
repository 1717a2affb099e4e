"""The mock's side of a caller's connection, which a fault can take into its hands to end it in an unusual way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

EXTENSION: Final = "mock.connection"
"""The ASGI extension under which an application finds the connection of a request."""

PATIENCE: Final = 2.0
"""How long a server that stops waits at least for answers under way, in seconds."""


class Connection(Protocol):
    """A connection, as far as a fault needs it.

    Attributes:
        held: Whether a fault holds it, so that a server that stops needn't wait for the answer.
    """

    held: bool

    async def reset(self) -> None:
        """Send what was written, then reset the connection: the caller's next read fails."""

    def hang_up(self) -> None:
        """Close the connection in good order, whatever was promised."""

    def half_close(self) -> None:
        """Close the mock's side alone; the caller's stays open until the caller closes it."""

    def write(self, raw: bytes) -> None:
        """Write bytes as they are, past HTTP."""


WHOLE_ANSWER: Final = "mock.whole_answer"
"""The ASGI extension by which an application gives a whole answer at once, where the server takes it."""

WholeAnswer = Callable[[int, Sequence[tuple[bytes, bytes]], bytes], bool]
"""Takes status, headers with Content-Length, and body; returns whether it did, or ASGI's `send` is to be used."""


def extension_of(connection: Connection) -> dict[str, dict[object, object]]:
    """What a server puts into a request's scope, under ``extensions``, to hand the connection over."""
    return {EXTENSION: {"connection": connection}}


def connection_of(scope: Mapping[str, object]) -> Connection | None:
    """The connection of a request; None where the server doesn't hand it over."""
    extensions = cast("Mapping[str, Mapping[str, Connection]]", scope.get("extensions") or {})
    return extensions.get(EXTENSION, {}).get("connection")


def whole_answer_of(scope: Mapping[str, object]) -> WholeAnswer | None:
    """What takes the whole answer of a request at once; None where the server doesn't."""
    extensions = cast("Mapping[str, Mapping[str, WholeAnswer]]", scope.get("extensions") or {})
    return extensions.get(WHOLE_ANSWER, {}).get("answer")
