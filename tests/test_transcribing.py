"""The README of the specs is followed to the letter: its made-up page becomes client, mock, conformance and docs."""

from __future__ import annotations

import importlib
import re
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from generator.conformance import ExitCode, Outcome, Settings, run
from generator.mock import DEFAULT_KEY, create_app, running, transport
from generator.release.command import place_of_folder
from generator.release.generating import generate_and_lock
from generator.spec import load, openapi_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.spec import Contract

_NAME = "pixelry"
_FIELDS = ("model", "prompt", "negative_prompt", "n", "size", "seed", "format", "steps", "tags", "watermark")
_SENT = {"model": "draw-1", "prompt": "A cat", "n": 2, "size": "512*512", "steps": 15, "tags": ["cat"]}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the README's spec, and what is generated from it."""
    folder = tmp_path_factory.mktemp("transcribed")
    readme = (openapi_folder() / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(rf"^```yaml {_NAME}\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    (folder / "openapi").mkdir()
    (folder / "openapi" / f"{_NAME}.yaml").write_text("".join(blocks), encoding="utf-8")
    generate_and_lock(place_of_folder(folder / "openapi", folder / "packages"))
    return folder


@pytest.fixture(scope="module")
def contract(project: Path) -> Contract:
    return load(project / "openapi" / f"{_NAME}.yaml")


@pytest.fixture(scope="module")
def package(project: Path) -> Iterator[Any]:
    sys.path.insert(0, str(project / "packages"))
    yield importlib.import_module(_NAME)
    sys.path.remove(str(project / "packages"))
    for name in [name for name in sys.modules if name.partition(".")[0] == _NAME]:
        del sys.modules[name]


def test_the_client_draws_at_the_mock(package: Any, contract: Contract, tmp_path: Path) -> None:
    with running(partial(create_app, [contract])) as mock, package.Pixelry(mock.key, base_url=mock.url) as client:
        saved = client.drawings.create(**_SENT).save(tmp_path)
    assert len(saved) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("model", "draw-2"),
        ("prompt", "x" * 501),
        ("negative_prompt", "x" * 201),
        ("n", 5),
        ("size", "100*100"),
        ("seed", -1),
        ("format", "gif"),
        ("steps", 12),
        ("tags", ["cat", "cat"]),
        ("watermark", "yes"),
        ("model", "draw-1-fast"),  # which makes one alone
    ],
)
def test_client_and_mock_refuse_what_the_page_does_not_allow(
    package: Any, contract: Contract, field: str, value: object
) -> None:
    arguments = {**_SENT, field: value}
    told = "n" if value == "draw-1-fast" else field
    with running(partial(create_app, [contract])) as mock, package.Pixelry(mock.key, base_url=mock.url) as client:
        with pytest.raises(package.errors.RequestRefused) as refused:
            client.drawings.create(**arguments)
        assert {breach.field.partition("/")[0] for breach in refused.value.breaches} == {told}
        with pytest.raises(package.errors.BadRequest):
            client.drawings.create(**arguments, validate=False)


def test_conformance_judges_every_rule_of_the_body(contract: Contract) -> None:
    settings = Settings(base_url="http://mock.example", token=DEFAULT_KEY)
    with transport(create_app([contract])) as carrier:
        report = run(contract, settings, transport=carrier)
    assert report.findings == ()
    assert report.exit_code is ExitCode.CONFORMS
    judged = {each.rule for each in report.verdicts if each.outcome is Outcome.CONFORMS}
    assert {f"createDrawings/drawings/{name}" for name in _FIELDS} <= {"/".join(r.split("/")[:3]) for r in judged}
    assert "createDrawings/drawings/n/maximum/when-model-draw-1-fast" in judged


def test_the_docs_tell_every_field(project: Path) -> None:
    client = (project / "packages" / _NAME / "README.md").read_text(encoding="utf-8")
    table = (project / "openapi" / "RULES.md").read_text(encoding="utf-8")
    for name in _FIELDS:
        assert f"| `{name}`" in client
        assert f"`createDrawings/drawings/{name}/" in table
    assert "`createDrawings/drawings/n/maximum/when-model-draw-1-fast`" in table
