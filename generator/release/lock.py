"""The lock file of a package: what it was generated from and with, and what came of it, as hashes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from attrs import asdict, frozen

from generator.client.output import LOCK
from generator.digest import digest
from generator.release.hashing import combined

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TESTS: Final = "tests_"
"""What the name of a folder of tests beside a package begins with."""
_FORMAT: Final = 1
_BRACKETS: Final = re.compile(r"[\[\]{}]")
_DEEPEST: Final = 100
_ABOUT: Final = "Written by `image-contract generate`, read by `image-contract check`. Don't edit it."


class LockError(Exception):
    """A lock file says nothing that can be relied on; the message says why."""


class MissingLockError(LockError):
    """There is none."""


class DamagedLockError(LockError):
    """It can't be read as a lock file."""


class EditedLockError(LockError):
    """It is not as it was written."""


@frozen
class Lock:
    """What a lock file says.

    Attributes:
        package: The package's name.
        source: Where its spec is, as seen from the package's folder; "" if it is one of a folder of specs.
        spec: The hash of each file of the spec, by its path from the folder of the main one, which comes first; what
            stands in place of a file that couldn't be read.
        resolved: The hash of what the spec says, its references followed: comments and layout don't count.
        tools: The versions of generator, library and formatter.
        code: The hash of the generator's own code.
        templates: The hash of the templates.
        runtime: The hash of the runtime.
        left_out: What of the spec couldn't be generated, in words.
        files: The hash of every generated file, by its path in the package's folder.
        tests: The hash of every file of the tests that were generated beside it, by its path beside the package.
    """

    package: str
    source: str
    spec: dict[str, str]
    resolved: str
    tools: dict[str, str]
    code: str
    templates: str
    runtime: str
    left_out: tuple[str, ...]
    files: dict[str, str]
    tests: dict[str, str]

    def text(self) -> str:
        """The lock file's text."""
        said = {
            "about": _ABOUT,
            "format": _FORMAT,
            **_ordered(asdict(self)),
            "output": combined(self.files | self.tests),
        }
        return f"{json.dumps(said | {'seal': _seal(said)}, ensure_ascii=False, indent=2)}\n"


def _json(text: str) -> object:
    """What a text says; ValueError for one that is nested as no lock is, which some readers would crash on."""
    depth = 0
    for sign in _BRACKETS.findall(text):
        depth += 1 if sign in "[{" else -1
        if depth > _DEEPEST:
            raise ValueError("it is nested too deep")
    return json.loads(text)


def read_lock(folder: Path) -> Lock:
    """Read the lock file of a package.

    Args:
        folder: The package's folder.

    Raises:
        MissingLockError: There is none.
        DamagedLockError: It can't be read as a lock file.
        EditedLockError: It is not as it was written.
    """
    path = folder / LOCK
    try:
        said = _json(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise MissingLockError(f"{path} is missing.") from error
    except OSError as error:
        raise DamagedLockError(f"{path} can't be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise DamagedLockError(f"{path} is no JSON.") from error
    if not isinstance(said, dict) or said.get("format") != _FORMAT:
        raise DamagedLockError(f"{path} is no lock file of this version.")
    try:
        is_as_written = said.pop("seal", "") == _seal(said)
        lock = _lock(said) if is_as_written else None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedLockError(f"{path} lacks what a lock file says.") from error
    if lock is None:
        raise EditedLockError(f"{path} is not as it was written.")
    return lock


def tests_of(folder: Path) -> tuple[str, ...]:
    """The files of the tests beside a package, by its lock file; none if that says nothing."""
    try:
        return tuple(read_lock(folder).tests)
    except LockError:
        return ()


def _lock(said: Mapping[str, Any]) -> Lock:
    lock = Lock(
        package=_text(said["package"]),
        source=_text(said["source"]),
        spec=_texts(said["spec"]),
        resolved=_text(said["resolved"]),
        tools=_texts(said["tools"]),
        code=_text(said["code"]),
        templates=_text(said["templates"]),
        runtime=_text(said["runtime"]),
        left_out=tuple(map(_text, said["left_out"])),
        files=_texts(said["files"]),
        tests=_texts(said["tests"]),
    )
    is_beside = all(name.startswith(TESTS) and ".." not in name.split("/") for name in lock.tests)
    if said["output"] != combined(lock.files | lock.tests) or not lock.spec or not is_beside:
        raise ValueError
    return lock


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _texts(value: Mapping[str, object]) -> dict[str, str]:
    return {name: _text(each) for name, each in value.items()}


def _ordered(said: dict[str, Any]) -> dict[str, Any]:
    """Each mapping by its keys, but for the files of a spec, of which the main one comes first."""
    sort = {"tools", "files", "tests"}
    return {name: dict(sorted(value.items())) if name in sort else value for name, value in said.items()}


def _seal(said: Mapping[str, Any]) -> str:
    return digest(json.dumps(said, ensure_ascii=False, sort_keys=True).encode())
