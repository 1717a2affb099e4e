"""Where a request goes: its URL, and the headers that an operation's parameters are."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from .model import fields_of, once_per_class, wire_name
from .styles import placed, styles

if TYPE_CHECKING:
    from .operation import Operation
    from .request import Request


class Addresses:
    """Makes URLs below a base URL.

    Args:
        base_url: Like "https://host" or "https://host/path".
    """

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._known: dict[str, httpx.URL] = {}  # parsing one takes longer than all our other work on a request

    def of(self, operation: Operation[Any], parameters: Request | None) -> tuple[httpx.URL, dict[str, str]]:
        """The URL of a call, and the headers that its parameters are.

        Args:
            operation: The operation.
            parameters: Its parameters outside of the body.
        """
        if parameters is None:
            return self._url(operation.path), {}
        if styles(type(parameters)):
            return self._styled(operation.path, parameters)
        places = _places(type(parameters))
        path, query, headers = operation.path, {}, {}
        for name, value in parameters.to_dict().items():
            if f"{{{name}}}" in path:
                path = path.replace(f"{{{name}}}", quote(_text(value), safe=""))
            elif value is None:
                continue
            elif places.get(name) == "header":
                headers[name] = _text(value)
            else:
                query[name] = [_text(item) for item in value] if isinstance(value, list) else _text(value)
        url = self._url(path) if path == operation.path else httpx.URL(self._base_url + path)
        return (url.copy_merge_params(query) if query else url), headers

    def _styled(self, template: str, parameters: Request) -> tuple[httpx.URL, dict[str, str]]:
        path, query, headers = placed(template, parameters)
        url = httpx.URL(self._base_url + path)
        if query:
            own = url.query.decode()
            url = url.copy_with(query=(f"{own}&{query}" if own else query).encode())
        return url, headers

    def _url(self, path: str) -> httpx.URL:
        url = self._known.get(path)
        if url is None:
            url = self._known[path] = httpx.URL(self._base_url + path)
        return url


@once_per_class
def _places(parameters: type[Any]) -> dict[str, str]:
    """Where each parameter goes, by its name on the wire; those not told go into path or query."""
    return {wire_name(field): field.metadata["in"] for field in fields_of(parameters) if "in" in field.metadata}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(map(_text, value))
    return str(value)
