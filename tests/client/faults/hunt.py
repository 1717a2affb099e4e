"""Searches everything that a program might show, store or send on for secrets that must not be there."""

from __future__ import annotations

import copy
import logging
import pickle
import traceback
import types
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx

from .marks import MarkedWallet

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from .marks import Secrets

_DEPTH: Final = 7  # attributes and items that lead from one thing to the next
_OURS: Final = "generated_client"
_TESTS: Final = str(Path(__file__).parents[2])
_KEEPERS: Final = frozenset({"client", "_client", "calling", "building", "options", "credentials"})
"""Our modules whose objects must hold keys, or headers of the user's own, to do their work."""
_OPAQUE: Final = (
    types.ModuleType,
    types.FunctionType,
    types.BuiltinFunctionType,
    type,
    logging.Logger,
    httpx.Client,
    httpx.AsyncClient,
    MarkedWallet,
)
"""What leads to the whole program, or belongs to the user."""


class Hunt:
    """A search for secrets.

    Args:
        secrets: The secrets.
        printed: What is printed.

    Attributes:
        found: Where one was.
        secrets: The secrets.
    """

    def __init__(self, secrets: Secrets, printed: pytest.CaptureFixture[str]) -> None:
        self.found: list[str] = []
        self.secrets, self._printed = secrets, printed
        self._seen: dict[int, Any] = {}

    def text(self, text: str, place: str) -> None:
        """Search a text."""
        if self.secrets.in_text(text):
            self.found.append(place)

    def thing(self, value: Any, place: str, depth: int = _DEPTH) -> None:
        """Search a thing: its repr, and all that its items and attributes lead to."""
        if isinstance(value, str):
            self.text(value, place)
            return
        if isinstance(value, bytes | bytearray | memoryview):
            self.text(bytes(value).decode("latin-1"), place)
            return
        if id(value) in self._seen or depth < 0:
            return
        self._seen[id(value)] = value  # held, so that its id stays its own
        self.text(_repr(value), f"repr of {place}")
        if isinstance(value, _OPAQUE) or _keeps(value):
            return  # no more than its repr is looked at
        for name, part in _parts(value):
            self.thing(part, f"{place}{name}", depth - 1)

    def error(self, error: BaseException, place: str = "the exception") -> None:
        """Search an exception: its words, what it holds, what it becomes, and the frames that it went through."""
        self.text(str(error), f"str of {place}")
        self.thing(error, place)
        self.thing(list(getattr(error, "__notes__", ())), f"notes of {place}")
        if isinstance(error, Exception) and type(error).__module__.startswith(_OURS):
            self.thing(pickle.dumps(error), f"pickle of {place}")
            self.thing(copy.deepcopy(error), f"copy of {place}")
        for frame, _ in traceback.walk_tb(error.__traceback__):
            self._frame(frame)
        for kind in ("__cause__", "__context__"):
            linked = getattr(error, kind)
            if linked is not None and id(linked) not in self._seen:
                self.error(linked, f"{kind} of {place}")

    def _frame(self, frame: types.FrameType) -> None:
        """Search a frame's variables: of ours all that they lead to, of the libraries' what a tool would print."""
        file = frame.f_code.co_filename
        if _TESTS in file:
            return
        for name, value in frame.f_locals.items():
            place = f"{name} in {Path(file).name}:{frame.f_code.co_name}"
            if f"/{_OURS}/" in file:
                self.thing(value, place)
            else:
                self.text(_repr(value), f"repr of {place}")

    def files(self, folder: Path) -> None:
        """Search all files below a folder, and their names."""
        for path in folder.rglob("*"):
            self.text(str(path), f"name of {path.name}")
            if path.is_file():
                self.thing(path.read_bytes(), f"file {path.name}")

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Search all that is logged, warned of and printed meanwhile."""
        handler = _Handler(self)
        root = logging.getLogger()
        level = root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        try:
            with warnings.catch_warnings(record=True) as warned:
                warnings.simplefilter("always")
                yield
        finally:
            root.setLevel(level)
            root.removeHandler(handler)
        for warning in warned:
            self.text(str(warning.message), "a warning")
        printed = self._printed.readouterr()
        self.text(printed.out, "stdout")
        self.text(printed.err, "stderr")
        assert handler.count, "nothing was logged, so nothing was searched"


class _Handler(logging.Handler):
    """Searches log records, with all that they hold."""

    def __init__(self, hunt: Hunt) -> None:
        super().__init__()
        self.count = 0
        self._hunt = hunt

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1
        place = f"log of {record.name} at {record.levelname}"
        self._hunt.text(record.getMessage(), place)
        self._hunt.text(repr(record.args), f"arguments of {place}")
        if record.name.startswith(_OURS):
            self._hunt.thing(dict(record.__dict__), f"record of {place}")


def _keeps(value: Any) -> bool:
    module = type(value).__module__
    return module.startswith(_OURS) and module.rpartition(".")[2] in _KEEPERS


def _repr(value: Any) -> str:
    try:
        return repr(value)
    except AttributeError:  # in a frame may be an object whose making failed
        return ""


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield f"[{key!r}]", item
            yield f"[key {key!r}]", key
    elif isinstance(value, list | tuple | set | frozenset):
        for number, item in enumerate(value):
            yield f"[{number}]", item
    else:
        for name, part in getattr(value, "__dict__", {}).items():
            yield f".{name}", part
        for kind in type(value).__mro__:
            slots = getattr(kind, "__slots__", ())
            for name in (slots,) if isinstance(slots, str) else slots:
                if name != "__weakref__" and hasattr(value, name):
                    yield f".{name}", getattr(value, name)
