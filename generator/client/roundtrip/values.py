"""Values of a sample request that JSON has no form for, and the Python source of all values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from generator.client.literals import literal
from generator.spec.boundary.png import png

if TYPE_CHECKING:
    from generator.spec import Json


@frozen
class File:
    """A file to send.

    Attributes:
        name: The name it goes by.
        media_type: What it is.
        sides: Its width and height, if it must be a real picture.
    """

    name: str = "sample.bin"
    media_type: str = "application/octet-stream"
    sides: tuple[int, int] | None = None

    @property
    def content(self) -> str:
        """The source of its bytes."""
        return f"picture({self.sides[0]}, {self.sides[1]})" if self.sides else 'b"sample of a file"'

    @property
    def source(self) -> str:
        """The source of what a caller gives for it."""
        return f"({literal(self.name)}, {self.content}, {literal(self.media_type)})"


def source(value: Any, *, in_json: bool = False) -> str:
    """A value as Python source.

    Args:
        value: JSON, in which files may stand.
        in_json: Whether files are written as JSON has them, not as a caller gives them.
    """
    if isinstance(value, File):
        return f"in_base64({value.content})" if in_json else value.source
    if isinstance(value, list):
        return f"[{', '.join(source(item, in_json=in_json) for item in value)}]"
    if isinstance(value, dict):
        items = (f"{literal(name)}: {source(item, in_json=in_json)}" for name, item in value.items())
        return f"{{{', '.join(items)}}}"
    return literal(value)


def with_bytes(value: Any) -> Any:
    """A value with bytes in the place of each file, for a judge of files."""
    if isinstance(value, dict):
        return {name: with_bytes(item) for name, item in value.items()}
    if isinstance(value, list):
        return [with_bytes(item) for item in value]
    return (png(*value.sides) if value.sides else b"") if isinstance(value, File) else value


def without_files(value: Any) -> Json:
    """A value with a text in the place of each file, for a judge of JSON."""
    if isinstance(value, dict):
        return {name: without_files(item) for name, item in value.items()}
    if isinstance(value, list):
        return [without_files(item) for item in value]
    return "sample" if isinstance(value, File) else value
