"""Which classes lead to each other: their modules can't both import the other one first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def groups(below: Mapping[str, set[str]]) -> Mapping[str, int]:
    """The number of each name's group: names that lead to each other, over however many others, have the same one.

    Args:
        below: For each name those that it leads to. (Tarjan's algorithm, without recursion.)
    """
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    group: dict[str, int] = {}
    stack: list[str] = []
    for root in below:
        if root in order:
            continue
        work = [(root, iter(sorted(below[root])))]
        order[root] = low[root] = len(order)
        stack.append(root)
        while work:
            name, children = work[-1]
            child = next((c for c in children if c not in group), None)
            if child is None:
                work.pop()
                if low[name] == order[name]:
                    while group.get(name) is None:
                        group[stack.pop()] = order[name]
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
            elif child in order:
                low[name] = min(low[name], order[child])
            else:
                order[child] = low[child] = len(order)
                stack.append(child)
                work.append((child, iter(sorted(below[child]))))
    return group
