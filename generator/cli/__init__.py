"""The command `image-contract`. Everything is imported late, so that `--help` is instant."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from generator.cli.conformance import conformance, explain
from generator.cli.endings import FAILED, UNUSABLE, WRONG_USAGE, Judged, fail
from generator.cli.mock import mock
from generator.cli.release import check, diff, generate
from generator.cli.spec import lint, rules

app = typer.Typer(
    name="image-contract",
    help="Spec-driven clients, mock and conformance tests for image-generation gateways.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for each in (generate, check, diff, rules, lint, mock, conformance, explain):  # as --help lists them
    app.command()(each)


def _tell_version(asked: bool) -> None:  # noqa: FBT001  as typer calls it
    if asked:
        from importlib.metadata import version

        typer.echo(f"image-contract {version('image-contract')}")
        raise typer.Exit


@app.callback()
def _image_contract(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command; what a user can mend is told without a traceback."""
    try:
        app()
    except Judged:
        raise
    except SystemExit as end:
        # To a run of conformance, 2 means that the gateway couldn't be judged.
        wrong_usage = end.code == UNUSABLE and sys.argv[1:2] == ["conformance"]
        sys.exit(WRONG_USAGE if wrong_usage else end.code)
    except Exception as error:
        from generator.client import FormatterError, OutputError, UnhonouredRuleError
        from generator.release.command import UnusableError
        from generator.release.hashing import UnreadableError
        from generator.spec import SpecError

        if isinstance(error, SpecError | UnhonouredRuleError):
            fail(str(error), FAILED)
        if isinstance(error, OutputError | FormatterError | UnreadableError | UnusableError):
            fail(str(error), UNUSABLE)
        raise
