"""Many calls at once: their outcomes come as they are ready, blocking or awaited."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import weakref
from collections.abc import AsyncIterator, Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self, TypeVar

from .log import log
from .outcome import AnyRequest, Outcome
from .steps import arun, run

if TYPE_CHECKING:
    import os
    from types import TracebackType

    from .batch import Batch
    from .client import AsyncClient, SyncClient
    from .crew import Crew
    from .operation import Operation

__all__ = ["AsyncOutcomes", "Outcome", "Outcomes", "amany", "many"]

T = TypeVar("T")


def many(
    client: SyncClient,
    operation: Operation[T],
    requests: Iterable[AnyRequest],
    *,
    concurrency: int = 8,
    folder: str | os.PathLike[str] | None = None,
    retry_lost_answers: bool = False,
) -> Outcomes[T]:
    """Call an operation many times at once.

    Each request has its outcome, and a failure is one of them: the others go on. But after an error that every further
    request would meet too, nothing more is sent, and the error is raised after the outcomes of what was sent before.
    Such are missing credentials, 401 and 402, a disk where nothing can be saved, and an error that isn't ours. What
    the iterable raises is raised then, too.

    With a folder, images are saved there as ``0001-1.png`` and so on, beside a record, ``ledger.jsonl``. A later run
    with the same folder knows by it what was sent, whatever ended the run before:

    - What was saved is not sent again; its outcome comes at once, with its files and, as far as it was kept, its
      answer. A file that is gone is fetched again, as long as its link lives.
    - What was answered but not saved is fetched, and not sent again.
    - What was sent, without an answer that was seen, may have been billed: its outcome is `AnswerLost`. It is sent
      again only with `retry_lost_answers`. A failure of the service, such as 500, counts as such.
    - What was surely not carried out, and what is new, is sent. The same request twice is two requests.

    Args:
        client: What to call it with.
        operation: The operation.
        requests: Request models, or the fields of requests by their names in Python. They are read in the thread that
            takes the outcomes, and never further ahead than calls are under way.
        concurrency: How many calls are under way at once.
        folder: Where to save images and record; one process at a time may have it. Without one, nothing is saved.
            Links are followed with the httpx client that the client was given, if any; nothing of its headers, cookies
            and credentials goes along.
        retry_lost_answers: Whether a request is sent again whose answer was lost, in this run or in one before, or
            whose images can't be had any more. It may be billed twice.

    Returns:
        The outcomes, as they are ready. Nothing is sent before the first is asked for.

    Raises:
        ValueError: The concurrency isn't at least 1.
        TypeError: It is no whole number, or the requests are no iterable of them.
    """
    from .crew import Threads  # noqa: PLC0415 - most programs do without, and want to start fast

    crew: Threads[Outcome[T]] = Threads()
    batch = _batch(client, operation, requests, crew, concurrency=concurrency, folder=folder, resend=retry_lost_answers)
    return Outcomes(batch, crew)


def amany(
    client: AsyncClient,
    operation: Operation[T],
    requests: Iterable[AnyRequest],
    *,
    concurrency: int = 8,
    folder: str | os.PathLike[str] | None = None,
    retry_lost_answers: bool = False,
) -> AsyncOutcomes[T]:
    """Call an operation many times at once, awaiting the outcomes. See `many`.

    It needs asyncio: trio starts tasks in nurseries alone, which an iterator can't hold open for its user.
    """
    from .crew import Tasks  # noqa: PLC0415 - as above

    crew: Tasks[Outcome[T]] = Tasks()
    batch = _batch(client, operation, requests, crew, concurrency=concurrency, folder=folder, resend=retry_lost_answers)
    return AsyncOutcomes(batch, crew)


def _batch(
    client: SyncClient | AsyncClient,
    operation: Operation[T],
    requests: Iterable[AnyRequest],
    crew: Crew[Outcome[T]],
    *,
    concurrency: int,
    folder: str | os.PathLike[str] | None,
    resend: bool,
) -> Batch[T]:
    from .batch import Batch  # noqa: PLC0415 - as above

    if resend:
        client = client.with_options(retry_lost_answers=True)
    batch = Batch(client, operation, requests, concurrency, crew)
    if folder is not None:
        batch.keep(folder, resend=resend)
    return batch


class _Begun:
    """What both kinds of outcomes have in common.

    Args:
        batch: Begins calls.
        crew: Carries them out.
    """

    def __init__(self, batch: Batch[Any], crew: Crew[Outcome[Any]]) -> None:
        self._batch, self._crew = batch, crew
        # Any thread may collect garbage, whatever it holds and whoever waits for it: there nothing may be waited for.
        self._forgotten = weakref.finalize(self, _leave, batch, crew)
        self._forgotten.atexit = False

    @contextmanager
    def _interrupted(self) -> Generator[None, None, None]:
        """Holds while those calls are waited for that are under way; the folder is given back after the last."""
        try:
            self._batch.stop()
            if self._crew.working:
                log.warning("interrupted; calls under way are paid for, and waited for: %d", self._crew.working)
            yield
        except BaseException:
            self._crew.give_up()
            raise
        finally:
            self._crew.leave(self._batch.close)

    def _end(self) -> None:
        self._batch.close()
        self._forgotten.detach()


class Outcomes(_Begun, Iterator[Outcome[T]]):
    """The outcomes of many calls, as they are ready.

    Calls that are under way are paid for. So when Ctrl-C ends the waiting for an outcome, nothing more is sent, but
    what is under way is waited for, and saved and recorded if there is a folder. A second Ctrl-C ends this waiting.
    After the first, iterating again gives the outcomes of what was under way.

    A ``with`` statement does the same whatever ends it early, be it ``break``, an exception or Ctrl-C. Outcomes that
    are forgotten without it wait for nothing: nothing more is sent, and what is under way goes on in its threads.
    As for any thread, the interpreter waits for these before it ends; one more Ctrl-C ends that, and the calls.
    """

    def __next__(self) -> Outcome[T]:
        try:
            outcome = run(self._batch.next())
        except Exception:
            raise
        except BaseException:
            with self._interrupted():
                run(self._crew.settle())
            raise
        if outcome is None:
            self._end()
            raise StopIteration
        return outcome

    def close(self) -> None:
        """Send nothing more, and wait for what is under way; its outcomes can still be taken. A fork doesn't wait."""
        if self._batch.elsewhere:
            return
        self._batch.stop()
        run(self._crew.settle())
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncOutcomes(_Begun, AsyncIterator[Outcome[T]]):
    """The outcomes of many calls, as they are ready.

    Calls that are under way are paid for. So when the iteration is cancelled, nothing more is sent, but what is under
    way is waited for, and saved and recorded if there is a folder. A second cancellation, or Ctrl-C, ends the waiting
    too, and the calls. After the first, iterating again gives the outcomes of what was under way.

    Outcomes that are not iterated to their end should be closed, as an ``async with`` statement does: it waits for
    what is under way. If they are forgotten, nobody waits, but what is under way goes on while the loop runs.
    """

    async def __anext__(self) -> Outcome[T]:
        _need_asyncio()
        try:
            outcome = await arun(self._batch.next())
        except Exception:
            raise
        except BaseException:
            with self._interrupted():
                await self._settled()
            raise
        if outcome is None:
            self._end()
            raise StopAsyncIteration
        return outcome

    async def aclose(self) -> None:
        """Send nothing more, and wait for what is under way; its outcomes can still be taken. A fork doesn't wait."""
        if self._batch.elsewhere:
            return
        self._batch.stop()
        await self._settled()
        self._end()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _settled(self) -> None:
        import anyio  # noqa: PLC0415 - httpx brings it, and imports it as late

        # A cancelled scope of anyio cancels whatever its tasks await, again and again; asyncio cancels once.
        with anyio.CancelScope(shield=True):
            await arun(self._crew.settle())


def _leave(batch: Batch[Any], crew: Crew[Any]) -> None:
    batch.stop()
    crew.leave(batch.close)


def _need_asyncio() -> None:
    import asyncio  # noqa: PLC0415 - blocking programs do without

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        raise RuntimeError("many calls at once need asyncio; with trio, start each call in a nursery") from None
