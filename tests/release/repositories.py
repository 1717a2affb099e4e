"""Git repositories for tests, whatever the user's own settings of git are."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder; it must succeed."""
    identity = {
        f"GIT_{who}_{what}": "nobody@nowhere.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(
        [shutil.which("git") or "git", "-C", str(folder), *arguments],
        check=True,
        capture_output=True,
        env={**os.environ, **identity, **quiet},
    )
