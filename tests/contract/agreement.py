"""What it means that the client and the mock agree on a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .verdicts import Verdict


def disagreement(client: Verdict, mock: Verdict) -> str:
    """In what two verdicts on one body differ; "" if in nothing.

    A mock that can't read a body (half of a surrogate pair, NaN) refuses it as a whole, without a rule. Which rules
    the client names for it is then no matter, as long as it refuses it.
    """
    if client.accepted != mock.accepted:
        taken, refused = ("client", mock) if client.accepted else ("mock", client)
        return f"the {taken} takes what the other refuses: {sorted(refused.rules)}"
    unreadable = not mock.accepted and not mock.rules
    if unreadable or client.rules == mock.rules:
        return ""
    return (
        f"only the client names {sorted(client.rules - mock.rules)}, only the mock {sorted(mock.rules - client.rules)}"
    )
