"""Generates from hostile specs, in this process, in a folder that has neighbours nobody may read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from generator.client import UnhonouredRuleError
from generator.client.formatting import FormatterError
from generator.client.package import build_package
from generator.client.rendering import render
from generator.client.roundtrip import roundtrip_files
from generator.release.command import place_of_spec
from generator.release.generating import generate_and_lock
from generator.release.reading import read_single
from generator.release.rules_page import rules_page
from generator.spec import SpecError

from .judging import judge_files, judge_page
from .watching import watching

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = "hostile"
SECRET = "what stands outside of the folder"


def lay_out(folder: Path) -> Path:
    """Make a folder for a spec, with links and pipes that lead elsewhere, and return the spec's path in it.

    Args:
        folder: An empty folder.
    """
    (folder / "secret.yaml").write_text(f"type: string\ndescription: {SECRET}\n", encoding="utf-8")
    inside = folder / "specs"
    (inside / "sub").mkdir(parents=True)
    (inside / "link.yaml").symlink_to("../secret.yaml")
    (inside / "linked").symlink_to("..")
    os.mkfifo(inside / "pipe")
    return inside / "spec.json"


def rendered(folder: Path, spec: Path) -> str:
    """Read a spec and render all files without writing any, judging each; "" if it went well, else why not.

    Args:
        folder: The only folder that may be written to.
        spec: The spec.
    """
    with watching(folder):
        try:
            contract = read_single(spec, PACKAGE).contract
            package, parsed = build_package(contract)
            files = render(package, parsed)
            tests = roundtrip_files(contract, package)
            page = rules_page([contract])
        except (SpecError, UnhonouredRuleError) as error:
            return str(error)
    judge_files(files, PACKAGE)
    judge_files({name: text for name, text in tests.items() if name != "exchange.py"}, PACKAGE)
    judge_page(page, "RULES.md")
    assert not any(SECRET in content for content in files.values())
    return ""


def generated(folder: Path, spec: Path) -> str:
    """Generate from a spec as the command does, with tests, and judge all files; "" if it went well, else why not.

    Args:
        folder: The only folder that may be written to.
        spec: The spec.
    """
    output = folder / "output"
    before = _tree(folder)
    with watching(folder):
        try:
            generate_and_lock(place_of_spec(spec, output, PACKAGE, with_tests=True), force=True)
        except (SpecError, UnhonouredRuleError) as error:
            assert _tree(folder) - before <= {"output"}
            return str(error)
        except FormatterError as error:
            raise AssertionError(str(error)) from error
    made = {name for name in _tree(folder) - before if name != "output"}
    allowed = (f"output/{PACKAGE}", f"output/tests_{PACKAGE}")
    assert all(name.startswith(allowed) for name in made), made
    files = {
        name: (folder / name).read_text(encoding="utf-8")
        for name in made
        if (folder / name).is_file() and "/_runtime/" not in name and not name.endswith("/exchange.py")
    }
    judge_files({name.removeprefix("output/"): content for name, content in files.items()}, PACKAGE)
    assert not any(SECRET in content for content in files.values())
    return ""


def _tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
