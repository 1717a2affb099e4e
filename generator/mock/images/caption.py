"""What an image tells of the request that made it: facts, as JSON in the file and as lines written on the picture."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final

from attrs import fields, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.spec.model import Json

LONGEST_PROMPT: Final = 800
"""How much of a prompt an image tells, in characters."""


@frozen
class Caption:
    """What an image tells of itself.

    Attributes:
        model: The model that the request names, or means.
        prompt: The prompt's first `LONGEST_PROMPT` characters.
        width: In pixels.
        height: In pixels.
        seed: The seed that decides on the picture.
        seed_given: Whether the request gave that seed; otherwise the mock chose it, by the request and its own seed.
        index: Which image of its set this is, from 1.
        count: How many images were asked for.
        negative_prompt: What the image should not show, its first `LONGEST_PROMPT` characters; "" for nothing.
        rewritten: Whether the prompt was rewritten before the image was made.
        sequential: Whether the images of the set show one scene.
        thinking: Whether the model was to reason first.
        quality: The quality that was asked for; "" for none.
        watermark: Whether it carries a watermark.
        blurred: Whether safe mode blurred it.
        inputs: How many images it was made from.
    """

    model: str
    prompt: str
    width: int
    height: int
    seed: int
    seed_given: bool = True
    index: int = 1
    count: int = 1
    negative_prompt: str = ""
    rewritten: bool = False
    sequential: bool = False
    thinking: bool = False
    quality: str = ""
    watermark: bool = False
    blurred: bool = False
    inputs: int = 0

    def as_json(self) -> dict[str, Json]:
        """The facts as a JSON object."""
        return dict(zip(_NAMES, _values(self), strict=True))

    def values(self) -> tuple[Json, ...]:
        """The facts without their names, to be kept; `Caption` takes them in this order."""
        return _values(self)

    @classmethod
    def of_json(cls, value: Mapping[str, Json]) -> Caption:
        """The facts that `as_json` wrote; TypeError where it didn't."""
        return cls(**value)

    def lines(self) -> Iterator[str]:
        """The facts as they are written on the picture, the most telling first."""
        yield " · ".join([self.model, *self._manner()])
        which = f"{'frame' if self.sequential else 'image'} {self.index} of {self.count}"
        seed = f"seed {self.seed}" if self.seed_given else f"seed {self.seed} (chosen)"
        yield f"{self.width}*{self.height} · {which} · {seed}"
        if self.prompt:
            yield self.prompt
        if self.negative_prompt:
            yield f"without {self.negative_prompt}"

    def _manner(self) -> Iterator[str]:
        if self.quality:
            yield f"quality {self.quality}"
        if self.thinking:
            yield "thinking"
        if self.rewritten:
            yield "rewritten prompt"
        if self.inputs > 1:
            yield f"{self.inputs} inputs"
        if self.blurred:
            yield "blurred by safe mode"


_NAMES: Final = tuple(attribute.name for attribute in fields(Caption))
_values: Final[Callable[[Caption], tuple[Json, ...]]] = attrgetter(*_NAMES)
