"""Serves the mock over HTTP until a signal comes."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from generator.mock.app import UnservableSpecsError, app_of, check_servable
from generator.mock.control.control import Control
from generator.mock.faults import FaultError, Faults
from generator.mock.faults.file import read_script
from generator.mock.serving.listening import (
    ListeningServer,
    freeze_what_is_there,
    is_loopback,
    listen,
    quiet_form_reader,
    url_of,
)
from generator.mock.serving.running import new_key
from generator.mock.serving.watching import ReloadingApp, SpecWatch
from generator.mock.serving.welcome import welcome
from generator.mock.serving.workers import Workers
from generator.mock.settings import Settings, SettingsError
from generator.mock.storage.folder_lock import FolderTakenError, only_one
from generator.mock.storage.kept import faults_left, kept_in
from generator.mock.storage.state import State
from generator.mock.storage.sweeping import sweep
from generator.spec import load_all, openapi_folder

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import FrameType
    from typing import Unpack

    from generator.mock.settings import SettingsOptions
    from generator.spec.model import Contract

_UNUSABLE: Final = 2  # exit code


class UnusableError(Exception):
    """The mock can't be served like this; the message says why and what to do."""


@frozen
class _Serving:
    """What is served, and where."""

    contracts: Sequence[Contract]
    settings: Settings
    openapi: Path | None
    listener: socket.socket
    watch: SpecWatch | None
    kept: Sequence[str]

    def say_welcome(self) -> None:
        url = url_of(self.listener)
        everywhere = "" if is_loopback(self.listener) else self.settings.host
        print(welcome(self.contracts, url, self.settings.keys, everywhere=everywhere, kept=self.kept), flush=True)  # noqa: T201  # the command's answer


def serve(
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    keys: Sequence[str] = (),
    seed: int = 0,
    openapi: Path | None = None,
    workers: int = 1,
    watch: bool = False,
    script: Path | None = None,
    **options: Unpack[SettingsOptions],
) -> int:
    """Serve the mock until SIGINT or SIGTERM, from the main thread. Says where, once it listens.

    Args:
        host: The address to listen on.
        port: The port; 0 takes a free one.
        keys: The API keys that are accepted; a random one, which is printed, if there are none.
        seed: Varies the images.
        openapi: The folder of specs; the project's own if None.
        workers: How many processes serve.
        watch: Whether changed specs are served at once.
        script: A file of faults to begin with.
        options: The other fields of `Settings`.

    Returns:
        The exit code: 0 after a signal, 2 where it can't listen, or can't serve what it is given.

    Raises:
        SpecError: What is wrong with the specs.
    """
    try:
        settings = Settings(keys=tuple(keys) or (new_key(),), seed=seed, host=host, **options)
    except SettingsError as error:
        return _unusable(f"The mock can't be run like this: {error}")
    quiet_form_reader()
    with ExitStack() as stack:
        stopping = stack.enter_context(_stopping())
        contracts = load_all(openapi)
        try:
            check_servable(contracts)
            state = _opened(settings, stack)
            kept = [kept_in(state), _begin_script(state, contracts, settings, script)]
            listener = stack.enter_context(_listening(host, port))
        except (UnservableSpecsError, FolderTakenError, UnusableError) as error:
            return _unusable(str(error))
        # All that serve share the folder: the workers, and the application after a change of the specs.
        settings = evolve(settings, folder=state.folder)
        spec_watch = SpecWatch(openapi or openapi_folder()) if watch else None
        serving = _Serving(contracts, settings, openapi, listener, spec_watch, [line for line in kept if line])
        if workers > 1:
            _serve_by_workers(serving, workers)
        else:
            _serve_here(serving, stopping)
    return 0


def _serve_here(serving: _Serving, stopping: list[Callable[[], None]]) -> None:
    app = app_of(serving.contracts, serving.settings)
    freeze_what_is_there()
    if serving.watch is None:
        server = ListeningServer(app, serving.say_welcome)
    else:
        server = _watching(ReloadingApp(app, serving.watch, serving.settings), serving.say_welcome)

    def stop() -> None:
        server.should_exit = True

    stopping.append(stop)
    server.run(sockets=[serving.listener])


def _watching(app: ReloadingApp, listening: Callable[[], None]) -> ListeningServer:
    """A server that looks at the specs while it serves."""
    tasks: list[asyncio.Task[None]] = []  # the loop itself holds on to no task

    def started() -> None:
        tasks.append(asyncio.get_running_loop().create_task(app.keep_watching()))
        listening()

    return ListeningServer(app, started)


def _serve_by_workers(serving: _Serving, count: int) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    supervisor = Workers(
        serving.settings,
        serving.openapi,
        serving.listener,
        count,
        listening=serving.say_welcome,
        watch=serving.watch,
    )
    try:
        supervisor.run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _opened(settings: Settings, stack: ExitStack) -> State:
    """The state, looked through for damage where it was kept; the stack closes it.

    Raises:
        UnusableError: The folder can't be written.
        FolderTakenError: Another mock runs on it.
    """
    try:
        stack.enter_context(only_one(settings.folder))
        state = State.open(settings.folder)
        stack.callback(state.close)
        sweep(state)
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) else error
        where = settings.folder or "the folder for temporary files"
        raise UnusableError(f"The mock can't keep its state in {where}: {why}. Choose another.") from None
    return state


def _begin_script(state: State, contracts: Sequence[Contract], settings: Settings, script: Path | None) -> str:
    """Put the faults of a file into the script; returns what there is to say of it.

    Raises:
        UnusableError: They can't be.
    """
    if script is None:
        return ""
    replaced = faults_left(state)
    try:
        Faults(Control(state.control), contracts, settings.keys).begin(read_script(script))
    except FaultError as error:
        raise UnusableError(f"The fault script can't be used: {error}") from None
    return f"The faults of {script} take the place of those that were still to come." if replaced else ""


def _listening(host: str, port: int) -> socket.socket:
    try:
        return listen(host, port)
    except OSError as error:
        message = f"The mock can't listen on {host}, port {port}: {error.strerror}. Choose another."
        raise UnusableError(message) from None
    except OverflowError:
        message = f"The mock can't listen on port {port}: ports go from 0 to 65535. Choose another."
        raise UnusableError(message) from None


@contextmanager
def _stopping() -> Iterator[list[Callable[[], Any]]]:
    """Have SIGINT and SIGTERM call what is in the list; with nothing in it yet, end the process.

    While uvicorn runs it handles them itself. When it has stopped it raises them again, for whoever handled them
    before: that is this handler, so that nothing more comes of it.
    """
    called: list[Callable[[], Any]] = []

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if not called:
            sys.exit(0)
        for call in called:
            call()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield called
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _unusable(message: str) -> int:
    print(message, file=sys.stderr)  # noqa: T201  # what the command says
    return _UNUSABLE
