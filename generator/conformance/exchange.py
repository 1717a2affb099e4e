"""What went to the gateway and what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.conformance.sending import Request


@frozen
class SeenImage:
    """An image that an answer brought, or led to.

    Attributes:
        media_type: What its bytes are, e.g. ``image/png``; "" for no image that is known.
        width: In pixels; 0 if unknown.
        height: In pixels; 0 if unknown.
        data: The whole file, if it is small enough to be shown; else empty.
        url: The link that led to it; "" if it came with the answer.
        stated: What the answer says that it is; "" where it doesn't say.
        is_whole: Whether its end is there, as far as was looked.
        digest: Tells whether two images are the same, byte for byte; "" where not all of it was fetched.
    """

    media_type: str
    width: int
    height: int
    data: bytes = field(default=b"", repr=False)
    url: str = ""
    stated: str = ""
    is_whole: bool = True
    digest: str = ""


@frozen
class Answer:
    """What came back.

    Attributes:
        status: The status code; 0 if no answer came.
        headers: Its headers, their names in lower case; of those that came twice the last.
        body: The body; of a long one the beginning.
        length: The body's length in bytes.
        seconds: How long it took from the request's start to the answer's end.
        why: Why no answer came, in words; "" where one did.
    """

    status: int
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    length: int = 0
    seconds: float = 0.0
    why: str = ""

    @property
    def is_success(self) -> bool:
        """Whether the request was carried out."""
        return self.status // 100 == 2  # noqa: PLR2004  2xx

    @property
    def is_whole(self) -> bool:
        """Whether all of its body is here."""
        return len(self.body) >= self.length

    @property
    def media_type(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def __str__(self) -> str:
        return f"status {self.status}" if self.status else self.why


@frozen
class Sent:
    """A request as it went over the wire.

    Attributes:
        method: Upper case.
        url: The whole URL.
        headers: The headers; each credential in them is replaced by ``[token]``.
        body: The body; of a long one the beginning.
        length: The body's length in bytes.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    length: int = 0


@frozen
class Exchange:
    """One request of a run, with all that came of it.

    Attributes:
        number: In the order in which answers came, from 1.
        operation: The operationId.
        request: The request as it was planned.
        sent: As it was sent.
        answer: The answer that counts: the last.
        earlier: The answers to earlier tries, which told nothing.
        started: When the last try began, in seconds of Unix time.
        images: The images that came.
    """

    number: int
    operation: str
    request: Request
    sent: Sent
    answer: Answer
    earlier: tuple[Answer, ...] = ()
    started: float = 0.0
    images: tuple[SeenImage, ...] = ()

    @property
    def tries(self) -> int:
        """How often the request was sent."""
        return len(self.earlier) + 1

    @property
    def was_billed(self) -> bool:
        """Whether it may have been billed: it was carried out, or nobody knows."""
        return self.request.is_billable and self.answer.is_success
