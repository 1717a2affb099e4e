"""Runs the conformance run against a wrong gateway, and tells whether it found what is wrong, and nothing else."""

from __future__ import annotations

import time
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from attrs import frozen

from generator.conformance.engine import run
from generator.conformance.settings import Settings
from generator.conformance.wallet import Wallet
from generator.mock.serving.transport import InProcessTransport
from tests.conformance.mutants.defects import defect_of
from tests.conformance.mutants.mutant import KEY, right_app, wrong_app

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp

    from generator.conformance.verdicts import Finding, Report
    from generator.spec import SecurityScheme
    from tests.conformance.mutants.defects import Defect

URL: Final = "http://mock.example"
_PAYS: Final = "11" * 32
"""The private key of the wallet that signs in. It is made up, and so is the other."""
_PAYS_NOTHING: Final = "22" * 32


@frozen
class Score:
    """What a run says of one wrong gateway.

    Attributes:
        defect: The defect's id.
        family: Its family.
        is_found: Whether a finding names a rule that it is to be blamed on; never of one that no request can tell.
        named: The rules that were found broken.
        false_alarms: Those of them that are neither to blame nor follow from the defect.
        exit_code: What the run comes to.
        requests: How many requests were sent.
        seconds: How long it took.
        left_over: What else there is to know of the run: why it ended early, what it couldn't judge.
    """

    defect: str
    family: str
    is_found: bool
    named: tuple[str, ...]
    false_alarms: tuple[str, ...]
    exit_code: int
    requests: int
    seconds: float
    left_over: tuple[str, ...] = ()


def judge_mutant(defect: Defect) -> Score:
    """Judge the mock with a defect.

    Args:
        defect: The defect.
    """
    started = time.monotonic()
    report = judged(wrong_app(defect), defect)
    named = tuple(dict.fromkeys(finding.rule for finding in report.findings))
    return Score(
        defect=defect.id,
        family=defect.family,
        is_found=not defect.indistinguishable and any(_names(finding, defect.blames) for finding in report.findings),
        named=named,
        false_alarms=tuple(_false_alarms(report, defect)),
        exit_code=int(report.exit_code),
        requests=report.requests,
        seconds=time.monotonic() - started,
        left_over=tuple(part for part in (report.ended, *report.unjudged) if part),
    )


def judge_named(name: str) -> Score:
    """The same for the defect with an id, as another process is told of it."""
    return judge_mutant(defect_of(name))


def judge_right(defect: Defect) -> Report:
    """Judge the right mock, under the same conditions as that with a defect."""
    return judged(right_app(defect), defect)


def judged(app: ASGIApp, defect: Defect) -> Report:
    """Judge an application as a defect's gateway is judged."""
    # What is asked about the models costs nothing, and tells what the others may be asked.
    free = {operation.id for operation in defect.contract.operations if operation.method == "GET"}
    settings = Settings(
        base_url=URL,
        token=KEY,
        wallet=_PAYS if defect.wallet else None,
        operations=None if defect.all_operations else {defect.operation, *free},
        retries=1,
    )
    return run(defect.contract, settings, transport=InProcessTransport(app), sign=_sign if defect.wallet else None)


def _sign(scheme: SecurityScheme, url: str, is_empty: bool) -> str:  # noqa: FBT001  as the run calls it
    wallet = Wallet.of(_PAYS_NOTHING if is_empty else _PAYS)
    return wallet.headers(scheme, url)[scheme.header]


def _false_alarms(report: Report, defect: Defect) -> Collection[str]:
    """Every rule that is named wrongly: all, where nothing can be known to be wrong."""
    right = () if defect.indistinguishable else (*defect.blames, *defect.follows)
    return dict.fromkeys(finding.rule for finding in report.findings if not _names(finding, right))


def _names(finding: Finding, rules: Collection[str]) -> bool:
    return any(fnmatchcase(finding.rule, pattern) for pattern in rules)
