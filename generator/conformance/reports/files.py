"""Files of reports: whole or not at all, and known to be writable before anything is sent and paid for."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


def path_problem(path: Path, option: str) -> str:
    """What keeps a report from being written to a path, before anything is sent.

    Args:
        path: Where the report is to go.
        option: The option that names it, e.g. ``--html``.

    Returns:
        What is wrong and what to do, in words; "" if nothing is.
    """
    if path.is_dir():
        return f"{path} is a folder. Name a file with {option}."
    if is_device(path):
        return "" if os.access(path, os.W_OK) else f"{path} can't be written. Name another file with {option}."
    if path.exists() and not os.access(path, os.W_OK):
        return f"The file {path} may not be written. Mend its permissions, or name another file with {option}."
    folder = path.resolve().parent
    if not folder.is_dir():
        return f"The folder {folder} does not exist. Make it first, or name another file with {option}."
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"The folder {folder} can't be written. Mend its permissions, or name another file with {option}."
    return ""


def paths_problem(paths: dict[str, Path | None]) -> str:
    """The first thing that keeps any of several reports from being written.

    Args:
        paths: By option, e.g. ``{"--html": Path("report.html"), "--json": None}``.

    Returns:
        What is wrong and what to do, in words; "" if nothing is.
    """
    taken: dict[Path, str] = {}
    for option, path in paths.items():
        if path is None:
            continue
        if problem := path_problem(path, option):
            return problem
        for used in {path.resolve(), *([partial_of(path)] if option == "--har" else [])}:
            other = taken.setdefault(used, option)
            if other != option and not is_device(path):
                return f"{other} and {option} both write {used}. Name another file with one of them."
    return ""


def partial_of(path: Path) -> Path:
    """The file that grows while the run goes on, of a report that is written from its start on."""
    return Path(f"{path.resolve()}.partial")


def write_whole(path: Path, text: str) -> None:
    """Write a file, so that at every moment there is the old one or the whole new one.

    Args:
        path: Where to.
        text: The contents. Half a surrogate pair, which UTF-8 lacks, is written as JSON writes it.

    Raises:
        OSError: It can't be written. What was there before still is.
    """
    if is_device(path):
        path.write_bytes(encoded(text))
        return
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(encoded(text))
        put_in_place(aside, target)
    except BaseException:
        with suppress(FileNotFoundError):
            aside.unlink()
        raise


def is_device(path: Path) -> bool:
    """Whether what stands there takes what is written, as /dev/stdout does, and can't be replaced by a file."""
    return path.exists() and not path.is_file()


def put_in_place(aside: Path, target: Path) -> None:
    """Give a whole file the name that was asked for, with the permissions of the file that had it.

    Args:
        aside: The file, in the same folder.
        target: The name; no symbolic link.
    """
    aside.chmod(_mode(target))
    aside.replace(target)


def encoded(text: str) -> bytes:
    """A text in UTF-8."""
    return text.encode("utf-8", "backslashreplace")


def leave_unsaid(stream: TextIO) -> None:
    """Forget what a stream that can't be written still holds.

    Python would try once more when it ends, and end with another exit code.

    Args:
        stream: Standard output, or standard error.
    """
    with suppress(OSError, ValueError), Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), stream.fileno())


def _mode(target: Path) -> int:
    """The permissions of the file that is there, or those that a new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
