"""The tests that are generated beside packages pass, and find a client that errs. The zoo holds that they are typed."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from generator.client.emit import build
from generator.client.roundtrip import folder_of
from generator.spec import load_all
from generator.spec.foreign import load_foreign

if TYPE_CHECKING:
    from pathlib import Path

_SPEC = """
openapi: 3.0.3
info: {title: Shop, version: "1"}
servers: [{url: "https://shop.test"}]
security: [{key: []}]
paths:
  /zones/{zone}/things:
    post:
      operationId: addThing
      tags: [things]
      parameters:
        - {name: zone, in: path, required: true, schema: {type: string}}
        - {name: tags, in: query, schema: {type: array, items: {type: string}}}
        - {name: X-Trace, in: header, schema: {type: string}}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties: {name: {type: string}, fromDay: {type: string, format: date}}
      responses:
        "201":
          description: It is added.
          content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
    get:
      operationId: listThings
      deprecated: true
      tags: [things]
      parameters: [{name: zone, in: path, required: true, schema: {type: string}}]
      responses: {"204": {description: None.}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Thing: {type: object, required: [id], properties: {id: {type: integer}, name: {type: string}}}
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a package and its tests."""
    folder = tmp_path_factory.mktemp("roundtrip")
    (folder / "shop.yaml").write_text(_SPEC, encoding="utf-8")
    build([load_foreign(folder / "shop.yaml", "shop_client").contract], folder / "built", with_tests=["shop_client"])
    return folder / "built"


def _run(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    options = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "error", "--rootdir", str(folder), *more)
    command = [sys.executable, "-B", "-m", "pytest", *options, str(folder)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_they_pass_by_themselves(shop: Path) -> None:
    done = _run(shop)
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout


def test_those_of_our_own_packages_pass(tmp_path: Path) -> None:
    contracts = load_all()
    build(contracts, tmp_path, with_tests=[contract.name for contract in contracts])
    done = _run(tmp_path)
    assert done.returncode == 0, done.stdout
    for contract in contracts:
        assert (tmp_path / folder_of(contract.name) / "exchange.py").exists()


def test_they_need_nothing_but_pytest_httpx_and_the_package(shop: Path) -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (shop / "tests_shop_client").glob("*.py"))
    imported = {
        line.split()[1].partition(".")[0] for line in sources.splitlines() if line.startswith(("import ", "from "))
    }
    foreign = imported - set(sys.stdlib_module_names) - {"", "__future__"}
    assert foreign == {"pytest", "httpx", "shop_client"}


_ERRORS = {
    "method": ("_operations/add_thing.py", '"POST"', '"PUT"'),
    "path": ("_operations/add_thing.py", "/zones/{zone}/things", "/zone/{zone}/things"),
    "parameter": ("models/_add_thing_parameters.py", "X-Trace", "X-Traces"),
    "field": ("models/_add_thing_body.py", '"fromDay"', '"from_day"'),
    "answer": ("models/_thing.py", 'required(data, "id", integer)', "7"),
    "credential": ("_client.py", '"X-Key"', '"X-Keys"'),
}


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The errors that are found, each in a client of its own; all tests run at once."""
    folder = tmp_path_factory.mktemp("erring")
    (folder / "shop.yaml").write_text(_SPEC, encoding="utf-8")
    names = [f"shop_{error}" for error in (*_ERRORS, "right")]
    contracts = [load_foreign(folder / "shop.yaml", name).contract for name in names]
    build(contracts, folder / "built", with_tests=names)
    for error, (file, right, wrong) in _ERRORS.items():
        path = folder / "built" / f"shop_{error}" / file
        source = path.read_text(encoding="utf-8")
        assert right in source, source
        path.write_text(source.replace(right, wrong), encoding="utf-8")
    done = _run(folder / "built", "-rf")
    assert done.returncode == 1, done.stdout
    return set(re.findall(r"^FAILED tests_shop_(\w+)/", done.stdout, re.MULTILINE))


@pytest.mark.parametrize("error", _ERRORS)
def test_they_find_a_client_that_errs(failed: set[str], error: str) -> None:
    assert error in failed


def test_they_find_no_error_in_a_client_that_is_right(failed: set[str]) -> None:
    assert "right" not in failed
