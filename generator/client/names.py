"""Python names for what a spec names."""

from __future__ import annotations

import builtins
import keyword

from openapi_python_client.strings import PythonIdentifier
from openapi_python_client.strings import pascal_case as _pascal_case

from generator.spec.naming import compared

FIELD_PREFIX = "field_"
# Names that annotations beside a field may use; a field of that name would hide them.
_USED_IN_ANNOTATIONS = frozenset({"bool", "bytes", "classmethod", "dict", "float", "int", "list", "property", "str"})
# Names that models, methods and their base classes use themselves.
_OURS = frozenset(
    (
        *("self", "cls", "client", "body", "content_type", "validate", "additional_properties", "from_dict", "to_dict"),
        *("judgement", "check", "unchecked", "absent", "abytes", "open", "aopen"),
        *("images", "save", "asave"),
    )
)


def python_name(name: str) -> str:
    """The Python name of a property or parameter.

    Args:
        name: As the API has it, e.g. "modelId", "input", "class".

    Returns:
        e.g. "model_id", "input", "class_". A built-in's name is kept where it hides nothing that is needed.
    """
    identifier = str(PythonIdentifier(compared(name), FIELD_PREFIX))
    bare = identifier.removesuffix("_")
    hides = keyword.iskeyword(bare) or bare in _USED_IN_ANNOTATIONS or not hasattr(builtins, bare)
    chosen = identifier if identifier == bare or hides else bare
    return f"{chosen}_" if chosen in _OURS else chosen


def method_name(name: str) -> str:
    """The Python name of a method: a built-in's name hides nothing there, a keyword or `client` would."""
    return f"{name}_" if keyword.iskeyword(name) or name in _OURS else name


def pascal_case(name: str) -> str:
    """A class's name: "generateImages" gives "GenerateImages", and "true", which Python keeps, "True_"."""
    found = _pascal_case(compared(name))
    return f"{found}_" if keyword.iskeyword(found) else found
