"""Requests that differ from earlier ones in their prompt alone, as most do: what is the same is worked out once."""

from __future__ import annotations

import json
import secrets
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from generator.mock.answering.gapped_text import GappedText
from generator.mock.json_text import JsonText, encoded
from generator.mock.requests.bodies import Body
from generator.spec.field_roles import Role, fields_below, paths_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.mock.answering.outline import Outline
    from generator.mock.answering.upstream import UpstreamMap
    from generator.mock.exchange import Exchange
    from generator.mock.requests.remarks import Remarker
    from generator.mock.requests.wish_options import Options
    from generator.mock.requests.wishes import WishReader
    from generator.spec.model import Shape

    Outliner = Callable[[Options, str, JsonText | None], Outline | None]

_REMEMBERED: Final = 64  # bodies, but for their prompts
_LONGEST: Final = 4000  # bytes of a body


@frozen
class Regular:
    """What bodies that keep the rules have in common, if they differ in their prompt alone.

    Attributes:
        options: What they ask for besides.
        remarks: The remarks on them.
        outline: The outline of their answers; None where these aren't made by one.
    """

    options: Options
    remarks: tuple[str, ...]
    outline: Outline | None = field(repr=False)
    _upstream: GappedText | None = field(repr=False)

    def tell(self, exchange: Exchange, prompt: bytes) -> None:
        """Tell what is known now of a request.

        Args:
            exchange: The request.
            prompt: Its prompt as `inner_text` gives it.
        """
        exchange.remarks = list(self.remarks)
        exchange.model = self.options.model
        if self._upstream:
            exchange.upstream = JsonText(self._upstream.filled({b"prompt": prompt}))


class RegularReader:
    """Knows bodies of one shape again; none of a shape whose bodies may have images, or several prompts."""

    def __init__(
        self, shape: Shape, wishes: WishReader, upstream: UpstreamMap, remarker: Remarker, outline: Outliner | None
    ) -> None:
        """Prepare.

        Args:
            shape: The shape.
            wishes: Reads what its bodies ask for.
            upstream: Makes its upstream requests, in which a prompt that is a field's value stands as it is.
            remarker: Makes the remarks on them.
            outline: Makes the outline of their answers; None where there is none.
        """
        self._outline = outline
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
        upstream = None if request is None else JsonText(encoded(request))
        options, prompt = self._wishes.options(body), self._any_prompt
        return Regular(
            options,
            tuple(self._remarker.remarks(body, ())),
            self._outline(options, prompt, upstream) if self._outline else None,
            None if upstream is None else GappedText.of(upstream.text, {b"prompt": prompt.encode()}),
        )
