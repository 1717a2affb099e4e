"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

OpenapiOption = Annotated[Path | None, typer.Option("--openapi", help="The folder of specs; the project's if absent.")]


def folder_of_specs(openapi: Path | None) -> Path:
    """The folder of specs: the one given, or `openapi` here, or else the project's own.

    Args:
        openapi: What was given.
    """
    if openapi is not None:
        return openapi
    here = Path("openapi")
    if here.is_dir():
        return here
    from generator.spec import openapi_folder

    return openapi_folder()
