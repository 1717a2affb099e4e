"""The plugin in the pytest of somebody else's project."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROOT: Final = Path(__file__).resolve().parents[3]
_HEAVY: Final = ("attrs", "httpx", "starlette", "PIL", "yaml", "jsonschema_rs", "uvicorn", "generator.spec")
_CALLED: Final = """
import httpx

def call(gateway, **fields):
    headers = {"Authorization": f"Bearer {gateway.key}"}
    body = {"model": "qwen-image-2.0-pro", "prompt": "A cat", **fields}
    with httpx.Client(transport=gateway.transport, base_url=gateway.url, headers=headers) as client:
        return client.post("/v1/images/generations", json=body)
"""


def _pytest(
    folder: Path, files: dict[str, str], *options: str, before: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Run pytest on files in a folder of their own, in a process of its own, warnings as errors.

    Args:
        folder: The folder.
        files: Their content, by name.
        options: More options of pytest.
        before: Python that runs before pytest does.
    """
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    code = "\n".join([*before, "import sys, pytest", "sys.exit(pytest.main(sys.argv[1:]))"])
    # Other plugins have nothing to do here, and take their time to be imported.
    without = [
        option for name in ("cacheprovider", "hypothesispytest", "schemathesis") for option in ("-p", f"no:{name}")
    ]
    command = [sys.executable, "-c", code, "-W", "error", *without, "--rootdir", str(folder), *options]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_pytest_finds_it() -> None:
    (found,) = entry_points(group="pytest11", name="image_contract")
    assert found.value == "generator.pytest_plugin"
    text = (_ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert '[project.entry-points.pytest11]\nimage_contract = "generator.pytest_plugin"' in text


def test_it_imports_nothing_where_nobody_uses_it(tmp_path: Path) -> None:
    test = f"import sys\ndef test_nothing():\n    assert not [name for name in {_HEAVY} if name in sys.modules]\n"
    done = _pytest(tmp_path, {"test_it.py": test}, "-p", "no:anyio")
    assert done.returncode == 0, done.stdout + done.stderr


def test_without_the_extra_only_tests_that_use_it_fail_and_say_what_to_install(tmp_path: Path) -> None:
    test = "def test_other(): pass\ndef test_it(image_gateway): pass\n"
    done = _pytest(tmp_path, {"test_it.py": test}, before=["import sys", "sys.modules['starlette'] = None"])
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 passed, 1 error" in done.stdout
    assert "image_gateway needs starlette, which comes with an extra: pip install 'image-contract[mock]'" in done.stdout
    assert "Traceback" not in done.stdout


def test_a_failing_test_shows_what_came_in_and_others_do_not(tmp_path: Path) -> None:
    test = f"""{_CALLED}
def test_good(image_gateway):
    call(image_gateway, prompt="of the good test")

def test_bad(image_gateway):
    call(image_gateway, prompt="of the bad test")
    assert False

def test_assertion(image_gateway):
    image_gateway.assert_paid(1)

def test_other():
    assert False
"""
    done = _pytest(tmp_path, {"test_it.py": test}, "--show-capture=all")
    assert "3 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert done.stdout.count("image gateway: what came in") == 2
    assert "of the bad test" in done.stdout.partition("image gateway: what came in")[2]
    assert 'sent: {"model": "qwen-image-2.0-pro", "prompt": "of the good test"' not in done.stdout
    # The failure is told at the line of the test, not within the plugin.
    assert "generator/mock/testing" not in done.stdout
    assert "Nothing came in." in done.stdout


def test_workers_of_xdist_do_not_see_each_other(tmp_path: Path) -> None:
    test = f"""{_CALLED}
import pytest

@pytest.mark.parametrize("number", range(8))
def test_one(image_gateway, number):
    call(image_gateway, seed=number)
    image_gateway.assert_requested("generateImages", seed=number)
    assert len(image_gateway.requests()) == 1
    print("gateway at", image_gateway.url)
"""
    done = _pytest(tmp_path, {"test_it.py": test}, "-n", "2", "-rP")
    assert "8 passed" in done.stdout, done.stdout + done.stderr
    urls = {line for line in done.stdout.splitlines() if line.startswith("gateway at")}
    assert len(urls) == 2


def test_settings_seed_environment_and_transport(tmp_path: Path) -> None:
    configured = """
import pytest

@pytest.fixture(scope="session")
def image_gateway_settings():
    return {"balance": "0.05"}
"""
    test = f"""{_CALLED}
import asyncio, os

def test_settings(image_gateway):
    assert str(image_gateway.balances.of(key=image_gateway.key)) == "0.05"

def test_seed(image_gateway):
    assert image_gateway._mock.control.settings.seed == 7

def test_environment(image_gateway, image_gateway_env):
    assert os.environ["VENICE_BASE_URL"] == image_gateway.url == image_gateway_env["VENICE_BASE_URL"]

def test_environment_is_as_before():
    assert "VENICE_BASE_URL" not in os.environ

def test_transport_for_both(image_gateway, image_gateway_transport):
    call(image_gateway)
    async def ask():
        async with httpx.AsyncClient(transport=image_gateway_transport) as client:
            return await client.get("http://any/v1/images/generations")
    assert asyncio.run(ask()).status_code == 405
    assert len(image_gateway.requests()) == 2
"""
    files = {"conftest.py": configured, "test_it.py": test}
    without = {"pytest.ini": "[pytest]\nimage_gateway_seed = 7\n"}
    done = _pytest(tmp_path, {**files, **without})
    assert "5 passed" in done.stdout, done.stdout + done.stderr
    without = {"pytest.ini": "[pytest]\nimage_gateway_seed = 1\n"}
    done = _pytest(tmp_path, {**files, **without}, "--image-gateway-seed", "7")
    assert "5 passed" in done.stdout, done.stdout + done.stderr


def test_a_seed_that_is_none_is_told(tmp_path: Path) -> None:
    files = {"pytest.ini": "[pytest]\nimage_gateway_seed = red\n", "test_it.py": "def test_it(image_gateway): pass\n"}
    done = _pytest(tmp_path, files)
    assert "image_gateway_seed must be a whole number, not 'red'." in done.stdout + done.stderr
