"""The behaviours that no keyword states are data, each used, each with an id of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.conformance import Report, Settings, behaviours, run
from generator.conformance.behaviours import load_behaviours
from generator.conformance.cases import Told, cases_of
from generator.mock import DEFAULT_KEY, create_app, transport
from generator.spec import Contract, Level, load_all
from generator.spec.field_roles import Role


@pytest.fixture(scope="module")
def used() -> set[str]:
    """The last parts of the ids of all rules that runs speak of: those of the cases, and those of answers."""
    told = Told(None, {Role.PROMPT: 100})
    operations = [(contract, operation) for contract in load_all() for operation in contract.operations]
    cases = [case for contract, each in operations for case in cases_of(contract, each, told, wallet=True)]
    verdicts = [verdict for contract in load_all() for verdict in _short_run(contract).verdicts]
    return {rule.rpartition("/")[2] for rule in (*(each.rule for each in cases), *(each.rule for each in verdicts))}


def _short_run(contract: Contract) -> Report:
    """A run that gets some images to look at."""
    settings = Settings(base_url="http://mock.example", token=DEFAULT_KEY, max_billable=60)
    with transport(create_app()) as carrier:
        return run(contract, settings, transport=carrier)


@pytest.mark.parametrize("name", [name for name in load_behaviours() if not name.startswith("upstream")])
def test_each_behaviour_is_tested_in_some_run(used: set[str], name: str) -> None:
    assert name in used


@pytest.mark.parametrize("name", [name for name in load_behaviours() if name.startswith("upstream")])
def test_each_behaviour_of_the_upstream_is_one_of_its_checks(name: str) -> None:
    folder = Path(behaviours.__file__).parent / "upstream"
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    assert f'"{name}"' in code or f"/{name}" in code


def test_ids_are_unique() -> None:
    entries = yaml.safe_load(Path(behaviours.__file__).with_name("behaviours.yaml").read_text(encoding="utf-8"))
    ids = [entry["id"] for entry in entries]
    assert len(ids) == len(set(ids)) == len(load_behaviours())


@pytest.mark.parametrize("behaviour", load_behaviours().values(), ids=load_behaviours())
def test_each_says_what_it_is(behaviour: behaviours.Behaviour) -> None:
    assert behaviour.about in {"operation", "shape", "field", "credential", "answer"}
    assert behaviour.level == "source" or Level(behaviour.level)
    assert behaviour.words.endswith(".")
    assert behaviour.good
    assert behaviour.bad
    assert behaviour.good != behaviour.bad


@pytest.mark.parametrize("source", list(Level))
def test_a_behaviour_is_never_more_certain_than_what_it_rests_on(source: Level) -> None:
    order = list(Level)
    for behaviour in load_behaviours().values():
        level = behaviour.level_by(source)
        assert order.index(level) >= order.index(source)
        assert level is source or level == behaviour.level
