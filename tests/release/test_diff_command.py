from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from generator.release.diff.command import FailOn, Form, run_diff
from generator.release.diff.revisions import RevisionError, find
from tests.release.repositories import git
from tests.release.spec_edits import BASE

_TIGHTER = ("maximum: 6,", "maximum: 5,")
_LOOSER = ("maximum: 6,", "maximum: 7,")
_WORDS = ("description: How deep.", "description: How deep it is.")


def _edited(pair: tuple[str, str]) -> str:
    text = BASE.read_text(encoding="utf-8")
    assert pair[0] in text
    return text.replace(*pair, 1)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two versions of a spec, tagged v1 and v2, and a third one in the working tree."""
    folder = tmp_path / "project"
    (folder / "openapi").mkdir(parents=True)
    spec = folder / "openapi" / "studio.yaml"
    git(tmp_path, "init", "-q", "project")
    for tag, text in (("v1", BASE.read_text(encoding="utf-8")), ("v2", _edited(_LOOSER))):
        spec.write_text(text, encoding="utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", tag)
        git(folder, "tag", tag)
    spec.write_text(_edited(_TIGHTER), encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def _run(
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str | None = None,
    *,
    folder: str = "openapi",
    fail_on: str = "callers",
) -> tuple[int, Any]:
    code = run_diff(old, new, Path(folder), form=Form.JSON, fail_on=FailOn(fail_on), python=False)
    captured = capsys.readouterr()
    return code, json.loads(captured.out) if captured.out else captured.err


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("v1", None, (6, 5)),
        ("HEAD", None, (7, 5)),
        ("HEAD~1", "HEAD", (6, 7)),
        ("v1", "v2", (6, 7)),
        ("v2:openapi/studio.yaml", "v1:openapi/studio.yaml", (7, 6)),
        ("v1:openapi/studio.yaml", None, (6, 5)),
        ("openapi/studio.yaml", None, (7, 5)),
        ("v1", "openapi/studio.yaml", (6, 5)),
        ("openapi", "v1", (5, 6)),
    ],
)
def test_files_folders_and_revisions_are_compared(
    repository: Path, capsys: pytest.CaptureFixture[str], old: str, new: str | None, moved: tuple[int, int]
) -> None:
    assert repository.is_dir()
    code, told = _run(capsys, old, new)
    (spec,) = told["specs"]
    (change,) = spec["changes"]
    assert spec["name"] == "studio"
    assert (change["old"], change["new"]) == moved
    assert code == int(moved[1] < moved[0])


def test_a_file_beside_the_folder_is_compared_with_the_spec_of_its_name(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "studio.yaml").write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")
    _, told = _run(capsys, str(tmp_path / "studio.yaml"))
    assert (repository / "openapi").is_dir()
    assert [change["new"] for change in told["specs"][0]["changes"]] == [5]


def test_a_spec_that_came_or_went_is_told(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "openapi" / "studio.yaml").rename(repository / "openapi" / "atelier.yaml")
    code, told = _run(capsys, "v1")
    assert [(spec["name"], spec["old"], spec["new"]) for spec in told["specs"]] == [
        ("atelier", None, "the working tree"),
        ("studio", "v1", None),
    ]
    assert (code, told["step"]) == (1, "major")


@pytest.mark.parametrize(
    ("old", "words"),
    [
        ("nothing", "git knows no revision 'nothing'"),
        ("nothing.yaml", "There is no file nothing.yaml."),
        ("v1:openapi/nothing.yaml", "v1 has no file openapi/nothing.yaml."),
        ("v1:../secret.yaml", "is no path in git"),
        ("v1:/etc/passwd", "is no path in git"),
        (":openapi/studio.yaml", "git knows no revision ''"),
        ("--upload-pack=touch", "git knows no revision"),
        ("v9:openapi/studio.yaml", "git knows no revision 'v9'"),
    ],
)
def test_what_can_t_be_had_is_told_with_exit_code_2(
    repository: Path, capsys: pytest.CaptureFixture[str], old: str, words: str
) -> None:
    code, told = _run(capsys, old)
    assert (code, repository.is_dir()) == (2, True)
    assert words in told
    assert not (repository / "touch").exists()


def test_outside_of_a_repository_it_says_to_name_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    code, told = _run(capsys, "HEAD", folder=str(tmp_path))
    assert code == 2
    assert "no git repository. Name two files" in told


def test_a_spec_that_can_t_be_used_is_told_by_the_name_that_the_user_gave(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = repository / "openapi" / "studio.yaml"
    spec.write_text(_edited(("x-role: count", "x-roles: count")), encoding="utf-8")
    git(repository, "commit", "-q", "-a", "-m", "broken")
    spec.write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")
    code, told = _run(capsys, "HEAD")
    assert code == 2
    assert told.startswith("HEAD:openapi/studio.yaml:")
    assert "[unknown-keyword]" in told


def test_git_that_isn_t_there_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RevisionError, match="git isn't installed"):
        find("v1", None, repository / "openapi", tmp_path / "scratch")


@pytest.mark.parametrize(
    ("edit", "fail_on", "code"),
    [
        (_TIGHTER, "callers", 1),
        (_TIGHTER, "gateways", 0),
        (_TIGHTER, "any", 1),
        (_TIGHTER, "never", 0),
        (_LOOSER, "callers", 0),
        (_LOOSER, "gateways", 1),
        (_LOOSER, "any", 1),
        (_WORDS, "any", 0),
    ],
)
def test_the_exit_code_says_who_breaks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], edit: tuple[str, str], fail_on: str, code: int
) -> None:
    (tmp_path / "studio.yaml").write_text(_edited(edit), encoding="utf-8")
    assert _run(capsys, str(BASE), str(tmp_path / "studio.yaml"), fail_on=fail_on)[0] == code


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A spec with a change of every kind, Python's names included."""
    text = BASE.read_text(encoding="utf-8")
    for old, new in (
        _TIGHTER,
        _WORDS,
        ("maxLength: 80", "maxLength: 90"),
        ("operationId: getPicture", "operationId: fetchPicture"),
        ("note: {type", "comment: {type"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "studio.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_json_is_as_its_schema_says(many: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_diff(str(BASE), str(many), BASE.parent, form=Form.JSON, fail_on=FailOn.ANY, python=True) == 1
    told = json.loads(capsys.readouterr().out)
    schema = json.loads(files("generator.release.diff").joinpath("diff.schema.json").read_text(encoding="utf-8"))
    jsonschema_rs.validator_for(schema).validate(told)
    (spec,) = told["specs"]
    assert (told["step"], spec["step"]) == ("major", "major")
    assert told["breaks"] == spec["breaks"]
    assert spec["breaks"]["callers"] == sum(change["breaks"]["callers"] for change in spec["changes"])
    assert spec["breaks"]["gateways"] == sum(change["breaks"]["gateways"] for change in spec["changes"])
    assert spec["breaks"]["python"] == sum(change["breaks"] for change in spec["python"]["changes"]) > 0


def test_the_text_tells_operation_by_operation_whom_a_change_breaks(
    many: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    run_diff(str(BASE), str(many), BASE.parent, form=Form.TEXT, fail_on=FailOn.ANY, python=True)
    told = capsys.readouterr().out
    assert "\nmakePicture\n  breaks CALLERS" in told
    assert "  breaks GATEWAYS  `prompt` of the prompt form must now be at most 90 characters" in told
    assert "makePicture/prompt/n/maximum · The page: n (documented) · line" in told
    assert "\nPython\n  breaks code      `client.pictures.get` is gone." in told
    assert "\nDocumentation only\n" in told
    assert "\nVersion step: major. " in told
    assert "\n## studio: major release\n" in told
    assert max(len(line) for line in told.split("Change log")[0].splitlines()[1:]) <= 100


def test_markdown_is_the_verdict_and_the_entry_for_the_change_log(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_diff(str(BASE), str(many), BASE.parent, form=Form.MARKDOWN, fail_on=FailOn.ANY, python=True)
    told = capsys.readouterr().out
    assert told.startswith("Version step: major. ")
    headings = [line for line in told.splitlines() if line.startswith("#")]
    assert headings == [
        "## studio: major release",
        "### Breaks callers",
        "### Breaks gateways",
        "### Breaks Python code",
        "### Breaks nobody",
        "### New in Python",
        "### Documentation",
    ]
    assert "- `makePicture`: `n` of the prompt form must now be at most 5, before at most 6." in told


def test_what_does_not_differ_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_diff(str(BASE), str(BASE), BASE.parent, form=Form.TEXT, fail_on=FailOn.ANY, python=True) == 0
    assert capsys.readouterr().out == f"Nothing differs between {BASE} and {BASE}.\n"


def test_control_characters_of_a_spec_never_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "studio.yaml"
    path.write_text(_edited(("enum: [low, high]", 'enum: [low, "\\x1b[2Jhigh\\r\\n## fake"]')), encoding="utf-8")
    for form in (Form.TEXT, Form.MARKDOWN):
        run_diff(str(BASE), str(path), BASE.parent, form=form, fail_on=FailOn.ANY, python=False)
        told = capsys.readouterr().out
        assert "\x1b" not in told
        assert "\r" not in told
        assert "\n## fake" not in told
