"""The table of rules beside the specs. Its last line says what it was made from, so that a look at it is enough."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generator.digest import digest
from generator.release.hashing import combined
from generator.release.lock import LockError, read_lock
from generator.release.moved import Cause, Moved

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from generator.release.job import Job
    from generator.spec import Contract

PAGE: Final = "RULES.md"
"""The page's name, in the folder of the specs."""
_SEAL: Final = re.compile(r"\n<!-- specs: ([0-9a-f]{64}), text: ([0-9a-f]{64}) -->\n\Z")


def rules_page(contracts: Sequence[Contract]) -> str:
    """The page, sealed.

    Args:
        contracts: The contracts, in the order of their names.
    """
    from generator.release.building import resolved_digest  # noqa: PLC0415  what is up to date is told without it
    from generator.spec.reference import markdown  # noqa: PLC0415  the same

    text = markdown(contracts)
    specs = combined({contract.name: resolved_digest(contract) for contract in contracts})
    return f"{text}\n<!-- specs: {specs}, text: {digest(text.encode())} -->\n"


def moved_page(jobs: Sequence[Job], openapi: Path) -> list[Moved]:
    """What has moved since the page was written, told by its seal and the packages' lock files.

    Args:
        jobs: The packages of the specs. What has moved in these isn't told again.
        openapi: The folder of specs.
    """
    path = openapi / PAGE
    if not path.is_file():
        return [Moved(Cause.PAGE_MISSING, str(path), "")]
    text = path.read_bytes().replace(b"\r\n", b"\n").decode(errors="replace")
    seal = _SEAL.search(text)
    if seal is None or digest(text[: seal.start()].encode()) != seal[2]:
        return [Moved(Cause.PAGE_EDITED, str(path), "")]
    try:
        specs = combined({job.package: read_lock(job.folder).resolved for job in jobs})
    except LockError:
        return []
    return [] if specs == seal[1] else [Moved(Cause.PAGE_OUTDATED, str(path), "")]
