"""Which arguments a client takes for its credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.client.names import python_name
from generator.client.view import CredentialView

if TYPE_CHECKING:
    from generator.spec import Contract


def credential_views(contract: Contract) -> tuple[CredentialView, ...]:
    """The credentials that a client takes, each with its constructor's argument.

    Args:
        contract: The spec's contract.

    Returns:
        One per security scheme: ``api_key`` for the first key, ``wallet`` for the first wallet's proof,
        ``legacy_wallet`` for a deprecated one, the scheme's own name for any other.
    """
    taken: set[str] = set()
    views = []
    for scheme in contract.security_schemes.values():
        wallet = scheme.credential == "wallet"
        wanted = ("legacy_wallet" if scheme.deprecated else "wallet") if wallet else "api_key"
        argument = wanted if wanted not in taken else python_name(scheme.name)
        taken.add(argument)
        kind = "wallet" if wallet else scheme.kind
        views.append(CredentialView(scheme.name, argument, kind, scheme.header, scheme.environment))
    return tuple(views)
