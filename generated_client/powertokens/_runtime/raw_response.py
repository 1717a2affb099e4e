"""Methods that answer with status, headers and body, made of those that answer with the model alone."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, Self, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from .response import Response

P = ParamSpec("P")
T = TypeVar("T")


class _Client(Protocol):
    def _detailed_twin(self) -> Self: ...


_Some = TypeVar("_Some", bound=_Client)


def detailing(client: _Some) -> _Some:
    """A client that shares this one's connections and settings, and whose `call` returns a `Response`."""
    return client._detailed_twin()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - one of us


def detailed(method: Callable[P, T]) -> Callable[P, Response[T]]:
    """The same method with another type, for a resource whose client answers with a `Response`."""
    return cast("Callable[P, Response[T]]", method)


def adetailed(method: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, Response[T]]]:
    """The asynchronous twin of `detailed`."""
    return cast("Callable[P, Coroutine[Any, Any, Response[T]]]", method)
