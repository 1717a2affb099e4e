"""What a mock can be told: each setting is looked at in one place, and refused with its name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.mock import create_app, running
from generator.mock.serving.server import serve
from generator.mock.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"latency": float("nan")}, "latency must be a number of seconds"),
        ({"latency": float("inf")}, "latency must be"),
        ({"latency": -1}, "latency must be"),
        ({"latency": "1"}, "latency must be"),
        ({"seed": "7"}, "seed must be a whole number"),
        ({"seed": True}, "seed must be"),
        ({"balance": "much"}, "balance can't be 'much'. An amount is"),
        ({"balance": -1}, "balance can't be '-1'"),
        ({"max_disk": 10}, "max_disk must be a whole number of at least 1000000"),
        ({"keep_requests": 0}, "keep_requests must be a whole number of at least 1"),
        ({"fetch_urls": "no"}, "fetch_urls must be True or False"),
        ({"allowed_hosts": "gateway"}, "lists of texts, not a text"),
        ({"allowed_hosts": [""]}, "allowed_hosts must be names"),
        ({"folder": 7}, "folder must be a path"),
        ({"folder": ""}, "folder must be a path"),
        ({"keys": "my-key"}, "lists of texts, not a text"),
        ({"keys": []}, "at least one key"),
        ({"keys": ["good", ""]}, "number 2 must be"),
        ({"keys": ["my key"]}, "without spaces"),
        ({"keys": ["schlüssel"]}, "printable ASCII"),
        ({"keys": [7]}, "number 1 must be"),
        ({"keys": ["twice", "twice"]}, "one is there twice"),
    ],
)
def test_what_cannot_be_is_refused_by_name(settings: dict[str, Any], why: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(**settings)
    assert why in str(caught.value)
    with pytest.raises(SettingsError):
        create_app(**settings)


def test_no_message_shows_a_key() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(keys=["a secret key"])
    assert "secret" not in str(caught.value)


def test_a_folder_is_a_text_or_a_path_and_a_balance_any_amount(tmp_path: Path) -> None:
    assert Settings(folder=str(tmp_path), balance=2.5) == Settings(folder=Path(tmp_path), balance="2.5")
    with running(folder=str(tmp_path)) as mock:
        assert mock.control.state.folder == tmp_path
        assert len(mock.journal) == 0
    assert (tmp_path / "journal.db").exists()


@pytest.mark.parametrize("keys", [["one", "two"], ("one", "two")])
def test_a_mock_that_runs_takes_several_keys(keys: Sequence[str]) -> None:
    with running(keys=keys) as mock:
        assert mock.key == "one"
        tried = {
            key: httpx.get(f"{mock.url}/api/v1/models", headers={"Authorization": f"Bearer {key}"}) for key in keys
        }
        assert {key: answer.status_code for key, answer in tried.items()} == {"one": 200, "two": 200}


def test_one_key_and_several_exclude_each_other() -> None:
    with pytest.raises(SettingsError, match="not both"), running(key="a", keys=["b"]):
        pytest.fail("It ran.")
    with pytest.raises(SettingsError, match="number 1"), running(key=""):
        pytest.fail("It ran.")


def test_the_command_says_in_a_line_what_cannot_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(keys=["a b"]) == 2
    assert serve(latency=float("nan")) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["The mock can't be run like this"] * 2
