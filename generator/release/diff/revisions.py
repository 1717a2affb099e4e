"""Finds the two versions of specs that are to be compared: files, folders, or what git holds of them."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

ENDINGS: Final = (".yaml", ".yml", ".json")
"""What the names of specs end in."""
_GIT_TAKES: Final = 60
"""Seconds that git may take."""
_FOREIGN_REFERENCE: Final = re.compile(rb"""\$ref["']?\s*:\s*["']?[^"'#\s]""")
"""A reference into another file."""
_NO_REPOSITORY: Final = "This is no git repository. Name two files, as in `image-contract diff old.yaml new.yaml`."


class RevisionError(Exception):
    """What the user named can't be had; the message says what to name instead."""


@frozen
class Specs:
    """One version of one or several specs, as files.

    Attributes:
        label: The version as the user named it, e.g. "HEAD~3".
        files: The spec files, by the name that tells which spec it is: the file's stem.
        shown: For each of these files, how to call it in messages.
        is_folder: Whether all specs of a folder are meant; then one that is missing is one that came or went.
    """

    label: str
    files: Mapping[str, Path]
    shown: Mapping[Path, str] = field(factory=dict)
    is_folder: bool = False


def find(old: str, new: str | None, folder: Path, scratch: Path) -> tuple[Specs, Specs]:
    """The two versions that are to be compared.

    Args:
        old: A file, a folder, a git revision (all specs of `folder`), or REVISION:PATH.
        new: The same; the working tree's version of what `old` names if None. Then an `old` that is a file of the
            working tree stands for what is committed of it.
        folder: The folder of specs.
        scratch: An empty folder for what git holds.

    Returns:
        The old version and the new one. Two single specs are one spec, whatever their names.

    Raises:
        RevisionError: There is no such file, revision or path, or git isn't there.
    """
    if new is None and Path(old).is_file():
        return _committed_and_here(Path(old), folder, scratch)
    before = _found(old, folder, scratch / "old")
    after = _found(new, folder, scratch / "new") if new is not None else _here(old, folder)
    if before.is_folder != after.is_folder:
        single, many = (after, before) if before.is_folder else (before, after)
        name = next(iter(single.files))
        if name not in many.files:
            raise RevisionError(f"{many.label} has no spec {name!r}. Name the spec there: {many.label}:PATH.")
        picked = Specs(many.label, {name: many.files[name]}, many.shown)
        return (picked, after) if before.is_folder else (before, picked)
    return before, after


def _found(named: str, folder: Path, scratch: Path) -> Specs:
    path = Path(named)
    if path.is_dir():
        return _folder(path, named)
    if path.is_file():
        return Specs(named, {path.stem: path})
    if path.suffix in ENDINGS and ":" not in named:
        raise RevisionError(f"There is no file {named}. Name a spec, a git revision, or REVISION:PATH.")
    return _of_git(named, folder, scratch)


def _here(old: str, folder: Path) -> Specs:
    """The working tree's version of what a revision or a folder stands for."""
    _, colon, inside = old.partition(":")
    if not colon:
        return _folder(folder, "the working tree")
    path = _root(folder) / _inside(inside)
    if not path.is_file():
        raise RevisionError(f"The working tree has no {inside}. Name what to compare with as a second argument.")
    return Specs(f"{inside} in the working tree", {path.stem: path})


def _committed_and_here(path: Path, folder: Path, scratch: Path) -> tuple[Specs, Specs]:
    """A file that git knows against what it was at the last commit, any other against the folder's of that name."""
    if path.resolve().parent != folder.resolve():
        there = _folder(folder, "the working tree").files
        if path.stem not in there:
            raise RevisionError(f"{folder} has no spec {path.stem!r}. Name what to compare {path} with.")
        return Specs(str(path), {path.stem: path}), Specs(str(there[path.stem]), {path.stem: there[path.stem]})
    inside = path.resolve().relative_to(_root(path.parent)).as_posix()
    return _of_git(f"HEAD:{inside}", folder, scratch / "old"), Specs(f"{path} in the working tree", {path.stem: path})


def _folder(folder: Path, label: str) -> Specs:
    files = {path.stem: path for path in sorted(folder.glob("*")) if path.suffix in ENDINGS}
    if not files:
        raise RevisionError(f"There is no spec (*.yaml, *.json) in {folder}. Name another folder with --openapi.")
    return Specs(label, files, is_folder=True)


def _of_git(named: str, folder: Path, scratch: Path) -> Specs:
    revision, colon, inside = named.partition(":")
    root = _root(folder if folder.is_dir() else Path())
    commit = _commit(root, revision, named)
    if colon:
        path = _inside(inside)
        return Specs(named, *_extracted(root, commit, [path], revision, scratch))
    try:
        beside = PurePosixPath(folder.resolve().relative_to(root).as_posix())
    except ValueError as error:
        raise RevisionError(f"{folder} is not in this git repository. Name REVISION:PATH.") from error
    listed = [path for path in _listed(root, commit, beside) if path.parent == beside]
    if not listed:
        raise RevisionError(f"{revision} has no spec in {beside}. Name REVISION:PATH.")
    return Specs(named, *_extracted(root, commit, listed, revision, scratch), is_folder=True)


def _extracted(
    root: Path, commit: str, paths: list[PurePosixPath], revision: str, scratch: Path
) -> tuple[Mapping[str, Path], Mapping[Path, str]]:
    """Files of a commit, written to a scratch folder, with what their references may need."""
    _write(root, commit, paths, scratch, revision)
    main = [path for path in paths if _FOREIGN_REFERENCE.search((scratch / path).read_bytes())]
    if main:
        needed = {other for path in main for other in _listed(root, commit, path.parent)} - set(paths)
        _write(root, commit, sorted(needed), scratch, revision)
    shown = {scratch / path: f"{revision}:{path}" for path in paths}
    return {path.stem: scratch / path for path in paths}, shown


def _write(root: Path, commit: str, paths: list[PurePosixPath], scratch: Path, revision: str) -> None:
    if not paths:
        return
    asked = [f":(literal){path}" for path in paths]
    done = _git(root, "archive", "--format=tar", commit, "--", *asked)
    missing = [path for path in paths if done.returncode]
    if not done.returncode:
        scratch.mkdir(parents=True, exist_ok=True)
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            members = [member for member in archive if member.isfile() or member.isdir()]
            archive.extractall(scratch, members, filter="data")
        missing = [path for path in paths if not (scratch / path).is_file()]
    if missing:
        raise RevisionError(f"{revision} has no file {missing[0]}. `git ls-tree -r --name-only {revision}` lists them.")


def _listed(root: Path, commit: str, folder: PurePosixPath) -> list[PurePosixPath]:
    """The files of a commit, below a folder, that may be specs or parts of specs."""
    done = _git(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, "--", f"{folder}/")
    names = done.stdout.decode(errors="surrogateescape").split("\0")
    return [PurePosixPath(name) for name in names if name.endswith(ENDINGS)]


def _inside(named: str) -> PurePosixPath:
    path = PurePosixPath(named)
    if not named or path.is_absolute() or ".." in path.parts:
        raise RevisionError(f"{named!r} is no path in git. Name it from the root, as in HEAD:openapi/api.yaml.")
    return path


def _commit(root: Path, revision: str, named: str) -> str:
    done = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if done.returncode or not revision:
        raise RevisionError(f"{named!r} is no file, and git knows no revision {revision!r}. Check the spelling.")
    return done.stdout.decode().strip()


def _root(folder: Path) -> Path:
    done = _git(folder, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise RevisionError(_NO_REPOSITORY)
    return Path(done.stdout.decode().rstrip("\n"))


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - a list of arguments, what the user named behind --end-of-options or --
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the git of the user's own PATH
            capture_output=True,
            check=False,
            timeout=_GIT_TAKES,
        )
    except FileNotFoundError as error:
        raise RevisionError("git isn't installed, and only git has revisions. Name two files.") from error
    except subprocess.TimeoutExpired as error:
        raise RevisionError(f"git took more than {_GIT_TAKES} s. Name two files.") from error
