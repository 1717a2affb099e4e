"""Finds the values by which a discriminator tells the members of a union apart."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from attrs import frozen

from generator.spec.foreign.findings import CutError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.spec.foreign.merging import Merged, Merger
    from generator.spec.model import Json

_COMPONENTS = "/components/schemas/"


@frozen
class Member:
    """A member of a union.

    Attributes:
        reference: What the document calls it; "" if it stands in the union.
        target: Its class.
        values: What its property may be by which a discriminator tells it; empty if its own schema doesn't say.
    """

    reference: str
    target: str
    values: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The value that stands for it where nothing else is said: its schema's name; "" if it has none."""
        path, _, fragment = self.reference.partition("#")
        if _COMPONENTS in fragment:
            return unquote(fragment.rsplit("/", 1)[-1]).replace("~1", "/").replace("~0", "~")
        return "" if fragment else PurePosixPath(path).stem


def values_of(merger: Merger, merged: Merged, name: str) -> tuple[str, ...]:
    """What a property may be, as its schema says: its enum or its one value.

    Args:
        merger: Makes one of the property's schemas.
        merged: The schema that has the property.
        name: The property.
    """
    parts = merged.properties.get(name)
    if not parts:
        return ()
    try:
        stated = merger.merged(parts).enum
    except CutError:
        return ()
    return tuple(value for value in stated or () if isinstance(value, str))


def mapping_of(members: Sequence[Member], stated: Json) -> Mapping[str, str]:
    """The class of each value of a discriminator.

    What the document maps stands. What it doesn't map goes by the values that a member alone allows, and only then by
    its name: documents often leave the mapping out, and say in each member what its property is.

    Args:
        members: The members.
        stated: The discriminator's `mapping`.

    Returns:
        The classes by their values; a class that nothing tells has none.
    """
    mapping: dict[str, str] = {}
    for value, reference in stated.items() if isinstance(stated, dict) else ():
        if target := _meant(str(reference), members):
            mapping[str(value)] = target
    claims = Counter(value for member in members for value in set(member.values))
    mapped = set(mapping.values())
    for member in members:
        own = [value for value in member.values if claims[value] == 1]
        if not own and member.target not in mapped and (not member.values or member.name in member.values):
            own = [member.name] if member.name else []
        for value in own:
            mapping.setdefault(value, member.target)
    return mapping


def _meant(reference: str, members: Sequence[Member]) -> str:
    """The class that a mapping means: by the whole reference, or else by its name."""
    name = Member(reference if "/" in reference or "#" in reference else f"#{_COMPONENTS}{reference}", "").name
    whole = (member.target for member in members if member.reference == reference)
    return next(whole, "") or next((member.target for member in members if name and member.name == name), "")
