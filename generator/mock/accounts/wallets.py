"""Verifies the proof by which a wallet signs in: a Sign-In-With-Ethereum text with its EIP-191 signature."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from datetime import datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from generator.mock.requests.bodies import UnreadableBodyError, decode_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.mock.accounts.used_proofs import UsedProofs
    from generator.spec.model import Json

MAX_AGE: Final = 300
"""How old a proof may be, and how far in the future, in seconds."""

_MAX_HEADER = 16_384  # characters
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
_SIGNATURE = re.compile(r"(?:0x)?[0-9a-fA-F]{130}")
_NONCE = re.compile(r"[0-9a-zA-Z]{8,}")
_OPENING = " wants you to sign in with your Ethereum account:"
_MILLISECONDS = 1000
_LAST_TIMESTAMP = 10**15  # milliseconds; far beyond every proof, and within what a float holds


class InvalidProofError(ValueError):
    """The header holds no valid proof; the message says why, and quotes none of it."""


@frozen
class Proof:
    """What the header states.

    Attributes:
        address: The wallet's address, 0x and 40 hexadecimal digits.
        message: The Sign-In-With-Ethereum text.
        signature: The EIP-191 signature of the text, in hexadecimal.
        timestamp: When the proof was made, in seconds since 1970.
        chain_id: The chain, as the header states it.
    """

    address: str
    message: str = field(repr=False)
    signature: str = field(repr=False)
    timestamp: float
    chain_id: Json


class WalletGate:
    """Lets wallets in that prove who they are, each proof once.

    Args:
        clock: Tells the time, in seconds since 1970.
        used: Remembers the proofs that were used.
    """

    def __init__(self, clock: Callable[[], float], used: UsedProofs) -> None:
        self._clock = clock
        self._used = used

    def admit(self, header: str) -> str:
        """Check a proof.

        Args:
            header: The value of the SIGN-IN-WITH-X header.

        Returns:
            The wallet's address.

        Raises:
            InvalidProofError: It isn't a proof, not of this wallet, not fresh, or was used before.
        """
        proof = read_proof(header)
        now = self._clock()
        _check_text(proof.message, now)
        for made in (proof.timestamp, _time(proof.message, "Issued At")):
            if made is not None and abs(now - made) > MAX_AGE:
                raise InvalidProofError(
                    f"the proof is not from the last {MAX_AGE} seconds: it was made {abs(now - made):.0f} seconds "
                    f"{'before' if made < now else 'after'} the time of the mock's clock; sign a new one"
                )
        if not hmac.compare_digest(recovered_address(proof).lower(), proof.address.lower()):
            raise InvalidProofError("the signature is not by the stated address")
        if not self._used.claim(proof.address, proof.message):
            raise InvalidProofError("the proof was used before; sign a new one for each request")
        return proof.address


def can_verify() -> bool:
    """Whether proofs can be verified: whether eth-account is installed."""
    return find_spec("eth_account") is not None


def read_proof(header: str) -> Proof:
    """Read the header's JSON, and check that its parts agree.

    Raises:
        InvalidProofError: It is no base64 of a JSON object with address, message, signature, timestamp and chainId,
            or the message names another address or chain.
    """
    try:
        if len(header) > _MAX_HEADER:
            raise InvalidProofError("the proof is too long")
        stated = decode_json(base64.b64decode(header.encode(), validate=True))
    except (binascii.Error, UnreadableBodyError):
        raise InvalidProofError("the header is not base64 of a JSON object") from None
    if not isinstance(stated, dict):
        raise InvalidProofError("the header is not base64 of a JSON object")
    address, message, signature = (stated.get(name) for name in ("address", "message", "signature"))
    timestamp, chain_id = stated.get("timestamp"), stated.get("chainId")
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        raise InvalidProofError("address must be 0x and 40 hexadecimal digits")
    if not isinstance(signature, str) or not _SIGNATURE.fullmatch(signature):
        raise InvalidProofError("signature must be 65 bytes in hexadecimal")
    if not isinstance(timestamp, int | float) or isinstance(timestamp, bool) or abs(timestamp) > _LAST_TIMESTAMP:
        raise InvalidProofError("timestamp must be a number of milliseconds")
    if chain_id is None:
        raise InvalidProofError("chainId is missing")
    if not isinstance(message, str) or not _names(message, address, chain_id):
        raise InvalidProofError("message must be a Sign-In-With-Ethereum text that names the address and the chain")
    return Proof(address, message, signature, timestamp / _MILLISECONDS, chain_id)


def recovered_address(proof: Proof) -> str:
    """The address whose key signed the message.

    Raises:
        InvalidProofError: The signature is none, or eth-account isn't installed.
    """
    if not can_verify():
        raise InvalidProofError("wallets need eth-account; install the extra: pip install 'image-contract[wallet]'")
    # Late, because it is an extra and takes most of a second to import.
    from eth_account import Account  # noqa: PLC0415
    from eth_account.messages import encode_defunct  # noqa: PLC0415
    from eth_keys.exceptions import BadSignature  # noqa: PLC0415
    from eth_utils.exceptions import ValidationError  # noqa: PLC0415

    try:
        address = Account.recover_message(encode_defunct(text=proof.message), signature=proof.signature)
    except (BadSignature, ValidationError, ValueError, TypeError):
        raise InvalidProofError("the signature is not a signature of the message") from None
    return str(address)


def _names(message: str, address: str, chain_id: Json) -> bool:
    """Whether a Sign-In-With-Ethereum text (EIP-4361) is about this address, on its second line, and this chain."""
    lines = message.splitlines()
    if len(lines) < 2 or lines[1].strip().lower() != address.lower():  # noqa: PLR2004  # EIP-4361: the second line
        return False
    # In the header the chain may stand as "eip155:8453".
    return _stated(message, "Chain ID") == str(chain_id).rpartition(":")[2]


def _check_text(message: str, now: float) -> None:
    """Check what EIP-4361 asks of every text. Its domain may be any: no document says which a gateway expects."""
    first = message.partition("\n")[0]
    domain = first.removesuffix(_OPENING).rpartition("://")[2]
    if not first.endswith(_OPENING) or not domain or " " in domain:
        raise InvalidProofError(f"the message's first line must be 'DOMAIN{_OPENING}'")
    if not _stated(message, "URI"):
        raise InvalidProofError("the message must state a URI")
    if _stated(message, "Version") != "1":
        raise InvalidProofError("the message must state Version: 1")
    if not _NONCE.fullmatch(_stated(message, "Nonce") or ""):
        raise InvalidProofError("the message must state a Nonce of at least 8 letters and digits")
    if _time(message, "Issued At") is None:
        raise InvalidProofError("the message must state Issued At")
    if (end := _time(message, "Expiration Time")) is not None and end <= now:
        raise InvalidProofError("the message's Expiration Time is over; sign a new one")
    if (start := _time(message, "Not Before")) is not None and start > now:
        raise InvalidProofError("the message's Not Before is still to come")


def _time(message: str, name: str) -> float | None:
    """A time that the message states, in seconds since 1970; None where it states none."""
    text = _stated(message, name)
    try:
        return None if text is None else datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError):
        raise InvalidProofError(f"the message's {name} is not a date and time") from None


def _stated(message: str, name: str) -> str | None:
    prefix = f"{name}: "
    return next((line.removeprefix(prefix).strip() for line in message.splitlines() if line.startswith(prefix)), None)
