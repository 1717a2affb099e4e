"""What a call needs to be carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import ExitStack

    import httpx

    from .deadline import Deadline
    from .operation import Operation
    from .retries import Retries
    from .transfer import AnyHttp


@define
class Prepared:
    """A request for one attempt.

    Attributes:
        request: The request, with its credentials.
        signed: The names of the headers that show our credentials. If there are any, what a given httpx client signs
            in with stays out of it.
    """

    request: httpx.Request
    signed: Sequence[str] = ()

    def __repr__(self) -> str:
        return f"Prepared({self.request!r})"


@define
class Call:
    """What a call needs to be carried out.

    Attributes:
        operation: The operation.
        http: What to send with.
        url: Where to send the request.
        prepare: Makes the request for an attempt, with fresh credentials; the files that it opens go on the stack.
        retries: The policy on repeating attempts.
        deadline: When it must have ended.
        whole: Whether the answer is wanted with its status, headers and bytes.
    """

    operation: Operation[Any]
    http: AnyHttp
    url: httpx.URL
    prepare: Callable[[httpx.URL, ExitStack], Prepared]
    retries: Retries
    deadline: Deadline
    whole: bool = False
