"""A short name for what a request says, so that it is known again without being kept."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from .files import UploadFile, is_file

if TYPE_CHECKING:
    from .request import Request

_ENCODER: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
_FILE: Final = "\0file"  # no API calls a field like this


def fingerprint(operation: str, *parts: Request | None) -> str:
    """The digest of a request: what says the same, under the same names on the wire, has the same one.

    Files count by what is in them. Neither their names nor the media type that the request is sent as do.

    Args:
        operation: The operationId.
        parts: The request's body, and its parameters outside of the body.

    Returns:
        SHA-256 in hexadecimal digits.

    Raises:
        FileProblem: A file can't be read.
        TypeError: The request holds what can't be sent.
        ValueError: It nests endlessly, or so deep that it can't be sent.
    """
    digest = hashlib.sha256()
    try:
        said = [operation, *(None if part is None else _known(part.to_dict()) for part in parts)]
        for piece in _ENCODER.iterencode(said):
            digest.update(piece.encode())
    except RecursionError:
        raise ValueError("the request nests too deep to be sent") from None
    return digest.hexdigest()


def _known(value: Any) -> Any:
    """A value as JSON, files by their digests."""
    if isinstance(value, dict):
        return {name: _known(item) for name, item in value.items()}
    if is_file(value):
        return {_FILE: _digest_of(UploadFile.of(value))}
    if isinstance(value, (list, tuple)):
        return [_known(item) for item in value]
    return value


def _digest_of(file: UploadFile) -> str:
    digest = hashlib.sha256()
    with file.opened() as stream:
        for piece in file.pieces(stream):
            digest.update(piece)
    return digest.hexdigest()
