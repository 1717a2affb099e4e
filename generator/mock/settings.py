"""How a mock is to behave: everything that can be set, in one value that can be handed to a worker process."""

from __future__ import annotations

import math
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypedDict

from attrs import field, frozen

from generator.mock.accounts.balances import InvalidAmountError, amount_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal
    from typing import TypeAlias

    from attrs import Attribute

    _Check: TypeAlias = Callable[[object, Attribute[Any], Any], None]

DEFAULT_KEY: Final = "mock-key"
"""The API key that an application accepts if it is given none."""


LEAST_DISK: Final = 1_000_000
"""The least that `Settings.max_disk` can be, in bytes."""

_KEY: Final = re.compile(r"[!-~]+")


class SettingsError(ValueError):
    """The mock can't behave like this; the message names the setting, and says what it can be."""


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    if isinstance(values, str | bytes):
        raise SettingsError('keys and allowed_hosts are lists of texts, not a text: ["my-key"]')
    return tuple(values)


def folder_of(value: object) -> Path | None:
    """The folder that a setting names; None for a temporary one.

    Raises:
        SettingsError: It names none.
    """
    if value is None:
        return None
    if not isinstance(value, str | os.PathLike) or not (text := os.fspath(value)) or not isinstance(text, str):
        raise SettingsError(f"folder must be a path, or None for a temporary folder, not {str(value)[:60]!r}")
    return Path(text)


def _must(name: str, what: str, value: object) -> SettingsError:
    return SettingsError(f"{name} must be {what}, not {str(value)[:60]!r}")


def _keys(_settings: object, _attribute: Attribute[Any], keys: tuple[object, ...]) -> None:
    """Check keys, without telling them."""
    if not keys:
        raise SettingsError("keys must have at least one key")
    for number, key in enumerate(keys, 1):
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise SettingsError(f"keys: number {number} must be a text of printable ASCII characters without spaces")
    if len(set(keys)) < len(keys):
        raise SettingsError("keys must differ; one is there twice")


def _hosts(_settings: object, _attribute: Attribute[Any], hosts: tuple[object, ...]) -> None:
    for host in hosts:
        if not isinstance(host, str) or not host:
            raise _must("allowed_hosts", "names, such as 'gateway'", host)


def _whole(minimum: int | None = None) -> _Check:
    what = "a whole number" if minimum is None else f"a whole number of at least {minimum}"

    def check(_settings: object, attribute: Attribute[Any], value: object) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or (minimum is not None and value < minimum):
            raise _must(attribute.name, what, value)

    return check


def _seconds(_settings: object, attribute: Attribute[Any], value: object) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < math.inf:
        raise _must(attribute.name, "a number of seconds, 0 or more", value)


def _usd(_settings: object, attribute: Attribute[Any], value: str) -> None:
    try:
        amount_of(value)
    except InvalidAmountError as error:
        raise SettingsError(f"{attribute.name} can't be {str(value)[:60]!r}. {error}") from None


def _flag(_settings: object, attribute: Attribute[Any], value: object) -> None:
    if not isinstance(value, bool):
        raise _must(attribute.name, "True or False", value)


class SettingsOptions(TypedDict, total=False):
    """The settings that `create_app` takes beside keys and seed; see `Settings`."""

    folder: str | os.PathLike[str] | None
    latency: float
    balance: str | int | float | Decimal
    max_disk: int
    keep_requests: int
    fetch_urls: bool
    faults: Any
    allowed_hosts: Iterable[str]
    verbose: bool


@frozen(kw_only=True)
class Settings:
    """How a mock is to behave; what can't be is a `SettingsError`.

    Attributes:
        keys: The API keys that are accepted; no other is. Each of printable ASCII, without spaces.
        seed: Varies the images; the same seed and request give the same image.
        folder: Where journal, results and uploads are kept; a temporary folder if None.
        latency: How long every answer of an API takes at least, in seconds.
        balance: What each account holds at the beginning, in US dollars, as a decimal.
        max_disk: How much journal, results and uploads may take, in bytes, at least `LEAST_DISK`; the oldest make room.
        keep_requests: How many requests the journal keeps.
        fetch_urls: Whether images that are given as URLs are fetched.
        faults: Faults to begin with, as the control API takes them; None for none.
        host: The address that the mock listens on.
        allowed_hosts: Names under which the control interface is served, beside localhost and addresses.
        verbose: Whether each request is told in a line on standard error.
    """

    keys: tuple[str, ...] = field(default=(DEFAULT_KEY,), converter=_texts, validator=_keys, repr=False)
    seed: int = field(default=0, validator=_whole())
    folder: Path | None = field(default=None, converter=folder_of)
    latency: float = field(default=0.0, validator=_seconds)
    balance: str = field(default="25.00", converter=str, validator=_usd)
    max_disk: int = field(default=2_000_000_000, validator=_whole(LEAST_DISK))
    keep_requests: int = field(default=10_000, validator=_whole(1))
    fetch_urls: bool = field(default=False, validator=_flag)
    faults: Any = None
    host: str = "127.0.0.1"
    allowed_hosts: tuple[str, ...] = field(default=(), converter=_texts, validator=_hosts)
    verbose: bool = field(default=False, validator=_flag)
