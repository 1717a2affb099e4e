"""Builds the views of a package's errors: those of the runtime, and one for each status whose body is documented."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from generator.client.names import pascal_case
from generator.client.runtime import errors
from generator.client.view import ErrorView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.client.view import OperationView

_HUNDRED = 100
_FIRST_SERVER_ERROR = 500
_FIRST_ERROR = 400


def runtime_errors() -> Mapping[str, type[Exception]]:
    """The runtime's public exceptions by name, in the order in which they are defined."""
    public = {name: kind for name, kind in vars(errors).items() if not name.startswith("_") and isinstance(kind, type)}
    return {name: kind for name, kind in public.items() if issubclass(kind, Exception)}


def said(kind: type[Exception]) -> str:
    """The first sentence of what an exception says of itself."""
    head = (kind.__doc__ or "").strip().splitlines()[0]
    return f"{head.split('. ')[0].rstrip('.')}."


def error_views(operations: Iterable[OperationView]) -> tuple[ErrorView, ...]:
    """The errors whose bodies the spec documents.

    Args:
        operations: All operations of the package.

    Returns:
        One per class of error, by its first status. A range such as "4XX", or "default", counts for each class of
        status that an operation doesn't document by itself.
    """
    answers = [{answer.status: answer.readers for answer in operation.answers} for operation in operations]
    exact = {int(status) for documented in answers for status in documented if status.isdigit()}
    statuses = sorted(exact | {status for kind in _kinds() for status in kind.statuses})
    found: dict[str, ErrorView] = {}
    for status in statuses:
        parsed = tuple(dict.fromkeys(_readers(answers, status)))
        if status < _FIRST_ERROR or not parsed or "" in parsed:
            continue
        kind = errors.StatusError.kind(status)
        name = kind.__name__ if kind is not errors.StatusError else _name(status)
        before = found[name].parsed if name in found else ()
        known = kind is not errors.StatusError
        found[name] = ErrorView(
            name=name,
            base=kind.__name__,
            statuses=() if known else (status,),
            title=said(kind) if known else f"{status}: {_phrase(status)}.",
            parsed=tuple(dict.fromkeys((*before, *parsed))),
        )
    return tuple(found.values())


def error_tree(views: Sequence[ErrorView]) -> list[str]:
    """All errors as a tree, a line each, with what they mean beside them.

    Args:
        views: The package's own errors.
    """
    named = [(name, kind.__bases__[0].__name__, said(kind)) for name, kind in runtime_errors().items()]
    named += [(view.name, view.base, view.title) for view in views if view.name not in runtime_errors()]
    drawn = list(_branches("ImageClientError", named, "", ""))
    width = max(len(line) for line, _ in drawn) + 2
    return [f"{line:{width}}{words}" for line, words in drawn]


def _branches(name: str, named: Sequence[tuple[str, str, str]], lead: str, below: str) -> Iterator[tuple[str, str]]:
    yield f"{lead}{name}", next(words for own, _, words in named if own == name)
    children = [own for own, base, _ in named if base == name]
    children.sort(key=lambda child: _status_of(child, named))
    for child in children:
        last = child == children[-1]
        yield from _branches(
            child, named, f"{below}{'└── ' if last else '├── '}", f"{below}{'    ' if last else '│   '}"
        )


def _status_of(name: str, named: Sequence[tuple[str, str, str]]) -> str:
    """What errors are sorted by: the status that their words begin with, if they do."""
    words = next(words for own, _, words in named if own == name)
    head = words.partition(":")[0]
    return head if head[:1].isdigit() else ""


def _kinds() -> list[type[errors.StatusError]]:
    return [kind for kind in runtime_errors().values() if issubclass(kind, errors.StatusError)]


def _readers(answers: Iterable[Mapping[str, Mapping[str, str]]], status: int) -> Iterator[str]:
    """What an answer of this status may be read as, "" for JSON without a model."""
    for documented in answers:
        for key in (str(status), f"{status // _HUNDRED}XX", "default"):
            if key in documented:
                yield from documented[key].values()
                break


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"status {status}"


def _name(status: int) -> str:
    return pascal_case(_phrase(status).replace("'", ""))
