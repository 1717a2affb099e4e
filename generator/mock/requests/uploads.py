"""A file as a request carries it: in a part of a form, or as the body by itself."""

from __future__ import annotations

import hashlib
import secrets
from functools import cached_property

from attrs import field, frozen


@frozen
class Upload:
    """A file.

    Attributes:
        name: The file name that the request states; "" for none.
        media_type: The media type that the request states; "application/octet-stream" where it states none.
        content: The file's bytes.
    """

    name: str
    media_type: str
    content: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        """The content's SHA-256, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    def described(self) -> dict[str, str | int]:
        """What the journal shows in place of the bytes."""
        digest = self.sha256
        return {
            "filename": self.name,
            "media_type": self.media_type,
            "size": len(self.content),
            "sha256": digest,
            "blob": digest,
        }

    def placeholder(self) -> str:
        """What the upstream request shows in place of the data URI that a gateway would send."""
        return f"data:{self.media_type};sha256,{self.sha256}"


def stand_in(index: int) -> str:
    """A text to stand for a file in a decoded body, such that nobody can guess it.

    Args:
        index: The file's number in its request.
    """
    return f"file {index} {secrets.token_hex(16)}"
