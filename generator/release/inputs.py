"""What a package is made with: the templates, the runtime, the generator and the tools it calls."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Final

from attrs import frozen

from generator.release.hashing import LEFT_BY_TOOLS, combined, digest_of_file

_GENERATOR: Final = Path(__file__).resolve().parent.parent
_CLIENT: Final = _GENERATOR / "client"
_TEMPLATE_ENDINGS: Final = {".jinja", ".md"}
_TOOLS: Final = ("image-contract", "openapi-python-client", "ruff")


@frozen
class Inputs:
    """What a package is made with, its spec apart.

    Attributes:
        tools: The version of the generator, of the library it stands on and of the formatter, by their names.
        code: The hash of the generator's own code.
        templates: The hash of the templates.
        runtime: The hash of the runtime that every package gets a copy of.
    """

    tools: dict[str, str]
    code: str
    templates: str
    runtime: str


def inputs() -> Inputs:
    """What a package would be made with now."""
    runtime = _CLIENT / "runtime"
    own = [path for path in _below(_CLIENT) if runtime not in path.parents]
    code = [path for path in (*own, *_below(_GENERATOR / "spec")) if path.suffix == ".py"]
    return Inputs(
        tools={name: _version(name) for name in _TOOLS},
        code=_hash(code),
        templates=_hash([path for path in own if path.suffix in _TEMPLATE_ENDINGS]),
        runtime=_hash(_below(runtime)),
    )


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


def _below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if not LEFT_BY_TOOLS & set(path.parts) and path.is_file()]


def _hash(paths: list[Path]) -> str:
    return combined({path.relative_to(_GENERATOR).as_posix(): digest_of_file(path) for path in paths})
