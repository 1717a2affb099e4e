"""What the mock's README says of options, routes and modules is so. Its Python runs in tests/test_readme.py."""

from __future__ import annotations

import inspect
import re
import shlex
from pathlib import Path
from typing import Any, Final

import pytest
import typer
from starlette.routing import Route

import generator.mock
from generator import pytest_plugin
from generator.cli import app
from generator.mock import create_app
from generator.mock.testing import ImageGateway

_FOLDER: Final = Path(generator.mock.__file__).parent
_TEXT: Final = (_FOLDER / "README.md").read_text(encoding="utf-8")
_HEADINGS: Final = re.findall(r"^#+ (.+)$", _TEXT, re.MULTILINE)


def _section(heading: str) -> str:
    return re.split(r"^## ", _TEXT.partition(f"\n## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def _command_lines() -> list[str]:
    """The lines that run the mock, as a command or in a container, without their comments."""
    lines = re.findall(r"^((?:image-contract mock|python -m generator.mock|docker run).*)$", _TEXT, re.MULTILINE)
    return [line.partition("  #")[0].strip() for line in lines]


@pytest.fixture(scope="module")
def command() -> Any:
    """The command, of whichever click typer brings."""
    return typer.main.get_group(app).commands["mock"]


def test_there_are_command_lines_to_look_at() -> None:
    assert len(_command_lines()) >= 6


@pytest.mark.parametrize("line", _command_lines())
def test_a_command_line_is_understood(command: Any, line: str) -> None:
    words = re.split(r"image-contract-mock|image-contract mock|generator\.mock", line)[-1]
    command.make_context("mock", shlex.split(words))


def test_every_option_that_is_named_is_there(command: Any) -> None:
    options = {name for parameter in command.params for name in parameter.opts}
    of_others = {"--help", "--image-gateway-seed", "--format", "--rm", "--prefix", "--form-string", "--form"}
    of_others |= {"--url", "--header", "--checks"}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", _TEXT))
    assert named <= options | of_others, named - options - of_others
    assert {"--key", "--workers", "--fetch-urls", "--allow-host"} <= named


def test_every_route_of_the_control_interface_is_named_and_every_one_that_is_named_is_there() -> None:
    routes = [route.path for route in create_app().routes if isinstance(route, Route)]
    own = {path for path in routes if path.startswith("/_mock/")}
    # What only the page calls, and what links lead to, is no business of a reader.
    internal = {path for path in own if path.startswith(("/_mock/page", "/_mock/images", "/_mock/specs", "/_mock/{"))}
    places = {re.sub(r"/\{.*", "", path) for path in own - internal}
    named = {place.rstrip("/") for place in re.findall(r"/_mock/\w+", _TEXT)}
    assert places == named


def test_every_module_is_in_the_table_of_where_things_are() -> None:
    table = _section("Where things are")
    named = set(re.findall(r"`(\w+\.(?:py|json)|\w+/)`", table))
    packages = {path.parent for path in _FOLDER.glob("*/__init__.py")}
    # Of a folder whose name says what its files are, these needn't be told one by one.
    told_as_a_whole = {_FOLDER / name for name in ("faults", "testing", "page")}
    files = {path.name for folder in {_FOLDER, *packages} - told_as_a_whole for path in folder.glob("*.py")}
    modules = files - {"__init__.py", "__main__.py"}
    assert named - {"static/"} == modules | {f"{package.name}/" for package in packages} | {"models.json"}


def test_every_fixture_and_what_it_offers_is_in_a_table() -> None:
    section = _section("Use it in tests")
    fixtures = {name for name in vars(pytest_plugin) if name.startswith("image_gateway")}
    assert fixtures == set(re.findall(r"^\| `(image_gateway\w*)` \|", section, re.MULTILINE))
    table = section.partition("| of `image_gateway` |")[2].partition("\n\n")[0]
    offered = {name for name, _ in inspect.getmembers(ImageGateway) if name[0] != "_"} | {"url", "key"}
    first = "".join(re.findall(r"^\| (.+?) \|", table, re.MULTILINE))
    assert set(re.findall(r"`(\w+)", first)) == offered - {"close", "report"}


def test_links_within_the_page_lead_to_its_headings() -> None:
    places = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in _HEADINGS}
    links = set(re.findall(r"\]\(#([^)]+)\)", _TEXT))
    assert links
    assert links <= places, links - places
