"""The commands for who writes a spec: `rules`, `lint`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.endings import UNUSABLE
from generator.cli.options import OpenapiOption, folder_of_specs


class Format(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


class LintFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


def rules(
    openapi: OpenapiOption = None,
    *,
    format_: Annotated[Format, typer.Option("--format", help="How to print them.")] = Format.TABLE,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """List every rule: operation, shape, field, keyword, value, level and document."""
    from generator.spec import load_all
    from generator.spec.reference import markdown
    from generator.spec.table import as_json, table

    contracts = load_all(folder_of_specs(openapi))
    printers = {Format.TABLE: table, Format.JSON: as_json, Format.MARKDOWN: markdown}
    typer.echo(printers[Format.JSON if json else format_](contracts))


def lint(
    specs: Annotated[list[Path] | None, typer.Argument(help="Specs; those of the folder if absent.")] = None,
    openapi: OpenapiOption = None,
    *,
    format_: Annotated[LintFormat, typer.Option("--format", help="How to print findings.")] = LintFormat.TEXT,
    explain: Annotated[
        str | None,
        typer.Option("--explain", help="Tell what a finding means and how to mend it: a code, or all.", metavar="CODE"),
    ] = None,
) -> None:
    """Say what is wrong with specs, with file, line and JSON Pointer; 0 nothing, 1 something, 2 no such code."""
    from generator.spec.lint_command import explained, lint_report

    is_json = format_ is LintFormat.JSON
    if explain is not None:
        words, is_known = explained(explain, as_json=is_json)
        typer.echo(words, err=not is_known)
        raise typer.Exit(0 if is_known else UNUSABLE)
    report, is_wrong = lint_report(specs or folder_of_specs(openapi), as_json=is_json)
    typer.echo(report, err=is_wrong and not is_json)
    raise typer.Exit(is_wrong)
