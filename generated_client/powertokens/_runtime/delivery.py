"""Plans that bring images of answers, wherever they are, to where they are wanted."""

from __future__ import annotations

import io
from itertools import chain
from typing import IO, TYPE_CHECKING, TypeAlias, TypeVar, cast

from attrs import frozen

from .answer_body import no_room, temporary_file
from .download import CloseHttp, fetch
from .errors import AnswerUnreadable, FileProblem, ImageClientError
from .image_source import Embedded, Link, source_of
from .image_type import Inspection
from .progress import Progress, reporting
from .spool import Spool
from .steps import Pause
from .together import Together

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from .download import Terms, Watch
    from .image_source import Source
    from .progress import Report
    from .saving import ImageSink, Sink
    from .steps import Plan
    from .transfer import AnyHttp

T = TypeVar("T")

Given: TypeAlias = tuple[str | None, str | None, tuple[str, str]]
"""An image as an answer gives it: its link, its base64 data, and what the answer calls these two."""

_TAKEN = (
    "is there already; choose another name or folder, say overwrite=True, or skip_existing=True to save only those "
    "that are missing"
)


@frozen
class Delivery:
    """What images are fetched with, and what is asked of them.

    Attributes:
        terms: What is asked of an image.
        given: The httpx client that the user gave; None for one of our own.
        make: Makes our own.
    """

    terms: Terms
    given: AnyHttp | None
    make: Callable[[], AnyHttp]

    def content(self, image: Given) -> Plan[bytes]:
        """An image file's bytes.

        Args:
            image: The image.
        """
        source = source_of(*image)
        stream = io.BytesIO()
        yield from self._with_http([source], lambda http: self._bring(source, _StreamSink(stream), http, _nobody))
        return stream.getvalue()

    def opened(self, image: Given) -> Plan[IO[bytes]]:
        """An image as a file to read, at its beginning.

        Args:
            image: The image.
        """
        source = source_of(*image)
        stream = temporary_file()
        try:
            yield from self._with_http([source], lambda http: self._bring(source, _StreamSink(stream), http, _nobody))
        except BaseException:
            stream.close()
            raise
        return Spool(stream).opened()

    def save(self, image: Given, sink: ImageSink) -> Plan[Path]:
        """Save an image.

        Args:
            image: The image.
            sink: Where it goes.

        Returns:
            Its file.
        """
        source = source_of(*image)
        sink.check_free()
        return (yield from self._with_http([source], lambda http: self._save(source, sink, http, _nobody)))

    def save_all(
        self,
        images: Sequence[tuple[Given, ImageSink]],
        *,
        skip_existing: bool,
        concurrency: int,
        progress: bool | Report,
    ) -> Plan[list[Path]]:
        """Save several images.

        Args:
            images: The images, and where they go.
            skip_existing: Whether files that are there are taken for their images.
            concurrency: How many are saved at a time.
            progress: What is told of each step forward; see `progress.reporting`.

        Returns:
            Their files.

        Raises:
            ImageClientError: Some could not be saved. The others are; ``saved`` of the error holds their files.
        """
        if not skip_existing:
            for _, sink in images:
                sink.check_free(_TAKEN)
        sources = [_source_or_error(image) for image, _ in images]

        def all_of_them(http: AnyHttp | None) -> Plan[list[Path | ImageClientError]]:
            with reporting(progress) as report:
                placed = [
                    _Placed(index, len(images), source, sink, skip_existing, report)
                    for index, (source, (_, sink)) in enumerate(zip(sources, images, strict=True))
                ]
                outcomes: list[Path | ImageClientError] = yield Together(
                    [self._place(image, http) for image in placed], concurrency
                )
                return outcomes

        return _paths((yield from self._with_http(sources, all_of_them)))

    def _place(self, image: _Placed, http: AnyHttp | None) -> Plan[Path | ImageClientError]:
        """Save one of several; its failure is no reason to stop the others."""
        size = 0

        def watch(received: int, total: int | None) -> None:
            nonlocal size
            size = received
            image.tell(received, total)

        try:
            path = image.sink.existing() if image.skip_existing else None
            if path is not None and path.is_file():
                size = path.stat().st_size
            elif isinstance(image.source, ImageClientError):
                return image.source
            else:
                path = yield from self._save(image.source, image.sink, http, watch)
        except ImageClientError as error:
            return error
        image.tell(size, size, done=True)
        return path

    def _save(self, source: Source, sink: ImageSink, http: AnyHttp | None, watch: Watch) -> Plan[Path]:
        with sink:
            yield from self._bring(source, sink, http, watch)
        return sink.path

    def _bring(self, source: Source, sink: Sink, http: AnyHttp | None, watch: Watch) -> Plan[None]:
        if isinstance(source, Embedded):
            yield from _decode(source, sink, watch, check=self.terms.check)
        else:
            yield from fetch(cast("AnyHttp", http), source.url, sink, self.terms, watch)

    def _with_http(
        self, sources: Sequence[Source | ImageClientError], plan: Callable[[AnyHttp | None], Plan[T]]
    ) -> Plan[T]:
        """Carry out a plan that needs an httpx client if an image is at a link."""
        if self.given is not None or not any(isinstance(source, Link) for source in sources):
            return (yield from plan(self.given))
        http = self.make()
        try:
            return (yield from plan(http))
        finally:
            yield CloseHttp(http)


@frozen
class _Placed:
    """One of several images, and where it goes.

    Attributes:
        index: Which one, from 0.
        images: How many there are.
        source: Where it is, or why it is nowhere.
        sink: Where it goes.
        skip_existing: Whether a file that is there is taken for it.
        report: Is told of each step forward.
    """

    index: int
    images: int
    source: Source | ImageClientError
    sink: ImageSink
    skip_existing: bool
    report: Report | None

    def tell(self, received: int, total: int | None, *, done: bool = False) -> None:
        """Tell of a step forward."""
        if self.report is not None:
            self.report(Progress(self.index, self.images, received, total, done))


def _source_or_error(image: Given) -> Source | AnswerUnreadable:
    try:
        return source_of(*image)
    except AnswerUnreadable as error:
        return error


class _StreamSink:
    """Takes an image into a temporary file."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, piece: bytes) -> None:
        try:
            self._stream.write(piece)
        except OSError as error:
            raise FileProblem(*no_room(error)) from error

    def restart(self) -> None:
        self._stream.seek(0)
        self._stream.truncate()


def _nobody(received: int, total: int | None) -> None:
    """Listens to the progress of a single image."""


def _decode(source: Embedded, sink: Sink, watch: Watch, *, check: bool) -> Plan[None]:
    inspection = Inspection(source.media_type, None)
    received = 0
    for piece in chain(source.pieces(), [None]):
        wrong = inspection.look(piece) if check else ""
        if wrong:
            raise AnswerUnreadable(f"{wrong}. To take it anyhow, say check=False", path=source.name)
        if piece is not None:
            sink.write(piece)
            received += len(piece)
            watch(received, None)
            yield Pause(0)  # lets others run: decoding a large image takes a while


def _paths(outcomes: Sequence[Path | ImageClientError]) -> list[Path]:
    """The files, if all images were saved; else the first failure is raised, and tells of the others."""
    failures = [(number, each) for number, each in enumerate(outcomes, 1) if isinstance(each, ImageClientError)]
    saved = tuple(None if isinstance(each, ImageClientError) else each for each in outcomes)
    if not failures:
        return [path for path in saved if path is not None]
    number, error = failures[0]
    missing = f"{len(failures)} of {len(outcomes)} images ({', '.join(str(number) for number, _ in failures)})"
    words = f"image {number}: {error}\nNot saved: {missing}. To save only these, say skip_existing=True next time."
    error.args = (words,)
    vars(error)["saved"] = saved
    raise error
