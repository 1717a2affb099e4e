"""Where scripts are played: calls are made, faults befall them, and nobody has to wait between attempts."""

from __future__ import annotations

import asyncio
import importlib
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import httpx
from attrs import frozen

from .calls import MAKING_IMAGES, READING
from .connection import Counts
from .scripted_server import ScriptedServer
from .unreachable import closed_port, full_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

    from .calls import Kind, Way
    from .scripts import Script

KEY: Final = "sk-made-up-for-this"


@frozen
class Ending:
    """What a call came to.

    Attributes:
        result: What it returned; None if it raised.
        error: What it raised; None if it returned.
        seconds: How long it took.
        arrived: How many requests reached the server.
        images: How many images the server has made.
    """

    result: Any
    error: Exception | None
    seconds: float
    arrived: int
    images: int


class Stage:
    """Where scripts are played.

    Attributes:
        pauses: How long the client wanted to wait between attempts, in seconds; it did not have to.
        sent: How often it sent a request, or tried to.
        server: The server that is there, if one is.
    """

    def __init__(self) -> None:
        self.pauses: list[float] = []
        self.sent = 0
        self.server: ScriptedServer | None = None

    def paused(self, seconds: float) -> None:
        """Take note of a pause, in which a late server comes."""
        self.pauses.append(seconds)
        if self.server is not None:
            self.server.listen()

    def play(self, script: Script, kind: Kind, way: Way, *, api_key: str = KEY) -> Ending:
        """Make a call while a script is played.

        Args:
            script: The script.
            kind: The call.
            way: Blocking or awaited.
            api_key: The client's key.
        """
        with self._address(script) as address:
            timeout = httpx.Timeout(script.waits)
            client = kind.new_client(way, api_key=api_key, base_url=address, timeout=timeout, deadline=script.deadline)
            result, error, seconds = asyncio.run(self._called(script, kind, client))
        counts = Counts() if self.server is None else self.server.counts  # final, now that it is closed
        return Ending(result, error, seconds, counts.requests, counts.images)

    @contextmanager
    def _address(self, script: Script) -> Iterator[str]:
        self.server = None
        if script.place in {"closed port", "full port"}:
            with (closed_port if script.place == "closed port" else full_port)() as port:
                yield f"http://127.0.0.1:{port}"
            return
        with ScriptedServer(script.acts, listening=script.place != "late server") as self.server:
            scheme = "https" if script.place == "https server" else "http"
            yield f"{scheme}://127.0.0.1:{self.server.port}"

    async def _called(self, script: Script, kind: Kind, client: Any) -> tuple[Any, Exception | None, float]:
        """Both ways stand here once: what isn't awaitable is what a blocking call returned."""
        if script.warm:
            await awaited(kind.call(client, big=False))
            self._forget()
        result = error = None
        start = time.monotonic()
        try:
            result = await awaited(kind.call(client, big=script.big))
        except Exception as raised:  # noqa: BLE001 - whether it is of the right class is for the test to say
            error = raised
        seconds = time.monotonic() - start
        await awaited(client.close())
        return result, error, seconds

    def _forget(self) -> None:
        assert self.server is not None
        self.server.settle()
        self.server.counts.forget()
        self.sent = 0


async def awaited(outcome: Any) -> Any:
    """What a call returns, blocking or awaited; of a blocking one, it is there already."""
    return await outcome if hasattr(outcome, "__await__") else outcome


def set_stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A stage on which pauses between attempts take no time, and requests are counted."""
    stage = Stage()

    def pause(step: Any) -> None:
        stage.paused(step.seconds)

    async def apause(step: Any) -> None:
        stage.paused(step.seconds)

    def counted(send: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def count(step: Any) -> Any:
            stage.sent += 1
            return send(step)

        return count

    for kind in (MAKING_IMAGES, READING):
        runtime = f"{kind.package.__name__}._runtime"
        steps = importlib.import_module(f"{runtime}.steps")
        monkeypatch.setattr(steps.Pause, "do", pause)
        monkeypatch.setattr(steps.Pause, "ado", apause)
        send = importlib.import_module(f"{runtime}.transfer").Send
        monkeypatch.setattr(send, "do", counted(send.do))
        monkeypatch.setattr(send, "ado", counted(send.ado))
    return stage
