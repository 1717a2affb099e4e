"""The zoo's packages, built once for all workers of a run."""

from __future__ import annotations

import fcntl
import importlib
import sys
from typing import TYPE_CHECKING

import pytest

from .built import Built, build_all, is_built

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def zoo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Built]:
    """The built zoo, its packages importable."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "zoo"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_built(folder):
            build_all(folder)
    sys.path.insert(0, str(folder / "packages"))
    importlib.invalidate_caches()
    yield Built(folder)
    sys.path.remove(str(folder / "packages"))
