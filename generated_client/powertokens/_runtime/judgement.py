"""The judgement of one request: its values in the form that rules judge, and the breaches found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .model import SCALARS, once_per_class, plain, wire_names
from .types import UNSET

if TYPE_CHECKING:
    from .breaches import Breach
    from .request import Request


class Judgement:
    """Kept while a request's rules run, one after the other.

    Args:
        request: The request.

    Attributes:
        breaches: What was found so far.
    """

    __slots__ = ("_plain", "_request", "_whole", "breaches")

    def __init__(self, request: Request) -> None:
        self._request = request
        self._plain: dict[str, Any] = {}
        self._whole: dict[str, Any] | None = None
        self.breaches: list[Breach] = []

    def plain(self, name: str, value: Any) -> Any:
        """A field's value as plain dicts and lists, worked out once however many rules ask.

        Args:
            name: The field, by its name in Python.
            value: Its value.
        """
        if type(value) in SCALARS:
            return value
        if name not in self._plain:
            self._plain[name] = plain(value)
        return self._plain[name]

    def whole(self) -> dict[str, Any]:
        """The request as a plain dict, worked out once."""
        if self._whole is None:
            self._whole = self._request.to_dict()
        return self._whole

    def value_of(self, name: str) -> Any:
        """The value of a field as plain dicts and lists; UNSET if it is absent.

        Args:
            name: Its name in Python or on the wire.
        """
        own = _own_names(type(self._request)).get(name)
        if own is None:
            return self.whole().get(name, UNSET)
        value = getattr(self._request, own)
        return UNSET if value is UNSET else self.plain(own, value)


@once_per_class
def _own_names(model: type[Any]) -> dict[str, str]:
    """A model's attributes, each under its name in Python and under its name on the wire."""
    pairs = wire_names(model)
    return {**{wire: own for own, wire in pairs}, **{own: own for own, _ in pairs}}
