"""Runs many calls in processes that are killed, each a step later than the one before, and tells what came of them.

It is a program of its own, since only a process with one thread may fork.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import define

from generator.client.runtime import ledger
from generator.client.runtime.operation import Operation, Shape
from tests.client.runtime.conftest import Pictures, Prompt

from .gateway import PNG, Gateway, by_link

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from generator.client.runtime.many import Outcome

REQUESTS = [{"model": "many", "prompt": prompt} for prompt in ("a", "a", "b")]


@define
class Fate:
    """Kills this process at a step.

    Attributes:
        last: The number of the step; 0 for none.
    """

    last: int
    steps: int = 0

    def step(self) -> None:
        """A step is taken."""
        self.steps += 1
        if self.steps == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function with a step before it and one after it."""

        def stepped(*arguments: Any, **options: Any) -> Any:
            self.step()
            done = function(*arguments, **options)
            self.step()
            return done

        return stepped


class CountingGateway(Gateway):
    """A gateway that writes down what it is paid for, where the death of this process doesn't matter.

    Args:
        paid: The file.
        answers: By prompt, what it answers.
        fate: What kills the process.
    """

    def __init__(self, paid: Path, answers: dict[str, Any], fate: Fate) -> None:
        shapes = (Shape(Prompt, "application/json"),)
        answer = {"200": {"application/json": Pictures}}
        super().__init__(Operation("make", "POST", "/v1/images", shapes, answer), "sync")
        self.answers, self._file, self._fate = answers, paid, fate
        self.link = fate.around(self.link)  # type: ignore[method-assign]

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answers, and is paid."""
        if request.url.host != "host":
            return self.link(request)
        self._fate.step()
        answer = super().answer(request)
        with self._file.open("a") as file:
            file.write(f"{json.loads(request.content)['prompt']}\n")
        self._fate.step()
        return answer


def killed_at(step: int, folder: Path, answers: dict[str, Any]) -> bool:
    """Make the calls in a process that is killed at a step. Tells whether it came to that step."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    fate = Fate(step)
    write = ledger._write

    def torn(stream: Any, line: bytes) -> None:
        write(stream, line[: len(line) // 2])
        fate.step()
        write(stream, line[len(line) // 2 :])

    ledger._write = torn
    os.fsync = fate.around(os.fsync)
    os.link = fate.around(os.link)
    Path.replace = fate.around(Path.replace)  # type: ignore[method-assign]
    gateway = CountingGateway(folder.with_suffix(".paid"), answers, fate)
    _, failure = gateway.call(REQUESTS, folder=folder, concurrency=1)
    os._exit(0 if failure is None else 1)


def told(outcome: Outcome[Any]) -> str:
    """An outcome in a word."""
    if outcome.error is not None:
        return type(outcome.error).__name__
    good = outcome.paths and all(path.read_bytes() == PNG for path in outcome.paths)
    return "saved" if good else "broken"


def main(folder: Path, kind: str) -> None:
    """Kill at every step, and print for each what the next run makes of it."""
    held = {"data": [{"b64_json": base64.b64encode(PNG).decode()}]}
    answers = {prompt: by_link(prompt, images=2) if kind == "links" else held for prompt in "ab"}
    report = []
    step = 0
    while True:
        step += 1
        shutil.rmtree(folder, ignore_errors=True)
        paid = folder.with_suffix(".paid")
        paid.write_text("")
        if not killed_at(step, folder, answers):
            break
        before = paid.read_text().split()
        outcomes, failure = CountingGateway(paid, answers, Fate(0)).call(REQUESTS, folder=folder)
        report.append(
            {
                "before": len(before),
                "paid": paid.read_text().split(),
                "outcomes": [told(outcome) for outcome in outcomes],
                "failure": repr(failure),
            }
        )
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
