"""A spec file as parsed: its data, and the line of every place in it."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import yaml
from attrs import field, frozen

from generator.digest import digest
from generator.printable import HIDDEN
from generator.spec.problems import Problem, SpecError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from generator.spec.model import Json

MAX_PLACES = 100_000
"""More places than this, aliases followed, and a document is refused: a few nested aliases can stand for billions."""
MAX_DEPTH = 60
"""Deeper nesting than this is refused: no spec has it, and parsers crash on it."""
MAX_DIGITS = 300
"""Longer numbers than this are refused: beyond it a float is infinite."""

# The core schema of YAML 1.2: what YAML 1.1 adds (yes, 0o17, 16:9 as a number in base 60) is a trap in a spec.
_NULL = re.compile(r"~|null|Null|NULL|")
_BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_RATIO = re.compile(r"[-+]?[0-9]+(:[0-9]+)+(\.[0-9]*)?")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Pointer = tuple[str | int, ...]
"""A place in a document, as the keys and indexes that lead to it."""


def escape(part: str | int) -> str:
    """One part of a JSON Pointer, escaped."""
    return str(part).replace("~", "~0").replace("/", "~1")


def json_pointer(parts: Pointer) -> str:
    """A place as a JSON Pointer, e.g. ``/components/schemas/Seed/maximum``."""
    return "".join(f"/{escape(part)}" for part in parts)


@frozen
class Document:
    """A spec file as parsed.

    Attributes:
        path: The file.
        data: Its content.
        lines: The line (from 1) on which each key or item stands, by place.
        ratios: Unquoted texts such as ``16:9``, which other parsers read as numbers, by place.
        digest: The hash of the file as it was read.
    """

    path: Path
    data: Json
    lines: Mapping[Pointer, int] = field(repr=False)
    ratios: Mapping[Pointer, str] = field(repr=False)
    digest: str = ""

    def line(self, pointer: Pointer) -> int:
        """The line (from 1) of a place, or of the nearest place around it that the file has."""
        for length in range(len(pointer), 0, -1):
            if pointer[:length] in self.lines:
                return self.lines[pointer[:length]]
        return 1

    def problem(self, pointer: Pointer, code: str, message: str) -> Problem:
        """A problem at a place of this file."""
        return Problem(self.path, self.line(pointer), json_pointer(pointer), code, message)

    def at(self, pointer: Pointer) -> Json:
        """What stands at a place; KeyError or IndexError if the file has no such place."""
        node = self.data
        for part in pointer:
            node = node[part]
        return node


def read_document(path: Path) -> Document:
    """Parse a YAML or JSON file.

    Args:
        path: The file, UTF-8.

    Returns:
        Its data and lines.

    Raises:
        SpecError: The file is missing, unreadable, no YAML, has a key twice, or is no mapping.
    """
    content = _read(path)
    text = _text(path, content)
    try:
        _check_nesting(path, text)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise SpecError([_syntax_problem(path, text, error)]) from error
    if not isinstance(root, yaml.MappingNode):
        raise SpecError([Problem(path, 1, "", "no-mapping", "A spec is a mapping that begins with `openapi: 3.1.1`.")])
    builder = _Builder(path)
    data = builder.build(root, ())
    if builder.problems:
        raise SpecError(builder.problems)
    return Document(path, data, builder.lines, builder.ratios, digest(content))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        message = "There is no such file. Check the path."
        raise SpecError([Problem(path, 0, "", "missing-file", message)]) from error
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        message = f"It can't be read: {said}. Check that it is a file, and your rights to it."
        raise SpecError([Problem(path, 0, "", "unreadable-file", message)]) from error


def _text(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        message = f"It is not UTF-8: {error.reason} at byte {error.start}. Save it as UTF-8."
        raise SpecError([Problem(path, 0, "", "unreadable-file", message)]) from error


def _check_nesting(path: Path, text: str) -> None:
    """Refuse deep nesting before the tree is made: the parser's own recursion would end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            mark = event.start_mark
            line = mark.line + 1 if mark else 0
            raise SpecError([Problem(path, line, "", "too-deep", _too_much(f"more than {MAX_DEPTH} levels"))])


def _too_much(what: str) -> str:
    return f"The document has {what}. Write it flatter, with a `$ref` to a component."


def _syntax_problem(path: Path, text: str, error: yaml.YAMLError) -> Problem:
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        what: str = error.reason
    else:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 0
        stated = (getattr(error, "context", None), getattr(error, "problem", None))
        what = ", ".join(str(part) for part in stated if part)
    return Problem(path, line, "", "syntax-error", f"This is not YAML: {what or 'it has no end'}. Mend the line.")


class _Builder:
    """Turns composed nodes into data, noting the line of each place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Pointer, int] = {}
        self.ratios: dict[Pointer, str] = {}
        self.problems: list[Problem] = []
        self._open: set[int] = set()
        self._places = 0

    def build(self, node: yaml.Node, at: Pointer) -> Json:
        """The data of a node that stands at a place."""
        line = node.start_mark.line + 1
        self._check_size(node, at, line)
        self.lines.setdefault(at, line)
        if not node.tag.startswith("tag:yaml.org,2002:"):
            self._problem(line, at, "unknown-tag", f"The tag {node.tag!r} means nothing here. Remove it.")
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, at)
        self._open.add(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                return [self.build(item, (*at, index)) for index, item in enumerate(node.value)]
            return dict(self._pairs(node, at))
        finally:
            self._open.discard(id(node))

    def _check_size(self, node: yaml.Node, at: Pointer, line: int) -> None:
        self._places += 1
        what = ""
        if id(node) in self._open:
            what = "an alias that contains itself"
        elif self._places > MAX_PLACES:
            what = f"more than {MAX_PLACES:,} places, its aliases followed"
        elif len(at) > MAX_DEPTH:
            what = f"more than {MAX_DEPTH} levels"
        if what:
            raise SpecError([Problem(self.path, line, json_pointer(at), "too-deep", _too_much(what))])

    def _pairs(self, node: yaml.Node, at: Pointer) -> Iterator[tuple[str, Json]]:
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._problem(line, at, "no-text-key", "A key must be a text. Write it as one.")
                continue
            key: str = key_node.value
            here = (*at, key)
            if key == "<<" and not key_node.style:
                self._problem(line, here, "merge-key", "Merge keys are not read. Write the keys out, or use a `$ref`.")
                continue
            if here in self.lines:
                message = f"The key {key!r} stands here twice, first on line {self.lines[here]}. Remove one."
                self._problem(line, here, "duplicate-key", message)
                continue
            if _RATIO.fullmatch(key) and not key_node.style:
                self.ratios[here] = key
            self.lines[here] = line
            self._check_signs(key, here)
            yield key, self.build(value_node, here)

    def _scalar(self, node: yaml.ScalarNode, at: Pointer) -> Json:
        text: str = node.value
        self._check_signs(text, at)
        if node.style:  # quoted, or a block
            return text
        if _RATIO.fullmatch(text):
            self.ratios[at] = text
            return text
        if _NULL.fullmatch(text):
            return None
        if _BOOLEAN.fullmatch(text):
            return text.lower() == "true"
        return self._number(text, at) if _NUMBER.fullmatch(text) else text

    def _check_signs(self, text: str, at: Pointer) -> None:
        """Refuse what a terminal would obey, or what lets a reader see something else than a program does."""
        if sign := HIDDEN.search(text):
            message = f"The sign U+{ord(sign[0]):04X} can't be seen, and may hide or turn other text. Remove it."
            self._problem(self.lines.get(at, 1), at, "hidden-sign", message)

    def _number(self, text: str, at: Pointer) -> Json:
        if len(text) <= MAX_DIGITS:
            number = int(text) if _INTEGER.fullmatch(text) else float(text)
            if math.isfinite(number):
                return number
        self._problem(
            self.lines[at], at, "too-large", f"{text[:20]}… is too large for a number. Quote it if it's a text."
        )
        return None

    def _problem(self, line: int, at: Pointer, code: str, message: str) -> None:
        self.problems.append(Problem(self.path, line, json_pointer(at), code, message))
