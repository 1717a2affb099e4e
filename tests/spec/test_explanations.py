"""The explanations of findings: each example is told of its code alone, and of nothing once it is mended."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from typer.testing import CliRunner

import generator.spec.lint
from generator.cli import app
from generator.client.package import build_package
from generator.spec import SpecError, load, openapi_folder
from generator.spec.foreign import load_foreign
from generator.spec.lint.explanations import WIDTH, Explanation, as_text, explanations

if TYPE_CHECKING:
    from collections.abc import Mapping

_SMALL = Path(__file__).parent / "small.yaml"
_ALL = explanations()
_EXAMPLES = [
    pytest.param(each, command, id=f"{each.code}, {command}")
    for each in _ALL.values()
    for command in each.told_by
    if each.at is not None
]
_COMMANDS = [pytest.param(each, id=each.code) for each in _ALL.values() if each.at is None]
_OTHERWISE = {
    ("false-schema", "generate --spec"): ("count: {allOf: [{type: integer}, false]}", "count: {type: integer}"),
    ("self-reference", "generate --spec"): (
        'below: {allOf: [{$ref: "#/components/schemas/Tag/properties/below"}]}',
        'below: {$ref: "#/components/schemas/Tag"}',
    ),
    # A number that is too large is no bound there. What is too large there is a file; see test_text.py.
    ("too-large", "generate --spec"): ("", ""),
}
"""Where two commands tell one code of different things: what stands for the example, wrong and mended."""


@pytest.mark.parametrize(("explanation", "command"), _EXAMPLES)
def test_an_example_is_told_of_until_it_is_mended(explanation: Explanation, command: str, tmp_path: Path) -> None:
    wrong, mended = _OTHERWISE.get((explanation.code, command), (explanation.wrong, explanation.mended))
    expected = {explanation.code} if wrong else set()
    assert _told(command, _placed(explanation.at or "", _continued(wrong)), tmp_path) == expected
    assert _told(command, _placed(explanation.at or "", _continued(mended)), tmp_path) == set()


@pytest.mark.parametrize("explanation", _COMMANDS)
def test_commands_are_told_of_until_they_are_mended(
    explanation: Explanation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "openapi").mkdir()
    shutil.copy(_SMALL, "openapi/small.yaml")
    assert _run(explanation.wrong) == {explanation.code}
    assert _run(explanation.mended) == set()


@pytest.mark.parametrize("explanation", _ALL.values(), ids=_ALL.keys())
def test_an_explanation_is_whole_and_fits_a_terminal(explanation: Explanation) -> None:
    text = as_text(explanation)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert all(part in " ".join(text.split()) for part in (explanation.title, explanation.why, explanation.mend))
    assert explanation.wrong != explanation.mended
    assert set(explanation.told_by) <= {"lint", "generate", "generate --spec"}
    assert len(explanation.title) <= WIDTH - 26, "it has one line in the list of all"
    assert not explanation.title.endswith(".")
    assert all(prose.endswith(".") for prose in (explanation.why, explanation.mend, explanation.foreign or "."))


def test_the_readme_has_the_titles_and_advice() -> None:
    readme = (openapi_folder() / "README.md").read_text(encoding="utf-8")
    section = readme.split("\n## What the lint says\n")[1].split("\n## ", maxsplit=1)[0]
    told = [line for line in section.splitlines() if line.startswith("| `")]
    wanted = [each.row for each in _ALL.values()]
    assert told == wanted, "The tables should be:\n" + "\n".join(wanted)
    headings = set(re.findall(r"^## (.+)$", readme, re.MULTILINE))
    assert {each.see for each in _ALL.values()} - {""} <= headings


def test_no_code_is_explained_twice() -> None:
    files = sorted((Path(generator.spec.lint.__file__).parent / "codes").glob("*.yaml"))
    codes = [code for file in files for code in re.findall(r"^([a-z0-9.-]+):$", file.read_text("utf-8"), re.MULTILINE)]
    assert sorted(codes) == sorted(_ALL)


def _told(command: str, text: str, folder: Path) -> set[str]:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        if command == "generate --spec":
            foreign = load_foreign(path)
            return {each.code for each in (*foreign.cuts, *foreign.notes)}
        contract = load(path)
        if command == "generate":
            build_package(contract)
    except SpecError as error:
        return {problem.code for problem in error.problems}
    return set()


def _run(lines: str) -> set[str]:
    """The codes that commands of a shell tell."""
    told: set[str] = set()
    for line in lines.splitlines():
        program, *words = shlex.split(line)
        if program == "image-contract":
            ended = CliRunner().invoke(app, words)
            said = ended.output + (str(ended.exception) if isinstance(ended.exception, SpecError) else "")
            told |= set(re.findall(r" \[([a-z0-9.-]+)\] ", said))
            assert bool(told) == bool(ended.exit_code), said
        else:
            assert program in {"cp", "mv"}
            (shutil.copy if program == "cp" else shutil.move)(words[0], words[1])
    return told


def _continued(example: str) -> str:
    """An example whose comment says that there are more lines like the one above, with these lines."""

    def more(match: re.Match[str]) -> str:
        return "".join(f"{match[1]}{number}{match[2]}\n" for number in range(1, int(match[3]) + 2))

    return re.sub(r"^(.+)1(.*)\n *# and ([0-9]+) more\n", more, example, flags=re.MULTILINE)


def _placed(at: str, example: str) -> str:
    """The small spec with an example in it; the example's keys replace those that stand there."""
    if not at:
        return example
    data = yaml.safe_load(_SMALL.read_text(encoding="utf-8"))
    pointer = [part.replace("~1", "/").replace("~0", "~") for part in at.split("/")[1:]]
    while True:
        text = "\n".join(_lines(data, pointer, example)) + "\n"
        unused = [name for name in data["components"]["schemas"] if f"#/components/schemas/{name}" not in text]
        for name in unused:
            del data["components"]["schemas"][name]
        if not unused or pointer[:3] == ["components", "schemas", unused[0]]:
            return text


def _lines(node: Mapping[str, Any], pointer: list[str], example: str, indent: str = "") -> list[str]:
    """YAML, as JSON but for the way to the example, which is kept to the letter."""
    ours = set(re.findall(r"^([\w/{}-]+):", example, re.MULTILINE)) if not pointer else set(pointer[:1])
    lines = [f"{indent}{json.dumps(key)}: {json.dumps(value)}" for key, value in node.items() if key not in ours]
    if not pointer:
        return [*lines, *(indent + line for line in example.splitlines())]
    return [
        *lines,
        f"{indent}{json.dumps(pointer[0])}:",
        *_lines(node[pointer[0]], pointer[1:], example, indent + "  "),
    ]
