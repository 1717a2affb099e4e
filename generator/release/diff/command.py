"""The command `image-contract diff`: finds both versions, compares them, prints, and says how it ended."""

from __future__ import annotations

import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from generator.printable import printable
from generator.release.diff.printing import as_json, as_markdown, as_text
from generator.release.diff.report import Report, spec_report
from generator.release.diff.revisions import RevisionError, Specs, find
from generator.spec import SpecError, load
from generator.spec.foreign.files import Files
from generator.spec.foreign.load import is_foreign, load_foreign

if TYPE_CHECKING:
    from generator.release.diff.report import SpecReport
    from generator.spec import Contract, Problem

NOTHING_BREAKS, BREAKS, UNUSABLE = 0, 1, 2
"""The exit codes."""


class Form(StrEnum):
    """How the report is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


class FailOn(StrEnum):
    """Whose breakage makes the exit code 1."""

    CALLERS = "callers"
    GATEWAYS = "gateways"
    ANY = "any"
    NEVER = "never"


_PRINTERS = {Form.TEXT: as_text, Form.MARKDOWN: as_markdown, Form.JSON: as_json}


def run_diff(old: str, new: str | None, folder: Path, *, form: Form, fail_on: FailOn, python: bool) -> int:
    """Compare two versions of specs and print what differs; what can't be compared is told on standard error.

    Args:
        old: A file, a folder, a git revision, or REVISION:PATH.
        new: The same; the working tree's version if None.
        folder: The folder of specs.
        form: How to print it.
        fail_on: Whose breakage makes the exit code 1.
        python: Whether the generated packages are compared as well.

    Returns:
        0 if nothing breaks, 1 if something does, 2 if the input can't be used.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="image-contract-") as scratch:
            report = _report(*find(old, new, folder, Path(scratch).resolve()), python=python)
    except (RevisionError, SpecError, OSError) as error:
        print(printable(str(error)), file=sys.stderr)  # noqa: T201 - a command's own output
        return UNUSABLE
    print(_PRINTERS[form](report))  # noqa: T201
    return BREAKS if _fails(report, fail_on) else NOTHING_BREAKS


def _report(old: Specs, new: Specs, *, python: bool) -> Report:
    if old.is_folder and new.is_folder:
        pairs = [(name, name, name) for name in sorted({*old.files, *new.files})]
    else:
        was, now = next(iter(old.files)), next(iter(new.files))
        pairs = [(now, was, now)]
    labels = (old.label, new.label)
    specs: list[SpecReport] = []
    problems: list[Problem] = []
    for name, was, now in pairs:
        try:
            specs.append(spec_report(name, _loaded(old, was, name), _loaded(new, now, name), labels, python=python))
        except SpecError as error:
            problems += error.problems
    if problems:
        raise SpecError(problems)
    return Report(*labels, tuple(specs))


def _loaded(specs: Specs, stem: str, name: str) -> Contract | None:
    """One version of a spec, under the name that both versions have: generated classes are named after it."""
    if stem not in specs.files:
        return None
    path = specs.files[stem]
    shown = Path(specs.shown.get(path, path))  # where a revision was unpacked to helps nobody
    try:
        return _contract(path, name, shown)
    except SpecError as error:
        raise SpecError([evolve(each, file=shown) for each in error.problems]) from None


def _contract(path: Path, name: str, shown: Path) -> Contract:
    """A spec, be it one of ours or one that nobody here wrote; what of the latter can't be read is told."""
    if b"x-documents" in path.read_bytes() and not is_foreign(Files(path).root.data):
        return load(path)
    found = load_foreign(path, name, answers=True)
    for cut in found.cuts:
        print(f"Not compared: {evolve(cut, file=shown)}", file=sys.stderr)  # noqa: T201
    return found.contract


def _fails(report: Report, fail_on: FailOn) -> bool:
    callers = report.breaks_callers + report.breaks_python > 0  # those who call by the Python client are callers
    gateways = report.breaks_gateways > 0
    return {
        FailOn.CALLERS: callers,
        FailOn.GATEWAYS: gateways,
        FailOn.ANY: callers or gateways,
        FailOn.NEVER: False,
    }[fail_on]
