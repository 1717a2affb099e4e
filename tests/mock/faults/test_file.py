"""Scripts in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.mock.faults.fault import Fault, FaultError
from generator.mock.faults.file import read_script

if TYPE_CHECKING:
    from pathlib import Path

YAML = """
- rate-limit retry-after=2
- {status: 503, times: 2, operation: editImages}
- name: slow
  delay: 0.5
"""
JSON = """[
\t"rate-limit retry-after=2",
\t{"status": 503, "times": 2, "operation": "editImages"},
\t{"name": "slow", "delay": 0.5}
]"""


@pytest.mark.parametrize(("name", "text"), [("bad-day.yaml", YAML), ("bad-day.json", JSON)])
def test_a_list_of_faults(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert read_script(file) == (
        Fault(name="rate-limit", status=429, retry_after=2),
        Fault(status=503, times=2, operation="editImages"),
        Fault(name="slow", delay=0.5, bytes_per_second=10_000),
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"- rate-limit\n- nonsense\n", "bad-day.yaml: fault 2: 'nonsense' is no fault"),
        (b"- {", "neither YAML nor JSON"),
        (b"- !!python/object:os.system {}", "neither YAML nor JSON"),
        (b"\xff", "is not UTF-8"),
        (b"", "a fault is an object of fields"),
        (b"- 5", "fault 1: a fault is an object"),
    ],
)
def test_a_file_that_holds_no_script(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "bad-day.yaml"
    file.write_bytes(content)
    with pytest.raises(FaultError) as caught:
        read_script(file)
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FaultError, match="No such file"):
        read_script(tmp_path / "none.yaml")
