"""Whatever texts a spec holds, every command that reads it ends, without a traceback, and prints them as texts."""

from __future__ import annotations

import gc
import json
import os
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from generator.conformance import Settings, command, run
from generator.mock import DEFAULT_KEY, create_app, transport
from generator.spec import SpecError, load

from . import foreign_specs, house_specs
from .commanding import commanded
from .generating import lay_out
from .judging import judge_html, judge_page, judge_printed
from .planted import CODE, CONTROLS, NAMES, PATHS
from .texts import dice
from .watching import watching

if TYPE_CHECKING:
    from generator.spec import Contract

    from .texts import Dice

_DEEP = bool(os.environ.get("IMAGE_CONTRACT_DEEP"))
_SHARDS, _EACH = (10, 20) if _DEEP else (1, 4)
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
_some = settings(max_examples=_EACH, phases=[Phase.generate], database=None, deadline=None, suppress_health_check=_SLOW)
_SMALL = Path(__file__).parents[1] / "spec" / "small.yaml"
_BARE = {
    "openapi": "3.1.0",
    "info": {"title": "x", "version": "1"},
    "paths": {"/good": {"get": {"responses": {"200": {"description": "Good."}}}}},
}


@pytest.fixture
def openapi(tmp_path: Path) -> Path:
    """A folder of specs, in one that has room for what commands write."""
    gc.collect()  # what earlier tests left would be tidied up while this one is watched
    folder = tmp_path / "openapi"
    folder.mkdir()
    return folder


def _written(spec: Path, document: Any) -> Path:
    spec.write_text(house_specs.written(document), encoding="utf-8")
    return spec


def _contract(spec: Path) -> Contract | None:
    try:
        return load(spec)
    except SpecError:
        return None


@pytest.mark.deep
@pytest.mark.parametrize("shard", range(_SHARDS))
def test_texts_of_own_specs_are_told_as_texts(shard: int, openapi: Path, tmp_path: Path) -> None:
    told: list[int] = []

    @_some
    @seed(shard)
    @given(dice())
    def tell(decides: Dice) -> None:
        document = house_specs.document(decides)
        spec = _written(openapi / "small.json", document)
        contract = _contract(spec)
        code, _ = commanded(tmp_path, "lint", "--openapi", openapi)
        assert code == (contract is None)
        _, findings = commanded(tmp_path, "lint", "--openapi", openapi, "--format", "json")
        assert bool(json.loads(findings)) == (contract is None)
        if contract is None:
            return
        told.append(len(contract.rules))
        commanded(tmp_path, "rules", "--openapi", openapi)
        rules = json.loads(commanded(tmp_path, "rules", "--openapi", openapi, "--format", "json")[1])
        assert len(rules) == len(contract.rules)
        judge_page(commanded(tmp_path, "rules", "--openapi", openapi, "--format", "markdown")[1], "rules")
        for form in ("text", "json", "markdown"):
            words = commanded(tmp_path, "explain", contract.rules[0].id, "--openapi", openapi, "--format", form)[1]
            if form == "markdown":
                judge_page(words, "explain")
        _tell_difference(tmp_path, _SMALL, spec)

    tell()
    assert len(told) >= _EACH / 4


def _tell_difference(folder: Path, old: Path, new: Path) -> None:
    changes = json.loads(commanded(folder, "diff", old, new, "--json", "--no-python")[1])
    assert isinstance(changes, dict)
    commanded(folder, "diff", new, old, "--no-python")
    judge_page(commanded(folder, "diff", old, new, "--format", "markdown", "--no-python")[1], "diff")


@pytest.mark.deep
@pytest.mark.parametrize("shard", range(_SHARDS))
def test_texts_of_foreign_specs_are_told_as_texts(shard: int, tmp_path: Path) -> None:
    gc.collect()
    specs = lay_out(tmp_path).parent

    @_some
    @seed(shard)
    @given(dice())
    def tell(decides: Dice) -> None:
        document = foreign_specs.document(decides)
        spec, bare = specs / "spec.json", _written(specs / "bare.json", _BARE)
        spec.write_text(json.dumps(document), encoding="utf-8")  # half characters, too
        commanded(tmp_path, "lint", spec)
        if commanded(tmp_path, "diff", bare, spec, "--no-python")[0] != 2:
            _tell_difference(tmp_path, bare, spec)

    tell()


@pytest.mark.deep
@pytest.mark.parametrize("shard", range(_SHARDS))
def test_texts_of_specs_are_texts_to_the_mock_and_in_reports(
    shard: int, openapi: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[int] = []

    @settings(_some, max_examples=4)
    @seed(shard)
    @given(dice())
    def tell(decides: Dice) -> None:
        document = house_specs.document(decides)
        spec = _written(openapi / "small.json", document)
        contract = _contract(spec)
        if contract is None:
            return
        judged.append(len(contract.rules))
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        files = {kind: tmp_path / "out" / f"report.{kind}" for kind in ("json", "html", "junit", "har")}
        (tmp_path / "out").mkdir()
        wanted = Settings(base_url="http://mock.example", token=DEFAULT_KEY)
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        monkeypatch.setattr("tempfile.tempdir", None)
        with watching(tmp_path), transport(create_app([contract])) as carrier:
            monkeypatch.setattr(command, "run", partial(run, transport=carrier))
            code = command.conformance("small", wanted, command.Outputs(**files, verbose=True), openapi=openapi)
        printed = capsys.readouterr()
        assert "ended early" not in printed.out + printed.err, printed
        judge_printed(printed.out + printed.err)
        assert code in {0, 1, 2}, printed.err
        ET.parse(files["junit"])  # noqa: S314  written by ourselves
        json.loads(files["json"].read_text(encoding="utf-8"))
        json.loads(files["har"].read_text(encoding="utf-8"))
        judge_html(files["html"].read_text(encoding="utf-8"))

    tell()
    assert judged


@pytest.mark.parametrize("name", [*NAMES, *PATHS, *CONTROLS, CODE[0]], ids=lambda name: ascii(name)[:30])
def test_no_name_of_a_package_is_a_path_or_code(name: str, openapi: Path, tmp_path: Path) -> None:
    spec = _written(openapi / "spec.json", _BARE)
    output = tmp_path / "clients"
    code, _ = commanded(tmp_path, "generate", "--spec", spec, "--output", output, f"--package={name}")
    made = [path.name for path in output.iterdir()] if output.exists() else []
    assert made == ([name] if code == 0 else [])
    assert name.isidentifier() or code == 2


@pytest.mark.parametrize("name", ["x\x1b[31m", "x\u202e", "x\n[x]", "$(x)", "-x", "名前"])
def test_no_name_of_a_file_is_more_than_a_name(name: str, openapi: Path, tmp_path: Path) -> None:
    spec = openapi / f"{name}.json"
    spec.write_text("{", encoding="utf-8")
    assert commanded(tmp_path, "lint", "--", spec)[0] == 1
    _written(spec, _BARE)
    output = tmp_path / "clients"
    commanded(tmp_path, "generate", "--spec", spec, "--output", output, "--package", "good")
    spec.write_text("{", encoding="utf-8")
    commanded(tmp_path, "check", "--spec", spec, "--output", output, "--package", "good")
    commanded(tmp_path, "diff", "--", spec, spec)
