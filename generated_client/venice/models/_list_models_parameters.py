"""The request model `ListModelsParameters`."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from .._runtime.request import Request
from .._runtime.rules import Rule, Rules, Type
from .._runtime.types import UNSET, Unset

_PUBLISHED = "Venice, public OpenAPI description"


@frozen(kw_only=True)
class ListModelsParameters(Request):
    """The parameters of `listModels`.

    Attributes:
        type: Only the models of this type; `inpaint` for those that edit images. Known: inpaint.

    Source: Venice, public OpenAPI description.
    """

    type: Literal["inpaint"] | str | Unset = field(
        default=UNSET, validator=Rules(Rule("listModels/query/type/type", Type("string"), "published", _PUBLISHED))
    )
