"""Names of the client's attributes and methods, from tags and operationIds."""

from __future__ import annotations

import keyword
import re
import unicodedata

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_A-Za-z]+")


def compared(name: str) -> str:
    """A name in the form in which Python compares names: the long s is an s to it."""
    return unicodedata.normalize("NFKC", name)


def words(name: str) -> list[str]:
    """The words of a name in lower case: "generateImages" and "generate-images" give ["generate", "images"]."""
    return [word.lower() for word in _WORD.findall(compared(name))]


def snake_case(name: str) -> str:
    """A name in snake_case: "generateImages" gives "generate_images", and "import", which Python keeps, "import_"."""
    return _free("_".join(words(name)) or "default")


def method_name(operation_id: str, tag: str) -> str:
    """An operation's name on its resource: the operationId less the tag's words.

    Args:
        operation_id: e.g. "generateImages".
        tag: The operation's tag, e.g. "images".

    Returns:
        e.g. "generate". Singular and plural are one: "listModels" under "models" and "editImage" under "image" give
        "list" and "edit". The whole operationId where nothing would be left.
    """
    of_tag = {_singular(word) for word in words(tag)}
    kept = [word for word in words(operation_id) if _singular(word) not in of_tag]
    name = "_".join(kept)
    return _free(name) if name.isidentifier() else snake_case(operation_id)


def _free(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def _singular(word: str) -> str:
    return word.removesuffix("s")
