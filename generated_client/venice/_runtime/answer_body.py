"""Reads the bodies of answers: JSON, a file, or the bytes of an error. A large one never stands in memory twice."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, Final, cast

import httpx

from .errors import AnswerUnreadable, FileProblem
from .json_stream import JsonStream
from .json_text import decoded
from .log import log
from .transfer import Pieces, ReadWhole

if TYPE_CHECKING:
    from collections.abc import Callable

    from .deadline import Deadline
    from .steps import Plan

_SMALL: Final = 65_536
"""Bytes up to which a body is read and decoded in one go."""

_IN_MEMORY: Final = 1_048_576
"""Bytes of a file that are kept in memory; a larger one goes to a temporary file."""


class JsonError(ValueError):
    """A body is no JSON that can be read.

    Attributes:
        body: The body; long strings in it may be written with other escapes than they came with.
    """

    def __init__(self, why: str, body: bytes) -> None:
        self.body = body
        super().__init__(why)


def read_json(response: httpx.Response, deadline: Deadline, *, limit: int) -> Plan[Any]:
    """Read and decode a JSON answer.

    Long texts in it, such as images in base64, are decoded while they come in.

    Args:
        response: The answer. It is not closed.
        deadline: When the whole body must be there.
        limit: The most bytes that are read.

    Returns:
        The decoded value.

    Raises:
        JsonError: The body is no JSON.
        AnswerUnreadable: It is larger than the limit.
        httpx.RequestError: It broke off, or the deadline has passed.
    """
    if _is_small(response):
        whole: bytes = response.content if response.is_stream_consumed else (yield ReadWhole(response, deadline))
        _check(len(whole), limit)
        try:
            return decoded(whole)
        except ValueError as error:
            raise JsonError(str(error), whole) from None
    stream = JsonStream()
    try:
        yield from _pour(response, deadline, limit, stream.feed)
        return stream.value()
    except ValueError as error:
        raise JsonError(str(error), stream.text()) from None


def read_file(response: httpx.Response, deadline: Deadline, *, limit: int) -> Plan[IO[bytes]]:
    """Read an answer into a temporary file, in memory as long as it is small.

    Args:
        response: The answer. It is not closed.
        deadline: When the whole body must be there.
        limit: The most bytes that are read.

    Returns:
        The file, at its beginning. Whoever gets it closes it.

    Raises:
        FileProblem: There is no room for it.
        AnswerUnreadable: It is larger than the limit.
        httpx.RequestError: It broke off, or the deadline has passed.
    """
    file = temporary_file()
    try:
        yield from _pour(response, deadline, limit, file.write)
        file.seek(0)
    except OSError as error:
        file.close()
        problem = FileProblem(*no_room(error))
        problem.of_answer = True
        raise problem from error
    except BaseException:
        file.close()
        raise
    return file


def read_whole(response: httpx.Response, deadline: Deadline, *, limit: int) -> Plan[bytes]:
    """Read a body into memory.

    Args:
        response: The answer. It is not closed.
        deadline: When the whole body must be there.
        limit: The most bytes that are read.

    Returns:
        The body.

    Raises:
        AnswerUnreadable: It is larger than the limit.
        httpx.RequestError: It broke off, or the deadline has passed.
    """
    body = bytearray()
    yield from _pour(response, deadline, limit, body.extend)
    return bytes(body)


def read_bytes(response: httpx.Response, deadline: Deadline, *, limit: int) -> Plan[bytes]:
    """Read the beginning of a body, such as an error's.

    Args:
        response: The answer. It is not closed.
        deadline: When the bytes must be there.
        limit: The most bytes that are wanted; those after them are not waited for.

    Returns:
        The body, or its beginning.

    Raises:
        httpx.RequestError: It broke off, or the deadline has passed.
    """
    pieces = Pieces(response, deadline)
    body = bytearray()
    while len(body) < limit:
        piece: bytes | None = yield pieces
        if piece is None:
            break
        body += piece
    return bytes(body[:limit])


def read_begun(response: httpx.Response, deadline: Deadline, *, limit: int) -> Plan[bytes]:
    """As `read_bytes`, but of a body that breaks off, what came of it is returned."""
    pieces = Pieces(response, deadline)
    body = bytearray()
    try:
        while len(body) < limit:
            piece: bytes | None = yield pieces
            if piece is None:
                break
            body += piece
    except httpx.RequestError as error:
        log.debug("an answer that is not as documented broke off (%s)", type(error).__name__)
    return bytes(body[:limit])


def temporary_file() -> IO[bytes]:
    """A temporary file without a name, in memory until it grows."""
    import tempfile  # noqa: PLC0415 - most programs save images without one

    return cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))


def no_room(error: OSError) -> tuple[str, str]:
    """The place and the reason, for a `FileProblem`, where a temporary file can't be written."""
    import tempfile  # noqa: PLC0415 - as above

    why = f"a temporary file can't be written there ({error.strerror or error}); make room, or set TMPDIR"
    try:
        return tempfile.gettempdir(), why
    except OSError:  # nothing can be written to any of the folders that there might be
        return "the folder for temporary files", why


def _pour(response: httpx.Response, deadline: Deadline, limit: int, take: Callable[[bytes], object]) -> Plan[None]:
    announced = response.headers.get("content-length", "")
    if announced.isdecimal():
        _check(int(announced), limit)
    pieces = Pieces(response, deadline)
    received = 0
    while True:
        piece: bytes | None = yield pieces
        if piece is None:
            return
        received += len(piece)
        _check(received, limit)
        take(piece)


def _check(length: int, limit: int) -> None:
    if length > limit:
        raise AnswerUnreadable(f"the answer is larger than {limit:,} bytes, the most that is read")


def _is_small(response: httpx.Response) -> bool:
    """Whether a body is here already, or its sender says that it is small."""
    if response.is_stream_consumed:
        return True
    headers = response.headers
    length = headers.get("content-length", "")
    # What is compressed may be a thousand times as large as it says.
    return length.isdecimal() and int(length) <= _SMALL and "content-encoding" not in headers
