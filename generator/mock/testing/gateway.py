"""The mock as one test sees it: its address, what goes wrong, and assertions about what came in."""

from __future__ import annotations

from contextlib import contextmanager
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any, TypedDict

from generator.mock.app import create_app
from generator.mock.journal.journal_filter import JournalFilter
from generator.mock.serving.running import running
from generator.mock.serving.transport import InProcessTransport, transport
from generator.mock.testing.matching import differences
from generator.mock.testing.telling import lines_of, told
from generator.spec import load_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Unpack

    from generator.mock.accounts.balances import Balances
    from generator.mock.clock import Clock
    from generator.mock.faults import Faults, Step
    from generator.mock.faults.attempts import Attempt
    from generator.mock.journal.entry import Entry
    from generator.mock.serving.running import RunningMock
    from generator.mock.settings import SettingsOptions
    from generator.spec import Contract, Operation


class Chosen(TypedDict, total=False):
    """Which requests; see `JournalFilter`."""

    operation: str
    status: int | str
    api: str
    path: str
    rule: str
    refused: bool
    outcome: str
    id: str
    after: int
    limit: int


class ImageGateway:
    """The mock as one test sees it.

    Attributes:
        url: Its base URL.
        key: The API key that it accepts.
    """

    def __init__(self, mock: RunningMock, contracts: Sequence[Contract]) -> None:
        """Begin anew: no requests, no faults, the clock and the balances as in the beginning.

        Args:
            mock: The mock, which is being served.
            contracts: The APIs that it serves.
        """
        self.url = mock.url
        self.key = mock.key
        self._mock = mock
        self._contracts = tuple(contracts)
        self._transport: InProcessTransport | None = None
        mock.reset()

    def __repr__(self) -> str:
        return f"ImageGateway({self.url!r})"

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose."""
        return self._mock.faults

    @property
    def clock(self) -> Clock:
        """The clock by which links to images expire."""
        return self._mock.clock

    @property
    def balances(self) -> Balances:
        """What keys and wallets hold."""
        return self._mock.balances

    @property
    def transport(self) -> InProcessTransport:
        """Calls the mock without a socket: for httpx's blocking client and for the asynchronous one."""
        if self._transport is None:
            self._transport = transport(self._mock.app)
        return self._transport

    def env(self) -> dict[str, str]:
        """The environment variables that lead the generated clients to the mock, with its key."""
        found: dict[str, str] = {}
        for contract in self._contracts:
            keys = (scheme for scheme in contract.security_schemes.values() if scheme.credential == "key")
            found[contract.server_environment] = self.url
            found.update({scheme.environment: self.key for scheme in keys})
        found.pop("", None)
        return found

    def fail_next(self, ready: str = "", /, **fields: Any) -> Step:
        """Have the next request fail: ``fail_next("rate-limit", retry_after=1)``, ``fail_next(status=503, times=2)``.

        Args:
            ready: The name of a ready-made fault.
            fields: The fields of `Fault`.

        Raises:
            FaultError: There is no such fault; the message says which there are.
        """
        __tracebackhide__ = True
        return self.faults.fail_next(ready, **fields)

    def requests(self, **chosen: Unpack[Chosen]) -> tuple[Entry, ...]:
        """The requests that came in during this test, in their order.

        Args:
            chosen: Which, e.g. ``operation="editImages", status="4xx"``; all if nothing is said.

        Raises:
            InvalidFilterError: There is no such operation, API or outcome; a `ValueError`.
        """
        return self._mock.control.requests(JournalFilter(**chosen))

    def attempts(self, operation: str | None = None) -> tuple[Attempt, ...]:
        """The same as attempts, each with the times that the mock saw and its distance from the one before.

        Args:
            operation: Requests of this operationId alone; all if None.
        """
        return self._mock.attempts(operation)

    def assert_requested(self, operation: str, /, times: int = 1, **fields: object) -> tuple[Entry, ...]:
        """Assert how often an operation was requested, in whatever way it was answered.

        Args:
            operation: The operationId.
            times: How often; 0 for never.
            fields: Only requests count whose bodies have these fields; see `differences` for what may be expected.

        Returns:
            The requests that count.

        Raises:
            AssertionError: It was requested more often or less often. The message shows what came in.
            ValueError: There is no such operation, or neither the spec nor a request has such a field.
        """
        __tracebackhide__ = True
        self._check_operation(operation)
        self._check_fields(operation, fields)
        of_operation = [(number, entry) for number, entry in self._numbered() if entry.operation == operation]
        compared = [(number, entry, list(differences(fields, entry))) for number, entry in of_operation]
        found = tuple(entry for _, entry, other in compared if not other)
        if len(found) != times:
            lines = [_miscounted(operation, fields, found=len(found), all_in_all=len(of_operation), expected=times)]
            lines += [f"Request {number} differs: {'; '.join(other)}." for number, _, other in compared if other]
            raise AssertionError(self._with_journal(lines))
        return found

    def assert_nothing_refused(self) -> None:
        """Assert that no request broke a rule, lacked a credential or money, or couldn't be read. Faults don't count.

        Raises:
            AssertionError: One was refused. The message shows which, and why.
        """
        __tracebackhide__ = True
        numbered = self._numbered()
        refused = [(number, entry) for number, entry in numbered if entry.verdict or entry.refused_because]
        if refused:
            raise AssertionError(f"{len(refused)} of {len(numbered)} requests were refused:\n{lines_of(refused)}")

    def assert_no_remarks(self) -> None:
        """Assert that no request had a field that no document knows, or a file that is no image.

        Such a request may break no rule: the gateway leaves out what it doesn't know, and nothing comes of it.

        Raises:
            AssertionError: One had. The message shows which, and where.
        """
        __tracebackhide__ = True
        numbered = self._numbered()
        odd = [(number, entry) for number, entry in numbered if entry.remarks]
        if odd:
            raise AssertionError(f"There are remarks on {len(odd)} of {len(numbered)} requests:\n{lines_of(odd)}")

    def assert_faults_used(self) -> None:
        """Assert that every fault of the script hit as many requests as it was to hit; one of any number, at least one.

        Raises:
            AssertionError: One didn't. The message shows which, and what came in.
        """
        __tracebackhide__ = True
        unused = [step for step in self.faults.steps() if (step.left if step.left is not None else not step.uses)]
        if unused:
            lines = ["Faults are still to come:"]
            for step in unused:
                left = "never used" if not step.uses else f"{step.left} more expected"
                lines.append(f"    {told(step.fault.as_json())}: {left}")
            raise AssertionError(self._with_journal(lines))

    def assert_paid(self, images: int) -> None:
        """Assert how many images were made, whether or not their answers arrived: that is what a gateway charges for.

        Args:
            images: How many.

        Raises:
            AssertionError: There were more or less. The message shows what came in.
        """
        __tracebackhide__ = True
        made = sum(len(entry.images) for entry in self.requests())
        if made != images:
            raise AssertionError(self._with_journal([f"Images were made: {made}, expected: {images}."]))

    def report(self) -> str:
        """What came in, as lines for a person."""
        return lines_of(self._numbered())

    def close(self) -> None:
        """Close what this test used; the mock is still served."""
        if self._transport:
            self._transport.close()

    def _numbered(self) -> list[tuple[int, Entry]]:
        return list(enumerate(self.requests(), 1))

    def _check_operation(self, operation: str) -> None:
        known = [known.id for contract in self._contracts for known in contract.operations]
        if operation not in known:
            raise ValueError(f"There is no operation {operation!r}. There are {', '.join(known)}.")

    def _check_fields(self, operation: str, fields: Mapping[str, object]) -> None:
        """Refuse to look for a field that a test misspells: to count on its absence would prove nothing."""
        shapes = [shape for known in self._operations(operation) for shape in known.shapes]
        known = {name for shape in shapes for name in shape.schema.get("properties", {})}
        came = {
            name for entry in self.requests(operation=operation) if isinstance(entry.body, dict) for name in entry.body
        }
        for name in fields.keys() - known - came:
            like = get_close_matches(name, known, 1)
            meant = f"Did you mean {like[0]}?" if like else f"It has {', '.join(sorted(known)) or 'none'}."
            raise ValueError(f"{operation} has no field {name!r}. {meant}")

    def _operations(self, operation: str) -> Iterator[Operation]:
        return (known for contract in self._contracts for known in contract.operations if known.id == operation)

    def _with_journal(self, lines: list[str]) -> str:
        return "\n".join([*lines, "What came in:", self.report()])


@contextmanager
def serving(*, seed: int = 0, **options: Unpack[SettingsOptions]) -> Iterator[tuple[RunningMock, Sequence[Contract]]]:
    """Serve the mock of the project's own specs for the length of a `with` block.

    Args:
        seed: Varies the images.
        options: The other fields of `Settings`.

    Yields:
        The mock, and the APIs that it serves.
    """
    contracts = load_all()
    with running(partial(create_app, contracts), seed=seed, **options) as mock:
        yield mock, contracts


def _miscounted(operation: str, fields: Mapping[str, object], *, found: int, all_in_all: int, expected: int) -> str:
    """How often an operation was requested, and how often it should have been."""
    what = ", ".join(f"{name}={told(value)}" for name, value in fields.items())
    if not fields or not all_in_all:
        return (
            f"{operation}{f' with {what}' if fields else ''}: requested {_times(found)}, expected {_times(expected)}."
        )
    if not found:
        return f"{operation}: requested {_times(all_in_all)}, but not with {what}; expected {_times(expected)}."
    so_often = f"{_times(found)} of them with {what}" if found < all_in_all else f"each time with {what}"
    return f"{operation}: requested {_times(all_in_all)}, {so_often}; expected {_times(expected)}."


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")
