"""Files are swapped all or none: whatever fails, and whenever Ctrl-C is pressed."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.client import interrupts, output, swap
from generator.client.output import OutputError, replace_trees

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

_OLD = {"same.py": "1", "changed.py": "old", "gone/stale.py": "4"}
_NEW = {"same.py": "1", "changed.py": "new", "sub/added.py": "6"}
_TRACED = {module.__file__ for module in (swap, output, interrupts)}


def _tree(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return folder


def _files(folder: Path) -> dict[str, str]:
    """Its files, but for what Ctrl-C while it is cleaned up leaves in a hidden folder; see `staging`."""
    found = (path for path in folder.rglob("*") if path.is_file() and ".image-contract-" not in str(path))
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def _packages(root: Path) -> tuple[dict[Path, Path], Path, list[Path]]:
    """A package to be changed, one to be made and one to go: what `replace_trees` takes."""
    out = root / "out"
    for name in ("one", "orphan"):
        _tree(out / name, _OLD)
    trees = {out / name: _tree(root / "built" / name, _NEW) for name in ("one", "two")}
    return trees, out, [out / "orphan"]


def _wanted(root: Path, files: dict[str, dict[str, str]]) -> dict[str, str]:
    out = root / "expected"
    for name, content in files.items():
        _tree(out / name, content)
    return _files(out)


def _interrupting(at_line: int) -> tuple[Callable[[FrameType, str, Any], Any], list[int]]:
    """A trace function that presses Ctrl-C before the nth line of the swapping, and how many lines it saw."""
    seen = [0]

    def trace(frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_filename not in _TRACED:
            return None
        if event == "line":
            seen[0] += 1
            if seen[0] == at_line:
                signal.raise_signal(signal.SIGINT)
        return trace

    return trace, seen


def _run_traced(root: Path, at_line: int) -> tuple[bool, int]:
    """Swap, with Ctrl-C before a line; whether it was interrupted, and how many lines there were."""
    trees, out, gone = _packages(root)
    trace, seen = _interrupting(at_line)
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        replace_trees(trees, out, gone)
    except KeyboardInterrupt:
        return True, seen[0]
    finally:
        sys.settrace(before)
    return False, seen[0]


def test_ctrl_c_at_any_line_leaves_all_old_or_all_new(tmp_path: Path) -> None:
    is_interrupted, lines = _run_traced(tmp_path / "counting", 0)
    assert not is_interrupted
    old = _wanted(tmp_path / "old", {"one": _OLD, "orphan": _OLD})
    new = _wanted(tmp_path / "new", {"one": _NEW, "two": _NEW})
    endings = []
    for line in range(1, lines + 1):
        root = tmp_path / str(line)
        is_interrupted, _ = _run_traced(root, line)
        there = _files(root / "out")
        assert is_interrupted, f"Ctrl-C before line {line} was lost"
        assert there in (old, new), f"before line {line}"
        endings.append(there == new)
    assert endings == sorted(endings), "once it is new it stays new"
    assert set(endings) == {False, True}
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize(("owner", "call"), [(Path, "replace"), (Path, "mkdir"), (os, "link"), (shutil, "copy2")])
def test_a_failure_at_any_step_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, call: str
) -> None:
    if call == "copy2":  # which is called where there are no links
        monkeypatch.setattr(os, "link", _no_links)
    original = getattr(owner, call)
    for number in range(1, 100):
        root = tmp_path / str(number)
        trees, out, gone = _packages(root)
        before = _files(out)
        calls = [0]

        def failing(path: Path, *args: Any, calls: list[int] = calls, number: int = number, **named: Any) -> Any:
            calls[0] += 1
            if calls[0] == number:
                raise OSError(28, "No space left on device", str(path))
            return original(path, *args, **named)

        with monkeypatch.context() as patched:
            patched.setattr(owner, call, failing)
            error = _failure(trees, out, gone)
        if error is None:
            assert 1 < number > calls[0]
            return
        assert "No space left on device" in str(error)
        assert "Nothing was changed" in str(error)
        assert _files(out) == before
        assert sorted(path.name for path in out.iterdir()) == ["one", "orphan"]
    pytest.fail("it never came to an end")


def _no_links(path: Path, kept: Path, **_: Any) -> None:
    raise OSError(errno.EPERM, "Operation not permitted", str(path), None, str(kept))


def _failure(trees: dict[Path, Path], out: Path, gone: list[Path]) -> OutputError | None:
    try:
        replace_trees(trees, out, gone)
    except OutputError as error:
        return error
    return None


def test_a_folder_that_was_made_for_the_output_goes_again_when_nothing_comes_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = _tree(tmp_path / "built", _NEW)

    def refuse(_: Path, target: Path) -> None:
        raise OSError(5, "Input/output error", str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    out = tmp_path / "a" / "b" / "out"
    with pytest.raises(OutputError, match="Input/output error"):
        replace_trees({out / "one": built}, out)
    assert not (tmp_path / "a").exists()


def test_off_the_main_thread_files_are_swapped_as_well(tmp_path: Path) -> None:
    trees, out, gone = _packages(tmp_path)
    worker = threading.Thread(target=replace_trees, args=(trees, out, gone))
    worker.start()
    worker.join()
    assert _files(out) == _wanted(tmp_path, {"one": _NEW, "two": _NEW})


def test_a_termination_is_held_back_too() -> None:
    came: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: came.append(number))
    try:
        with interrupts.held_back() as so_far:
            signal.raise_signal(signal.SIGTERM)
            assert (came, so_far) == ([], [signal.SIGTERM])
        assert came == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGTERM, before)


def test_what_a_killed_run_has_left_goes_and_what_runs_beside_stays(tmp_path: Path) -> None:
    trees, out, gone = _packages(tmp_path)
    left, running = out / ".image-contract-left", out / ".image-contract-running"
    for folder in (left, running):
        _tree(folder, {"0.new": "half"})
    os.utime(left, (0, 0))
    replace_trees(trees, out, gone)
    assert not left.exists()
    assert running.exists()


def test_breaking_off_while_files_are_prepared_leaves_nothing(tmp_path: Path) -> None:
    beside = tmp_path / "a" / "out"

    def give_up() -> None:
        with swap.staging(beside) as stage:
            _tree(stage, {"built/one.py": "half"})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        give_up()
    assert not list(tmp_path.iterdir())


def test_a_link_in_a_files_place_is_replaced_and_what_it_points_to_stays(tmp_path: Path) -> None:
    trees, out, gone = _packages(tmp_path)
    elsewhere = tmp_path / "mine.py"
    elsewhere.write_text("1")
    (out / "one" / "same.py").unlink()
    (out / "one" / "same.py").symlink_to(elsewhere)
    replace_trees(trees, out, gone)
    assert not (out / "one" / "same.py").is_symlink()
    assert elsewhere.read_text() == "1"
