"""Credentials: what a client shows to an API. They are asked for anew for each attempt, and never printed."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import base64
import json
import os
import secrets
import time
from abc import abstractmethod
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

from .errors import CredentialsMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import httpx

_MAINNET = 1
_NOT_INSTALLED = "signing in with a wallet needs eth-account: pip install eth-account"
_NO_WALLET = "a wallet is an account of eth-account, such as Account.from_key(...), or a function"


@runtime_checkable
class Account(Protocol):
    """A wallet's account, as eth-account has them."""

    address: str

    def sign_message(self, signable_message: Any, /) -> Any:
        """Sign a message by EIP-191."""


Key: TypeAlias = "str | Callable[[], str]"
WalletLike: TypeAlias = "Account | Callable[[], str]"
"""An account of eth-account, or a function that returns the header's whole value."""


class Credential(Protocol):
    """What a client shows, or might have shown."""

    @property
    @abstractmethod
    def configured(self) -> bool:
        """Whether there is something to show."""

    @property
    @abstractmethod
    def given(self) -> bool:
        """Whether the caller gave it, rather than the environment."""

    @property
    @abstractmethod
    def hint(self) -> str:
        """How to configure it, e.g. "give api_key=... or set VENICE_API_KEY"."""

    @abstractmethod
    def check(self) -> None:
        """Raise CredentialsMissing if what is configured can never be shown."""

    @abstractmethod
    def header(self, url: httpx.URL) -> tuple[str, str]:
        """The header's name and value, for a request to a URL."""


class KeyInHeader:
    """A key that a header carries.

    Args:
        name: The header's name.
        prefix: What stands before the key, e.g. "Bearer ".
        key: The key, or a function that returns it; None if there is none.
        hint: How to configure it.
        given: Whether the caller gave it, rather than the environment.
    """

    def __init__(self, name: str, prefix: str, key: Key | None, hint: str, *, given: bool) -> None:
        self.name, self.prefix, self.hint, self.given = name, prefix, hint, given
        self._key = key

    def __repr__(self) -> str:
        return f"KeyInHeader({self.name!r}, key={_masked(self._key)})"

    @property
    def configured(self) -> bool:
        """Whether there is a key."""
        return self._key is not None

    def check(self) -> None:
        """Raise TypeError if this is no key. What a function returns is judged when it is shown."""
        if not (self._key is None or isinstance(self._key, str) or callable(self._key)):  # pyright: ignore[reportUnnecessaryIsInstance] - users err
            raise TypeError(
                f"a key is a str, or a function that returns one, not {type(self._key).__name__}; {self.hint}"
            )

    def header(self, url: httpx.URL) -> tuple[str, str]:  # noqa: ARG002 - a key is the same for every URL
        """The header's name and value."""
        # Never in a variable: some tools print those of every frame that an exception went through.
        return self.name, self.prefix + sendable(self._key() if callable(self._key) else self._key, self.hint)


class Wallet:
    """A wallet that signs in anew for each request.

    The header holds base64 of a JSON object with the address, a Sign-In-With-Ethereum text (EIP-4361), its EIP-191
    signature, the time in milliseconds and the chain.

    Args:
        name: The header's name.
        wallet: The account, or a function that returns the header's value; None if there is none.
        hint: How to configure it.
        chain_id: The chain that the text names.
    """

    def __init__(self, name: str, wallet: WalletLike | None, hint: str, chain_id: int = _MAINNET) -> None:
        self.name, self.hint, self.chain_id = name, hint, chain_id
        self._wallet = wallet

    def __repr__(self) -> str:
        return f"Wallet({self.name!r}, wallet={_masked(self._wallet)})"

    @property
    def configured(self) -> bool:
        """Whether there is a wallet."""
        return self._wallet is not None

    @property
    def given(self) -> bool:
        """Whether the caller gave it; the environment holds no wallets."""
        return self.configured

    def check(self) -> None:
        """Raise CredentialsMissing if this is no wallet, or if what signs with it isn't installed."""
        is_account = isinstance(self._wallet, Account)
        if self._wallet is None or (callable(self._wallet) and not is_account):
            return
        from importlib.util import find_spec  # noqa: PLC0415 - only wallets need it

        if find_spec("eth_account") is None:
            raise CredentialsMissing(_NOT_INSTALLED)
        if not is_account:
            raise CredentialsMissing(_NO_WALLET)

    def header(self, url: httpx.URL) -> tuple[str, str]:
        """The header's name, and a proof that is made now and for this URL's host."""
        if isinstance(self._wallet, Account):
            return self.name, _proof(self._wallet, url, self.chain_id)
        if not callable(self._wallet):
            raise CredentialsMissing(_NO_WALLET)
        return self.name, sendable(self._wallet(), self.hint)


def bearer(key: Key | None, *, argument: str, variable: str | None) -> Credential:
    """A key that goes as ``Authorization: Bearer KEY``.

    Args:
        key: The key, or a function that returns it. None: the environment variable is read.
        argument: The client's argument for it, for messages.
        variable: The environment variable that may hold it.
    """
    return KeyInHeader(
        "Authorization", "Bearer ", key_of(key, variable), hint_of(argument, variable), given=key is not None
    )


def header_key(name: str, key: Key | None, *, argument: str, variable: str | None) -> Credential:
    """A key that a header carries alone.

    Args:
        name: The header's name.
        key: The key, or a function that returns it. None: the environment variable is read.
        argument: The client's argument for it, for messages.
        variable: The environment variable that may hold it.
    """
    return KeyInHeader(name, "", key_of(key, variable), hint_of(argument, variable), given=key is not None)


def wallet_proof(name: str, wallet: WalletLike | None, *, argument: str) -> Credential:
    """A wallet that signs in with a header.

    Args:
        name: The header's name.
        wallet: An account of eth-account, or a function that returns the header's value.
        argument: The client's argument for it, for messages.
    """
    return Wallet(name, wallet, hint_of(argument, None))


def checked(credentials: Mapping[str, Credential]) -> Mapping[str, Credential]:
    """The same credentials; CredentialsMissing if one can never be shown.

    It is for when nobody but they hold what was given: a private key in a wallet's place would stand in the frames of
    the traceback.
    """
    for credential in credentials.values():
        credential.check()
    return credentials


def first_configured(
    security: Iterable[tuple[str, ...]], credentials: Mapping[str, Credential], operation: str
) -> tuple[Credential, ...]:
    """The credentials to show for an operation.

    Args:
        security: The operation's alternatives, by the names of their schemes.
        credentials: The client's credentials, by scheme.
        operation: What the operation is called, for messages.

    Returns:
        Those of the first alternative that is configured as a whole, one that the caller gave before one that the
        environment holds; none where the operation needs none.

    Raises:
        CredentialsMissing: The operation needs some, and no alternative is configured.
    """
    alternatives = list(security)
    usable = [found for names in alternatives if (found := _configured(names, credentials))]
    if usable:
        return next((found for found in usable if all(credential.given for credential in found)), usable[0])
    if not alternatives or () in alternatives:
        return ()
    hints = dict.fromkeys(
        " and ".join(credentials[name].hint for name in names if name in credentials) for names in alternatives
    )
    raise CredentialsMissing(f"{operation} needs credentials: {', or '.join(hint for hint in hints if hint)}")


def _configured(names: tuple[str, ...], credentials: Mapping[str, Credential]) -> tuple[Credential, ...]:
    """The credentials of one alternative; none if one of them is missing."""
    found = tuple(credentials[name] for name in names if name in credentials and credentials[name].configured)
    return found if len(found) == len(names) else ()


def key_of(key: Key | None, variable: str | None) -> Key | None:
    """The key that is given, or that which an environment variable holds."""
    if key is None and variable:
        return os.environ.get(variable) or None
    return key


def _masked(secret: object) -> str:
    return "None" if secret is None else "'***'"


def hint_of(argument: str, variable: str | None) -> str:
    """How to give a credential, in words."""
    return f"give {argument}=..." + (f" or set the environment variable {variable}" if variable else "")


def sendable(value: str | None, hint: str) -> str:
    """A credential as a header can carry it; CredentialsMissing if it can't."""
    # Checked here, since libraries quote what they can't send, and a key must not stand in a message.
    value = value.strip() if isinstance(value, str) else ""
    if value and value.isascii() and value.isprintable():
        return value
    problem = "holds characters that no header can carry" if value else "is empty"
    del value  # as above
    raise CredentialsMissing(f"the credential {problem}; {hint}")


def _proof(account: Account, url: httpx.URL, chain_id: int) -> str:
    try:
        from eth_account.messages import encode_defunct  # noqa: PLC0415 - heavy, and only wallets need it
    except ImportError:
        raise CredentialsMissing(_NOT_INSTALLED) from None
    now = time.time()
    text = _sign_in_text(account.address, url, chain_id, datetime.fromtimestamp(now, UTC))
    signature = account.sign_message(encode_defunct(text=text)).signature
    proof = {
        "address": account.address,
        "message": text,
        "signature": f"0x{bytes(signature).hex()}",
        "timestamp": int(now * 1000),
        "chainId": chain_id,
    }
    return base64.b64encode(json.dumps(proof, separators=(",", ":")).encode()).decode()


def _sign_in_text(address: str, url: httpx.URL, chain_id: int, now: datetime) -> str:
    domain = url.netloc.decode()
    return "\n".join(
        (
            f"{domain} wants you to sign in with your Ethereum account:",
            address,
            "",
            "",  # where a statement would stand
            f"URI: {url.scheme}://{domain}",
            "Version: 1",
            f"Chain ID: {chain_id}",
            f"Nonce: {secrets.token_hex(8)}",
            f"Issued At: {now.isoformat(timespec='milliseconds').replace('+00:00', 'Z')}",
        )
    )
