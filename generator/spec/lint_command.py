"""The command `lint`: all findings of all specs at once, as text or JSON, and what each kind of finding means."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from generator.spec.load import load, load_all, openapi_folder
from generator.spec.problems import SpecError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.spec.problems import Problem

_ROW = re.compile(r"^\| (`[a-z0-9.`, -]+`) \| (.+) \|$", re.MULTILINE)


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
        return json.dumps(found, indent=2, ensure_ascii=False), bool(problems)
    codes = dict.fromkeys(problem.code for problem in problems)
    hints = [f"`image-contract lint --explain {code}` tells more." for code in codes]
    return "\n".join([*map(str, problems), *hints, *good]), bool(problems)


def explained(code: str) -> str:
    """What a finding means and how to mend it, in the README's words; "" if there is no such finding.

    Args:
        code: The finding's code.
    """
    page = (openapi_folder() / "README.md").read_text(encoding="utf-8")
    section = page.partition("\n## What the lint says\n")[2].partition("\n## ")[0]
    for codes, words in _ROW.findall(section):
        if code in re.findall(r"`([^`]+)`", codes):
            plain = re.sub(r"\[([^]]+)\]\([^)]*\)", r"\1", words).replace("`", "")
            return f"{code}: {plain}."
    return ""
