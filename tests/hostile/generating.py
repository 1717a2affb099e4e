"""Generates from hostile specs as the command does, in a folder that has neighbours nobody may read."""

from __future__ import annotations

import importlib
import io
import os
import pkgutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

from generator.client import OutputError, UnhonouredRuleError
from generator.release.command import UnusableError, place_of_spec, run_check, run_generate
from generator.release.reading import read_single
from generator.release.rules_page import rules_page
from generator.spec import SpecError

from .judging import judge_files, judge_page, judge_printed
from .watching import watching

if TYPE_CHECKING:
    from pathlib import Path

    from generator.release.check import Place

PACKAGE = "hostile"
_OTHER = """\
good: {type: object, properties: {a: {$ref: "#/round"}, b: {$ref: ../secret.yaml}}}
round: {allOf: [{$ref: "spec.json#/components/schemas/A"}, {$ref: "other.yaml#/good"}, {$ref: "other.yaml#/round"}]}
"""
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
    (inside / "ring").symlink_to("ring")
    (inside / "loop.yaml").write_text("$ref: loop.yaml\n", encoding="utf-8")
    (inside / "other.yaml").write_text(_OTHER, encoding="utf-8")
    os.mkfifo(inside / "pipe")
    return inside / "spec.json"


def generated(folder: Path, spec: Path, *, thoroughly: bool = True) -> str:
    """Generate a package with its tests, and judge all that was written and printed.

    Args:
        folder: The only folder that may be written to.
        spec: The spec.
        thoroughly: Whether the package is imported and checked, too, and the table of rules made, which takes as long.

    Returns:
        "" if it went well, else why nothing was generated.
    """
    place = place_of_spec(spec, folder / "output", PACKAGE, with_tests=True)
    before = _tree(folder)
    with watching(folder):
        printed, why = _run(place)
        page = rules_page([read_single(spec, PACKAGE).contract]) if thoroughly and not why else ""
    judge_printed(printed + why)
    made = {name for name in _tree(folder) - before if name != "output"}
    if why:
        assert not made
        return why
    allowed = (f"output/{PACKAGE}", f"output/tests_{PACKAGE}")
    assert all(name.startswith(allowed) for name in made), made
    files = {
        name.removeprefix("output/"): (folder / name).read_text(encoding="utf-8")
        for name in made
        if (folder / name).is_file() and "/_runtime/" not in name and not name.endswith("/exchange.py")
    }
    judge_files(files, PACKAGE)
    judge_page(page, "RULES.md")
    assert not any(SECRET in content for content in (printed, page, *files.values()))
    if not thoroughly:
        return ""
    with watching(folder):
        _import(folder / "output")
        with redirect_stdout(io.StringIO()):
            assert run_check(place, rebuild=False, full=False, command="") == 0
    return ""


def _run(place: Place) -> tuple[str, str]:
    """What the command prints, and why it generates nothing, if it doesn't."""
    printed = io.StringIO()
    try:
        with redirect_stdout(printed), redirect_stderr(printed):
            code = run_generate(place, force=True)
    except (SpecError, UnhonouredRuleError, UnusableError, OutputError) as error:  # a name too long for a file
        return printed.getvalue(), str(error)
    assert code in {0, 1}
    return printed.getvalue(), ""


def _import(output: Path) -> None:
    """Import every module of the package, as if for the first time; the runtime is always the same."""
    before = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(output))
    try:
        importlib.invalidate_caches()
        package = importlib.import_module(PACKAGE)
        for module in pkgutil.walk_packages(package.__path__, f"{PACKAGE}."):
            importlib.import_module(module.name)
    finally:
        sys.path.remove(str(output))
        sys.dont_write_bytecode = before
        for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
            if not name.startswith(f"{PACKAGE}._runtime"):
                del sys.modules[name]


def _tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
