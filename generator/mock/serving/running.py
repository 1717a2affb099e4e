"""Serves the mock for the length of a `with` block, as tests want it."""

from __future__ import annotations

import secrets
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from attrs import field, frozen

from generator.mock.app import create_app
from generator.mock.serving.listening import ListeningServer, listen, url_of
from generator.mock.settings import SettingsError, folder_of
from generator.mock.storage.folder_lock import only_one
from generator.mock.storage.state import State
from generator.mock.storage.sweeping import sweep

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from socket import socket
    from typing import Unpack

    from starlette.applications import Starlette

    from generator.mock.accounts.balances import Balances
    from generator.mock.clock import Clock
    from generator.mock.faults import Faults
    from generator.mock.faults.attempts import Attempt
    from generator.mock.handle import MockControl
    from generator.mock.journal.journal import Journal
    from generator.mock.settings import SettingsOptions


class AppFactory(Protocol):
    """Makes the application to serve: `create_app`, or something that wraps what it makes."""

    def __call__(self, *, keys: Sequence[str], seed: int) -> Starlette:
        """Make the application that accepts these keys. It is given the options of `running`, if any."""
        ...


@frozen
class RunningMock:
    """A mock that is being served.

    Attributes:
        url: Its base URL, e.g. ``http://127.0.0.1:43210``.
        key: An API key that it accepts.
        app: The application; what can be looked at and changed is at ``app.state.mock``.
    """

    url: str
    key: str = field(repr=False)
    app: Starlette = field(repr=False)

    @property
    def control(self) -> MockControl:
        """What can be looked at and changed."""
        mock: MockControl = self.app.state.mock
        return mock

    @property
    def journal(self) -> Journal:
        """What came in."""
        return self.control.journal

    @property
    def clock(self) -> Clock:
        """The clock by which result URLs expire."""
        return self.control.clock

    @property
    def balances(self) -> Balances:
        """What keys and wallets hold."""
        return self.control.balances

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose."""
        return self.control.faults

    def attempts(self, operation: str | None = None) -> tuple[Attempt, ...]:
        """Every request that came in, with the times that the server saw; see `MockControl.attempts`."""
        return self.control.attempts(operation)

    def reset(self) -> None:
        """Forget requests and faults; clock and balances are as in the beginning."""
        self.control.reset()


@contextmanager
def running(
    make_app: AppFactory = create_app,
    *,
    key: str | None = None,
    keys: Sequence[str] = (),
    seed: int = 0,
    **options: Unpack[SettingsOptions],
) -> Iterator[RunningMock]:
    """Serve the mock on a free port of this machine, in a thread, for the length of a `with` block.

    Args:
        make_app: Makes the application.
        key: The API key that is accepted; a random one if None.
        keys: The same for several keys. The first is the one that `RunningMock.key` tells.
        seed: Varies the images.
        options: The other fields of `Settings`, for a `make_app` that takes them.

    Yields:
        Where it is and what key it takes.

    Raises:
        SettingsError: A setting can't be; the message says which, and what can.
        FolderTakenError: Another mock runs on the folder.
    """
    if key is not None and keys:
        raise SettingsError("Give key= for one key or keys= for several, not both.")
    accepted = keys or [new_key() if key is None else key]
    others: Mapping[str, Any] = options
    folder = folder_of(options.get("folder"))
    with only_one(folder):
        if folder is not None:
            state = State.open(folder)
            sweep(state)
            state.close()
        app = make_app(keys=accepted, seed=seed, **others)
        try:
            with listen("127.0.0.1", 0) as listener, _served(app, listener):
                yield RunningMock(url_of(listener), accepted[0], app)
        finally:
            mock: MockControl | None = getattr(app.state, "mock", None)
            if mock is not None:
                mock.close()


@contextmanager
def _served(app: Starlette, listener: socket) -> Iterator[None]:
    """Serve an application in a thread for the length of a `with` block."""
    listening = threading.Event()
    server = ListeningServer(app, listening.set)

    def run() -> None:
        try:
            server.run(sockets=[listener])
        finally:
            listening.set()

    thread = threading.Thread(target=run, name="mock", daemon=True)
    thread.start()
    listening.wait()
    if not server.started:
        raise RuntimeError("The mock didn't start; what stopped it stands above.")
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def new_key() -> str:
    """A random API key."""
    return f"mock-{secrets.token_urlsafe(18)}"
