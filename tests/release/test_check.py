from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.client import generate
from generator.release import check, describe
from generator.spec import load_all, openapi_folder
from generator.spec.table import write_markdown


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder with one spec and its table, and what is generated from it."""
    folder = tmp_path_factory.mktemp("project")
    openapi, output = folder / "openapi", folder / "generated_client"
    openapi.mkdir()
    shutil.copy(openapi_folder() / "venice.yaml", openapi)
    contracts = load_all(openapi)
    generate(contracts, output)
    write_markdown(contracts, openapi)
    return openapi, output


@pytest.fixture
def project(generated: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """A copy of it, to be spoilt."""
    openapi, output = (Path(shutil.copytree(folder, tmp_path / folder.name)) for folder in generated)
    return openapi, output


def test_what_was_just_generated_is_up_to_date(project: tuple[Path, Path]) -> None:
    assert check(*project) == []
    assert describe([]) == "All generated files are up to date."


def test_every_drift_is_told(project: tuple[Path, Path]) -> None:
    openapi, output = project
    (output / "venice" / "_client.py").write_text("# edited by hand\n", encoding="utf-8")
    (output / "venice" / "errors.py").unlink()
    (output / "venice" / "stale.py").touch()
    (output / "venice" / "__pycache__").mkdir()
    (output / "venice" / "__pycache__" / "_client.cpython-311.pyc").touch()
    (openapi / "RULES.md").write_text("# Rules\n", encoding="utf-8")
    drifts = check(openapi, output)
    assert [(drift.path.name, drift.kind) for drift in drifts] == [
        ("_client.py", "changed"),
        ("errors.py", "missing"),
        ("stale.py", "extra"),
        ("RULES.md", "changed"),
    ]
    told = describe(drifts)
    assert "-# edited by hand" in told
    assert told.endswith("4 files are not what the specs give. Run `image-contract generate`.")


def test_a_change_of_a_spec_is_a_drift(project: tuple[Path, Path]) -> None:
    openapi, output = project
    spec = openapi / "venice.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("maxLength: 10\n", "maxLength: 11\n"), encoding="utf-8")
    drifts = check(openapi, output)
    assert {"_edit_image_json.py", "RULES.md"} <= {drift.path.name for drift in drifts}
    assert any("+" in drift.difference and "11" in drift.difference for drift in drifts)


def test_checking_writes_nothing(project: tuple[Path, Path]) -> None:
    openapi, output = project
    shutil.rmtree(output)
    (openapi / "RULES.md").unlink()
    assert {drift.kind for drift in check(openapi, output)} == {"missing"}
    assert not output.exists()
    assert not (openapi / "RULES.md").exists()


def test_a_file_that_is_no_text_differs_without_a_diff(project: tuple[Path, Path]) -> None:
    openapi, output = project
    (output / "venice" / "_client.py").write_bytes(b"\xff\xfe")
    (drift,) = check(openapi, output)
    assert (drift.kind, drift.difference) == ("changed", "")
