"""The command `lint`: all findings of all specs at once, as text or JSON, and what each kind of finding means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.printable import printable_json
from generator.spec.lint.explanations import WIDTH, explanations, unknown
from generator.spec.lint.explanations import as_json as explained_as_json
from generator.spec.lint.explanations import as_text as explained_as_text
from generator.spec.load import load, load_all
from generator.spec.problems import SpecError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.spec.problems import Problem


def lint_report(specs: Sequence[Path] | Path, *, as_json: bool) -> tuple[str, bool]:
    """What is wrong with specs, and whether anything is.

    Args:
        specs: The files, or the folder that holds them.
        as_json: As a list of objects with file, line, pointer, code and message; as text otherwise.
    """
    problems: list[Problem] = []
    good: list[str] = []
    for each in [specs] if isinstance(specs, Path) else specs:
        try:
            contracts = load_all(each) if isinstance(specs, Path) else (load(each),)
        except SpecError as error:
            problems += error.problems
            continue
        good += [f"{c.path}: {len(c.operations)} operations, {len(c.rules)} rules, no problem." for c in contracts]
    if as_json:
        found = [
            {"file": str(p.file), "line": p.line, "pointer": p.pointer, "code": p.code, "message": p.message}
            for p in problems
        ]
        return printable_json(found), bool(problems)
    codes = dict.fromkeys(problem.code for problem in problems)
    hints = [f"`image-contract lint --explain {code}` tells more." for code in codes]
    return "\n".join([*map(str, problems), *hints, *good]), bool(problems)


def explained(code: str, *, as_json: bool) -> tuple[str, bool]:
    """What a kind of finding means, why it matters and how to mend it; and whether there is such a kind.

    Args:
        code: The finding's code; "all" for every one.
        as_json: As an object, for "all" as a list of them; as text otherwise.
    """
    known = explanations()
    if code == "all":
        texts = map(explained_as_text, known.values())
        return explained_as_json(known.values()) if as_json else f"\n\n{'-' * WIDTH}\n\n".join(texts), True
    if code not in known:
        return unknown(code), False
    return explained_as_json(known[code]) if as_json else explained_as_text(known[code]), True
