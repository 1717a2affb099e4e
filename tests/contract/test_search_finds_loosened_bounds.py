"""The search for a disagreement is worth something: where a client's bound is off by one, it finds the body."""

from __future__ import annotations

import importlib.util
import itertools
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import Phase, find, settings

from .agreement import disagreement
from .bodies import bodies
from .search import DEEP, SEARCH
from .subjects import Subject, subjects
from .verdicts import ClientSide, MockSide

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from generator.spec import Rule

pytestmark = [
    # A deprecated field is a legal one; that it warns is for other tests.
    pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning"),
    # A body found may hold a text of 32,768 characters; that Hypothesis shows it whole is no failure of its own.
    pytest.mark.filterwarnings("ignore:Generating overly large repr:hypothesis.errors.HypothesisWarning"),
]

OFF_BY_ONE = {"minimum": -1, "maximum": 1, "minLength": -1, "maxLength": 1}
"""By how much a bound is moved so that it lets one value more pass."""

LONG = settings(SEARCH, max_examples=3000, database=None, phases=[Phase.generate])
"""It ends with the first body found; that is a matter of some dozens, as a rule."""


def _bounds() -> list[tuple[Subject, Rule]]:
    """The bounds on fields of the request itself; of each keyword the first, unless all cases are asked for."""
    found = [
        (subject, rule)
        for subject in subjects()
        for rule in subject.shape.rules
        if rule.keyword in OFF_BY_ONE and "." not in rule.field and "[" not in rule.field
    ]
    if DEEP:
        return found
    by_keyword = itertools.groupby(sorted(found, key=lambda pair: pair[1].keyword), key=lambda pair: pair[1].keyword)
    return [next(pairs) for _, pairs in by_keyword]


@pytest.mark.deep
@pytest.mark.parametrize(("subject", "rule"), [pytest.param(*pair, id=pair[1].id) for pair in _bounds()])
def test_search_finds_a_body_that_a_bound_off_by_one_lets_pass(
    subject: Subject, rule: Rule, mock_side: MockSide, tmp_path: Path
) -> None:
    with _loosened(subject, rule, tmp_path) as loose:
        client_side = ClientSide(loose)

        def differs(body: dict[str, object]) -> bool:
            return rule.id in disagreement(client_side.verdict(body), mock_side.verdict(subject, body))

        body = find(bodies(subject), differs, settings=LONG)
    assert ClientSide(subject).verdict(body) == mock_side.verdict(subject, body)


@contextmanager
def _loosened(subject: Subject, rule: Rule, folder: Path) -> Iterator[Subject]:
    """The subject with a copy of its package in which a rule's bound is off by one."""
    package = folder / "loosened"
    shutil.copytree(Path(subject.package.__path__[0]), package, ignore=shutil.ignore_patterns("__pycache__"))
    _loosen(package / "models", rule)
    try:
        yield evolve(subject, package=_imported(package))
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == package.name]:
            del sys.modules[name]


def _loosen(models: Path, rule: Rule) -> None:
    check = f"{rule.keyword[0].upper()}{rule.keyword[1:]}"
    tight, loose = f"{check}({rule.value})", f"{check}({rule.value + OFF_BY_ONE[rule.keyword]})"
    quoted = f'"{rule.id}",'
    stated = [file for file in models.glob("*.py") if quoted in file.read_text(encoding="utf-8")]
    assert len(stated) == 1
    before, after = stated[0].read_text(encoding="utf-8").split(quoted)
    assert after.lstrip().startswith(tight)
    stated[0].write_text(before + quoted + after.replace(tight, loose, 1), encoding="utf-8")


def _imported(package: Path) -> ModuleType:
    place = importlib.util.spec_from_file_location(package.name, package / "__init__.py")
    assert place is not None
    assert place.loader is not None
    module = importlib.util.module_from_spec(place)
    sys.modules[package.name] = module
    place.loader.exec_module(module)
    return module
