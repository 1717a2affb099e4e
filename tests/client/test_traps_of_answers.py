"""What the raw generator gets wrong in answers with a status of its own, and our clients get right."""

from __future__ import annotations

import importlib

import httpx
import pytest

from generated_client.powertokens import PowerTokens
from generated_client.powertokens.errors import ServerError, StatusError

ODD_STATUSES = [299, 419, 499, 520, 525, 599]
"""Statuses that gateways and proxies answer with, and that no registry knows."""


@pytest.mark.parametrize("status", ODD_STATUSES)
def test_raw_client_chokes_on_a_status_that_no_registry_knows(raw_package: str, status: int) -> None:
    module = importlib.import_module(f"{raw_package}.api.pictures.edit_form")
    client = importlib.import_module(f"{raw_package}.client").Client(base_url="http://pictures.test")
    with pytest.raises(ValueError, match=str(status)):
        module._build_response(client=client, response=httpx.Response(status))


@pytest.mark.parametrize("status", ODD_STATUSES)
def test_a_status_that_no_registry_knows_is_a_typed_error(status: int) -> None:
    answer = httpx.Response(status, text="upstream is tired")
    client = PowerTokens("a key", http_client=httpx.Client(transport=httpx.MockTransport(lambda _: answer)))
    with pytest.raises(ServerError if status >= 500 else StatusError) as caught:
        client.images.generate(model="qwen-image-2.0-pro", prompt="cat")
    assert caught.value.status_code == status
    assert caught.value.body == b"upstream is tired"
