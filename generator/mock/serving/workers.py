"""Serves the mock by several processes, which share their state in a folder."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING, Final

from uvicorn.supervisors import Multiprocess

from generator.mock.app import app_of
from generator.mock.serving.listening import config_of, freeze_what_is_there, quiet_form_reader
from generator.spec import load_all

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from pathlib import Path

    from starlette.applications import Starlette

    from generator.mock.serving.watching import SpecWatch
    from generator.mock.settings import Settings

_START: Final = 60  # seconds that a worker may take until it serves


def worker_app(openapi: Path | None, settings: Settings) -> Starlette:
    """The application of one worker.

    Args:
        openapi: The folder of specs; the project's own if None.
        settings: How the mock is to behave; with a folder.
    """
    quiet_form_reader()
    threading.Thread(target=_end_with_parent, name="mock parent watch", daemon=True).start()
    app = app_of(load_all(openapi), settings)
    freeze_what_is_there()
    return app


def _end_with_parent() -> None:
    """End this worker when the process that started it is gone, however it went: nobody else would."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


class Workers(Multiprocess):
    """Starts the workers, and another one for each that ends."""

    def __init__(
        self,
        settings: Settings,
        openapi: Path | None,
        listener: socket.socket,
        count: int,
        *,
        listening: Callable[[], None],
        watch: SpecWatch | None = None,
    ) -> None:
        """Prepare; from now on signals are handled here.

        Args:
            settings: How the mock is to behave; with a folder.
            openapi: The folder of specs; the project's own if None.
            listener: The socket that all workers accept from.
            count: How many workers.
            listening: Called once all serve.
            watch: The specs; the workers are replaced, one after the other, when they change.
        """
        super().__init__(config_of(partial(worker_app, openapi, settings), workers=count, factory=True), [listener])
        self._listening = listening
        self._watch = watch

    def init_processes(self) -> None:
        """Start the workers, and wait until they serve."""
        super().init_processes()
        if all(process.wait_until_ready(_START, self.should_exit) for process in self.processes):
            self._listening()

    def keep_subprocess_alive(self) -> None:
        """Start another worker for each that has ended, and say so."""
        before = [process.pid for process in self.processes]
        super().keep_subprocess_alive()
        for old, process in zip(before, self.processes, strict=True):
            if process.pid != old:
                message = f"Worker {old} has ended; worker {process.pid} takes its place."
                print(message, file=sys.stderr, flush=True)  # noqa: T201  # what the command says

    def handle_signals(self) -> None:
        """Do what signals ask for; and look at the specs, as often."""
        super().handle_signals()
        if self._watch and not self.should_exit.is_set() and self._watch.changed() and self._watch.load() is not None:
            self.restart_all()
