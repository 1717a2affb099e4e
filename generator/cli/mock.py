"""The command `mock`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.cli.options import OpenapiOption, folder_of_specs


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
        openapi=folder_of_specs(openapi),
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
