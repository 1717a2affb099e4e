"""Generating: the same bytes each time, what a spec says in what comes out, and nothing half-written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.client import generate
from generator.client.output import LOCK, OutputError
from generator.spec import load, load_all, openapi_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMMITTED = Path(__file__).resolve().parents[2] / "generated_client"


def _bytes(folder: Path) -> Mapping[str, bytes]:
    """Its files but for the lock file, which says with which code of the generator they were made."""
    left_out = {"__pycache__", LOCK}
    files = (path for path in folder.rglob("*") if path.is_file() and not left_out & set(path.parts))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_what_is_committed_is_what_the_specs_give(tmp_path: Path) -> None:
    generate(load_all(), tmp_path)
    for contract in load_all():
        assert _bytes(tmp_path / contract.name) == _bytes(_COMMITTED / contract.name)


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_output_is_the_same_under_any_hash_seed(tmp_path: Path, hash_seed: str) -> None:
    shutil.copytree(openapi_folder(), tmp_path / "openapi")
    arguments = ["generate", "--openapi", str(tmp_path / "openapi"), "--output", str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    command = [sys.executable, "-m", "generator", *arguments]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    for contract in load_all():
        assert _bytes(tmp_path / "out" / contract.name) == _bytes(_COMMITTED / contract.name)
    assert _bytes(tmp_path / "openapi") == _bytes(openapi_folder())


def test_a_changed_bound_changes_the_validator_and_the_docs_and_no_other_file(tmp_path: Path) -> None:
    folder = tmp_path / "openapi"
    folder.mkdir()
    text = (openapi_folder() / "powertokens.yaml").read_text()
    spec = folder / "powertokens.yaml"
    spec.write_text(text)
    generate([load(spec)], tmp_path / "out")
    changed = text.replace("maximum: 6\n", "maximum: 8\n")
    assert changed != text
    spec.write_text(changed)

    touched = generate([load(spec)], tmp_path / "out")

    names = {path.relative_to(tmp_path / "out" / "powertokens").as_posix() for path in touched}
    assert names == {
        "README.md",
        "models/_edit_images_multipart.py",
        "models/_edit_images_prompt.py",
        "models/_generate_images_prompt.py",
        "_resources/images.py",
    }
    model = (tmp_path / "out/powertokens/models/_generate_images_prompt.py").read_text()
    assert "Maximum(8)" in model
    assert "at most 8;" in " ".join(model.split())


def test_an_output_that_cant_be_written_is_refused_before_anything_is(tmp_path: Path) -> None:
    (tmp_path / "venice").write_text("not a folder")
    with pytest.raises(OutputError):
        generate(load_all(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["venice"]


def test_the_package_needs_attrs_and_httpx_alone() -> None:
    """Every module that importing brings in is of the standard library, or comes with attrs and httpx."""
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "import generated_client.powertokens, generated_client.venice\n"
        "tops = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(*sorted(tops - set(sys.stdlib_module_names)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    allowed = {"attr", "attrs", "httpx", "httpcore", "h11", "anyio", "sniffio", "idna", "certifi", "generated_client"}
    # What httpx itself brings in where it is installed, for its command line.
    optional = {"click", "rich", "pygments", "markdown_it", "mdurl", "socksio", "typing_extensions", "_cython_3_0_10"}
    assert set(done.stdout.split()) - optional <= allowed
