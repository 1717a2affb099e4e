"""How the catalogue writes what is too long to be written out: texts, images, encoded images."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import yaml
from attrs import frozen

from generator.spec.boundary.png import padded, png

if TYPE_CHECKING:
    from pathlib import Path


class CatalogueLoader(yaml.SafeLoader):
    """Reads a file of the catalogue.

    ``!times [水, 801]`` is a text so many times over; ``!png [256, 256]`` an image file; ``!base64 [256, 256]`` the
    same as base64 text, ``!data-uri [256, 256]`` as a data URI; ``!padded [640, 360, 27000000]`` an image file of so
    many bytes, ``!padded-base64`` the same as base64 text; ``!file [This is no image.]`` a file of a text.
    """


@frozen
class File:
    """A file, as a part of a form or as a whole answer.

    Attributes:
        data: Its bytes.
        media_type: What they are.
    """

    data: bytes
    media_type: str = "image/png"


def read_catalogue_file(path: Path) -> Any:
    """What stands in a file of the catalogue."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=CatalogueLoader)  # noqa: S506  a safe loader's child


def _times(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> str:
    text, count = loader.construct_sequence(node)
    return str(text) * int(count)


def _sides(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> tuple[int, int]:
    width, height = loader.construct_sequence(node)
    return int(width), int(height)


def _png(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> File:
    return File(png(*_sides(loader, node)))


def _file(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> File:
    (text,) = loader.construct_sequence(node)
    return File(str(text).encode())


def _padded(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> File:
    width, height, size = loader.construct_sequence(node)
    return File(padded(png(width, height), size))


def _padded_base64(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> str:
    return base64.b64encode(_padded(loader, node).data).decode()


def _base64(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> str:
    return base64.b64encode(_png(loader, node).data).decode()


def _data_uri(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> str:
    return f"data:image/png;base64,{_base64(loader, node)}"


for _tag, _constructor in {
    "!times": _times,
    "!png": _png,
    "!file": _file,
    "!padded": _padded,
    "!padded-base64": _padded_base64,
    "!base64": _base64,
    "!data-uri": _data_uri,
}.items():
    CatalogueLoader.add_constructor(_tag, _constructor)
