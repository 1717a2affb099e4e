"""Parameters find their place in path, query or headers."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from generator.client.runtime.addressing import Addresses
from generator.client.runtime.operation import Operation
from generator.client.runtime.request import Request
from generator.client.runtime.types import UNSET, Unset


@frozen(kw_only=True)
class Everywhere(Request):
    folder: str
    page: int | Unset = UNSET
    tags: list[str] | Unset = field(default=UNSET, metadata={"name": "tag"})
    dry_run: bool | Unset = field(default=UNSET, metadata={"name": "X-Dry-Run", "in": "header"})
    ids: list[int] | Unset = field(default=UNSET, metadata={"name": "X-Ids", "in": "header"})
    none: str | Unset | None = UNSET


_SEE: Operation[Any] = Operation(id="see", method="GET", path="/v1/{folder}/images", parameters=Everywhere)


def test_each_parameter_goes_where_it_belongs() -> None:
    parameters = Everywhere(folder="a/b ü", page=2, tags=["x", "y z"], dry_run=True, ids=[1, 2], none=None)
    url, headers = Addresses("https://host/api").of(_SEE, parameters)
    assert str(url) == "https://host/api/v1/a%2Fb%20%C3%BC/images?page=2&tag=x&tag=y+z"
    assert headers == {"X-Dry-Run": "true", "X-Ids": "1,2"}


def test_a_path_alone_is_parsed_once() -> None:
    look: Operation[Any] = Operation(id="look", method="GET", path="/v1")
    addresses = Addresses("https://host")
    assert addresses.of(look, None)[0] is addresses.of(look, None)[0]
