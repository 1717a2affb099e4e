"""Finds the fault that a request meets: one that it asks for itself, or the next of the script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from generator.mock.faults.answers import check_places
from generator.mock.faults.callers import credentials_in
from generator.mock.faults.fault import DOWNLOAD, Fault, FaultError, hashed, is_wallet
from generator.mock.faults.notation import fault_of, fault_of_request, marker_in
from generator.mock.faults.script import Script, Step
from generator.mock.judging.errors import RefusalError
from generator.mock.storage.results import FOLDER as IMAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.mock.control.control import Control
    from generator.mock.exchange import Exchange
    from generator.spec.model import Contract, Json, Operation

HEADER: Final = "X-Mock-Fault"
"""The header in which a request asks for a fault."""

_LOWER_HEADER: Final = HEADER.lower()


class Faults:
    """What goes wrong on a bad day.

    >>> mock.faults.fail_next(status=503, times=2, retry_after=1)
    >>> mock.faults.add("truncated", Fault(operation="editImages", delay=30))
    """

    def __init__(self, control: Control, contracts: Sequence[Contract], keys: Iterable[str] | None = None) -> None:
        """Prepare.

        Args:
            control: Where the script is kept.
            contracts: The APIs that are served.
            keys: The API keys that are accepted; None where any may be named.
        """
        self._keys = None if keys is None else frozenset(hashed(key) for key in keys)
        self._script = Script(control)
        self._operations = [(contract.name, operation) for contract in contracts for operation in contract.operations]
        self._paths = [*(operation.path for _, operation in self._operations), f"{IMAGES}/{{name}}"]
        schemes = [scheme for contract in contracts for scheme in contract.security_schemes.values()]
        self._secret_headers = frozenset(scheme.header.lower() for scheme in schemes)

    def add(self, *faults: Fault | str | Mapping[str, Json]) -> tuple[Step, ...]:
        """Add faults to the end of the script, all or none.

        Args:
            faults: Each a fault, its notation (``"rate-limit retry-after=2"``) or its fields.

        Returns:
            Their steps in the script.

        Raises:
            FaultError: One can't be; none is added.
        """
        __tracebackhide__ = True
        try:
            known = self._known(faults)
        except FaultError as error:
            raise FaultError(str(error)) from None  # from here, not from the depths of the notation
        return self._script.add(known)

    def fail_next(self, ready: str = "", /, **fields: Any) -> Step:
        """Have the next requests fail.

        Args:
            ready: The name of a ready-made fault.
            fields: The fields of `Fault`.

        Raises:
            FaultError: There is no such fault.
        """
        __tracebackhide__ = True
        try:
            known = self._known([{"name": ready, **fields} if ready else fields])
        except FaultError as error:
            raise FaultError(str(error)) from None
        return self._script.add(known)[0]

    def begin(self, faults: Fault | str | Mapping[str, Json] | Iterable[Fault | str | Mapping[str, Json]]) -> None:
        """Have the script be these faults, or this one, and no others.

        Raises:
            FaultError: One can't be; the script stays as it was.
        """
        known = self._known((faults,) if isinstance(faults, Fault | str | Mapping) else faults)
        self._script.clear()
        self._script.add(known)

    def steps(self) -> tuple[Step, ...]:
        """The script: what is left, and what was used by which requests."""
        return self._script.steps()

    def remove(self, seq: int) -> bool:
        """Forget one step of the script; returns whether there was one of this number."""
        return self._script.remove(seq)

    def clear(self) -> None:
        """Forget the script."""
        self._script.clear()

    def met_by(self, exchange: Exchange, operation: str, api: str) -> Fault | None:
        """The fault that a request meets, as far as that can be told before its body is read.

        Args:
            exchange: The request: its id, path and headers.
            operation: The operationId, or `DOWNLOAD`.
            api: The API's name.

        Returns:
            The fault; None for none.

        Raises:
            RefusalError: The request asks for a fault in a way that can't be understood.
        """
        if _LOWER_HEADER in exchange.headers:
            asked = exchange.headers[_LOWER_HEADER]
            return self._asked(asked, HEADER, f"{self._caller(exchange)} {exchange.path} {asked}", operation, api)

        def hits(fault: Fault) -> bool:
            return fault.hits(
                operation=operation,
                api=api,
                path=exchange.path,
                credentials=lambda: credentials_in(exchange.headers, self._secret_headers),
            )

        return self._script.take(hits, exchange.id, operation)

    def marked_in(self, exchange: Exchange, prompts: Iterable[str], operation: str, api: str) -> Fault | None:
        """The fault that a request asks for by the marker that its prompt begins with.

        Args:
            exchange: The request.
            prompts: Its prompts.
            operation: The operationId.
            api: The API's name.

        Returns:
            The fault; None for none.

        Raises:
            RefusalError: The marker can't be understood.
        """
        for prompt in prompts:
            try:
                asked = marker_in(prompt)
            except FaultError as error:
                raise _refused("prompt", error) from None
            if asked is not None:
                return self._asked(asked, "prompt", f"{self._caller(exchange)} {operation} {prompt}", operation, api)
        return None

    def _asked(self, text: str, where: str, what: str, operation: str, api: str) -> Fault | None:
        try:
            fault = fault_of_request(text)
            check_places(fault, self._of(operation, api))
        except FaultError as error:
            raise _refused(where, error) from None
        if fault.times is not None and not self._script.counts(what, fault.times):
            return None
        return fault

    def _known(self, faults: Iterable[Fault | str | Mapping[str, Json]]) -> list[Fault]:
        known = [fault if isinstance(fault, Fault) else _read(fault) for fault in faults]
        for fault in known:
            self._check(fault)
        return known

    def _check(self, fault: Fault) -> None:
        names = [operation.id for _, operation in self._operations]
        apis = sorted({api for api, _ in self._operations})
        if fault.operation and fault.operation not in {*names, DOWNLOAD}:
            raise FaultError(f"there is no operation {fault.operation!r}; there are {', '.join([*names, DOWNLOAD])}")
        if fault.api and fault.api not in apis:
            raise FaultError(f"there is no API {fault.api!r}; there are {', '.join(apis)}")
        if fault.path and not any(_can_hit(fault.path, path) for path in self._paths):
            paths = ", ".join(dict.fromkeys(self._paths))
            raise FaultError(f"no path is like {fault.path!r}; there are {paths}")
        if fault.key and self._keys is not None and not is_wallet(fault.key) and fault.key not in self._keys:
            raise FaultError(
                "key must be one that the mock accepts, or a wallet's address: 0x and 40 hexadecimal digits"
            )
        check_places(fault, self._of(fault.operation, fault.api))

    def _of(self, operation: str, api: str) -> list[Operation]:
        return [known for of, known in self._operations if operation in {"", known.id} and api in {"", of}]

    def _caller(self, exchange: Exchange) -> str:
        return hashed(" ".join(sorted(credentials_in(exchange.headers, self._secret_headers))))


def _can_hit(pattern: str, path: str) -> bool:
    """Whether a fault's path can be that of a request to a path of the specs, in which names stand in braces."""
    template = "[^/]+".join(re.escape(part) for part in re.split(r"\{[^}]*\}", path))
    return fnmatchcase(path, pattern) or re.fullmatch(template, pattern) is not None


def _read(fault: str | Mapping[str, Json]) -> Fault:
    return fault_of(fault if isinstance(fault, str) else dict(fault))


def _refused(where: str, error: FaultError) -> RefusalError:
    return RefusalError(400, f"{where}: {error}", param=where)
