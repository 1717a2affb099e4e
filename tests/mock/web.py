"""A made-up web: names that resolve, pages by their path, and what was asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from generator.mock.fetching.fetching import Fetcher

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from generator.mock.storage.blobs import Blobs

PUBLIC = "93.184.216.34"
URL = "https://images.example/a.png"


class Web:
    """Answers by URL path, resolves names, and remembers what was asked."""

    def __init__(self, png: bytes) -> None:
        self.pages: dict[str, httpx.Response] = {"/a.png": httpx.Response(200, content=png)}
        self.names: dict[str, list[str]] = {"images.example": [PUBLIC], "inside.example": ["10.0.0.1"]}
        self.asked: list[httpx.Request] = []
        self.resolved: list[tuple[str, int]] = []
        self.dead: set[str] = set()
        self.now = 0.0

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.resolved.append((host, port))
        if host not in self.names:
            raise OSError("no such name")
        return self.names[host]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if request.url.host in self.dead:
            raise httpx.ConnectError("refused")
        page = self.pages[request.url.path]
        return httpx.Response(page.status_code, headers=page.headers, content=_in_pieces(page.content))

    def fetcher(self, blobs: Blobs) -> Fetcher:
        return Fetcher(blobs, resolve=self.resolve, transport=httpx.MockTransport(self), clock=lambda: self.now)

    def redirect(self, path: str, to: str) -> None:
        self.pages[path] = httpx.Response(302, headers={"Location": to})


async def _in_pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 1000):
        yield content[start : start + 1000]
