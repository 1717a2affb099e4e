"""The mock as an ASGI application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Route

from generator.mock.accounts.balance_routes import balance_routes
from generator.mock.accounts.credentials import Keyring
from generator.mock.accounts.used_proofs import UsedProofs
from generator.mock.accounts.wallets import WalletGate
from generator.mock.control.control_api import control_routes, index_route, unknown_route
from generator.mock.endpoint import PathEndpoint, UnknownPath
from generator.mock.faults.routes import fault_routes
from generator.mock.guard import Guard
from generator.mock.handle import MockControl
from generator.mock.handling import Handler
from generator.mock.journal.recording import Recorder
from generator.mock.page import page_routes
from generator.mock.requests.body_room import BodyRoom
from generator.mock.serving.date_header import DateHeader
from generator.mock.serving.downloads import download_routes
from generator.mock.settings import DEFAULT_KEY, Settings, SettingsOptions
from generator.spec import load_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Unpack

    from starlette.types import Receive, Scope, Send

    from generator.spec.model import Contract


class MockApp(Starlette):
    """Starlette, with a short way to the APIs' own paths: its routing takes longer than judging a request."""

    def __init__(
        self, api_routes: Sequence[Route], own_routes: Sequence[Route], mock: MockControl, date: DateHeader
    ) -> None:
        super().__init__(routes=[*api_routes, *own_routes])
        self._endpoints = {route.path: route.app for route in api_routes if "{" not in route.path}
        self.state.mock = mock
        self._date = date

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        endpoint = self._endpoints.get(scope["path"])
        if endpoint:  # it tells the date itself
            await endpoint(scope, receive, send)
        else:
            await super().__call__(scope, receive, self._date.added(send))


class UnservableSpecsError(ValueError):
    """These specs can't be mocked together, or have nothing to mock."""


def create_app(
    contracts: Sequence[Contract] | None = None,
    *,
    keys: Sequence[str] = (DEFAULT_KEY,),
    seed: int = 0,
    **options: Unpack[SettingsOptions],
) -> Starlette:
    """The mock of one or more APIs, as an application to serve or to call in-process.

    Args:
        contracts: The APIs; the project's own if None.
        keys: The API keys that are accepted; no other is.
        seed: Varies the images; the same seed and request give the same image.
        options: The other fields of `Settings`.

    Returns:
        The application. What a test can look at and change is at ``app.state.mock``.

    Raises:
        UnservableSpecsError: Two APIs have an operation at the same path, or there is none.
    """
    return app_of(contracts, Settings(keys=keys, seed=seed, **options))


def app_of(contracts: Sequence[Contract] | None, settings: Settings) -> Starlette:
    """The same by settings; see `create_app`."""
    contracts = load_all() if contracts is None else contracts
    check_servable(contracts)
    mock = MockControl(settings, contracts)
    recorder = Recorder.of(mock, contracts)
    date = DateHeader(mock.clock)
    api_routes = list(_api_routes(contracts, mock, recorder, date))
    return MockApp(api_routes, list(_own_routes(contracts, mock, recorder, date)), mock, date)


def check_servable(contracts: Sequence[Contract]) -> None:
    """Check that these APIs can be served at one address.

    Raises:
        UnservableSpecsError: They can't.
    """
    taken: set[tuple[str, str]] = set()
    for contract in contracts:
        for operation in contract.operations:
            place = operation.method, operation.path
            if place in taken:
                raise UnservableSpecsError(f"Two operations are at {' '.join(place)}. Serve their specs by two mocks.")
            taken.add(place)
    if not taken:
        raise UnservableSpecsError("The specs have no operations to mock.")


def _api_routes(
    contracts: Sequence[Contract], mock: MockControl, recorder: Recorder, date: DateHeader
) -> Iterator[Route]:
    keyring, wallets = Keyring(mock.settings.keys), WalletGate(mock.clock.time, UsedProofs(mock.control))
    room = BodyRoom()
    at_path: dict[str, dict[str, Handler]] = {}
    for contract in contracts:
        for operation in contract.operations:
            handler = Handler(contract, operation, mock=mock, keyring=keyring, wallets=wallets, room=room)
            at_path.setdefault(operation.path, {})[operation.method] = handler
    for path, handlers in at_path.items():
        errors = next(iter(handlers.values())).errors
        yield Route(path, PathEndpoint(handlers, errors, recorder, mock.faults, date, latency=mock.settings.latency))


def _own_routes(
    contracts: Sequence[Contract], mock: MockControl, recorder: Recorder, date: DateHeader
) -> Iterator[Route]:
    """The mock's own routes, beside the APIs; last, what is at no path."""
    yield from download_routes(mock, recorder)
    guard = Guard([mock.settings.host, *mock.settings.allowed_hosts])
    control = [
        *control_routes(mock),
        *balance_routes(mock),
        *fault_routes(mock.faults),
        *page_routes(contracts),
    ]
    for route in (*control, index_route(control), unknown_route()):
        route.app = guard(route.app)
        yield route
    yield Route("/{path:path}", UnknownPath(contracts, recorder, mock.faults, date))
