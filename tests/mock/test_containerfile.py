"""What the container file says is true of the project: its files are there, its commands run. No engine is needed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx
import pytest
from typer.testing import CliRunner

import generator.mock
from generator.cli import app
from tests.mock.served import KEY, ROOT, served

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.mock.served import ServedMock

_FILE: Final = ROOT / "generator/mock/Containerfile"
_PORT: Final = "8000"


def _instructions() -> Iterator[tuple[str, str]]:
    text = re.sub(r"\\\n\s*", "", _FILE.read_text(encoding="utf-8"))
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition(" ")
            yield name, value


def _values(name: str) -> list[str]:
    return [value for known, value in _instructions() if known == name]


@pytest.fixture(scope="module")
def mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedMock]:
    """What the entry point serves, on a free port of this machine and in a folder of the test."""
    _, *options = json.loads(_values("ENTRYPOINT")[0])
    (folder,) = _values("VOLUME")
    own = tmp_path_factory.mktemp("container")
    assert options[0] == "mock"
    places = {_PORT: "0", "0.0.0.0": "127.0.0.1", folder: str(own)}  # noqa: S104  # what is replaced
    options = [places.get(option, option) for option in options[1:]]
    with served(own, *options) as mock:
        yield mock


def test_what_is_copied_is_there() -> None:
    copied = [value.split() for value in _values("COPY") if "--from" not in value]
    sources = [source for *sources, _ in copied for source in sources]
    assert {"requirements.lock", "pyproject.toml", "generator", "openapi"} <= {*sources}
    assert all((ROOT / source).exists() for source in sources)
    # All that the wheel is built of: what pyproject.toml names.
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name in (
        *re.findall(r'"(\w+)"', project.partition("\npackages =")[2].partition("\n")[0]),
        "README.md",
        "LICENSE",
    ):
        assert name in sources
        assert f'"{name}"' in project


def test_the_extra_that_is_installed_is_there_and_the_lock_has_hashes() -> None:
    (install,) = (value for value in _values("RUN") if "pip install" in value)
    named = re.search(r"'\.\[(\w+)\]'", install)
    assert named
    assert f"\n{named[1]} = [" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (download,) = (value for value in _values("RUN") if "pip download" in value)
    assert "--require-hashes" in download
    lock = (ROOT / download.rpartition("--requirement ")[2]).read_text(encoding="utf-8")
    assert lock.count("--hash=sha256:") >= lock.count("==")
    # Nothing is fetched while the project is built: what builds it is in the lock too.
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    builds_with = re.search(r'^requires = \["(.*)"\]', project, re.MULTILINE)
    assert builds_with
    assert builds_with[1] in lock


def test_the_entry_point_serves(mock: ServedMock) -> None:
    answer = httpx.get(f"{mock.url}/api/v1/models", headers={"Authorization": f"Bearer {KEY}"})
    assert answer.is_success


def test_its_health_check_tells_whether_it_serves(mock: ServedMock) -> None:
    (check,) = _values("HEALTHCHECK")
    _, *arguments = json.loads(check.partition("CMD ")[2])
    assert _values("EXPOSE") == [_PORT]
    assert f", {_PORT}," in arguments[1]
    for port, healthy in ((mock.port, True), (1, False)):
        own = [argument.replace(f", {_PORT},", f", {port},") for argument in arguments]
        done = subprocess.run([sys.executable, *own], capture_output=True, check=False)
        assert (done.returncode == 0) == healthy


def test_it_runs_as_nobody_special_and_names_no_registry() -> None:
    assert _values("USER") == ["mock"]
    names = [name for name, _ in _instructions()]
    assert names.index("USER") < names.index("VOLUME") < names.index("ENTRYPOINT")
    assert all("/" not in image.split()[0] for image in _values("FROM"))


def test_programs_are_where_they_are_installed() -> None:
    (install,) = (value for value in _values("RUN") if "pip install" in value)
    folder = re.search(r"python -m venv (\S+)", install)
    assert folder
    for text in (_values("ENTRYPOINT")[0], _values("HEALTHCHECK")[0].partition("CMD ")[2]):
        assert Path(json.loads(text)[0]).parent == Path(folder[1], "bin")


def test_keys_come_from_the_variable_that_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    (variable,) = set(re.findall(r"IMAGE_CONTRACT_\w+", _FILE.read_text(encoding="utf-8")))
    given: list[Sequence[str]] = []

    def serve(*_where: object, keys: Sequence[str], **_options: object) -> int:
        given.append(keys)
        return 0

    monkeypatch.setattr(generator.mock, "serve", serve)
    monkeypatch.setenv(variable, "one two")
    for options in ([], ["--key", "three"]):
        assert CliRunner().invoke(app, ["mock", *options]).exit_code == 0
    assert given == [["one", "two"], ["three"]]
