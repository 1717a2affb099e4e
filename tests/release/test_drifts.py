"""Every way in which what is generated can drift from what it is generated from: produced, and named by `check`."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve, frozen

from generator.client.output import OutputError
from generator.release.check import check
from generator.release.generating import generate_and_lock
from generator.release.hashing import digest_of_file
from generator.release.lock import read_lock
from generator.release.moved import Cause
from generator.release.telling import describe

from .project import Project, edit

if TYPE_CHECKING:
    from collections.abc import Callable


@frozen
class Drift:
    """A way to spoil a project.

    Attributes:
        spoil: Spoils it.
        causes: What `check` must name, and nothing else.
        told: Texts that must stand in what it prints.
        is_undone: Whether generating gives the package that there was before, as long as the spec is the same.
    """

    spoil: Callable[[Project], object]
    causes: tuple[Cause, ...]
    told: tuple[str, ...] = ()
    is_undone: bool = True


def _edit_a_file(project: Project) -> None:
    edit(project.package / "_client.py", "class ", "class  ")


def _relock(project: Project, **facts: Any) -> None:
    """Write the lock file as it would be had the package been made otherwise."""
    project.lock.write_text(evolve(read_lock(project.package), **facts).text())


def _copy_the_package(project: Project) -> None:
    """Have another spec's package under this one's name."""
    other = project.openapi / "other.yaml"
    shutil.copy(project.spec, other)
    generate_and_lock(project.place)
    shutil.rmtree(project.package)
    shutil.copytree(project.output / "other", project.package)


def _move_the_spec(project: Project) -> None:
    project.spec.rename(project.openapi / "renamed.yaml")


def _link_a_file(project: Project) -> None:
    path = project.package / "errors.py"
    elsewhere = project.root / "errors.py"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def _pipe_for_a_file(project: Project) -> None:
    (project.package / "errors.py").unlink()
    os.mkfifo(project.package / "errors.py")


def _folder_for_a_file(project: Project) -> None:
    (project.package / "errors.py").unlink()
    (project.package / "errors.py").mkdir()


def _folder_for_the_lock(project: Project) -> None:
    project.lock.unlink()
    project.lock.mkdir()


DRIFTS = {
    "a bound in the spec": Drift(
        lambda p: edit(p.spec, "maximum: 9", "maximum: 8"), (Cause.SPEC_EDITED,), ("small.yaml", "-", "Maximum(8)")
    ),
    "a description in the spec": Drift(
        lambda p: edit(p.spec, "description: The thing.", "description: What was made."), (Cause.SPEC_EDITED,)
    ),
    "an operation in the spec gone": Drift(
        lambda p: p.spec.write_text(_without_the_second_operation(p.spec.read_text())),
        (Cause.SPEC_EDITED,),
        ("would be removed:", "get_thing.py"),
    ),
    "a generated file edited": Drift(_edit_a_file, (Cause.FILE_EDITED,), ("_client.py", "-class  ", "+class ")),
    "a generated file emptied": Drift(
        lambda p: (p.package / "types.py").write_bytes(b""), (Cause.FILE_EDITED,), ("types.py",)
    ),
    "a generated file made binary": Drift(
        lambda p: (p.package / "types.py").write_bytes(b"\xff\xfe"), (Cause.FILE_EDITED,), ("differ too:", "types.py")
    ),
    "a line of the docs edited": Drift(
        lambda p: (p.package / "README.md").write_text("# Mine\n"), (Cause.FILE_EDITED,), ("README.md", "-# Mine")
    ),
    "a file of the runtime edited": Drift(
        lambda p: edit(p.package / "_runtime" / "limits.py", '"""', '""" '), (Cause.FILE_EDITED,), ("limits.py",)
    ),
    "a generated file linked": Drift(_link_a_file, (Cause.FILE_EDITED,), ("errors.py",)),
    "a generated file removed": Drift(
        lambda p: (p.package / "errors.py").unlink(), (Cause.FILE_REMOVED,), ("errors.py", "would be written:")
    ),
    "the marker of typing removed": Drift(
        lambda p: (p.package / "py.typed").unlink(), (Cause.FILE_REMOVED,), ("py.typed",)
    ),
    "a folder in a file's place": Drift(_folder_for_a_file, (Cause.FILE_REMOVED,), ("errors.py",)),
    "a generated folder removed": Drift(
        lambda p: shutil.rmtree(p.package / "_operations"), (Cause.FILE_REMOVED,), ("make_thing.py", "get_thing.py")
    ),
    "a generated file renamed": Drift(
        lambda p: (p.package / "errors.py").rename(p.package / "faults.py"),
        (Cause.FILE_REMOVED, Cause.FILE_ADDED),
        ("errors.py", "faults.py"),
    ),
    "a file added": Drift(
        lambda p: (p.package / "extra.py").write_text("import this\n"),
        (Cause.FILE_ADDED,),
        ("extra.py", "would be removed:"),
    ),
    "a hidden file added": Drift(
        lambda p: (p.package / "models" / ".env").write_text(""), (Cause.FILE_ADDED,), (".env",)
    ),
    "a pipe added": Drift(lambda p: os.mkfifo(p.package / "pipe"), (Cause.FILE_ADDED,), ("pipe",)),
    "a pipe in a file's place": Drift(_pipe_for_a_file, (Cause.FILE_EDITED,), ("errors.py",)),
    "the lock file removed": Drift(lambda p: p.lock.unlink(), (Cause.LOCK_MISSING,), ("contract.lock.json",)),
    "the lock file cut off": Drift(
        lambda p: p.lock.write_bytes(p.lock.read_bytes()[:400]), (Cause.LOCK_DAMAGED,), ("contract.lock.json",)
    ),
    "the lock file in a conflict": Drift(
        lambda p: edit(p.lock, '  "code"', '<<<<<<< ours\n  "code"'), (Cause.LOCK_DAMAGED,)
    ),
    "the lock file of another version": Drift(
        lambda p: edit(p.lock, '"format": 1', '"format": 99'), (Cause.LOCK_DAMAGED,)
    ),
    "a text for the lock file": Drift(lambda p: p.lock.write_text("nothing"), (Cause.LOCK_DAMAGED,)),
    "a list for the lock file": Drift(lambda p: p.lock.write_text("[1]"), (Cause.LOCK_DAMAGED,)),
    "bytes for the lock file": Drift(lambda p: p.lock.write_bytes(b"\xff\xfe\x00"), (Cause.LOCK_DAMAGED,)),
    "brackets for the lock file": Drift(lambda p: p.lock.write_text("[" * 100_000), (Cause.LOCK_DAMAGED,)),
    "a folder for the lock file": Drift(_folder_for_the_lock, (Cause.LOCK_DAMAGED,), ("contract.lock.json",)),
    "a hash in the lock file edited": Drift(
        lambda p: edit(p.lock, f'"{read_lock(p.package).files["types.py"]}"', '"0"'), (Cause.LOCK_EDITED,)
    ),
    "a version in the lock file edited": Drift(
        lambda p: edit(p.lock, '"ruff": "', '"ruff": "1'), (Cause.LOCK_EDITED,), ("contract.lock.json",)
    ),
    "a line of the lock file gone": Drift(
        lambda p: edit(p.lock, f'  "code": "{read_lock(p.package).code}",\n', ""), (Cause.LOCK_EDITED,)
    ),
    "the lock file without its seal": Drift(lambda p: _drop_from_lock(p, "seal"), (Cause.LOCK_EDITED,)),
    "generated with another library": Drift(
        lambda p: _relock(p, tools={**read_lock(p.package).tools, "openapi-python-client": "0.1.2"}),
        (Cause.TOOL_CHANGED,),
        ("openapi-python-client 0.1.2, now 0.", "install the one that the lock file names"),
    ),
    "generated with another formatter": Drift(
        lambda p: _relock(p, tools={**read_lock(p.package).tools, "ruff": "0.1.2"}),
        (Cause.TOOL_CHANGED,),
        ("ruff 0.1.2, now 0.",),
    ),
    "generated with another generator": Drift(
        lambda p: _relock(p, tools={**read_lock(p.package).tools, "image-contract": "0.0.1"}),
        (Cause.TOOL_CHANGED,),
        ("image-contract 0.0.1, now ",),
    ),
    "generated with other templates": Drift(lambda p: _relock(p, templates="0" * 64), (Cause.TEMPLATES_CHANGED,)),
    "generated with another runtime": Drift(lambda p: _relock(p, runtime="0" * 64), (Cause.RUNTIME_CHANGED,)),
    "generated with tests that are gone": Drift(
        lambda p: _relock(p, tests={"tests_small/test_small.py": "0" * 64}),
        (Cause.FILE_REMOVED,),
        ("test_small.py",),
        is_undone=False,  # but the tests are generated that the lock file says are wanted
    ),
    "a lock file that names files elsewhere": Drift(
        lambda p: _relock(p, tests={"tests_x/../../mine.py": "0" * 64}), (Cause.LOCK_DAMAGED,)
    ),
    "another package's lock file": Drift(_copy_the_package, (Cause.LOCK_OF_ANOTHER,), ("copied or renamed",)),
    "the package gone": Drift(
        lambda p: shutil.rmtree(p.package), (Cause.PACKAGE_MISSING,), ("was never generated, or was removed", "more")
    ),
    "a spec without a package": Drift(
        lambda p: shutil.copy(p.spec, p.openapi / "second.yaml"),
        (Cause.PACKAGE_MISSING, Cause.PAGE_OUTDATED),
        ("second:", "RULES.md"),
    ),
    "a package without a spec": Drift(
        _move_the_spec, (Cause.PACKAGE_MISSING, Cause.PACKAGE_LEFT, Cause.PAGE_OUTDATED), ("renamed", "small")
    ),
    "the table of rules gone": Drift(lambda p: (p.openapi / "RULES.md").unlink(), (Cause.PAGE_MISSING,), ("RULES.md",)),
    "the table of rules edited": Drift(
        lambda p: edit(p.openapi / "RULES.md", "# Rules", "# My rules"), (Cause.PAGE_EDITED,), ("-# My rules",)
    ),
    "the table of rules without its seal": Drift(
        lambda p: edit(p.openapi / "RULES.md", "<!-- specs", "<!-- spec"), (Cause.PAGE_EDITED,)
    ),
}


def _without_the_second_operation(text: str) -> str:
    before, _, rest = text.partition("  /things/{id}:")
    return before + rest[rest.index("components:") :]


def _drop_from_lock(project: Project, key: str) -> None:
    said = json.loads(project.lock.read_text())
    del said[key]
    project.lock.write_text(json.dumps(said, indent=2))


@pytest.mark.parametrize("name", DRIFTS)
def test_a_drift_is_named_and_mended(project: Project, name: str) -> None:
    drift = DRIFTS[name]
    drift.spoil(project)
    before = project.files()

    report = check(project.place)
    words = describe(report)

    found = {each.cause for each in report.moved} - ({Cause.PAGE_OUTDATED} - set(drift.causes))
    assert found == set(drift.causes)
    for cause in drift.causes:
        assert f"[{cause.value}]" in words
    for text in drift.told:
        assert text in words
    assert "Run `image-contract generate`" in words
    assert project.files() == before, "a check wrote something"


_IN_THE_WAY = {"a folder for the lock file", "a folder in a file's place"}


@pytest.mark.parametrize("name", [name for name in DRIFTS if name not in _IN_THE_WAY])
def test_generating_mends_it(project: Project, untouched: Project, name: str) -> None:
    DRIFTS[name].spoil(project)
    generate_and_lock(project.place)
    assert check(project.place).moved == ()
    if DRIFTS[name].is_undone and project.files().get("openapi/small.yaml") == untouched.files()["openapi/small.yaml"]:
        assert _of_package(project) == _of_package(untouched)


@pytest.mark.parametrize("name", sorted(_IN_THE_WAY))
def test_what_is_in_the_way_is_told_and_nothing_is_written(project: Project, name: str) -> None:
    DRIFTS[name].spoil(project)
    before = project.files()
    with pytest.raises(OutputError, match=r"can't be written.*Nothing was changed"):
        generate_and_lock(project.place)
    assert project.files() == before


def test_every_cause_is_produced() -> None:
    """Those that are missing here are produced below, and in the tests of single specs and of the generator."""
    elsewhere = {Cause.OUTPUT_DIFFERS, Cause.TESTS_CHANGED, Cause.CODE_CHANGED, Cause.SPEC_FILE_MISSING}
    assert {cause for drift in DRIFTS.values() for cause in drift.causes} | elsewhere == set(Cause)


def test_several_drifts_are_all_named(project: Project) -> None:
    for name in ("a bound in the spec", "a generated file removed", "the table of rules edited", "a file added"):
        DRIFTS[name].spoil(project)
    found = {each.cause for each in check(project.place).moved}
    assert found == {Cause.SPEC_EDITED, Cause.FILE_REMOVED, Cause.PAGE_EDITED, Cause.FILE_ADDED}


def test_an_edit_that_the_lock_file_was_made_to_hide_is_found_by_generating_anew(project: Project) -> None:
    _edit_a_file(project)
    _relock(project, files=read_lock(project.package).files | {"_client.py": _digest(project, "_client.py")})
    assert check(project.place).moved == ()
    report = check(project.place, rebuild=True)
    assert [each.cause for each in report.moved] == [Cause.OUTPUT_DIFFERS]
    assert "-class  " in describe(report)


@pytest.mark.parametrize(
    ("old", "new"), [("openapi: 3.1.1\n", "# A comment.\nopenapi: 3.1.1\n"), ("{type: string}", "{ type:   string }")]
)
def test_a_comment_in_a_spec_is_no_drift(project: Project, old: str, new: str) -> None:
    edit(project.spec, old, new)
    report = check(project.place)
    assert report.moved == ()
    assert [each.cause for each in report.harmless] == [Cause.SPEC_EDITED]
    assert "only its comments or its layout changed" in describe(report)
    generate_and_lock(project.place)
    assert check(project.place).harmless == ()


def test_line_ends_are_no_drift(project: Project) -> None:
    """Git may check text out with the line ends of another system."""
    for path in project.root.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = project.files()
    assert check(project.place).moved == ()
    assert generate_and_lock(project.place, force=True).touched == ()
    assert project.files() == before


def test_what_tools_leave_is_no_drift(project: Project) -> None:
    for folder in ("__pycache__", "models/__pycache__", ".mypy_cache/3.11", ".ruff_cache"):
        path = project.package / folder
        path.mkdir(parents=True)
        (path / "left").write_text("")
    assert check(project.place).moved == ()


def test_text_that_a_terminal_would_obey_is_shown_as_text(project: Project) -> None:
    (project.package / "types.py").write_text("\x1b[2J\x07 = 1\n")
    words = describe(check(project.place))
    assert "\x1b" not in words
    assert "-\\x1b[2J\\x07 = 1" in words


def test_a_long_difference_is_cut_and_shown_whole_on_demand(project: Project) -> None:
    (project.package / "_client.py").write_text("".join(f"line_{n} = {n}\n" for n in range(1000)))
    report = check(project.place)
    short, full = describe(report), describe(report, full=True)
    assert "more lines of this file differ" in short
    assert "`--full` shows every line." in short
    assert "line_999" not in short
    assert "line_999" in full
    assert "--full" not in full


def _of_package(project: Project) -> dict[str, bytes]:
    return {name: content for name, content in project.files().items() if name.startswith("clients/small/")}


def _digest(project: Project, name: str) -> str:
    return digest_of_file(project.package / name)


def test_the_readme_explains_every_name() -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    rows = [line for line in readme.splitlines() if line.startswith("| `")]
    explained = {name for row in rows for name in re.findall(r"`([a-z]+(?:-[a-z]+)+)`", row.split("|")[1])}
    assert set(Cause) <= explained
