"""Where something is tried that fails: a client with marked secrets, servers, a folder, a wallet."""

from __future__ import annotations

import json
import socket
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

import httpx
import pytest

from generated_client import powertokens, venice

from . import acts
from .marks import KEY, MarkedWallet
from .scripted_server import ScriptedServer
from .stage import awaited

if TYPE_CHECKING:
    from pathlib import Path

    from .calls import Way
    from .marks import Secrets
    from .scripted_server import Act

_PACKAGES: Final = {"PowerTokens": powertokens, "Venice": venice}


class Trial:
    """What a failing path works with.

    Args:
        way: Whether clients block or are awaited.
        folder: An empty folder.
        secrets: The secrets.

    Attributes:
        elsewhere: Servers that must never see a secret.
        shown: What the client's user may print.
        patch: Changes the surroundings, until the end of the trial.
    """

    def __init__(self, way: Way, folder: Path, secrets: Secrets) -> None:
        self.folder = folder
        self.elsewhere: list[ScriptedServer] = []
        self.patch = pytest.MonkeyPatch()
        self.shown: list[Any] = []
        self._way, self._secrets = way, secrets
        self._stack = ExitStack()
        self._clients: list[Any] = []

    def wallet(self) -> MarkedWallet:
        """A wallet."""
        return MarkedWallet(self._secrets)

    def serve(self, *script: Act) -> str:
        """Start the API's server.

        Returns:
            Its base URL.
        """
        server = self._stack.enter_context(ScriptedServer(script))
        return f"http://127.0.0.1:{server.port}"

    def serve_elsewhere(self, *script: Act) -> str:
        """Start a server that isn't the API's, under the name of another host.

        Returns:
            Its URL.
        """
        server = self._stack.enter_context(ScriptedServer(script))
        self.elsewhere.append(server)
        return f"http://localhost:{server.port}"

    def dead_link(self) -> str:
        """A link at which nothing listens."""
        bound = self._stack.enter_context(socket.socket())
        bound.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{bound.getsockname()[1]}/1.png"

    def new(self, base_url: str, name: str = "PowerTokens", **options: Any) -> Any:
        """A client; with the marked key unless other credentials are given."""
        given = {"api_key": KEY, "timeout": httpx.Timeout(5.0), "deadline": 5.0, **options}
        kind = getattr(_PACKAGES[name], name if self._way == "sync" else f"Async{name}")
        client = kind(base_url=base_url, **given)
        self._clients.append(client)
        self.shown.append(client)
        return client

    async def make(self, client: Any, **fields: Any) -> Any:
        """Make an image with a client."""
        if hasattr(client, "images"):
            wanted = {"model": "qwen-image-2.0-pro", "prompt": "A cat", **fields}
            return await awaited(client.images.generate(**wanted))
        return await awaited(client.image.edit(**{"prompt": "A cat", "image": _image(), **fields}))

    async def made(self, *links: str) -> Any:
        """A result with links."""
        body = json.dumps({"created": 1, "data": [{"url": link} for link in links]}).encode()
        return await self.make(self.new(self.serve(acts.done(body))))

    async def save(self, result: Any, folder: Path, **options: Any) -> None:
        """Save a result's images."""
        await awaited(result.save(folder, **options) if self._way == "sync" else result.asave(folder, **options))

    async def close(self) -> None:
        """Close the clients, and then the servers."""
        for client in self._clients:
            await awaited(client.close())
        self._stack.close()
        self.patch.undo()


def _image() -> tuple[str, bytes, str]:
    return ("cat.png", acts.PNG, "image/png")
