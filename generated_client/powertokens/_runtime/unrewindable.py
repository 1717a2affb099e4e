"""Open files that can't be rewound, such as pipes: they are read once, into a temporary file."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import weakref
from typing import IO, Any, Final, cast

from .turns import Turns

_IN_MEMORY: Final = 1_048_576  # bytes of a file that are kept in memory; of a larger one, none
_PIECE: Final = 65_536

_turns = Turns()
_kept: weakref.WeakKeyDictionary[Any, IO[bytes]] = weakref.WeakKeyDictionary()


def rewindable(stream: Any) -> IO[bytes]:
    """What is in an open file, as one that can be rewound.

    A request is checked before it is sent, and may be sent again: so the file is read once, and whenever it is given
    again, what was in it is sent again.

    Args:
        stream: The open file.

    Returns:
        A temporary file at its beginning, which lasts as long as the stream.

    Raises:
        TypeError: The stream gives no bytes; or nothing can be kept for it.
    """
    with _turns:
        if (kept := _kept.get(stream)) is not None:
            return kept
        kept = _copied(stream)
        _kept[stream] = kept
        weakref.finalize(stream, kept.close)
        return kept


def _copied(stream: Any) -> IO[bytes]:
    import tempfile  # noqa: PLC0415 - hardly anybody gives such a file, and everybody would wait for the import

    copy = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 - it is handed on
    try:
        while piece := stream.read(_PIECE):
            copy.write(piece)
    except BaseException:
        copy.close()
        raise
    copy.seek(0)
    return copy
