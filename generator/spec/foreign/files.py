"""The files that a foreign document is made of: itself, and those beside or below it that it refers to."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from attrs import field, frozen

from generator.digest import digest, state_of
from generator.spec.foreign.findings import CutError
from generator.spec.foreign.text import MAX_BYTES, Lines, parse
from generator.spec.problems import Problem, SpecError, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.document import Pointer
    from generator.spec.model import Json

_MOST_STEPS = 50
_LONGEST_PATH = 1_000
_INDEX = re.compile("[0-9]{1,9}")  # no list is longer, and Python refuses to read a number of thousands of digits


@frozen(eq=False)
class File:
    """A file as parsed.

    Attributes:
        path: The file.
        data: Its content.
        lines: The lines of its places.
        is_old: Whether it is OpenAPI 3.0, or belongs to such a document.
    """

    path: Path
    data: Json = field(repr=False)
    lines: Lines = field(repr=False)
    is_old: bool = False


@frozen
class Spot:
    """A place in one of the files.

    Attributes:
        file: The file.
        pointer: The place in it.
    """

    file: File
    pointer: Pointer = ()

    @property
    def line(self) -> int:
        """Its line, from 1."""
        return self.file.lines.of(self.pointer)

    def __truediv__(self, part: str | int) -> Spot:
        return Spot(self.file, (*self.pointer, part))

    def below(self, *parts: str | int) -> Spot:
        """A place further down."""
        return Spot(self.file, (*self.pointer, *parts))

    @property
    def key(self) -> tuple[int, Pointer]:
        """What tells it from any other place."""
        return id(self.file), self.pointer


class Files:
    """The files of one document, each read once.

    Nothing outside of the document's folder is read, and nothing from the network.

    Args:
        path: The document.

    Attributes:
        places: How many places all files that were read have, together.
    """

    def __init__(self, path: Path) -> None:
        text, state = _read(path)
        data, lines = parse(path, text)
        version = data.get("openapi") if isinstance(data, dict) else None
        self.root = File(path, data, lines, is_old=str(version).startswith("3.0"))
        self._folder = path.parent.resolve()
        self._states: dict[Path, str] = {path: state}
        self._known: dict[Path, File] = {path.resolve(): self.root}
        self.places = _count(data)

    @property
    def states(self) -> Mapping[Path, str]:
        """Every file of the folder that was referred to, the document first, with its hash, or what is in its place."""
        return self._states

    def target(self, node: Json, spot: Spot) -> tuple[Json, Spot]:
        """What a node means: itself, or what its `$ref` leads to, over as many steps as it takes.

        Args:
            node: The node.
            spot: Where it stands.

        Raises:
            CutError: A reference leads nowhere, out of the folder, into the network, or round in a circle.
        """
        seen = 0
        while isinstance(node, dict) and isinstance(node.get("$ref"), str):
            seen += 1
            if seen > _MOST_STEPS:
                raise CutError(spot, "self-reference", "This `$ref` leads round in a circle. Mend it.")
            node, spot = self.follow(node["$ref"], spot)
        return node, spot

    def follow(self, reference: str, spot: Spot) -> tuple[Json, Spot]:
        """What a reference points to, which may be a reference in its turn.

        Args:
            reference: The value of a `$ref`.
            spot: Where the `$ref` stands.

        Raises:
            CutError: It points nowhere, out of the folder, or into the network.
        """
        where, _, fragment = reference.partition("#")
        file = self._file(where, spot) if where else spot.file
        node, pointer = file.data, []
        for raw in fragment.split("/")[1:] if fragment.startswith("/") else ():
            part: str | int = unquote(raw).replace("~1", "/").replace("~0", "~")
            if isinstance(node, list) and _INDEX.fullmatch(str(part)) and int(part) < len(node):
                part = int(part)
            elif not isinstance(node, dict) or part not in node:
                message = f"{shortened(reference, 120)!r} points nowhere: there is no {shortened(str(part), 60)!r}."
                raise CutError(spot, "dangling-reference", message)
            pointer.append(part)
            node = node[part]
        if fragment and not fragment.startswith("/"):
            message = f"{shortened(reference, 120)!r} is no JSON Pointer. Write it as '#/components/…'."
            raise CutError(spot, "dangling-reference", message)
        return node, Spot(file, tuple(pointer))

    def _file(self, where: str, spot: Spot) -> File:
        shown = shortened(where, 120)
        if "://" in where or where.startswith("//"):
            message = (
                f"{shown!r} is in the network, which is never read. Save it beside the document, and refer to that."
            )
            raise CutError(spot, "remote-reference", message)
        shown_path = spot.file.path.parent / unquote(where)
        try:
            path = shown_path.resolve()
        except (OSError, ValueError, RuntimeError):  # no path at all, or links that lead round in a circle
            path = Path()
        if shown_path not in self._states and self._is_below(shown_path):
            self._states[shown_path] = state_of(shown_path, self._folder)
        if path not in self._known and not path.is_relative_to(self._folder):
            message = f"{shown!r} is outside of the document's folder, and isn't read. Copy it into that folder."
            raise CutError(spot, "reference-outside", message)
        if path not in self._known:
            try:
                text, self._states[shown_path] = _read(shown_path, must_be_file=True)
                data, lines = parse(shown_path, text)
            except SpecError as error:
                raise CutError(
                    spot, "unreadable-reference", f"{shown!r} can't be read: {error.problems[0].message}"
                ) from error
            self._known[path] = File(shown_path, data, lines, is_old=self.root.is_old)
            self.places += _count(data)
        return self._known[path]

    def _is_below(self, path: Path) -> bool:
        """Whether a path stands in the folder by its own words, whatever links make of it."""
        below = os.path.relpath(path, self.root.path.parent) if "\0" not in str(path) else ".."
        return below.partition(os.sep)[0] != ".." and len(below) < _LONGEST_PATH


def _count(data: Json) -> int:
    waiting, found = [data] if isinstance(data, dict | list) else [], 1
    while waiting:
        node = waiting.pop()
        children = node.values() if isinstance(node, dict) else node
        found += len(children)
        waiting += [child for child in children if isinstance(child, dict | list) and child]
    return found


def _read(path: Path, *, must_be_file: bool = False) -> tuple[str, str]:
    """The text of a file, and its hash."""
    try:
        if must_be_file and path.exists() and not path.is_file():  # to read a pipe would take for ever
            raise SpecError([Problem(path, 0, "", "unreadable-file", "It is no file.")])
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            message = f"The file has more than {MAX_BYTES:,} bytes. Split it."
            raise SpecError([Problem(path, 0, "", "too-large", message)])
        content = path.read_bytes()
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError as error:
        message = "There is no such file. Check the path."
        raise SpecError([Problem(path, 0, "", "missing-file", message)]) from error
    except UnicodeDecodeError as error:
        message = f"It is not UTF-8: {error.reason} at byte {error.start}. Save it as UTF-8."
        raise SpecError([Problem(path, 0, "", "unreadable-file", message)]) from error
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        message = f"It can't be read: {said}. Check that it is a file, and your rights to it."
        raise SpecError([Problem(path, 0, "", "unreadable-file", message)]) from error
    return text, digest(content)
