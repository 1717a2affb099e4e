"""The command `image-contract`. Everything is imported late, so that `--help` is instant."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

app = typer.Typer(
    name="image-contract",
    help="Spec-driven clients, mock and conformance tests for image-generation gateways.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_FAILED = 1
_UNUSABLE = 2
_WRONG_USAGE = 3


class _Judged(SystemExit):
    """The end of a conformance run, with the exit code that its verdict has."""


OpenapiOption = Annotated[Path | None, typer.Option("--openapi", help="The folder of specs; the project's if absent.")]
OutputOption = Annotated[Path, typer.Option("--output", help="The folder that holds the generated packages.")]


class Format(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


@app.command()
def generate(openapi: OpenapiOption = None, output: OutputOption = Path("generated_client")) -> None:
    """Generate the client packages and the table of rules from the specs."""
    from generator.client import generate_all
    from generator.spec import load_all
    from generator.spec.table import write_markdown

    contracts = load_all(_folder(openapi))
    touched = generate_all(contracts, output)
    touched += write_markdown(contracts, _folder(openapi))
    for path in touched:
        typer.echo(f"{'wrote' if path.exists() else 'removed'} {path}")
    names = ", ".join(f"{output / contract.name}" for contract in contracts)
    typer.echo(f"{names}: {len(touched)} files changed." if touched else f"{names}: up to date.")


@app.command()
def check(openapi: OpenapiOption = None, output: OutputOption = Path("generated_client")) -> None:
    """Tell whether the generated packages are what the specs would give; exit code 1 if not."""
    from generator.release import check as drifts
    from generator.release import describe

    found = drifts(_folder(openapi), output)
    typer.echo(describe(found))
    if found:
        raise typer.Exit(_FAILED)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="The spec as it was.")],
    new: Annotated[Path, typer.Argument(help="The spec as it is.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell which rules differ between two specs, and for whom that breaks; exit code 1 if callers break."""
    from generator.release import changes_as_json, changes_table, diff_rules
    from generator.spec import load

    changes = diff_rules(load(old), load(new))
    typer.echo(changes_as_json(changes) if json else changes_table(changes))
    if any(change.breaks_callers for change in changes):
        raise typer.Exit(_FAILED)


@app.command()
def rules(
    openapi: OpenapiOption = None,
    *,
    format_: Annotated[Format, typer.Option("--format", help="How to print them.")] = Format.TABLE,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """List every rule: operation, shape, field, keyword, value, level and document."""
    from generator.spec import load_all
    from generator.spec.table import as_json, markdown, table

    contracts = load_all(_folder(openapi))
    printers = {Format.TABLE: table, Format.JSON: as_json, Format.MARKDOWN: markdown}
    typer.echo(printers[Format.JSON if json else format_](contracts))


@app.command()
def lint(
    specs: Annotated[list[Path] | None, typer.Argument(help="Specs; those of the folder if absent.")] = None,
    openapi: OpenapiOption = None,
) -> None:
    """Say what is wrong with specs, with file, line and JSON Pointer; exit code 1 if anything is."""
    from generator.spec import load, load_all

    contracts = [load(path) for path in specs] if specs else load_all(_folder(openapi))
    for contract in contracts:
        typer.echo(f"{contract.path}: {len(contract.operations)} operations, {len(contract.rules)} rules, no problem.")


@app.command()
def mock(
    openapi: OpenapiOption = None,
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 0,
    key: Annotated[
        list[str] | None,
        typer.Option(
            envvar="IMAGE_CONTRACT_MOCK_KEY", help="An API key it accepts; a new one, printed, if absent. Repeatable."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Varies the images of requests that carry no seed.")] = 0,
    latency: Annotated[float, typer.Option(min=0, help="How long each answer takes at least, in seconds.")] = 0.0,
    faults: Annotated[Path | None, typer.Option(help="A file of faults to begin with, JSON or YAML.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Serve changed specs at once.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many processes serve.")] = 1,
    folder: Annotated[Path | None, typer.Option(help="Keep journal, results and uploads here.")] = None,
    max_disk: Annotated[int, typer.Option(min=1_000_000, help="How much of them is kept, in bytes.")] = 2_000_000_000,
    keep_requests: Annotated[int, typer.Option(min=1, help="How many requests the journal keeps.")] = 10_000,
    balance: Annotated[str, typer.Option(help="What each account holds at first, in US dollars.")] = "25.00",
    fetch_urls: Annotated[bool, typer.Option("--fetch-urls", help="Fetch images that are given as URLs.")] = False,
    allow_host: Annotated[list[str] | None, typer.Option(help="A name to serve the control interface by.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Tell each request in a line on standard error.")] = False,
) -> None:
    """Run an offline gateway that behaves as the documents say and answers with real images."""
    from generator.mock import serve

    code = serve(
        host,
        port,
        keys=key or (),
        seed=seed,
        openapi=_folder(openapi),
        workers=workers,
        watch=watch,
        script=faults,
        folder=folder,
        latency=latency,
        balance=balance,
        max_disk=max_disk,
        keep_requests=keep_requests,
        fetch_urls=fetch_urls,
        allowed_hosts=tuple(allow_host or ()),
        verbose=verbose,
    )
    raise typer.Exit(code)


@app.command()
def conformance(
    api: Annotated[str, typer.Argument(help="The API to judge by: the name of a spec, e.g. powertokens.")],
    base_url: Annotated[str, typer.Option("--base-url", help="Where the gateway is.")],
    openapi: OpenapiOption = None,
    *,
    token: Annotated[str | None, typer.Option(envvar="IMAGE_CONTRACT_TOKEN", help="The API key.")] = None,
    wallet: Annotated[
        str | None, typer.Option(envvar="IMAGE_CONTRACT_WALLET", help="A wallet's private key, to sign in with.")
    ] = None,
    image_url: Annotated[
        str | None, typer.Option("--image-url", help="Where the gateway can fetch an image, to be sent as a link.")
    ] = None,
    operation: Annotated[list[str] | None, typer.Option(help="Judge this operationId alone. Repeatable.")] = None,
    no_billable: Annotated[bool, typer.Option("--no-billable", help="Send only what must be refused.")] = False,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="With --no-billable: go on when something is taken by mistake.")
    ] = False,
    max_billable: Annotated[int | None, typer.Option(min=0, help="How many requests may be billed.")] = None,
    rate: Annotated[float | None, typer.Option(min=0.001, help="How many requests a second at most.")] = None,
    connections: Annotated[int, typer.Option(min=1, max=64, help="How many requests are under way at once.")] = 4,
    timeout: Annotated[float, typer.Option(min=1, help="How long an image may take, in seconds.")] = 180,
    fuzz: Annotated[str | None, typer.Option(help="Search on for a time (60s) or a number of requests (500).")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="What the search begins with (0).")] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="How many processes search (1).")] = None,
    examples: Annotated[
        str | None, typer.Option(help="A folder or a redis:// URL where the search keeps its finds.")
    ] = None,
    upstream_port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Play the model provider on this port.")
    ] = None,
    json: Annotated[Path | None, typer.Option("--json", help="Write the report as JSON to this file.")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write it as one HTML file.")] = None,
    junit: Annotated[Path | None, typer.Option("--junit", help="Write it as JUnit XML, for CI.")] = None,
    har: Annotated[Path | None, typer.Option("--har", help="Write everything that was sent, as HAR.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="A JSON report of before: only what is new counts.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Tell each rule, kept ones too.")] = False,
) -> None:
    """Judge a gateway: 0 conforms, 1 violates, 2 couldn't be judged, 3 wrong usage."""
    from generator.conformance.command import Outputs, UsageError, budget_of, check_search_options
    from generator.conformance.command import conformance as judge
    from generator.conformance.settings import Settings

    try:
        check_search_options(fuzz, {"--seed": seed, "--workers": workers, "--examples": examples})
        seconds, requests = budget_of(fuzz) if fuzz else (0.0, 0)
    except UsageError as error:
        _fail(str(error), _WRONG_USAGE)
    settings = Settings(
        base_url=base_url,
        token=token,
        wallet=wallet,
        image_url=image_url,
        operations=operation or None,
        no_billable=no_billable,
        keep_going=keep_going,
        max_billable=max_billable,
        rate=rate,
        connections=connections,
        timeout=timeout,
        fuzz_seconds=seconds,
        fuzz_requests=requests,
        seed=seed or 0,
        workers=workers or 1,
        examples=examples or "",
        upstream_port=upstream_port,
    )
    outputs = Outputs(json=json, html=html, junit=junit, har=har, baseline=baseline, verbose=verbose)
    raise _Judged(judge(api, settings, outputs, openapi=_folder(openapi)))


@app.command()
def explain(
    rule_id: Annotated[
        str, typer.Argument(help="A rule's id, or how several begin, e.g. generateImages/prompt/n.", metavar="RULE-ID")
    ],
    openapi: OpenapiOption = None,
    *,
    format_: Annotated[str, typer.Option("--format", help="text, markdown or json.")] = "text",
) -> None:
    """Explain a rule: what it says, its document, what keeps it and what breaks it; exit code 1 if there is none."""
    from generator.conformance.explain import Form, UnknownRuleError
    from generator.conformance.explain import explain as explained
    from generator.spec import load_all

    if format_ not in set(Form):
        raise typer.BadParameter(f"{format_!r} is none of {', '.join(Form)}.", param_hint="--format")
    try:
        typer.echo(explained(load_all(_folder(openapi)), rule_id, Form(format_)))
    except UnknownRuleError as error:
        _fail(str(error), _FAILED)


def _folder(openapi: Path | None) -> Path:
    from generator.spec import openapi_folder

    if openapi is not None:
        return openapi
    here = Path("openapi")
    return here if here.is_dir() else openapi_folder()


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    sys.exit(code)


def main() -> None:
    """Run the command; what a user can mend is told without a traceback."""
    try:
        app()
    except _Judged:
        raise
    except SystemExit as end:
        # To a run of conformance, 2 means that the gateway couldn't be judged.
        wrong_usage = end.code == _UNUSABLE and sys.argv[1:2] == ["conformance"]
        sys.exit(_WRONG_USAGE if wrong_usage else end.code)
    except Exception as error:
        from generator.client import FormatterError, OutputError, UnhonouredRuleError
        from generator.spec import SpecError

        if isinstance(error, SpecError | UnhonouredRuleError):
            _fail(str(error), _FAILED)
        if isinstance(error, OutputError | FormatterError):
            _fail(str(error), _UNUSABLE)
        raise


if __name__ == "__main__":
    main()
