"""The command: judges a gateway, has the reports made, gives the exit code."""

from __future__ import annotations

import re
import sys
from functools import partial
from typing import TYPE_CHECKING

import httpx
from attrs import frozen

from generator.conformance.engine import run
from generator.conformance.explain import words_of
from generator.conformance.failures import failure_in_words
from generator.conformance.interrupts import as_interrupts, end_at_once
from generator.conformance.reports import BaselineError, leave_unsaid, paths_problem, read_baseline, reporters
from generator.conformance.upstream import PortTakenError
from generator.conformance.verdicts import ExitCode
from generator.conformance.wallet import WalletError, check_key
from generator.conformance.wallets import signing
from generator.spec import SpecError
from generator.spec.load import load_found

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from generator.conformance.settings import Settings
    from generator.spec import Contract

_TIME = re.compile(r"([0-9]+(?:\.[0-9]+)?)(s|m|h)")
_SECONDS = {"s": 1, "m": 60, "h": 3600}


@frozen(kw_only=True)
class Outputs:
    """What a run is to be told in, besides the terminal.

    Attributes:
        json: The file for programs; None for none, as with the others.
        html: The file for people.
        junit: The file for CI.
        har: The file that holds everything that was sent.
        baseline: A report of before, as JSON, of which only what is new is told.
        verbose: Whether the terminal tells each rule, also those that are kept.
    """

    json: Path | None = None
    html: Path | None = None
    junit: Path | None = None
    har: Path | None = None
    baseline: Path | None = None
    verbose: bool = False


class UsageError(Exception):
    """What was asked can't be done; the message says what to do instead."""


def conformance(api: str, settings: Settings, outputs: Outputs, *, openapi: Path) -> int:
    """Judge a gateway and tell what was found.

    Args:
        api: The name of a spec in the folder, e.g. ``powertokens``.
        settings: Where the gateway is, what to judge, and what it may cost.
        outputs: What to tell it in.
        openapi: The folder of specs.

    Returns:
        0 if the gateway conforms, 1 if it violates a documented rule, 2 if it couldn't be judged or a report
        couldn't be written, 3 for wrong usage.
    """
    try:
        contract = _contract(api, openapi)
        _check_usage(contract, settings, outputs)
        baseline = read_baseline(outputs.baseline, contract.name) if outputs.baseline else None
        sign = signing(contract, settings)
        reports = reporters(
            verbose=outputs.verbose,
            json_file=outputs.json,
            html_file=outputs.html,
            junit_file=outputs.junit,
            har_file=outputs.har,
            baseline=baseline,
            words=partial(words_of, contract),
        )
    except (UsageError, BaselineError, WalletError) as error:
        print(error, file=sys.stderr)  # noqa: T201  the command's own voice
        return ExitCode.WRONG_USAGE
    except OSError as error:
        print(f"{error.filename or 'A file'} can't be opened: {error.strerror}.", file=sys.stderr)  # noqa: T201
        return ExitCode.WRONG_USAGE
    try:
        with as_interrupts(), reports:
            report = run(contract, settings, sign=sign, observe=reports)
    except PortTakenError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return ExitCode.WRONG_USAGE
    except KeyboardInterrupt:
        # The run takes the first itself, and by the second waits no more for what is under way.
        end_at_once()
        print("Interrupted again: not all reports are whole.", file=sys.stderr)  # noqa: T201
        return ExitCode.NOT_JUDGED
    except Exception as error:  # noqa: BLE001  nobody is helped by our depths; what an exception says may be secret
        print(f"{failure_in_words(error)}.", file=sys.stderr)  # noqa: T201
        return ExitCode.NOT_JUDGED
    for path in reports.written:
        reports.say(f"wrote {path}")
    if reports.is_deaf:
        leave_unsaid(sys.stdout)
    _complain(reports.problems)
    code = baseline.compare(report).exit_code if baseline else report.exit_code
    # A report that was asked for and isn't there is no success.
    return ExitCode.NOT_JUDGED if reports.problems and code is ExitCode.CONFORMS else code


def _complain(problems: Sequence[str]) -> None:
    try:
        for problem in problems:
            print(problem, file=sys.stderr, flush=True)  # noqa: T201  the command's own voice
    except OSError:
        # Nobody reads that either; the exit code tells.
        leave_unsaid(sys.stderr)


def budget_of(text: str) -> tuple[float, int]:
    """How long to search, from what a user writes.

    Args:
        text: A time such as ``60s``, ``5m`` or ``1h``, or a number of requests such as ``500``.

    Returns:
        Seconds and requests; 0 for the one that isn't given.

    Raises:
        UsageError: It is neither.
    """
    if text.isascii() and text.isdecimal() and int(text) > 0:
        return 0.0, int(text)
    if (found := _TIME.fullmatch(text)) and float(found[1]) > 0:
        return float(found[1]) * _SECONDS[found[2]], 0
    raise UsageError(f"--fuzz takes a time such as 60s or 5m, or a number of requests such as 500; not {text!r}.")


def check_search_options(fuzz: str | None, given: Mapping[str, object]) -> None:
    """Refuse options of the search without a search.

    Args:
        fuzz: How long to search, as the user wrote it; None if there is to be none.
        given: What was given of the search's options, e.g. ``{"--seed": 3}``; None for what wasn't.

    Raises:
        UsageError: One was given, and there is to be no search.
    """
    names = [name for name, value in given.items() if value is not None]
    if names and not fuzz:
        told = " and ".join(names)
        raise UsageError(f"{told}: for the search alone. Add --fuzz 60s or the like, or leave {told} out.")


def _contract(api: str, openapi: Path) -> Contract:
    found = {path.stem: path for path in sorted(openapi.glob("*")) if path.suffix in {".yaml", ".yml", ".json"}}
    if api not in found:
        known = ", ".join(found) or "none"
        raise UsageError(f"There is no spec {api!r} in {openapi}. There are: {known}.")
    try:
        return load_found(found[api])
    except SpecError as error:
        raise UsageError(f"The spec can't be used:\n{error}") from error


def _check_usage(contract: Contract, settings: Settings, outputs: Outputs) -> None:
    _check_url(settings.base_url)
    _check_token(contract, settings.token)
    if settings.wallet:
        check_key(settings.wallet)
    if settings.image_url is not None:
        _web_address(settings.image_url, "--image-url", "https://example.com/cat.png")
    if settings.no_billable and settings.max_billable and not settings.keep_going:
        raise UsageError("--no-billable and --max-billable exclude each other: leave one of them out.")
    if settings.keep_going and not settings.no_billable and settings.max_billable != 0:
        raise UsageError("--keep-going is for --no-billable alone. Add that, or leave --keep-going out.")
    known = [operation.id for operation in contract.operations]
    for name in settings.operations or ():
        if name not in known:
            raise UsageError(f"There is no operation {name!r}. There are: {', '.join(known)}.")
    files = {"--json": outputs.json, "--html": outputs.html, "--junit": outputs.junit, "--har": outputs.har}
    if problem := paths_problem(files):
        raise UsageError(problem)
    if settings.fuzz_seconds or settings.fuzz_requests:
        _check_examples(settings.examples)


def _check_examples(examples: str) -> None:
    # Late, as Schemathesis takes its time to import.
    from generator.conformance.search import ExamplesError, open_examples  # noqa: PLC0415

    try:
        open_examples(examples)
    except ExamplesError as error:
        raise UsageError(str(error)) from error


def _check_url(base_url: str) -> None:
    if _web_address(base_url, "--base-url", "https://api.example.com").userinfo:
        raise UsageError("--base-url holds a user name or password. Leave it out, and give the API key with --token.")


def _web_address(text: str, option: str, example: str) -> httpx.URL:
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise UsageError(f"{option} is no URL ({error}). Give one like {example}.") from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise UsageError(f"{option} must begin with http:// or https:// and name a host, like {example}.")
    return url


def _check_token(contract: Contract, token: str | None) -> None:
    if not token and any(operation.security and () not in operation.security for operation in contract.operations):
        raise UsageError(
            "No API key is given. Give it with --token, or in the environment variable IMAGE_CONTRACT_TOKEN."
        )
    if token and not (token.isascii() and token.isprintable()):
        raise UsageError("The API key has signs that a header can't carry. Look for a line feed at its end.")
