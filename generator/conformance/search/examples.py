"""Where the search keeps what it found, to try it first the next time: a folder, or Redis."""

from __future__ import annotations

import base64
import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import field, frozen
from hypothesis.database import DirectoryBasedExampleDatabase

if TYPE_CHECKING:
    from hypothesis.database import ExampleDatabase

    from generator.spec import Json

_REDIS: Final = ("redis://", "rediss://", "unix://")
_DATA: Final = "$base64"
"""Stands in for a file, which JSON has no word for."""


class ExamplesError(Exception):
    """The place where examples are to be kept can't be used; the message says what to do."""


@frozen
class Examples:
    """The bodies that showed a fault, by hunt. They are kept as they are, whatever will draw bodies the next time.

    Attributes:
        database: Where they are.
    """

    database: ExampleDatabase = field(repr=False)

    def keep(self, hunt: str, body: Json) -> None:
        """Keep a body."""
        self.database.save(hunt.encode(), _written(body))

    def of(self, hunt: str) -> list[Json]:
        """The bodies of a hunt, in a fixed order, the smallest first."""
        found = sorted(set(self.database.fetch(hunt.encode())), key=lambda value: (len(value), value))
        return [json.loads(value, object_hook=_read) for value in found]

    def forget(self, hunt: str, body: Json) -> None:
        """Forget a body that shows nothing any more."""
        self.database.delete(hunt.encode(), _written(body))


def _written(body: Json) -> bytes:
    return json.dumps(body, default=lambda data: {_DATA: base64.b64encode(data).decode("ascii")}).encode()


def _read(node: dict[str, Json]) -> Json:
    return base64.b64decode(node[_DATA]) if node.keys() == {_DATA} else node


def open_examples(place: str) -> Examples | None:
    """Open the place where examples are kept.

    Args:
        place: A folder, which is made if it is missing, or a ``redis://`` URL; "" for nowhere.

    Raises:
        ExamplesError: It can't be used.
    """
    if not place:
        return None
    if place.startswith(_REDIS):
        return Examples(_redis(place))
    folder = Path(place)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExamplesError(f"No examples can be kept in {place}: {error.strerror}. Name another folder.") from None
    return Examples(DirectoryBasedExampleDatabase(folder))


def _redis(url: str) -> ExampleDatabase:
    try:
        redis = import_module("redis")
        extra = import_module("hypothesis.extra.redis")
    except ImportError:
        raise ExamplesError("Examples in Redis need its client: pip install 'hypothesis[redis]'.") from None
    try:
        client = redis.Redis.from_url(url)
        client.ping()
    except (redis.RedisError, ValueError) as error:
        raise ExamplesError(f"No examples can be kept in Redis: {type(error).__name__}. Look at the URL.") from None
    database: ExampleDatabase = extra.RedisExampleDatabase(client, key_prefix=b"image-contract:")
    return database
