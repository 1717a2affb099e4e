"""Everything that can fail besides the network: each tries it, and raises what the client raises."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from . import acts
from .marks import KEY, MARK
from .stage import awaited

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from .connection import Connection
    from .scripted_server import Act
    from .trial import Trial

    Failing: TypeAlias = Callable[[Trial], Awaitable[Any]]

_ANYWHERE: Final = "http://127.0.0.1:1"
_SENT: Final = re.compile(rb"^(?:authorization: bearer|sign-in-with-x:) *(.+?)\r$", re.IGNORECASE | re.MULTILINE)


def echo(status: int, body: str, media_type: str = "application/json", **headers: str) -> Act:
    """Answer with what the client showed, for each "@"; for each "%" with the same as some encoders write it.

    Args:
        status: The HTTP status.
        body: The body.
        media_type: Its media type.
        headers: More headers, `_` for `-`.
    """

    def act(connection: Connection) -> None:
        shown = _SENT.search(connection.read_request())
        assert shown
        said = shown[1].decode()
        content = body.replace("@", said).replace("%", said.replace("/", "\\/").replace("k", "\\u006b")).encode()
        lines = {"Content_Type": media_type, "Content_Length": str(len(content)), **headers}
        connection.send(acts.head(status, **{name: line.replace("@", said) for name, line in lines.items()}) + content)

    return act


async def _refused(trial: Trial) -> None:
    await trial.make(trial.new(_ANYWHERE), n=99)


async def _unknown_field(trial: Trial) -> None:
    await trial.make(trial.new(_ANYWHERE), colour="red")


async def _no_file(trial: Trial) -> None:
    client = trial.new(_ANYWHERE)
    edit = client.images.edit(model="qwen-image-2.0-pro", prompt="A cat", image=trial.folder / "none.png")
    await awaited(edit)


async def _file_that_fails(trial: Trial) -> None:
    class Failing:
        def read(self, size: int = -1) -> bytes:
            raise OSError(f"the disk is gone after {size}")

    client = trial.new(trial.serve(acts.done()))
    image: Any = ("cat.png", Failing(), "image/png")
    await awaited(client.images.edit(model="qwen-image-2.0-pro", prompt="A cat", image=image, validate=False))


async def _body_that_is_no_json(trial: Trial) -> None:
    await trial.make(trial.new(trial.serve(acts.done())), prompt=object(), validate=False)


async def _bad_address(trial: Trial) -> None:
    trial.new("ftp://127.0.0.1")


async def _bad_options(trial: Trial) -> None:
    trial.new(_ANYWHERE, deadline=-1)


async def _bad_options_anew(trial: Trial) -> None:
    trial.new(_ANYWHERE).with_options(max_retries=-1)


def _with_key(key: Any) -> Failing:
    async def try_it(trial: Trial) -> None:
        await trial.make(trial.new(_ANYWHERE, api_key=key))

    return try_it


def _with_key_in_the_environment(key: str) -> Failing:
    async def try_it(trial: Trial) -> None:
        trial.patch.setenv("POWERTOKENS_API_KEY", key)
        await trial.make(trial.new(_ANYWHERE, api_key=None))

    return try_it


def _with_wallet(wallet: Any) -> Failing:
    async def try_it(trial: Trial) -> None:
        await trial.make(trial.new(_ANYWHERE, "Venice", api_key=None, wallet=wallet))

    return try_it


def _raising() -> str:
    raise LookupError("the vault is locked")


class _BrokenWallet:
    address = "0x00"

    def sign_message(self, message: Any, /) -> Any:
        raise LookupError(f"nobody confirmed {type(message).__name__}")


async def _wallet_without_its_library(trial: Trial) -> None:
    trial.patch.setitem(sys.modules, "eth_account.messages", None)
    await trial.make(trial.new(_ANYWHERE, "Venice", api_key=None, wallet=trial.wallet()))


async def _wallet_without_any_of_its_library(trial: Trial) -> None:
    wallet = trial.wallet()
    trial.patch.setitem(sys.modules, "eth_account", None)
    trial.new(_ANYWHERE, "Venice", api_key=None, wallet=wallet)


def answered(act: Act, **options: Any) -> Failing:
    """A call that is answered badly.

    Args:
        act: The answer.
        options: Of the client.
    """

    async def try_it(trial: Trial) -> None:
        await trial.make(trial.new(trial.serve(act), **options))

    return try_it


def _wallet_answered(act: Act) -> Failing:
    async def try_it(trial: Trial) -> None:
        client = trial.new(trial.serve(act), "Venice", api_key=None, wallet=trial.wallet())
        await trial.make(client)

    return try_it


async def _sent_elsewhere(trial: Trial) -> None:
    elsewhere = trial.serve_elsewhere(acts.done())
    await trial.make(trial.new(trial.serve(acts.answered(307, Location=f"{elsewhere}/images"))))


async def _header_that_cannot_be_sent(trial: Trial) -> None:
    client = trial.new(trial.serve(acts.done())).with_options(headers={"X-Name": "a\nb"})
    await trial.make(client)


async def _header_that_is_no_ascii(trial: Trial) -> None:
    client = trial.new(trial.serve(acts.done())).with_options(headers={"X-Name": "日本"})
    await trial.make(client)


async def _secret_header(trial: Trial) -> None:
    client = trial.new(trial.serve(acts.answered(500))).with_options(headers={"X-Team": KEY})
    trial.shown.append(client._options)
    await trial.make(client)


async def _closed(trial: Trial) -> None:
    client = trial.new(trial.serve(acts.done()))
    await trial.make(client)
    await awaited(client.close())
    await trial.make(client)


async def _raw(trial: Trial) -> None:
    client = trial.new(trial.serve(acts.done(), echo(401, '{"error": {"message": "no @"}}')))
    raw = client.images.with_raw_response
    answer = await awaited(raw.generate(model="qwen-image-2.0-pro", prompt="A cat"))
    trial.shown += [raw, answer, answer.headers]
    await awaited(raw.generate(model="qwen-image-2.0-pro", prompt="A cat"))


async def _dead_link(trial: Trial) -> None:
    await trial.save(await trial.made(trial.dead_link()), trial.folder)


async def _expired_link(trial: Trial) -> None:
    elsewhere = trial.serve_elsewhere(acts.answered(403))
    await trial.save(await trial.made(f"{elsewhere}/1.png"), trial.folder)


async def _link_to_no_image(trial: Trial) -> None:
    elsewhere = trial.serve_elsewhere(acts.page(200))
    await trial.save(await trial.made(f"{elsewhere}/1.png"), trial.folder)


async def _link_that_leads_on(trial: Trial) -> None:
    second = trial.serve_elsewhere(acts.answered(404))
    first = trial.serve_elsewhere(acts.answered(302, Location=f"{second}/1.png"))
    await trial.save(await trial.made(f"{first}/1.png"), trial.folder)


async def _link_to_the_api(trial: Trial) -> None:
    link = trial.serve_elsewhere(acts.answered(410))
    body = f'{{"data": [{{"url": "{link}/1.png"}}]}}'.encode()
    client = trial.new(trial.serve(acts.done(body)))
    result = await trial.make(client)
    trial.shown.append(result)
    await trial.save(result, trial.folder)


async def _folder_that_cannot_be_written(trial: Trial) -> None:
    (trial.folder / "taken").write_text("", encoding="utf-8")
    elsewhere = trial.serve_elsewhere(acts.answered(200, acts.PNG, "image/png"))
    await trial.save(await trial.made(f"{elsewhere}/1.png"), trial.folder / "taken")


async def _many(trial: Trial) -> None:
    client = trial.new(trial.serve(echo(400, '{"error": {"message": "no @"}}')), max_retries=0)
    requests = [{"model": "qwen-image-2.0-pro", "prompt": f"Cat {number}"} for number in range(3)]
    outcomes = client.images.generate_many(requests, folder=trial.folder)
    trial.shown.append(outcomes)
    found = [outcome async for outcome in outcomes] if hasattr(outcomes, "__aiter__") else list(outcomes)
    trial.shown += found
    raise found[0].error


_LONG_BODY: Final = '{"error": {"message": "no @", "code": "@"}, "code": "@"}'

FAILING: Final[Mapping[str, Failing]] = {
    "a request that breaks a rule": _refused,
    "a field that nobody knows": _unknown_field,
    "a file that is not there": _no_file,
    "a file that fails while it is sent": _file_that_fails,
    "a body that is no JSON": _body_that_is_no_json,
    "an address that is none": _bad_address,
    "options that make no sense": _bad_options,
    "options that make no sense, for one call": _bad_options_anew,
    "no key": _with_key_in_the_environment(""),
    "an empty key": _with_key(" "),
    "a key with a line end": _with_key(f"{KEY}\nX"),
    "a key with a control character": _with_key(f"{KEY}\x00"),
    "a key that is no ASCII": _with_key(f"{KEY}é"),
    "a key of bytes": _with_key(KEY.encode()),
    "a key in a list": _with_key([KEY]),
    "a key in the environment with a line end": _with_key_in_the_environment(f"{KEY}\nX"),
    "a function for the key that raises": _with_key(_raising),
    "a function for the key that returns nothing": _with_key(lambda: None),
    "a function for the key that returns bytes": _with_key(KEY.encode),
    "a function for the key that returns a line end": _with_key(lambda: f"{KEY}\r\nX-Other: 1"),
    "a wallet that fails": _with_wallet(_BrokenWallet()),
    "a function for the wallet that raises": _with_wallet(_raising),
    "a function for the wallet that returns a line end": _with_wallet(lambda: f"{MARK}\nX"),
    "a wallet without its library": _wallet_without_its_library,
    "a wallet without any of its library": _wallet_without_any_of_its_library,
    "a key in a wallet's place": _with_wallet(KEY),
    "401 that repeats the key in JSON": answered(echo(401, _LONG_BODY)),
    "401 that repeats the key in JSON with escapes": answered(echo(401, '{"error": {"message": "no %"}}')),
    "401 that repeats the key in a page": answered(echo(401, "<p>@</p>", "text/html")),
    "401 that repeats the key with other names": answered(echo(401, '{"detail": {"key": "@"}}')),
    "401 that repeats the key as request id": answered(echo(401, '{"error": {"message": "(request id: @)"}}')),
    "400 that repeats the key": answered(echo(400, _LONG_BODY)),
    "429 that repeats the key": answered(echo(429, _LONG_BODY), max_retries=0),
    "502 that repeats the key in a page": answered(echo(502, "<p>@</p>", "text/html")),
    "200 that repeats the key in a page": answered(echo(200, "<p>@</p>", "text/html")),
    "200 that repeats the key in broken JSON": answered(echo(200, '{"data": "@')),
    "200 that repeats the key where no text belongs": answered(echo(200, '{"data": "@"}')),
    "200 that repeats the key as the name of a field": answered(echo(200, '{"data": [{"url": 1, "@": "@"}]}')),
    "200 that repeats the key as its media type": answered(echo(200, "{}", "text/html")),
    "a 2xx status that repeats the key": answered(echo(299, _LONG_BODY)),
    "401 that repeats a signature": _wallet_answered(echo(401, '{"error": "@"}')),
    "401 that repeats a signature with escapes": _wallet_answered(echo(401, '{"error": "%"}')),
    "402 that repeats a signature": _wallet_answered(echo(402, '{"error": "@", "code": "PAYMENT_REQUIRED"}')),
    "the connection is reset after a signature": _wallet_answered(acts.reset_after),
    "a redirect to another host": _sent_elsewhere,
    "a header that can't be sent": _header_that_cannot_be_sent,
    "a header that is no ASCII": _header_that_is_no_ascii,
    "a secret in a header of one's own": _secret_header,
    "a call after the end": _closed,
    "a call with its raw answer": _raw,
    "a link to nobody": _dead_link,
    "a link that has expired": _expired_link,
    "a link to no image": _link_to_no_image,
    "a link that leads on": _link_that_leads_on,
    "a link that is gone": _link_to_the_api,
    "a folder that can't be written": _folder_that_cannot_be_written,
    "many calls at once": _many,
}
"""By what fails."""
