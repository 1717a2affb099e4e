"""The calls that faults befall, blocking and awaited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias

from attrs import field, frozen

from generated_client import powertokens, venice

if TYPE_CHECKING:
    from types import ModuleType

Way: TypeAlias = Literal["sync", "async"]
WAYS: Final[tuple[Way, ...]] = ("sync", "async")

_LARGE: Final = b"\0" * (8 << 20)  # bytes; more than the network holds on its way


class Caller(Protocol):
    """Makes a call."""

    def __call__(self, client: Any, /, *, big: bool) -> Any:
        """Call.

        Args:
            client: The client, blocking or awaited.
            big: Whether the request is to be large.
        """


@frozen
class Kind:
    """A kind of call.

    Attributes:
        package: Whose it is.
        client: The name of its blocking client.
        call: Makes it.
        options: Options of the client.
    """

    package: ModuleType
    client: str
    call: Caller
    options: dict[str, Any] = field(factory=dict)

    def new_client(self, way: Way, **options: Any) -> Any:
        """A client of its own."""
        name = self.client if way == "sync" else f"Async{self.client}"
        return getattr(self.package, name)(**options, **self.options)


def _images(client: Any, /, *, big: bool) -> Any:
    if big:
        file = ("cat.png", _LARGE, "image/png")
        return client.images.edit(model="qwen-image-2.0-pro", prompt="A cat", image=file, validate=False)
    return client.images.generate(model="qwen-image-2.0-pro", prompt="A cat")


def _models(client: Any, /, *, big: bool) -> Any:  # noqa: ARG001 - a Caller; those that only read are small
    return client.models.list()


MAKING_IMAGES: Final = Kind(powertokens, "PowerTokens", _images)
MAKING_IMAGES_AT_ANY_COST: Final = Kind(powertokens, "PowerTokens", _images, {"retry_lost_answers": True})
READING: Final = Kind(venice, "Venice", _models)
