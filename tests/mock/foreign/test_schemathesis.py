"""The Schemathesis command line, with all its checks, finds nothing in the mock but what is explained."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import generator.mock
from generator.spec import openapi_folder

from .findings import Finding, explanations, findings, scenarios

if TYPE_CHECKING:
    from generator.mock import RunningMock

_DEEP = os.environ.get("IMAGE_CONTRACT_DEEP", "") not in {"", "0"}
_EXAMPLES = 500 if _DEEP else 12
_NO_FAILURES, _FAILURES = 0, 1  # exit codes
_README = Path(generator.mock.__file__).with_name("README.md")


@pytest.mark.deep
@pytest.mark.parametrize("name", ["powertokens", "venice"])
def test_only_explained_findings(gateway: RunningMock, tmp_path: Path, name: str) -> None:
    done = _run(gateway, name, tmp_path)
    assert done.returncode in {_NO_FAILURES, _FAILURES}, done.stdout + done.stderr
    ran = scenarios(tmp_path / "events.ndjson")
    assert sum(len(scenario["cases"]) for scenario in ran) > 100, "hardly a request was sent"
    found = {finding for scenario in ran for finding in findings(scenario)}
    unexplained = [finding for finding in found if not _is_explained(finding)]
    assert not unexplained, "\n".join(f"{one.check}, {one.operation}: {one.evidence}" for one in unexplained)


def _run(gateway: RunningMock, name: str, folder: Path) -> subprocess.CompletedProcess[str]:
    options = ["--checks", "all", "--max-examples", str(_EXAMPLES), "--seed", "1", "--continue-on-failure"]
    options += ["--no-color", "--report", "ndjson", "--report-ndjson-path", str(folder / "events.ndjson")]
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", str(openapi_folder() / f"{name}.yaml")]
    command += ["--url", gateway.url, "--header", f"Authorization: Bearer {gateway.key}", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def _is_explained(finding: Finding) -> bool:
    return any(explanation.explains(finding) for explanation in explanations())


def test_another_finding_is_not_explained() -> None:
    known = "multipart/form-data Invalid component: violates `type` at /properties/prompt (was string, became integer)"
    assert _is_explained(Finding("negative_data_rejection", "POST /v1/images/edits", known))
    assert not _is_explained(Finding("negative_data_rejection", "POST /v1/images/generations", known))
    assert not _is_explained(Finding("not_a_server_error", "POST /v1/images/edits", known))
    other = known.replace("multipart/form-data", "application/json")
    assert not _is_explained(Finding("negative_data_rejection", "POST /v1/images/edits", other))


def test_the_readme_explains_the_same() -> None:
    _, _, section = _README.read_text(encoding="utf-8").partition("\n## Schemathesis says\n")
    rows = [row for row in section.partition("\n## ")[0].splitlines() if row.startswith("| `")]
    assert rows == [
        f"| `{explanation.check}` | {', '.join(explanation.operations)} | {explanation.why} |"
        for explanation in explanations()
    ]
