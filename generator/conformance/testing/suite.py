"""Makes the tests of a suite, one a rule."""

from __future__ import annotations

import warnings
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal

import pytest
from attrs import evolve, field, frozen

from generator.conformance.reasons import joined
from generator.conformance.settings import Settings
from generator.conformance.testing.results import ConformanceWarning, Result, Results
from generator.conformance.testing.running import Gateway, judged, once
from generator.conformance.verdicts import Outcome
from generator.spec import load, openapi_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from generator.spec import Contract

OnWarning = Literal["warn", "note", "fail"]
_PARAMETER = "conformance_rule"
_BEHAVIOURS = "behaviours"
_RUN = "run"
_SECTION = "conformance"


def rule_tests(
    api: str,
    *,
    gateway: str | Callable[..., Any] | Gateway,
    token: str | None = None,
    on_warning: OnWarning = "warn",
    openapi: Path | None = None,
    operations: Collection[str] | None = None,
    **settings: Any,
) -> Callable[..., None]:
    """One test for each rule of a spec. Bind it to a name that pytest collects, such as ``test_rule``.

    A test fails where the gateway violates its rule, with the requests that show it. It is skipped where nothing told,
    with why. What no keyword states, as that ``n`` images come, has one test an operation, ``OPERATION/behaviours``.
    The test ``run`` fails where the gateway couldn't be judged, which would else look like success.

    Args:
        api: The name of a spec, e.g. ``powertokens``.
        gateway: Its base URL; an ASGI application; a `Gateway`; or the name of a fixture that gives one of these.
        token: The API key; that of the environment variable IMAGE_CONTRACT_TOKEN if None.
        on_warning: What becomes of a breach that no page of the provider forbids: a ConformanceWarning, a note in the
            test's report, or a failure. The option ``--conformance-warnings`` wins.
        openapi: The folder of specs; the project's own if None.
        operations: The operationIds to judge; all if None.
        settings: More fields of `generator.conformance.Settings`, e.g. ``no_billable=True`` or ``max_billable=20``.

    Returns:
        The test.

    Raises:
        ValueError: There is no such spec or operation.
        TypeError: There is no such setting.
    """
    contract = _contract(api, openapi or openapi_folder())
    chosen = _chosen(contract, operations)
    suite = _Suite(contract, gateway, token, on_warning, Settings(base_url="", operations=chosen, **settings))
    ids = list(_ids(contract, chosen))

    @pytest.mark.image_contract
    @pytest.mark.parametrize(_PARAMETER, ids, ids=ids)
    def test_rule(conformance_rule: str, request: pytest.FixtureRequest) -> None:
        __tracebackhide__ = True
        suite.test(conformance_rule, request)

    test_rule.__doc__ = f"A rule of {contract.title}."
    return test_rule


@frozen
class _Suite:
    contract: Contract
    gateway: str | Callable[..., Any] | Gateway
    token: str | None = field(repr=False)
    on_warning: OnWarning
    settings: Settings
    _kept: dict[str, Results | str] = field(factory=dict, init=False, repr=False)

    def test(self, rule: str, request: pytest.FixtureRequest) -> None:
        """Tell what the run found of a rule, as tests tell it."""
        __tracebackhide__ = True
        results = self._results(request)
        if isinstance(results, str):
            pytest.fail(results, pytrace=False)
        if rule == _RUN:
            request.node.add_report_section("call", _SECTION, results.cost)
            if results.unjudged:
                pytest.fail(f"The gateway couldn't be judged in full:\n{results.unjudged}", pytrace=False)
            return
        found = results.rules.get(rule)
        if rule.endswith(f"/{_BEHAVIOURS}"):
            found = self._behaviours(rule.partition("/")[0], results)
        self._tell(rule, found or Result(Outcome.NOT_TESTED, results.unjudged or "nothing was told of it", ""), request)

    def _tell(self, rule: str, found: Result, request: pytest.FixtureRequest) -> None:
        __tracebackhide__ = True
        text = found.text or f"{rule}: {found.why}"
        told = request.config.getoption("conformance_warnings", None) or self.on_warning
        if found.outcome == Outcome.VIOLATES or (found.outcome == Outcome.WARNS and told == "fail"):
            pytest.fail(text, pytrace=False)
        if found.outcome == Outcome.WARNS:
            request.node.add_report_section("call", _SECTION, text)
            if told == "warn":
                warnings.warn(ConformanceWarning(text), stacklevel=2)
        if found.outcome in {Outcome.NOT_TESTED, Outcome.NOT_APPLICABLE}:
            pytest.skip(f"{found.outcome}: {found.why}" if found.why else str(found.outcome))

    def _behaviours(self, operation: str, results: Results) -> Result:
        """What is said of all that has no test of its own."""
        own = {rule.id for rule in self.contract.rules}
        others = [
            result for rule, result in results.rules.items() if rule.startswith(f"{operation}/") and rule not in own
        ]
        worst = next((each for each in _WORST_FIRST if any(one.outcome == each for one in others)), Outcome.NOT_TESTED)
        broken = [one.text for one in others if one.outcome in {Outcome.VIOLATES, Outcome.WARNS} and one.text]
        return Result(worst, joined(one.why for one in others if one.why), "\n\n".join(broken))

    def _results(self, request: pytest.FixtureRequest) -> Results | str:
        """What the run found; it is made now if it wasn't yet. A text says why there is nothing."""
        test = request.node.nodeid.partition("[")[0]
        if test not in self._kept:
            settings = evolve(self.settings, operations=self._selected(test, request))
            try:
                self._kept[test] = self._shared(test, settings, request)
            except Exception as error:
                self._kept[test] = f"The run failed before: {type(error).__name__}"
                raise
        return self._kept[test]

    def _shared(self, test: str, settings: Settings, request: pytest.FixtureRequest) -> Results:
        worker: dict[str, Any] | None = getattr(request.config, "workerinput", None)

        def run() -> Results:
            return judged(self.contract, self._gateway(request), settings)

        if worker is None:
            return run()
        folder = request.getfixturevalue("tmp_path_factory").getbasetemp().parent
        return once(folder, f"{worker['testrunuid']} {test}", run)

    def _gateway(self, request: pytest.FixtureRequest) -> Gateway:
        given = self.gateway
        if isinstance(given, str) and "://" not in given:
            given = request.getfixturevalue(given)
        if isinstance(given, Gateway):
            return given if given.token or not self.token else evolve(given, token=self.token)
        return Gateway(given, self.token)

    def _selected(self, test: str, request: pytest.FixtureRequest) -> Collection[str] | None:
        """The operations that tests are selected of, so that no other is judged, and paid for."""
        calls = (getattr(item, "callspec", None) for item in request.session.items if _is_of(item, test))
        rules = {call.params[_PARAMETER] for call in calls if call is not None}
        selected = {rule.partition("/")[0] for rule in rules} - {_RUN}
        known = [each.id for each in self.contract.operations if each.id in selected]
        return known or self.settings.operations


_WORST_FIRST = (Outcome.VIOLATES, Outcome.WARNS, Outcome.CONFORMS)


def _is_of(item: pytest.Item, test: str) -> bool:
    return item.nodeid.partition("[")[0] == test


def _ids(contract: Contract, operations: Collection[str] | None) -> Iterator[str]:
    for operation in contract.operations:
        if operations is None or operation.id in operations:
            yield from (rule.id for rule in operation.rules)
            yield f"{operation.id}/{_BEHAVIOURS}"
    yield _RUN


def _contract(api: str, folder: Path) -> Contract:
    found = {path.stem: path for path in sorted(folder.glob("*")) if path.suffix in {".yaml", ".yml", ".json"}}
    if api not in found:
        raise ValueError(f"There is no spec {api!r} in {folder}. There are: {', '.join(found) or 'none'}.")
    return load(found[api])


def _chosen(contract: Contract, operations: Collection[str] | None) -> Collection[str] | None:
    known = [each.id for each in contract.operations]
    for name in operations or ():
        if name not in known:
            close = get_close_matches(name, known, 1)
            hint = f"Did you mean {close[0]}?" if close else f"It has {', '.join(known)}."
            raise ValueError(f"{contract.title} has no operation {name!r}. {hint}")
    return tuple(operations) if operations is not None else None
