"""Keeps uploaded files, by what is in them."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from generator.mock.storage.belongings import Belongings

FOLDER: Final = "/_mock/blobs"
"""The path under which uploads are fetched."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_UPSERT: Final = "INSERT INTO blobs VALUES(?, ?, ?) ON CONFLICT(digest) DO UPDATE SET seq = excluded.seq"


class Blobs:
    """Files in a folder, named by their SHA-256. A file is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        """Prepare.

        Args:
            folder: Where the files are; it need not exist.
        """
        self._folder = folder

    def keep(self, content: bytes, digest: str = "", belongings: Belongings | None = None) -> str:
        """Keep a file; one that is there already isn't written again.

        Args:
            content: The file.
            digest: Its SHA-256 in hexadecimal, where that is known.
            belongings: Of the request that needs it; without a request that does, it goes at the next start.

        Returns:
            Its SHA-256 in hexadecimal.

        Raises:
            OSError: It can't be written; nothing is left of it then.
        """
        digest = digest or hashlib.sha256(content).hexdigest()
        if belongings is None:
            self._ensure(digest, content)
        elif digest not in belongings.files:  # looked for already, and once more when it is noted
            self._ensure(digest, content)
            belongings.files[digest] = content
        return digest

    def _ensure(self, digest: str, content: bytes) -> None:
        if not os.path.exists(f"{self._folder}/{digest[:2]}/{digest}"):  # noqa: PTH110  # a tenth of Path's time
            path = self.path(digest)
            path.parent.mkdir(parents=True, exist_ok=True)
            under_way = path.with_name(f"{digest}.{secrets.token_hex(4)}.part")
            try:
                under_way.write_bytes(content)
                os.replace(under_way, path)  # noqa: PTH105  # as fast as can be
            finally:
                under_way.unlink(missing_ok=True)

    def write(self, connection: sqlite3.Connection, kept: Iterable[tuple[int, Belongings]]) -> None:
        """Note, in the transaction of requests, which files they need; a file that made room meanwhile is back."""
        for seq, belongings in kept:
            for digest, content in belongings.files.items():
                self._ensure(digest, content)
                connection.execute(_UPSERT, (digest, seq, len(content)))

    def drop(self, connection: sqlite3.Connection, dropped: Iterable[Belongings]) -> None:
        """Remove the files of requests that can't be written down, unless others need them; see `write`."""
        for digest in {digest for belongings in dropped for digest in belongings.files}:
            if connection.execute("SELECT 1 FROM blobs WHERE digest = ?", (digest,)).fetchone() is None:
                self.remove(digest)

    def read(self, digest: str) -> bytes | None:
        """A file; None if it isn't kept (any more), or the digest is none."""
        if not _DIGEST.fullmatch(digest):
            return None
        try:
            return self.path(digest).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, digest: str) -> None:
        """Remove a file, if it is there."""
        self.path(digest).unlink(missing_ok=True)

    def path(self, digest: str) -> Path:
        """Where a file is, or would be."""
        return self._folder / digest[:2] / digest
