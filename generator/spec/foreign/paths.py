"""Makes path templates plain: one name in each pair of braces, and nothing of the query that is a parameter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

_QUERY: Final = re.compile(r"\{[?&]([^{}]+)\}")
_ODD: Final = re.compile(r"\{[+#./;]?([^{}*]+)\*?\}")
_PAIR: Final = re.compile(r"([^=]*)=\{([^{}]+)\}")


def plain_path(path: str, queried: Collection[str]) -> str:
    """A path template as OpenAPI has it, of one that may be written as RFC 6570 has it or hold a query.

    What a query tells operations apart by, such as `?method=list`, stays. So does a fragment: it tells operations of
    one path apart in some documents, and is never sent.

    Args:
        path: The path.
        queried: The names of the parameters that the document says are in the query: these aren't the path's.
    """
    path = _ODD.sub(lambda match: f"{{{match[1]}}}", _QUERY.sub(_spelled_out, path))
    path, mark, fragment = path.partition("#")
    path, _, query = path.partition("?")
    kept = [piece for piece in re.split("[?&]", query) if piece and not _is_parameter(piece, queried)]
    path = path if path.startswith("/") else f"/{path}"
    return "".join((path, "?" if kept else "", "&".join(kept), mark, fragment))


def _spelled_out(match: re.Match[str]) -> str:
    names = (name.strip().rstrip("*") for name in match[1].split(","))
    return "?" + "&".join(f"{name}={{{name}}}" for name in names)


def _is_parameter(piece: str, queried: Collection[str]) -> bool:
    pair = _PAIR.fullmatch(piece)
    return pair is not None and not {pair[1], pair[2]}.isdisjoint(queried)
