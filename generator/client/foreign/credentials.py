"""Which arguments a foreign package's client takes for its credentials."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Final

from generator.client.foreign.names import attribute
from generator.client.runtime.client import SyncClient
from generator.client.view import CredentialView

if TYPE_CHECKING:
    from generator.spec import Contract

_IN_THE_MODULE: Final = ("httpx", "credentials")
"""Names that the module of the client has itself."""


def foreign_credentials(contract: Contract) -> tuple[CredentialView, ...]:
    """The credentials that a client takes: ``api_key`` for the first key, for any other its own name.

    Each key may be in an environment variable that is named after the package and the argument.

    Args:
        contract: What can be generated.
    """
    taken = {*inspect.signature(SyncClient.__init__).parameters, *_IN_THE_MODULE}
    views = []
    for scheme in contract.security_schemes.values():
        wanted = "api_key" if scheme.kind != "basic" else "basic_auth"
        argument = wanted if wanted not in taken else attribute(scheme.name)
        while argument in taken:
            argument = f"{argument}_key"
        taken.add(argument)
        variable = "" if scheme.kind == "basic" else f"{contract.name}_{argument}".upper()
        usable = variable.isascii() and variable.isidentifier()
        views.append(CredentialView(scheme.name, argument, scheme.kind, scheme.header, variable if usable else ""))
    return tuple(views)
