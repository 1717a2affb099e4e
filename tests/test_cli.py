"""The command line: what a user can mend is told in plain words, with an exit code, and nothing is half-written."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from generator.spec import load_all, openapi_folder

if TYPE_CHECKING:
    from pathlib import Path


def _run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("IMAGE_CONTRACT_")}
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    # Wide, so that no message is broken where a test looks for it.
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=cwd, env={**environment, "COLUMNS": "300"}
    )


@pytest.fixture
def openapi(tmp_path: Path) -> Path:
    """A copy of the project's specs that a test may spoil."""
    folder = tmp_path / "openapi"
    shutil.copytree(openapi_folder(), folder)
    return folder


def test_help_lists_the_commands() -> None:
    done = _run("--help")
    assert done.returncode == 0
    for command in ("generate", "check", "diff", "rules", "lint", "mock", "conformance"):
        assert command in done.stdout


def test_the_version_is_told() -> None:
    done = _run("--version")
    assert done.returncode == 0
    assert done.stdout == f"image-contract {version('image-contract')}\n"


def test_help_imports_nothing_heavy() -> None:
    heavy = ["openapi_python_client", "jsonschema_rs", "starlette", "PIL", "schemathesis", "httpx"]
    code = f"import sys, generator.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_rules_as_json_are_all_rules() -> None:
    done = _run("rules", "--json")
    assert done.returncode == 0
    listed = json.loads(done.stdout)
    assert [rule["id"] for rule in listed] == [rule.id for contract in load_all() for rule in contract.rules]
    wanted = {"operation", "shape", "media_type", "field", "keyword", "value", "level", "document"}
    assert all(wanted <= rule.keys() for rule in listed)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("openapi: 3.1.1\n", "openapi: [3.1.1\n", "syntax-error"),
        ("x-known-values: [1K", "x-known-valuez: [1K", "x-known-valuez"),
        ('"16:9"]', "16:9]", "unquoted-ratio"),
        ("operationId: listModels", "operationId: editImage", "duplicate-operation-id"),
        ("maxLength: 32768", "maxLength: many", "maxLength"),
    ],
)
def test_a_spoilt_spec_is_refused_with_file_and_line_and_nothing_is_written(
    openapi: Path, tmp_path: Path, old: str, new: str, told: str
) -> None:
    spec = openapi / "venice.yaml"
    text = spec.read_text()
    assert old in text
    spec.write_text(text.replace(old, new))
    before = {path: path.read_bytes() for path in openapi.iterdir()}

    done = _run("generate", "--openapi", openapi, "--output", tmp_path / "out")

    assert done.returncode == 1
    assert f"{spec}:" in done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
    assert {path: path.read_bytes() for path in openapi.iterdir()} == before


def test_a_missing_spec_is_named(tmp_path: Path) -> None:
    done = _run("lint", tmp_path / "nowhere.yaml")
    assert done.returncode == 1
    assert "nowhere.yaml: [missing-file]" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_folder_of_specs_is_told(tmp_path: Path) -> None:
    done = _run("generate", "--openapi", tmp_path, "--output", tmp_path / "out")
    assert done.returncode == 1
    assert "no-spec" in done.stderr


def test_an_output_that_cant_be_written_is_told(openapi: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    done = _run("generate", "--openapi", openapi, "--output", tmp_path / "file")
    assert done.returncode == 2
    assert "file" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "file").read_text() == "no folder"


def test_a_port_in_use_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = _run("mock", "--port", str(port))
    assert done.returncode == 2
    assert str(port) in done.stderr
    assert "Traceback" not in done.stderr


def test_check_is_silent_on_what_is_generated_and_names_what_is_not(openapi: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert _run("generate", "--openapi", openapi, "--output", out).returncode == 0
    assert _run("check", "--openapi", openapi, "--output", out).returncode == 0
    model = out / "powertokens" / "models" / "_generate_images_prompt.py"
    model.write_text(model.read_text().replace("Maximum(6)", "Maximum(7)"))

    done = _run("check", "--openapi", openapi, "--output", out)

    assert done.returncode == 1
    assert "_generate_images_prompt.py" in done.stdout
    assert "Maximum(7)" in done.stdout


def test_diff_says_whom_a_change_breaks(openapi: Path, tmp_path: Path) -> None:
    old = openapi / "powertokens.yaml"
    new = tmp_path / "new" / "powertokens.yaml"
    new.parent.mkdir()
    new.write_text(old.read_text().replace("maxLength: 800", "maxLength: 700"))
    assert _run("diff", old, old).returncode == 0
    done = _run("diff", old, new, "--json")
    assert done.returncode == 1
    (spec,) = json.loads(done.stdout)["specs"]
    assert {change["rule"] for change in spec["changes"]} >= {"generateImages/prompt/prompt/maxLength"}


def test_a_bare_install_says_what_to_install() -> None:
    """Without typer, as where only the clients were installed."""
    code = "import sys; sys.modules['typer'] = None; from generator.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "pip install 'image-contract[mock]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_package_of_a_spec_that_is_no_more_goes_and_other_folders_stay(openapi: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "notes").mkdir(parents=True)
    (out / "notes" / "mine.txt").write_text("not generated")
    assert _run("generate", "--openapi", openapi, "--output", out).returncode == 0
    (openapi / "venice.yaml").unlink()

    done = _run("generate", "--openapi", openapi, "--output", out)

    assert f"removed {out / 'venice'}" in done.stdout
    assert sorted(path.name for path in out.iterdir()) == ["notes", "powertokens"]


@pytest.mark.parametrize(
    "arguments", [["powertokens"], ["powertokens", "--bogus"], ["nothing", "--base-url", "http://x"]]
)
def test_wrong_usage_of_conformance_is_told_apart_from_a_gateway_that_cant_be_judged(arguments: list[str]) -> None:
    assert _run("conformance", *arguments).returncode == 3


_PETS = """\
openapi: 3.0.3
info: {title: Pets, version: "1"}
servers: [{url: https://pets.example}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses: {"204": {description: None.}}
"""


def test_a_package_of_any_spec_is_generated_and_checked(tmp_path: Path) -> None:
    spec, output = tmp_path / "specs" / "pets.yaml", tmp_path / "clients"
    spec.parent.mkdir()
    spec.write_text(_PETS)
    wanted = ("--spec", spec, "--output", output, "--package", "pet_shop")
    assert _run("generate", *wanted).returncode == 0
    assert (output / "pet_shop" / "contract.lock.json").is_file()
    assert "up to date" in _run("generate", *wanted).stdout
    assert _run("check", *wanted).returncode == 0
    assert _run("check", "--output", output, "--package", "pet_shop").returncode == 0

    spec.write_text(_PETS.replace("listPets", "countPets"))
    done = _run("check", "--output", output, "--package", "pet_shop")
    assert done.returncode == 1
    assert "[spec-edited]" in done.stdout
    assert f"Run `image-contract generate --output {output} --package pet_shop`" in done.stdout

    spec.write_text("nothing")
    done = _run("generate", *wanted)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["generate", "check"])
def test_what_names_no_package_is_told(tmp_path: Path, command: str) -> None:
    for given in (("--package", "../up"), ("--package", "nobody"), ("--spec", "pets.yaml", "--openapi", tmp_path)):
        done = _run(command, "--output", tmp_path, *given)
        assert done.returncode == 2
        assert "--spec" in done.stderr or "--package" in done.stderr
        assert "Traceback" not in done.stderr


def test_ctrl_c_leaves_every_package_as_it_was(openapi: Path, tmp_path: Path) -> None:
    """A process is sent the signal as soon as it has begun to prepare its files."""
    out = tmp_path / "out"
    assert _run("generate", "--openapi", openapi, "--output", out).returncode == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    spec = openapi / "powertokens.yaml"
    spec.write_text(spec.read_text().replace("maxLength: 800", "maxLength: 700"))
    command = [sys.executable, "-m", "generator", "generate", "--openapi", str(openapi), "--output", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not list(out.glob(".image-contract-*/built")):
            os.sched_yield()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()
    assert process.returncode == 130, told
    assert "Interrupted" in told
    assert "Traceback" not in told
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
