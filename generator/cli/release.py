"""The commands for what is generated: `generate`, `check`, `diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli.options import OpenapiOption, folder_of_specs

if TYPE_CHECKING:
    from generator.release.check import Place

OutputOption = Annotated[Path, typer.Option("--output", help="The folder that holds the generated packages.")]

SpecOption = Annotated[
    Path | None, typer.Option("--spec", help="A spec by itself, OpenAPI 3.0 or 3.1, instead of a folder of specs.")
]
PackageOption = Annotated[
    str | None, typer.Option("--package", help="With --spec: the package's name; the file's if absent.")
]


def generate(
    openapi: OpenapiOption = None,
    output: OutputOption = Path("generated_client"),
    spec: SpecOption = None,
    package: PackageOption = None,
    *,
    with_tests: Annotated[
        bool | None,
        typer.Option("--with-tests/--without-tests", help="Generate tests beside a package, too. As before if absent."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Generate even what the lock files say is up to date.")
    ] = False,
) -> None:
    """Generate the client packages and the table of rules from the specs, or one package from any spec."""
    from generator.release.command import run_generate

    raise typer.Exit(run_generate(_place(openapi, output, spec, package, with_tests=with_tests), force=force))


def check(
    openapi: OpenapiOption = None,
    output: OutputOption = Path("generated_client"),
    spec: SpecOption = None,
    package: PackageOption = None,
    *,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Generate and compare, whatever the lock files say.")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="Print the whole difference.")] = False,
) -> None:
    """Tell whether the generated packages are what the specs would give, and if not, why; exit code 1 if not."""
    from generator.release.command import generate_command, run_check

    command = generate_command(spec, output, package)
    place = _place(openapi, output, spec, package)
    raise typer.Exit(run_check(place, rebuild=rebuild, full=full, command=command))


def diff(
    old: Annotated[str, typer.Argument(help="What was: a file, a git revision, REVISION:PATH, or a folder.")],
    new: Annotated[str | None, typer.Argument(help="What is: the same; the working tree's if absent.")] = None,
    openapi: OpenapiOption = None,
    *,
    format_: Annotated[str, typer.Option("--format", help="text, markdown or json.")] = "text",
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    fail_on: Annotated[str, typer.Option(help="Exit with 1 if it breaks callers, gateways, any, never.")] = "callers",
    python: Annotated[bool, typer.Option(help="Compare the generated Python packages, too.")] = True,
) -> None:
    """Tell what a change of specs breaks, and for whom: exit code 0 nothing, 1 breaks callers, 2 unusable input."""
    from generator.release.diff.command import FailOn, Form, run_diff

    for given, choices, option in ((format_, Form, "--format"), (fail_on, FailOn, "--fail-on")):
        if given not in set(choices):
            raise typer.BadParameter(f"{given!r} is none of {', '.join(choices)}.", param_hint=option)
    form = Form.JSON if json else Form(format_)
    raise typer.Exit(run_diff(old, new, folder_of_specs(openapi), form=form, fail_on=FailOn(fail_on), python=python))


def _place(
    openapi: Path | None, output: Path, spec: Path | None, package: str | None, *, with_tests: bool | None = None
) -> Place:
    from generator.release.command import place_of_folder, place_of_spec

    if spec is None and package is None:
        return place_of_folder(folder_of_specs(openapi), output, with_tests=with_tests)
    if openapi is not None:
        raise typer.BadParameter("--openapi is for a folder of specs, --spec and --package for one spec.")
    return place_of_spec(spec, output, package, with_tests=with_tests)
