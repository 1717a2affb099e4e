"""Answers by link to requests that differ in their prompt alone: texts that are ready but for a few values.

They are the same texts, to the byte, as those that are made from a wish, in a fraction of the time.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final, Protocol

from attrs import frozen

from generator.mock.answering.gapped_text import GappedText
from generator.mock.images.recipe import named
from generator.mock.json_text import encoded
from generator.mock.requests.wishes import Picture, picture_of, wish_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.mock.requests.wish_options import Options
    from generator.mock.requests.wishes import Wish
    from generator.spec.model import Json

_LEAST_STAND_IN: Final = 2**63  # of numbers that stand for others: no seed and no time is as large


class AnswerText(Protocol):
    """Makes the answer to a wish."""

    def __call__(self, wish: Wish, urls: Sequence[str], created: int, request_id: str) -> Json:
        """The answer's body."""
        ...


@frozen
class Outline:
    """What is answered to requests that differ in their prompt alone: the answer's text, and its recipes'."""

    _options: Options
    _links: tuple[bytes, ...]
    _answer: GappedText
    _recipes: tuple[GappedText, ...]

    @classmethod
    def of(cls, options: Options, prompt: str, answer: AnswerText) -> Outline:
        """The outline of the answers to bodies with these options.

        Args:
            options: The options.
            prompt: What stands for the prompts.
            answer: Makes the answers.
        """
        digest = secrets.token_bytes(32)
        seed, created = (_LEAST_STAND_IN + secrets.randbits(62) for _ in ("seed", "created"))
        picture = Picture(digest, seed if options.seed is None else options.seed)
        wish = wish_of(options, prompt, options.size, picture=picture)
        request_id, *urls = [secrets.token_hex() for _ in ("request_id", *wish.recipes)]
        links = tuple([b"link %d" % number for number, _ in enumerate(urls)])
        stand_ins = {b"prompt": prompt.encode(), b"seed": b"%d" % seed}
        of_answer = {b"created": b"%d" % created, b"request_id": request_id.encode()}
        of_answer |= {link: url.encode() for link, url in zip(links, urls, strict=True)}
        return cls(
            options,
            links,
            GappedText.of(encoded(answer(wish, urls, created, request_id)), stand_ins | of_answer),
            tuple(
                GappedText.of(encoded(recipe.as_json()), stand_ins | {b"digest": digest.hex().encode()})
                for recipe in wish.recipes
            ),
        )

    def picture(self, prompt: str) -> Picture:
        """What decides on the picture of a prompt."""
        return picture_of(self._options, prompt, self._options.size)

    def recipes(self, prompt: bytes, picture: Picture) -> list[tuple[str, str]]:
        """The recipes, each as its image's name and its text; see `Recipe.named`.

        Args:
            prompt: The prompt as `inner_text` gives it.
            picture: Of that prompt.
        """
        values = {b"prompt": prompt, b"digest": picture.digest.hex().encode(), b"seed": b"%d" % picture.seed}
        return [named(recipe.filled(values), self._options.file_format) for recipe in self._recipes]

    def answer(self, prompt: bytes, picture: Picture, urls: Sequence[bytes], created: int, request_id: str) -> bytes:
        """The answer's body.

        Args:
            prompt: The prompt as `inner_text` gives it.
            picture: Of that prompt.
            urls: The images' links as `inner_text` gives them.
            created: When it is made, in seconds since 1970.
            request_id: The request's id.
        """
        values = {
            b"prompt": prompt,
            b"seed": b"%d" % picture.seed,
            b"created": b"%d" % created,
            b"request_id": request_id.encode(),
        }
        return self._answer.filled(values | dict(zip(self._links, urls, strict=True)))
