"""The commands for who judges a gateway: `conformance`, `explain`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.cli.endings import FAILED, WRONG_USAGE, Judged, fail
from generator.cli.options import OpenapiOption, folder_of_specs


def conformance(
    api: Annotated[str, typer.Argument(help="The API to judge by: the name of a spec, e.g. powertokens.")],
    base_url: Annotated[
        str,
        typer.Option(
            "--base-url", help="The gateway, up to where the spec's paths begin, e.g. https://api.example.com."
        ),
    ],
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
        fail(str(error), WRONG_USAGE)
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
    raise Judged(judge(api, settings, outputs, openapi=folder_of_specs(openapi)))


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
        typer.echo(explained(load_all(folder_of_specs(openapi)), rule_id, Form(format_)))
    except UnknownRuleError as error:
        fail(str(error), FAILED)
