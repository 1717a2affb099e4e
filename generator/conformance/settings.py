"""How a gateway is to be judged: everything that can be set, in one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Collection

CONNECTIONS = 4
"""How many requests are under way at once, unless told otherwise."""


@frozen(kw_only=True)
class Settings:
    """What to judge, with what, and what it may cost.

    Attributes:
        base_url: Where the gateway is, e.g. ``https://api.example.com``.
        token: The API key; None to show none.
        wallet: A wallet's private key in hexadecimal, to sign in with; None to leave wallets untested.
        image_url: Where the gateway can fetch an image, to send it one as a link; None to leave links untested.
        operations: The operationIds to judge; all if None.
        no_billable: Send only what must be refused, and what is never billed.
        keep_going: Go on when something that must be refused was carried out, though ``no_billable`` is set.
        max_billable: How many requests may be carried out that may be billed; None for as many as the plan has.
        rate: How many requests a second at most; None for as many as there can be.
        connections: How many requests are under way at once.
        timeout: How long an answer to a request that is to be carried out may take, in seconds. What is to be refused
            has a shorter time, as it makes no image.
        retries: How often a request is sent again whose answer tells nothing: a time-out, a 429, a 5xx.
        fuzz_seconds: How long to search beyond the cases, in seconds; 0 for not at all.
        fuzz_requests: How many requests the search may send; 0 for as many as there is time for.
        seed: What the search begins with; the same seed searches alike.
        workers: How many processes search.
        examples: Where the search keeps what it found, to try it first the next time: a folder or a ``redis://`` URL.
        upstream_port: The port on which the run plays the model provider; None to leave the upstream untested.
    """

    base_url: str
    token: str | None = field(default=None, repr=False)
    wallet: str | None = field(default=None, repr=False)
    image_url: str | None = None
    operations: Collection[str] | None = None
    no_billable: bool = False
    keep_going: bool = False
    max_billable: int | None = None
    rate: float | None = None
    connections: int = CONNECTIONS
    timeout: float = 180
    retries: int = 2
    fuzz_seconds: float = 0
    fuzz_requests: int = 0
    seed: int = 0
    workers: int = 1
    examples: str = ""
    upstream_port: int | None = None
