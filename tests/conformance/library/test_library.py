"""The conformance run as tests of somebody else's pytest suite."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest

from generator.conformance.testing import rule_tests
from generator.conformance.testing.results import Result, Results
from generator.conformance.testing.running import once

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# A run that finds what it is told to, and writes down that it was made, and of what.
_CONFTEST: Final = """
from pathlib import Path

import generator.conformance.testing.suite as suite
from generator.conformance.testing.results import Result, Results

RULES = {
    "generateImages/prompt/n/minimum": Result("conforms", "", ""),
    "generateImages/prompt/n/maximum": Result("violates", "1 of 2", "n: 7 was taken\\ncurl --data '{}' $TOKEN"),
    "generateImages/prompt/n/type": Result("warns", "1 of 2", "n: '1' was taken"),
    "generateImages/prompt/size/type": Result("not tested", "status 429", ""),
    "generateImages/prompt/seed/type": Result("not applicable", "nothing breaks it", ""),
    "generateImages/prompt/n/honoured": Result("violates", "1 of 1", "two images came"),
    "generateImages/prompt/size/honoured": Result("conforms", "", ""),
}

def judged(contract, gateway, settings):
    operations = ",".join(settings.operations or ()) or "all"
    with (Path(__file__).parent / "runs.txt").open("a") as runs:
        print(gateway.at, gateway.token, operations, settings.max_billable, file=runs)
    if gateway.at == "http://broken":
        raise RuntimeError("no gateway")
    return Results(RULES, "12 requests", "status 429" if gateway.at == "http://busy" else "")

suite.judged = judged
"""
_TEST: Final = """
from generator.conformance.testing import rule_tests

test_rule = rule_tests("powertokens", gateway="http://gateway", token="key", max_billable=7)
"""


def suite(
    folder: Path, test: str = _TEST, *options: str, files: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run pytest on a test in a folder of its own, in a process of its own."""
    for name, content in {"conftest.py": _CONFTEST, "test_it.py": test, **(files or {})}.items():
        (folder / name).write_text(content, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(folder), "--strict-markers"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "IMAGE_"))}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # others' take seconds to import
    command += ["-p", "generator.pytest_plugin", *(["-p", "xdist"] if "-n" in options else [])]
    return subprocess.run(
        [*command, *options], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def runs(folder: Path) -> Sequence[str]:
    """The runs that were made."""
    return (folder / "runs.txt").read_text(encoding="utf-8").splitlines()


def only(rule: str) -> str:
    """What selects the test of one rule."""
    return f"test_it.py::test_rule[{rule}]"


def test_each_rule_has_a_test_and_they_share_one_run(tmp_path: Path) -> None:
    done = suite(tmp_path, _TEST, "-q", "-rsf", "-k", "generateImages or run")
    assert done.returncode == 1
    assert re.search(r"2 failed, 3 passed, [0-9]+ skipped, [0-9]+ deselected, 1 warning", done.stdout), done.stdout[
        -500:
    ]
    assert "FAILED test_it.py::test_rule[generateImages/prompt/n/maximum] - Failed: n: 7" in done.stdout
    assert "FAILED test_it.py::test_rule[generateImages/behaviours] - Failed: two images" in done.stdout
    assert "ConformanceWarning: n: '1' was taken" in done.stdout
    assert "not tested: status 429" in done.stdout
    assert "not applicable: nothing breaks it" in done.stdout
    assert runs(tmp_path) == ["http://gateway key generateImages 7"]


def test_a_failing_test_shows_the_finding_and_no_line_of_ours(tmp_path: Path) -> None:
    done = suite(tmp_path, _TEST, only("generateImages/prompt/n/maximum"))
    assert "curl --data '{}' $TOKEN" in done.stdout
    assert "Traceback" not in done.stdout
    assert "suite.py" not in done.stdout


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ((), 0, "ConformanceWarning: n: '1' was taken"),
        (("--conformance-warnings", "note", "-rP"), 0, "n: '1' was taken"),
        (("--conformance-warnings", "fail"), 1, "n: '1' was taken"),
        (("-W", "error"), 1, "ConformanceWarning"),
    ],
)
def test_what_becomes_of_a_warning_can_be_chosen(
    tmp_path: Path, options: tuple[str, ...], code: int, words: str
) -> None:
    done = suite(tmp_path, _TEST, only("generateImages/prompt/n/type"), *options)
    assert done.returncode == code, done.stdout
    assert words in done.stdout
    assert ("ConformanceWarning" in done.stdout) == ("--conformance-warnings" not in options)


def test_what_becomes_of_a_warning_can_be_written_in_the_test(tmp_path: Path) -> None:
    test = _TEST.replace("max_billable=7", 'on_warning="fail"')
    assert suite(tmp_path, test, only("generateImages/prompt/n/type")).returncode == 1


def test_workers_share_one_run(tmp_path: Path) -> None:
    done = suite(tmp_path, _TEST, "-q", "-n", "2", "-k", "generateImages or run")
    assert re.search(r"2 failed, 3 passed, [0-9]+ skipped, 1 warning", done.stdout), done.stdout[-500:]
    assert runs(tmp_path) == ["http://gateway key generateImages 7"]


def test_a_gateway_that_could_not_be_judged_is_no_success(tmp_path: Path) -> None:
    test = _TEST.replace("http://gateway", "http://busy")
    done = suite(tmp_path, test, only("run"))
    assert done.returncode == 1
    assert "The gateway couldn't be judged in full:\nstatus 429" in done.stdout
    assert runs(tmp_path) == ["http://busy key all 7"]


def test_what_a_run_costs_can_be_seen(tmp_path: Path) -> None:
    done = suite(tmp_path, _TEST, only("run"), "-rP")
    assert done.returncode == 0
    assert "12 requests" in done.stdout


def test_a_run_that_fails_is_not_made_again_by_each_test(tmp_path: Path) -> None:
    test = _TEST.replace("http://gateway", "http://broken")
    done = suite(tmp_path, test, "-q", "-k", "prompt-n or prompt/n/")
    assert "RuntimeError: no gateway" in done.stdout
    assert done.stdout.count("The run failed before: RuntimeError") > 1
    assert len(runs(tmp_path)) == 1


def test_all_of_it_can_be_left_out(tmp_path: Path) -> None:
    done = suite(tmp_path, f"{_TEST}\ndef test_other(): pass\n", "-q", "-m", "not image_contract")
    assert done.returncode == 0
    assert "1 passed" in done.stdout
    assert not (tmp_path / "runs.txt").exists()


def test_a_fixture_gives_the_gateway(tmp_path: Path) -> None:
    test = """
import pytest
from generator.conformance.testing import Gateway, rule_tests

@pytest.fixture(scope="module")
def address():
    return "http://address"

@pytest.fixture
def keyless():
    return Gateway("http://keyless")

@pytest.fixture(scope="session")
def keyed():
    return Gateway("http://keyed", token="own")

test_1 = rule_tests("powertokens", gateway="address", token="key", operations=["editImages"])
test_2 = rule_tests("powertokens", gateway="keyless", token="key", operations=["editImages"])
test_3 = rule_tests("powertokens", gateway="keyed", token="key", operations=["editImages"])
"""
    done = suite(tmp_path, test, "-k", "[run]")
    assert done.returncode == 0, done.stdout
    assert runs(tmp_path) == [
        "http://address key editImages None",
        "http://keyless key editImages None",
        "http://keyed own editImages None",
    ]


def test_a_gateway_in_the_same_process_is_judged_for_real(tmp_path: Path) -> None:
    test = """
import pytest
from generator.conformance.testing import Gateway, rule_tests
from generator.mock import create_app

@pytest.fixture(scope="session")
def gateway():
    return Gateway(create_app(keys=["key-of-the-tests"]), token="key-of-the-tests")

test_rule = rule_tests("venice", gateway="gateway", operations=["listModels"])
"""
    done = suite(tmp_path, test, "-q", "-W", "error", files={"conftest.py": ""})
    assert done.returncode == 0, done.stdout
    passed = re.search(r"([0-9]+) passed", done.stdout)
    assert passed is not None
    assert int(passed[1]) > 10


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"api": "powertoken"}, r"no spec 'powertoken'.*powertokens"),
        ({"api": "powertokens", "operations": ["generateImage"]}, "Did you mean generateImages?"),
    ],
)
def test_what_is_not_there_is_told_when_the_tests_are_made(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        rule_tests(gateway="http://gateway", **arguments)


def test_a_setting_that_there_is_not_is_told() -> None:
    with pytest.raises(TypeError, match="max_bilable"):
        rule_tests("powertokens", gateway="http://gateway", max_bilable=3)


def test_results_pass_from_one_process_to_another_whole(tmp_path: Path) -> None:
    results = Results(
        {"a/b": Result("violates", "w\u00e9", "\ud800 lone"), "c": Result("conforms", "", "")}, "12", "no"
    )
    made: list[int] = []

    def run() -> Results:
        made.append(1)
        return results

    assert once(tmp_path, "key", run) is results
    assert once(tmp_path, "key", run) == results
    assert made == [1]
    assert once(tmp_path, "another", run) is results


def test_a_run_that_breaks_off_leaves_the_next_to_make_it(tmp_path: Path) -> None:
    def breaks() -> Results:
        raise RuntimeError("broken off")

    with pytest.raises(RuntimeError):
        once(tmp_path, "key", breaks)
    made = Results({}, "12")
    assert once(tmp_path, "key", lambda: made) is made


def test_collecting_the_tests_is_light() -> None:
    code = "import sys, generator.conformance.testing; sys.exit(int('schemathesis' in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
