"""Tells what a check found: what has moved, what to do about it, and the difference."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from generator.printable import printable
from generator.release.moved import Cause

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.release.check import Report
    from generator.release.compare import Drift
    from generator.release.moved import Moved

_LINES_OF_A_FILE: Final = 60
_LINES_IN_ALL: Final = 400
_NAMED: Final = 20
"""How many files of one kind are named one by one."""

_WORDS: Final = {
    Cause.PACKAGE_MISSING: "The package was never generated, or was removed.",
    Cause.PACKAGE_LEFT: "The package's spec is no more.",
    Cause.LOCK_MISSING: "The lock file is missing. Was it deleted, or not committed?",
    Cause.LOCK_DAMAGED: "The lock file can't be read. Was it cut off, or left in the conflict of a merge?",
    Cause.LOCK_EDITED: "The lock file is not as it was written. Was it edited, or merged?",
    Cause.LOCK_OF_ANOTHER: "The lock file is another package's. Was the folder copied or renamed?",
    Cause.SPEC_EDITED: "The spec was edited, and the package wasn't generated anew.",
    Cause.SPEC_FILE_MISSING: "A file of the spec is gone, or can't be read.",
    Cause.TOOL_CHANGED: "The package was generated with another version.",
    Cause.CODE_CHANGED: "The generator has changed.",
    Cause.TEMPLATES_CHANGED: "The generator's templates have changed.",
    Cause.RUNTIME_CHANGED: "The generator's runtime has changed.",
    Cause.TESTS_CHANGED: "The package's tests are not as they were asked for.",
    Cause.FILE_EDITED: "A generated file was edited by hand.",
    Cause.FILE_REMOVED: "A generated file was removed.",
    Cause.FILE_ADDED: "A file was added that isn't generated.",
    Cause.OUTPUT_DIFFERS: "Generated anew it would be another, though nothing has moved since, by its lock file.",
    Cause.PAGE_MISSING: "The table of rules is missing.",
    Cause.PAGE_EDITED: "The table of rules was edited by hand.",
    Cause.PAGE_OUTDATED: "The table of rules is that of other specs.",
}
_BY_HAND: Final = {Cause.FILE_EDITED, Cause.FILE_ADDED, Cause.PAGE_EDITED}
_HARMLESS: Final = {
    Cause.SPEC_EDITED: "only its comments or its layout changed",
    Cause.SPEC_FILE_MISSING: "the spec says the same without it",
    Cause.CODE_CHANGED: "it writes the same",
}


def describe(report: Report, command: str = "image-contract generate", *, full: bool = False) -> str:
    """What a check found, in words.

    Args:
        report: What it found.
        command: The command that generates what was checked.
        full: Whether the whole difference is shown; else as much as can be read.
    """
    lines = list(_harmless(report.harmless))
    if not report.moved:
        return "\n".join([*lines, "All generated files are up to date."])
    for package, found in groupby(report.moved, lambda each: each.package):
        lines += _package(package, list(found))
    lines += _difference(report.drifts, full=full)
    return "\n".join([*lines, *_advice(report, command)])


def _package(package: str, found: Sequence[Moved]) -> Iterator[str]:
    yield f"{package or 'table of rules'}:"
    for cause, each in groupby(found, lambda one: one.cause):
        what = [printable(one.what) for one in each]
        yield f"  [{cause.value}] {_WORDS[cause]}"
        yield from (f"    {one}" for one in what[:_NAMED])
        if len(what) > _NAMED:
            yield f"    and {len(what) - _NAMED} more"


def _harmless(found: Sequence[Moved]) -> Iterator[str]:
    for cause, what in dict.fromkeys((each.cause, each.what) for each in found):
        yield f"note: [{cause.value}] {printable(what)}: {_HARMLESS[cause]}."
    if found:
        yield "note: to make the next check quick, run `image-contract generate`."


def _difference(drifts: Sequence[Drift], *, full: bool) -> Iterator[str]:
    left = _LINES_IN_ALL
    hidden: list[Drift] = []
    for drift in drifts:
        if drift.kind != "changed":
            continue
        shown = drift.difference if full else drift.difference[: min(_LINES_OF_A_FILE, left)]
        left -= len(shown)
        if not shown:
            hidden.append(drift)
            continue
        yield ""
        yield from map(printable, shown)
        if len(shown) < len(drift.difference):
            yield f"… {len(drift.difference) - len(shown)} more lines of this file differ"
    missing = [drift for drift in drifts if drift.kind == "missing"]
    extra = [drift for drift in drifts if drift.kind == "extra"]
    for title, files in (("would be written", missing), ("would be removed", extra), ("differ too", hidden)):
        if files:
            yield ""
            yield f"{title}:"
            yield from (f"  {printable(str(drift.path))}" for drift in files[:_NAMED])
            if len(files) > _NAMED:
                yield f"  and {len(files) - _NAMED} more"
    if hidden or any(len(drift.difference) > _LINES_OF_A_FILE for drift in drifts):
        yield "" if full else "`--full` shows every line."


def _advice(report: Report, command: str) -> Iterator[str]:
    count = len(report.drifts)
    files = {0: "No generated file would change", 1: "1 file would change"}.get(count, f"{count} files would change")
    yield ""
    yield f"{files}. Run `{command}` and commit what it writes, the lock files too."
    if any(each.cause in _BY_HAND for each in report.moved):
        yield "What was done by hand goes then. To keep it, change the spec, a template or the runtime."
    if any(each.cause is Cause.TOOL_CHANGED for each in report.moved):
        yield "If the other version isn't wanted, install the one that the lock file names."
