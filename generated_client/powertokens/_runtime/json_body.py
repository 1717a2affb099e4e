"""Writes values as JSON; files in them become base64 data, or data URIs where the API takes no other."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from .content import ENCODER, LONG, Content, FileAsBase64, Literal, LongText
from .files import UploadFile, is_file
from .image_check import Image
from .model import ADDITIONAL, SCALARS, fields_of, once_per_class, wire_name
from .paths import Items, Step, Values, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .content import Segment

Paths: TypeAlias = tuple[tuple[Step, ...], ...]
"""Paths within a value, where a file must be a data URI."""


def written(value: Any, data_uris: Paths = ()) -> bytes | Content:
    """Write a value as compact JSON in UTF-8.

    Args:
        value: Made of dicts, lists, scalars and files.
        data_uris: Where a file must be a data URI.

    Returns:
        The JSON; as content to be streamed, if there are files in it or very long texts.

    Raises:
        TypeError: JSON has no such value.
        ValueError: Likewise; or UTF-8 has no such text.
        FileProblem: A file can't be read.
    """
    if _is_short(value):
        return ENCODER.encode(value).encode()
    return Content(tuple(_joined(_segments(value, data_uris))))


@once_per_class
def data_uri_paths(model: type[Any]) -> Paths:
    """Where in a request files must be data URIs, since a rule on images there takes these and no bare base64 data.

    A rule that holds on a condition counts too: a data URI is never wrong where one is asked for now and then.
    """
    found: list[tuple[Step, ...]] = []
    for field in fields_of(model):
        rules: Any = getattr(field.validator, "_validators", (field.validator,))
        for rule in rules:
            if isinstance(check := getattr(rule, "check", None), Image) and check.file_goes_as_data_uri:
                own = () if field.name == ADDITIONAL else (wire_name(field),)
                found.append((*own, *parse(rule.at)))
    return tuple(found)


def _is_short(value: Any) -> bool:
    """Whether a value can be written in one go."""
    kind = type(value)
    if kind is str:
        return len(value) <= LONG
    if kind in SCALARS:
        return True
    if kind is not dict and kind is not list:
        return not is_file(value)
    for item in value.values() if kind is dict else value:  # in the open, since each call comes by
        inner = type(item)
        if len(item) > LONG if inner is str else inner not in SCALARS and not _is_short(item):
            return False
    return True


def _segments(value: Any, data_uris: Paths) -> Iterator[Segment]:
    if _is_short(value):
        yield Literal(ENCODER.encode(value).encode())
    elif isinstance(value, dict):
        yield from _object(value, data_uris)
    elif isinstance(value, list):
        yield from _array(value, _below(data_uris, None))
    elif isinstance(value, str):
        yield from (Literal(b'"'), LongText(value), Literal(b'"'))
    else:
        yield from _file(UploadFile.of(value), as_data_uri=any(path in {(), (Items(),)} for path in data_uris))


def _object(value: dict[Any, Any], data_uris: Paths) -> Iterator[Segment]:
    before = b"{"
    for name, item in value.items():
        yield Literal(before + ENCODER.encode({name: 0})[1:-2].encode())  # as it writes names, whatever they are
        yield from _segments(item, _below(data_uris, name))
        before = b","
    yield Literal(b"}")


def _array(value: list[Any], data_uris: Paths) -> Iterator[Segment]:
    before = b"["
    for item in value:
        yield Literal(before)
        yield from _segments(item, data_uris)
        before = b","
    yield Literal(b"]")


def _file(file: UploadFile, *, as_data_uri: bool) -> Iterator[Segment]:
    start = f"data:{file.media_type};base64," if as_data_uri else ""
    yield Literal(ENCODER.encode(start)[:-1].encode())
    yield FileAsBase64(file)
    yield Literal(b'"')


def _below(paths: Paths, name: str | None) -> Paths:
    """What is left of paths one step further down: at a property of that name, or at the items of an array."""
    return tuple(path[1:] for path in paths if path and _leads_to(path[0], name))


def _leads_to(step: Step, name: str | None) -> bool:
    if name is None:
        return isinstance(step, Items)
    return name not in step.known if isinstance(step, Values) else step == name


def _joined(segments: Iterator[Segment]) -> Iterator[Segment]:
    """The same, with literals that follow on one another made one."""
    literal = b""
    for segment in segments:
        if isinstance(segment, Literal):
            literal += segment.content
            continue
        if literal:
            yield Literal(literal)
            literal = b""
        yield segment
    if literal:
        yield Literal(literal)
