"""Tells addresses of the public internet from those of this machine, its network, and nobody."""

from __future__ import annotations

import ipaddress
import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import Final

_TRANSLATED: Final = IPv6Network("64:ff9b::/96")  # NAT64: the last 32 bits are an IPv4 address
_TUNNELS: Final = (
    IPv6Network("::/96"),  # IPv4-compatible, withdrawn
    IPv6Network("::ffff:0:0:0/96"),  # IPv4-translated
    IPv6Network("64:ff9b:1::/48"),  # NAT64 of a network's own
    IPv6Network("2001::/32"),  # Teredo
    IPv6Network("2002::/16"),  # 6to4
)
_RELAYS: Final = ipaddress.IPv4Network("192.88.99.0/24")  # 6to4
_LAST_32_BITS: Final = 2**32 - 1
_HOST: Final = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)


def is_public(text: str) -> bool:
    """Whether an address is of the public internet.

    Args:
        text: An IPv4 or IPv6 address, as the resolver gives it.
    """
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        return _is_public_6(address)
    return _is_public_4(address)


def is_host(name: str) -> bool:
    """Whether a text can be a host's name or an address: nothing else is worth asking a resolver for."""
    return _HOST.fullmatch(name) is not None


def is_odd_number(host: str) -> bool:
    """Whether a host's name is a number, or ends in one, without being an IPv4 address in its usual form.

    Resolvers take ``2130706433``, ``0177.0.0.1`` and ``127.1`` for addresses; no host has such a name.
    """
    if ":" in host or not _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        return False
    try:
        IPv4Address(host)
    except ValueError:
        return True
    return False


def _is_public_4(address: IPv4Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address in _RELAYS)


def _is_public_6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped:
        return _is_public_4(address.ipv4_mapped)
    if address in _TRANSLATED:
        return _is_public_4(IPv4Address(int(address) & _LAST_32_BITS))
    if any(address in network for network in _TUNNELS):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_site_local)
