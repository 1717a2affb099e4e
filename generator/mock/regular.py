"""Requests that differ from earlier ones in their prompt alone, as most do: what is the same is worked out once."""

from __future__ import annotations

import json
import secrets
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from generator.mock.bodies import Body
from generator.mock.json_text import JsonText, encoded
from generator.spec.field_roles import Role, fields_below, paths_of

if TYPE_CHECKING:
    from generator.mock.remarks import Remarker
    from generator.mock.upstream import UpstreamMap
    from generator.mock.wish_options import Options
    from generator.mock.wishes import WishReader
    from generator.spec.model import Shape

_REMEMBERED: Final = 64  # bodies, but for their prompts
_LONGEST: Final = 4000  # bytes of a body


@frozen
class Regular:
    """What bodies that keep the rules have in common, if they differ in their prompt alone.

    Attributes:
        options: What they ask for besides.
        remarks: The remarks on them.
    """

    options: Options
    remarks: tuple[str, ...]
    _around_prompt: tuple[bytes, ...] = field(repr=False)

    def upstream(self, prompt: str) -> JsonText | None:
        """The upstream request of the body with this prompt; None where there is none."""
        return JsonText(encoded(prompt).join(self._around_prompt)) if self._around_prompt else None


class RegularReader:
    """Knows bodies of one shape again; none of a shape whose bodies may have images, or several prompts."""

    def __init__(self, shape: Shape, wishes: WishReader, upstream: UpstreamMap, remarker: Remarker) -> None:
        """Prepare.

        Args:
            shape: The shape.
            wishes: Reads what its bodies ask for.
            upstream: Makes its upstream requests, in which a prompt that is a field's value stands as it is.
            remarker: Makes the remarks on them.
        """
        self._wishes = wishes
        self._upstream = upstream
        self._remarker = remarker
        prompts = [*paths_of(shape.schema, Role.PROMPT)]
        has_images = shape.is_file or any("x-image" in prop for _, prop in fields_below(shape.schema))
        self._prompt = "" if has_images or len(prompts) != 1 or len(prompts[0]) != 1 else prompts[0][0]
        self._any_prompt = secrets.token_hex()
        self._known = lru_cache(_REMEMBERED)(self._read)

    def read(self, body: Body) -> tuple[str, Regular] | None:
        """A body's prompt, and what it has in common with others; None where that isn't looked at.

        Args:
            body: A body that keeps the rules.

        Raises:
            RefusalError: It asks for larger images, or for more, than the mock draws.
        """
        if not self._prompt or not body.text or body.size > _LONGEST:
            return None
        others = dict(body.value)
        prompt = others.pop(self._prompt, None)
        return (prompt, self._known(encoded(others))) if isinstance(prompt, str) else None

    def _read(self, others: bytes) -> Regular:
        value = json.loads(others) | {self._prompt: self._any_prompt}
        body = Body(value, 0)
        request = self._upstream.request(value)
        around = () if request is None else tuple(encoded(request).split(encoded(self._any_prompt)))
        return Regular(self._wishes.options(body), tuple(self._remarker.remarks(body, ())), around)
