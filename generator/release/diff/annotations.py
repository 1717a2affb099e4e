"""Whether a Python annotation takes less than another, or may give more."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_WIDER = {"int": ("float",), "bool": ("int", "float")}
"""What also takes the values of a type."""
_ANYTHING = frozenset(("Any", "object"))
_LITERAL = "Literal"


def takes_less(old: str, new: str, aliases: Mapping[str, str] | None = None) -> list[str]:
    """The members of an old annotation that a new one doesn't take.

    Args:
        old: e.g. ``str | int | Unset``.
        new: e.g. ``str | Unset``.
        aliases: What names stand for, for those that one of the two has and the other lacks.

    Returns:
        e.g. ["int"]; nothing where the new one takes all.
    """
    names = aliases or {}
    after = _members(new)
    left = [each for each in _members(old) if not _is_taken(each, after, names)]
    if not any(each in names for each in (*left, *after)):
        return left
    spread = _spread(after, names)
    return [each for each in _spread(left, names) if not _is_taken(each, spread, names)]


def _members(annotation: str) -> list[str]:
    """The members of a union, those of `Literal` one by one."""
    try:
        found = _of(ast.parse(annotation, mode="eval").body)
    except SyntaxError:
        found = [annotation]
    return list(dict.fromkeys(found))


def _of(node: ast.expr) -> list[str]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_of(node.left), *_of(node.right)]
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == _LITERAL:
        values = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return [f"{_LITERAL}[{ast.unparse(value)}]" for value in values]
    return [ast.unparse(node)]


def _spread(members: list[str], names: Mapping[str, str]) -> list[str]:
    return [part for each in members for part in _members(names.get(each, each))]


def _is_taken(member: str, by: list[str], names: Mapping[str, str]) -> bool:
    if member in by or _ANYTHING & set(by):
        return True
    if member.startswith(f"{_LITERAL}["):
        member = type(ast.literal_eval(member.removeprefix(f"{_LITERAL}[").removesuffix("]"))).__name__
        return member in by or any(wider in by for wider in _WIDER.get(member, ()))
    if any(wider in by for wider in _WIDER.get(member, ())):
        return True
    head, _, inner = member.partition("[")
    others = [each.partition("[")[2] for each in by if each.partition("[")[0] == head]
    # A list of something takes what a list of less took.
    return bool(inner) and any(_holds(inner[:-1], other[:-1], names) for other in others if other)


def _holds(inner: str, other: str, names: Mapping[str, str]) -> bool:
    first, second = (ast.parse(f"({each},)", mode="eval").body for each in (inner, other))
    if not isinstance(first, ast.Tuple) or not isinstance(second, ast.Tuple) or len(first.elts) != len(second.elts):
        return False
    pairs = zip(first.elts, second.elts, strict=True)
    return all(not takes_less(ast.unparse(one), ast.unparse(two), names) for one, two in pairs)
