"""What the mock's tests share: the project's contracts, a client that calls the mock in-process, a small picture."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import httpx
import pytest
from PIL import Image

from generator.mock import DEFAULT_KEY, create_app, transport
from generator.spec import load_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.applications import Starlette

    from generator.spec import Contract, Operation


@pytest.fixture(scope="session")
def contracts() -> tuple[Contract, ...]:
    return load_all()


@pytest.fixture(scope="session")
def operations(contracts: tuple[Contract, ...]) -> dict[str, Operation]:
    return {operation.id: operation for contract in contracts for operation in contract.operations}


@pytest.fixture
def app(contracts: tuple[Contract, ...]) -> Starlette:
    return create_app(contracts)


@pytest.fixture
def client(app: Starlette) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {DEFAULT_KEY}"}
    with httpx.Client(transport=transport(app), base_url="http://mock", headers=headers) as client:
        yield client


@pytest.fixture(scope="session")
def png() -> bytes:
    """A picture of 640*480 pixels: the left half red, the right half blue."""
    picture = Image.new("RGB", (640, 480), (220, 30, 30))
    picture.paste((30, 30, 220), (320, 0, 640, 480))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
