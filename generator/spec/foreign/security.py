"""Adapts credentials: keys wherever they go, bearer tokens however they are got, name and password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.spec.foreign.findings import CutError
from generator.spec.foreign.naming import Names, identifier
from generator.spec.foreign.parameters import TOKEN, key_of

if TYPE_CHECKING:
    from generator.spec.foreign.files import Files, Spot
    from generator.spec.foreign.findings import Findings
    from generator.spec.model import Json

_BEARERS = frozenset({"oauth2", "openIdConnect"})


class SecurityAdapter:
    """Adapts the credentials of one document.

    Attributes:
        schemes: The security schemes that can be honoured, by the name that they get.
    """

    def __init__(self, files: Files, findings: Findings, root: Spot) -> None:
        self._files, self._findings = files, findings
        self.schemes: dict[str, Json] = {}
        self._named: dict[str, str] = {}
        self._without: set[str] = set()
        names = Names()
        components = files.root.data.get("components")
        stated = components.get("securitySchemes") if isinstance(components, dict) else None
        for name, node in stated.items() if isinstance(stated, dict) else ():
            spot = root.below("components", "securitySchemes", name)
            try:
                adapted = _scheme(*files.target(node, spot))
            except CutError as cut:
                findings.cut(cut.spot, cut.code, str(cut))
                continue
            if adapted is None:
                self._without.add(name)
                findings.note(
                    spot,
                    "credential-not-sent",
                    "These credentials go with the connection: give an httpx client that has them.",
                )
                continue
            self._named[name] = names.take(identifier(name, "key"))
            self.schemes[self._named[name]] = adapted

    def alternatives(self, node: Json, spot: Spot) -> list[dict[str, list[str]]]:
        """The alternatives of an operation's `security`, or of the document's.

        Args:
            node: The value of `security`.
            spot: Where it stands.
        """
        found: list[dict[str, list[str]]] = []
        for index, alternative in enumerate(node if isinstance(node, list) else ()):
            if not isinstance(alternative, dict):
                continue
            unknown = [name for name in alternative if name not in self._named and name not in self._without]
            if unknown:
                words = f"There are no credentials {unknown[0]!r} that could be sent. This alternative is left out."
                self._findings.note(spot / index, "unknown-credential", words)
                continue
            found.append({self._named[name]: [] for name in alternative if name in self._named})
        return found

    def shown(self, alternatives: list[dict[str, list[str]]]) -> set[tuple[str, str]]:
        """The headers, query fields and cookies that show a credential whichever alternative is taken.

        Args:
            alternatives: The alternatives of an operation.

        Returns:
            The place and the name of each; a header's in lower case.
        """
        each = [{self._place(name) for name in alternative} for alternative in alternatives]
        return set.intersection(*each) if each else set()

    def _place(self, name: str) -> tuple[str, str]:
        scheme = self.schemes[name]
        return key_of(scheme.get("in", "header"), scheme.get("name", "Authorization"))

    def used(self, alternatives: list[list[dict[str, Any]]]) -> dict[str, Json]:
        """The schemes that some operation takes."""
        names = {name for each in alternatives for alternative in each for name in alternative}
        return {name: scheme for name, scheme in self.schemes.items() if name in names}


def _scheme(node: Json, spot: Spot) -> dict[str, Json] | None:
    """A security scheme in the form that our reader takes; None for one that no request shows."""
    if not isinstance(node, dict):
        raise CutError(spot, "no-credential", "A security scheme is a mapping. This is none.")
    kind, place, scheme = str(node.get("type")), str(node.get("in")), str(node.get("scheme", "")).lower()
    if kind in _BEARERS or (kind == "http" and scheme == "bearer"):
        return {"type": "http", "scheme": "bearer"}
    if kind == "http" and scheme == "basic":
        return {"type": "http", "scheme": "basic"}
    if kind == "http":  # whoever calls knows how the header's value is made
        return {"type": "apiKey", "in": "header", "name": "Authorization"}
    name = node.get("name")
    if kind == "apiKey" and place in {"header", "query", "cookie"} and isinstance(name, str):
        if place != "query" and not TOKEN.fullmatch(name):
            raise CutError(spot, "unknown-credential", f"{name!r} is no name that a {place} can have.")
        return {"type": "apiKey", "in": place, "name": name}
    if kind == "mutualTLS":
        return None
    raise CutError(spot, "unknown-credential", f"Nobody knows credentials of the type {kind!r}. They aren't sent.")
