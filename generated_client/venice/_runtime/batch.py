"""Many calls at once: which request is sent when, and when no more are."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import frozen

from .consequences import ends_all
from .limits import checked_count
from .outcome import Outcome
from .request import Request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .client import AsyncClient, SyncClient
    from .crew import Crew
    from .keeping import Keeper
    from .operation import Operation
    from .outcome import AnyRequest
    from .steps import Plan, Step

T = TypeVar("T")


@frozen
class Made:
    """A request, ready to be sent.

    Attributes:
        body: Its body, if it has one.
        parameters: Its parameters outside of the body.
        media_type: What the body is sent as.
    """

    body: Request | None
    parameters: Request | None
    media_type: str | None


@frozen
class Ask:
    """Call an operation. What comes of it is the answer.

    Attributes:
        client: What to call it with.
        operation: The operation.
        made: The request.
    """

    client: Any
    operation: Operation[Any]
    made: Made

    def do(self) -> Any:
        """Call it, blocking."""
        return self._called()

    async def ado(self) -> Any:
        """Call it, awaiting the answer."""
        return await self._called()

    def _called(self) -> Any:
        made = self.made
        return self.client.send(self.operation, made.body, parameters=made.parameters, media_type=made.media_type)


class Batch(Generic[T]):
    """Takes requests one by one and has each sent.

    Args:
        client: What to call the operation with.
        operation: The operation.
        requests: The requests. No more of them are read than can be begun.
        concurrency: How many are under way at once.
        crew: Carries them out.
    """

    def __init__(
        self,
        client: SyncClient | AsyncClient,
        operation: Operation[T],
        requests: Iterable[AnyRequest],
        concurrency: int,
        crew: Crew[Outcome[T]],
    ) -> None:
        if isinstance(requests, Mapping):
            raise TypeError("requests are several: put this one into a list")
        self._keeper: Keeper[T] | None = None
        self._client = client
        self._operation = operation
        self._requests = enumerate(requests)
        self._concurrency = checked_count("concurrency", concurrency, least=1)
        self._crew = crew
        self._open = True
        self._failure: Exception | None = None
        self._process = os.getpid()

    def keep(self, folder: str | os.PathLike[str], *, resend: bool) -> None:
        """Keep answers and a record of them; before anything is begun.

        Args:
            folder: Where.
            resend: Whether a request is sent again that may have been billed, but whose images can't be had.
        """
        from .keeping import Keeper  # noqa: PLC0415 - programs that keep nothing do without

        http = self._client._connections.given  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - one of us
        self._keeper = Keeper(self._operation, folder, resend=resend, http=http, stop=self.give_up)

    def next(self) -> Plan[Outcome[T] | None]:
        """Begin what can be begun, and wait for the next outcome; None after the last.

        Raises:
            Exception: No more requests were sent because of this; after the outcomes of those that were.
            RuntimeError: They are sent by another process, of which this one is a fork.
        """
        if self.elsewhere:
            raise RuntimeError("these requests are sent by another process; take their outcomes there")
        yield from self._fill()
        outcome: Outcome[T] | None = yield from self._crew.take()
        if outcome is None:
            self.close()
            failure, self._failure = self._failure, None
            if failure is not None:
                raise failure
        return outcome

    @property
    def elsewhere(self) -> bool:
        """Whether another process sends them, of which this one is a fork: its threads are not here."""
        return self._process != os.getpid()

    def stop(self, failure: Exception | None = None) -> None:
        """Begin nothing more.

        Args:
            failure: Why, if it is to be raised after the last outcome.
        """
        self._open = False
        self._failure = self._failure or failure

    def close(self) -> None:
        """Let another process have the folder, if there is one."""
        self.stop()
        if self._keeper is not None and not self.elsewhere:
            self._keeper.close()

    def give_up(self, failure: Exception) -> None:
        """Begin nothing more, since it would fail like what was begun before."""
        if self._failure is None:
            failure.add_note("No more requests were sent after this, for they would fail likewise.")
        self.stop(failure)

    def _fill(self) -> Plan[None]:
        """Begin as many as may be under way at once, but don't keep an outcome waiting that is there already."""
        begun = False
        while self._open and self._crew.busy < self._concurrency and not (begun and self._crew.ready):
            yield from self._begin()
            begun = True

    def _begin(self) -> Plan[None]:
        if self._keeper is not None:
            yield from self._keeper.open()
        try:
            index, request = next(self._requests)
        except StopIteration:
            return self.stop()
        except Exception as error:  # noqa: BLE001 - it is raised when the outcomes of those before are taken
            return self.stop(error)
        try:
            made = self._made(request)
            job = None
            if self._keeper is not None:
                job = yield from self._keeper.job(index, request, made.body, made.parameters)
        except Exception as error:  # noqa: BLE001 - a wrong request is no reason not to send the others
            return self._crew.add(Outcome(index, request, error=error))
        ask = Ask(self._client, self._operation, made)
        if self._keeper is None or job is None:
            return self._crew.start(self._judged(_asked(index, request, ask)))
        return self._crew.start(self._judged(self._keeper.plan(job, ask)))

    def _judged(self, plan: Plan[Outcome[T]]) -> Plan[Outcome[T]]:
        outcome = yield from plan
        if outcome.error is not None and not outcome.resumed and ends_all(outcome.error):
            self.give_up(outcome.error)
        return outcome

    def _made(self, request: AnyRequest) -> Made:
        operation = self._operation
        if isinstance(request, Request):
            return Made(request, None, operation.media_type_of(request))
        if not isinstance(request, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance] - users err
            known = " or ".join(dict.fromkeys(shape.model.__name__ for shape in operation.shapes))
            raise TypeError(f"a request is a {known} or a mapping of its fields, not {type(request).__name__}")
        judged = self._client._options.validate  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - one of us
        return Made(*operation.meant(request, validate=judged))


def _asked(index: int, request: AnyRequest, ask: Step) -> Plan[Outcome[Any]]:
    try:
        answer = yield ask
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this request's outcome
        return Outcome(index, request, error=error)
    return Outcome(index, request, answer)
