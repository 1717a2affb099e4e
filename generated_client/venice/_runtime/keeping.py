"""Sends requests on record: what an earlier run sent is not sent, and paid for, again."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from attrs import evolve, frozen

from .consequences import may_be_billed
from .crew import Work
from .download import EXPIRED
from .errors import AnswerLost, AnswerUnreadable, DownloadFailed, FileProblem
from .fingerprint import fingerprint
from .images import ImageFile, ImageSet
from .kept_answer import in_its_file, kept, placed, read_back
from .ledger import Entry, Ledger, State
from .outcome import Outcome
from .saved_images import SaveImage, SaveImages, sweep

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence

    from .operation import Operation
    from .outcome import AnyRequest
    from .request import Request
    from .steps import Plan, Step
    from .transfer import AnyHttp

T = TypeVar("T")

_HOW: Final = "With retry_lost_answers=True it is sent again, and may be billed again."


@frozen
class Job:
    """A request that is to be sent, unless it was.

    Attributes:
        index: Its place among the requests.
        request: The request, as it was given.
        entry: What the ledger has about it.
        known: Whether an earlier run left that there.
    """

    index: int
    request: AnyRequest
    entry: Entry
    known: bool

    def outcome(self, *, resumed: bool = False, **became: Any) -> Outcome[Any]:
        """What became of it."""
        return Outcome(self.index, self.request, resumed=resumed, **became)


class Keeper(Generic[T]):
    """Keeps a record in a folder, and beside it the images that come.

    Args:
        operation: What is called.
        folder: The folder. It is made when it is opened.
        resend: Whether a request is sent again that may have been billed, but whose images can't be had.
        http: What to follow links to images with; None for httpx clients of its own.
        stop: Is told of what makes it useless to send more.
    """

    def __init__(
        self,
        operation: Operation[T],
        folder: str | os.PathLike[str],
        *,
        resend: bool,
        http: AnyHttp | None,
        stop: Callable[[Exception], None],
    ) -> None:
        self._operation = operation
        self._folder = Path(folder).absolute()  # wherever the process goes meanwhile
        self._http = http
        self._resend = resend or operation.idempotent
        self._stop = stop
        self._ledger: Ledger | None = None
        self._seen: Counter[str] = Counter()

    def open(self) -> Plan[None]:
        """Open the record, unless it is open.

        Raises:
            FileProblem: It can't be read or written, or another run has it open.
        """
        if self._ledger is None:
            self._ledger = yield Work(partial(Ledger, self._folder))
            yield Work(partial(sweep, self._folder))

    def job(self, index: int, request: AnyRequest, *parts: Request | None) -> Plan[Job]:
        """Look up a request.

        Args:
            index: Its place among the requests.
            request: The request, as it was given.
            parts: Its body, and its parameters outside of the body.

        Raises:
            FileProblem: A file to send can't be read.
            TypeError: The request holds what can't be sent.
            ValueError: Likewise.
        """
        mark: str = yield Work(partial(fingerprint, self._operation.id, *parts))
        self._seen[mark] += 1
        nth, ledger = self._seen[mark], self._open_ledger
        entry = ledger.find(mark, nth)
        return Job(index, request, entry or ledger.new(mark, nth, index), entry is not None)

    def plan(self, job: Job, ask: Step) -> Plan[Outcome[T]]:
        """Bring a request to its end, from wherever an earlier run left it.

        Args:
            job: The request.
            ask: Sends it; what comes of it is the answer.
        """
        if job.known and job.entry.state is not State.FAILED:
            outcome = yield from self._continued(job)
            if outcome is not None:
                return outcome
        return (yield from self._sent(job, ask))

    def close(self) -> None:
        """Let another process have the folder."""
        if self._ledger is not None:
            self._ledger.close()

    def _sent(self, job: Job, ask: Step) -> Plan[Outcome[T]]:
        entry = self._ready(job)
        try:
            yield self._write(entry)
        except FileProblem as error:
            self._stop(error)
            return job.outcome(error=error)
        try:
            answer = yield ask
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this request's outcome
            state = State.LOST if may_be_billed(error) else State.FAILED
            yield from self._note(evolve(entry, state=state, why=type(error).__name__))
            return job.outcome(error=error)
        entry = evolve(entry, state=State.ANSWERED, **kept(answer))
        yield from self._note(entry)
        try:
            paths: list[Path] = yield SaveImages(answer, self._folder, entry.name, self._http)
        except Exception as error:  # noqa: BLE001 - as above; the answer is here, and goes with it
            self._stop_if_unwritable(error)
            return job.outcome(result=answer, error=error, paths=_saved_despite(error))
        yield from self._note(_saved(entry, paths))
        return job.outcome(result=in_its_file(answer, paths), paths=tuple(paths))

    def _continued(self, job: Job) -> Plan[Outcome[T] | None]:
        """What became of a request that was sent before; None if it is to be sent again."""
        entry = job.entry
        if entry.state in {State.SENDING, State.LOST}:
            return None if self._resend else job.outcome(error=_lost(entry), resumed=True)
        there = [self._folder / name for name in entry.files] or placed(self._operation, entry, self._folder)
        answer = read_back(self._operation, entry.kind, entry.answer, there)
        try:
            paths = yield from self._fetched(entry, answer, there)
        except Exception as error:  # noqa: BLE001 - as above
            if self._resend and _is_final(error):
                return None
            self._stop_if_unwritable(error)
            left = tuple(path for path in there if path.is_file())
            return job.outcome(result=answer, error=_told(error, entry, there), paths=left, resumed=True)
        if entry.state is State.ANSWERED:
            yield from self._note(_saved(entry, paths))
        return job.outcome(result=answer, paths=tuple(paths), resumed=True)

    def _fetched(self, entry: Entry, answer: Any, there: Sequence[Path]) -> Plan[Sequence[Path]]:
        """The files of an answer that came before. Those that are missing are fetched again, which costs nothing.

        Raises:
            AnswerUnreadable: An image is missing, and there is no link to it.
        """
        if entry.state is State.ANSWERED and not isinstance(answer, ImageFile):
            if answer is None and entry.kind:
                raise AnswerUnreadable("can't be read back")
            paths: list[Path] = yield SaveImages(answer, self._folder, entry.name, self._http, again=True)
            return paths
        images = answer.images if isinstance(answer, ImageSet) else []
        for number, path in enumerate(there):
            if not path.is_file():
                if number >= len(images):
                    raise AnswerUnreadable("is no set of images")
                yield SaveImage(images[number], path, self._http)
        return there

    def _ready(self, job: Job) -> Entry:
        """The entry of a request that is about to be sent. After an earlier answer, its files get another number."""
        known = job.entry
        if known.state in {State.ANSWERED, State.SAVED}:
            return self._open_ledger.new(known.request, known.nth, job.index)
        return Entry(known.request, known.nth, known.number)

    def _write(self, entry: Entry) -> Step:
        return Work(partial(self._open_ledger.write, entry))

    def _note(self, entry: Entry) -> Plan[None]:
        """Write down what became of a request. If that fails, it is no failure of the request."""
        try:
            yield self._write(entry)
        except FileProblem as error:
            self._stop(error)

    @property
    def _open_ledger(self) -> Ledger:
        if self._ledger is None:
            raise RuntimeError("the record is not open")
        return self._ledger

    def _stop_if_unwritable(self, error: Exception) -> None:
        if isinstance(error, FileProblem):
            self._stop(error)


def _saved(entry: Entry, paths: Sequence[Path]) -> Entry:
    return evolve(entry, state=State.SAVED, files=tuple(path.name for path in paths))


def _saved_despite(error: Exception) -> tuple[Path, ...]:
    """The files of the images that were saved although others were not."""
    return tuple(path for path in getattr(error, "saved", ()) if path is not None)


def _is_final(error: Exception) -> bool:
    """Whether an image can't be had again but by paying for it again."""
    expired = isinstance(error, DownloadFailed) and error.status_code in EXPIRED
    return expired or isinstance(error, AnswerUnreadable)


def _told(error: Exception, entry: Entry, paths: Sequence[Path]) -> Exception:
    """What to tell a user of an image that can't be fetched again."""
    if not _is_final(error):
        return error
    if isinstance(error, DownloadFailed):
        error.add_note(f"An earlier run sent the request and paid for the image. {_HOW}")
        return error
    if entry.state is State.ANSWERED:
        return AnswerLost(
            "An earlier run sent this request and its answer came, but the run was stopped before the images were "
            f"saved, and they can't be fetched again. {_HOW}"
        )
    missing = next((path for path in paths if not path.is_file()), paths[0])
    return FileProblem(str(missing), f"was saved by an earlier run, is gone, and can't be fetched again. {_HOW}")


def _lost(entry: Entry) -> AnswerLost:
    how = f"ended in {entry.why}" if entry.why else "was stopped before the answer came"
    return AnswerLost(
        f"An earlier run sent this request and {how}. It may have been carried out and billed, so it was not sent "
        f"again. Look at your account's usage. {_HOW}"
    )
