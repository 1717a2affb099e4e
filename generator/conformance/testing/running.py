"""Judges a gateway once for all tests of a suite, and for all workers of pytest-xdist."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from generator.conformance.testing.results import Results

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

    from generator.conformance.settings import Settings
    from generator.spec import Contract

TOKEN = "IMAGE_CONTRACT_TOKEN"  # noqa: S105  an environment variable's name
_IN_PROCESS = "gateway"
"""The host that an application in this process stands for."""
_PATIENCE = 24 * 3600.0
"""How long a worker waits for the run of another, in seconds: as long as that runs."""


@frozen
class Gateway:
    """A gateway to be judged.

    Attributes:
        at: Its base URL; or an ASGI application, which is called in this process.
        token: The API key; that of the environment variable IMAGE_CONTRACT_TOKEN if None.
        wallet: The private key of a wallet to sign in with.
    """

    at: str | Callable[..., Any]
    token: str | None = field(default=None, repr=False)
    wallet: str | None = field(default=None, repr=False)


def judged(contract: Contract, gateway: Gateway, settings: Settings) -> Results:
    """Judge a gateway.

    Args:
        contract: The spec.
        gateway: The gateway.
        settings: How; where it is and what is shown to it comes from the gateway.
    """
    # Late, so that collecting the tests is quick.
    from generator.conformance.engine import run  # noqa: PLC0415
    from generator.conformance.wallets import signing  # noqa: PLC0415

    transport: httpx.BaseTransport | None = None
    url = gateway.at
    if not isinstance(url, str):
        from generator.conformance.asgi import AsgiTransport  # noqa: PLC0415  as above

        transport, url = AsgiTransport(url, _IN_PROCESS), f"http://{_IN_PROCESS}"
    token = gateway.token or os.environ.get(TOKEN) or None
    own = evolve(settings, base_url=url, token=token, wallet=gateway.wallet)
    return Results.of(run(contract, own, transport=transport, sign=signing(contract, own)))


def once(folder: Path, key: str, run: Callable[[], Results]) -> Results:
    """The results of a run that one process makes, and the others wait for.

    Args:
        folder: A folder that the processes share.
        key: Names the run.
        run: Makes it.
    """
    with closing(sqlite3.connect(folder / "conformance.sqlite", timeout=_PATIENCE, isolation_level=None)) as shared:
        # The lock is held for as long as the run takes, and goes with the process should that die.
        shared.execute("BEGIN EXCLUSIVE")
        shared.execute("CREATE TABLE IF NOT EXISTS runs(key TEXT PRIMARY KEY, results TEXT NOT NULL)")
        found = shared.execute("SELECT results FROM runs WHERE key = ?", (key,)).fetchone()
        if found is not None:
            shared.execute("ROLLBACK")
            return Results.read(found[0])
        results = run()
        shared.execute("INSERT INTO runs VALUES(?, ?)", (key, results.written()))
        shared.execute("COMMIT")
        return results
