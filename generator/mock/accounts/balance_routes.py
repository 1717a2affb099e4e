"""The balances in the control interface: ``/_mock/balance``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from generator.mock.accounts.balances import Account, InvalidAmountError, UnknownAccountError, account_of, shown
from generator.mock.control.control_api import ControlError, control_route, json_object

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from generator.mock.handle import MockControl
    from generator.spec.model import Json

_FORM = 'Send {"key": "…", "usd": "10.00"} or {"wallet": "0x…", "usd": "10.00"}. GET /_mock/balance lists the accounts.'


def balance_routes(mock: MockControl) -> list[Route]:
    """The route that shows the balances, sets one and tops one up."""
    balances, keys = mock.balances, {Account.of_key(key) for key in mock.settings.keys}

    async def listed(_request: Request) -> Response:
        held = dict.fromkeys(sorted(keys, key=str), balances.start) | balances.all()
        accounts = [_account(account, usd) for account, usd in held.items()]
        return JSONResponse({"start_usd": shown(balances.start), "accounts": accounts})

    async def put(request: Request) -> Response:
        return await changed(request, balances.set)

    async def added(request: Request) -> Response:
        return await changed(request, balances.top_up)

    async def changed(request: Request, change: Callable[..., Decimal]) -> Response:
        named, usd = _named(await json_object(request))
        try:
            return JSONResponse(_account(account_of(**named), change(usd, **named)))
        except (InvalidAmountError, UnknownAccountError) as error:
            raise ControlError(400, f"{error} {_FORM}") from None

    return [control_route("/_mock/balance", GET=listed, PUT=put, POST=added)]


def _named(change: dict[str, Json]) -> tuple[dict[str, str], str]:
    """Whose balance a request is about, and the amount."""
    match change:
        case {"usd": str() | int() | float() as usd, **named} if not isinstance(usd, bool):
            match [*named.items()]:
                case [("key" | "wallet" as kind, str(name))] if name:
                    return {kind: name}, str(usd)
    raise ControlError(400, _FORM)


def _account(account: Account, usd: Decimal) -> dict[str, Json]:
    return {account.kind: account.name, "usd": shown(usd)}
