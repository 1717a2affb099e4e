"""The command: judges a gateway, prints the report, gives the exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import httpx
from rich.console import Console
from rich.text import Text

from generator.conformance.engine import run
from generator.conformance.plan import bill
from generator.conformance.report import as_json, print_report
from generator.conformance.verdicts import ExitCode
from generator.spec import SpecError, load

if TYPE_CHECKING:
    from pathlib import Path

    from generator.spec import Contract

_WIDTH = 200
"""Columns of a report where no terminal says how many it has."""


def conformance(
    api: str,
    base_url: str,
    token: str | None,
    *,
    openapi: Path,
    no_billable: bool = False,
    json_file: Path | None = None,
) -> int:
    """Judge a gateway and print what was found.

    Args:
        api: The name of a spec in the folder, e.g. ``powertokens``.
        base_url: Where the gateway is, e.g. ``https://api.example.com``.
        token: The API key; None if there is none.
        openapi: The folder of specs.
        no_billable: Send only what must be refused, and what is never billed.
        json_file: Where to write the report as JSON, besides.

    Returns:
        0 if the gateway conforms, 1 if it violates a documented rule, 2 if it couldn't be judged, 3 for wrong usage.
    """
    try:
        contract = _contract(api, openapi)
        _check_usage(contract, base_url, token, json_file)
    except _UsageError as error:
        Console(stderr=True).print(Text(str(error)), soft_wrap=True)
        return ExitCode.WRONG_USAGE
    # Into a file or a pipe it is printed as wide as it gets, so that no rule's id is broken.
    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    console.print(Text(f"{contract.title} at {base_url}"))
    console.print(Text(str(bill(contract.operations, no_billable=no_billable))))
    report = run(
        contract,
        base_url,
        token,
        no_billable=no_billable,
        progress=lambda operation: console.print(Text(f"judging {operation} …", "dim")),
    )
    print_report(report, console)
    if json_file is not None:
        json_file.write_text(as_json(report) + "\n", encoding="utf-8")
        console.print(Text(f"wrote {json_file}"))
    return report.exit_code


class _UsageError(Exception):
    """What was asked can't be done; the message says what to do instead."""


def _contract(api: str, openapi: Path) -> Contract:
    found = {path.stem: path for path in sorted(openapi.glob("*")) if path.suffix in {".yaml", ".yml", ".json"}}
    if api not in found:
        known = ", ".join(found) or "none"
        raise _UsageError(f"There is no spec {api!r} in {openapi}. There are: {known}.")
    try:
        return load(found[api])
    except SpecError as error:
        raise _UsageError(f"The spec can't be used:\n{error}") from error


def _check_usage(contract: Contract, base_url: str, token: str | None, json_file: Path | None) -> None:
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL as error:
        raise _UsageError(f"--base-url is no URL ({error}). Give one like https://api.example.com.") from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise _UsageError(
            "--base-url must begin with http:// or https:// and name a host, like https://api.example.com."
        )
    if url.userinfo:
        raise _UsageError("--base-url holds a user name or password. Leave it out, and give the API key with --token.")
    if not token and any(operation.security and () not in operation.security for operation in contract.operations):
        raise _UsageError(
            "No API key is given. Give it with --token, or in the environment variable IMAGE_CONTRACT_TOKEN."
        )
    if token and not (token.isascii() and token.isprintable()):
        raise _UsageError("The API key has signs that a header can't carry. Look for a line feed at its end.")
    if json_file is not None and not json_file.parent.is_dir():
        raise _UsageError(
            f"The folder {json_file.parent} does not exist. Make it first, or name another file with --json."
        )
