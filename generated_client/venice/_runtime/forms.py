"""Methods that take one of several forms of a request: what `help()` and `inspect.signature` say of them."""

from __future__ import annotations

import inspect
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any, TypeVar, get_overloads

from .types import UNSET

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

F = TypeVar("F", bound="Callable[..., Any]")
_OR_UNSET = " | Unset"


def of_all_forms(method: F) -> F:
    """Give a method the signature and the documentation of its overloads, each of which takes one form.

    The method itself takes any argument, so that it can tell which one it doesn't know, and what was meant.

    Args:
        method: What the overloads stand for. Annotations are texts, as after `from __future__ import annotations`.

    Returns:
        The method.
    """
    forms = [inspect.unwrap(form) for form in get_overloads(method)]
    shown: Any = method
    shown.__signature__ = _joined([inspect.signature(form) for form in forms])
    docs = [inspect.cleandoc(text) for text in (method.__doc__, *(form.__doc__ for form in forms)) if text]
    shown.__doc__ = "\n\n".join(docs) or None
    return method


def _joined(forms: Sequence[Signature]) -> Signature:
    """One signature for all; an argument has a default in it unless every form requires the argument."""
    names = dict.fromkeys(name for form in forms for name in form.parameters)
    found = [[form.parameters[name] for form in forms if name in form.parameters] for name in names]
    found.sort(key=_is_never_required)
    arguments = [_argument(each, everywhere=len(each) == len(forms)) for each in found]
    return Signature(arguments, return_annotation=forms[0].return_annotation)


def _is_never_required(each: Sequence[Parameter]) -> bool:
    return all(one.default is not Parameter.empty for one in each)


def _argument(each: Sequence[Parameter], *, everywhere: bool) -> Parameter:
    first = each[0]
    if first.annotation is Parameter.empty:  # self
        return first
    required = everywhere and all(one.default is Parameter.empty for one in each)
    types = dict.fromkeys(one.annotation.removesuffix(_OR_UNSET) for one in each)
    if required:
        return first.replace(annotation=" | ".join(types))
    return first.replace(default=UNSET, annotation=" | ".join(types) + _OR_UNSET)
