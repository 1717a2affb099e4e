"""Plays the model provider: an HTTP server on this machine that writes down what arrives and answers with images."""

from __future__ import annotations

import re
import threading
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from generator.conformance.json_text import read_json
from generator.conformance.upstream.handler import Handler, Server
from generator.conformance.upstream.mapping import found_at, upstreams
from generator.spec.boundary.png import padded, png
from generator.spec.field_roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Self

    from generator.conformance.upstream.mapping import Target
    from generator.spec import Contract, Json

HOST: Final = "127.0.0.1"
_PIXELS = re.compile(r"([0-9]{1,5})\*([0-9]{1,5})")
_TIER = re.compile(r"([1-8])K")
_SIDE: Final = 1024
"""Pixels, where nothing tells; a tier's unit."""
_MOST_PIXELS: Final = 40_000_000
_MOST_IMAGES: Final = 16
_CHUNK: Final = 12
"""Bytes that a PNG's chunk takes before it holds any."""
_OK: Final = 200
_KEPT: Final = 32
"""How many requests are kept: each case makes the gateway send one, or a few."""
_LOOK: Final = 0.02
"""Seconds after which the server looks whether it is to end."""


class PortTakenError(Exception):
    """The port can't be listened on; the message says what to do."""


@frozen
class Arrival:
    """What the gateway sent upstream, and what it was answered.

    Attributes:
        body: What it sent; None where it is no JSON.
        status: What it was answered.
        images: The images that it was given.
        urls: Where these stand, in their order.
        marks: Texts that stand in this answer and in no other.
    """

    body: Json = field(repr=False)
    status: int
    images: tuple[bytes, ...] = field(repr=False)
    urls: tuple[str, ...]
    marks: tuple[str, ...]


class Provider:
    """The model provider, as a gateway sees it.

    Any path takes a request. The answer is of the native API's form, with as many images as were asked for at the
    places that the spec names, each of the size asked for, and each another file.

    Args:
        contract: The spec, which tells where a request says how many images, and of which size.
        port: The port; 0 for a free one.

    Attributes:
        in_choices: Whether each image is a choice of its own, or all are in one choice. Models differ in that, and no
            document tells which form a gateway reads.

    Raises:
        PortTakenError: Somebody else listens there.
    """

    def __init__(self, contract: Contract, port: int) -> None:
        self.in_choices = True
        self._counts, self._sizes = (list(_targets(contract, role)) for role in (Role.COUNT, Role.SIZE))
        self._arrivals: deque[Arrival] = deque(maxlen=_KEPT)
        self._count = 0
        self._files: dict[str, bytes] = {}
        self._tasks: dict[str, Json] = {}
        self._status = _OK
        self._lock = threading.Lock()
        try:
            self._server = Server((HOST, port), Handler)
        except OSError as error:
            message = f"Port {port} can't be listened on ({error.strerror}). Name another, and lead the gateway there."
            raise PortTakenError(message) from None
        self._server.provider = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_LOOK,), name="upstream", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """Its base URL."""
        return f"http://{HOST}:{self.port}"

    @property
    def arrivals(self) -> Sequence[Arrival]:
        """What arrived last, in its order."""
        with self._lock:
            return tuple(self._arrivals)

    @property
    def count(self) -> int:
        """How much has arrived in all."""
        with self._lock:
            return self._count

    def since(self, count: int) -> Sequence[Arrival]:
        """What has arrived since so much had arrived, in its order."""
        with self._lock:
            new = self._count - count
            return tuple(self._arrivals)[-new:] if new else ()

    @contextmanager
    def failing(self, status: int) -> Iterator[None]:
        """Answers with an error of this status for the length of a ``with`` block."""
        self._status = status
        try:
            yield
        finally:
            self._status = _OK

    def take(self, raw: bytes, base_url: str, *, later: bool) -> tuple[int, Json]:
        """Take a request.

        Args:
            raw: Its body.
            base_url: Where the gateway reached this server.
            later: Whether the gateway wants a task first, and will ask for the answer.

        Returns:
            The status and the answer.
        """
        try:
            body = read_json(raw)
        except ValueError:
            body = None
        with self._lock:
            self._count += 1
            number = self._count
            status = self._status
            images = self._images(body, number) if status == _OK else ()
            urls = []
            for index, image in enumerate(images):
                path = f"/images/{number}-{index + 1}.png"
                self._files[path] = image
                urls.append(base_url + path)
            marks = (f"conformance-request-{number}", f"conformance-usage-{number}")
            self._arrivals.append(Arrival(body, status, images, tuple(urls), marks))
            answer = self._answer(urls, marks) if status == _OK else _failure(marks)
            if not later or status != _OK:
                return status, answer
            task = f"conformance-task-{number}"
            answer["output"].update(task_id=task, task_status="SUCCEEDED")
            self._tasks[task] = answer
            return _OK, {"output": {"task_id": task, "task_status": "PENDING"}, "request_id": marks[0]}

    def file(self, path: str) -> bytes | None:
        """The image at a path; None if there is none."""
        with self._lock:
            return self._files.get(path)

    def task(self, path: str) -> Json:
        """The answer of the task that a path ends in; None if there is none."""
        with self._lock:
            return self._tasks.get(path.rpartition("/")[2])

    def _images(self, body: Json, number: int) -> tuple[bytes, ...]:
        counts = [value for target in self._counts for value in found_at(body, target) if type(value) is int]
        count = min(max(counts[0], 1), _MOST_IMAGES) if counts else 1
        image = png(*self._sides(body))
        return tuple(padded(image, len(image) + _CHUNK + number * _MOST_IMAGES + index) for index in range(count))

    def _sides(self, body: Json) -> tuple[int, int]:
        for value in (value for target in self._sizes for value in found_at(body, target)):
            if not isinstance(value, str):
                continue
            if (pixels := _PIXELS.fullmatch(value)) and 0 < int(pixels[1]) * int(pixels[2]) <= _MOST_PIXELS:
                return int(pixels[1]), int(pixels[2])
            if tier := _TIER.fullmatch(value):
                return int(tier[1]) * _SIDE, int(tier[1]) * _SIDE
        return _SIDE, _SIDE

    def _answer(self, urls: Sequence[str], marks: Sequence[str]) -> dict[str, Json]:
        contents = [[{"image": url, "type": "image"}] for url in urls]
        contents = contents if self.in_choices else [[item for content in contents for item in content]]
        choices = [
            {"finish_reason": "stop", "message": {"role": "assistant", "content": content}} for content in contents
        ]
        return {
            "output": {"choices": choices, "finished": True},
            "usage": {"image_count": len(urls), "reference": marks[1]},
            "request_id": marks[0],
        }


def _failure(marks: Sequence[str]) -> Mapping[str, Json]:
    return {
        "code": "InternalError",
        "message": "The model failed; a conformance run wants it so.",
        "request_id": marks[0],
    }


def _targets(contract: Contract, role: Role) -> Iterator[Target]:
    """Where upstream requests say what a role asks for."""
    found = (
        each.target
        for operation in contract.operations
        for upstream in upstreams(contract, operation)
        for each in upstream.fields
        if each.schema.get("x-role") == role
    )
    yield from dict.fromkeys(found)
