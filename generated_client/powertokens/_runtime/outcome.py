"""What became of one request among many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .request import Request

T = TypeVar("T")

AnyRequest: TypeAlias = "Request | Mapping[str, Any]"
"""A request model of an operation, or the keyword arguments of its method."""


@frozen
class Outcome(Generic[T]):
    """What became of one request among many.

    Attributes:
        index: Its place among the requests, from 0.
        request: The request, as it was given.
        result: The answer; None where there is none, or where an earlier run's can't be read back.
        error: Why it failed; None if it didn't. Beside a result, it says why that could not be saved.
        paths: The files that the answer's images were saved to; without a folder there are none.
        resumed: Whether an earlier run sent it. What was sent then is not sent, or billed, again.
    """

    index: int
    request: AnyRequest
    result: T | None = None
    error: Exception | None = None
    paths: tuple[Path, ...] = ()
    resumed: bool = False

    def unwrap(self) -> T:
        """The answer.

        Raises:
            Exception: The request failed: what `error` holds.
            LookupError: An earlier run's answer can't be read back; its images are in `paths`.
        """
        if self.error is not None:
            raise self.error
        if self.result is None:
            raise LookupError("the answer was not kept by the run that received it; its images are in .paths")
        return self.result
