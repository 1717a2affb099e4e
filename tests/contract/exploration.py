"""The specs as Schemathesis explores them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import schemathesis
from hypothesis import strategies as st
from schemathesis.transport.serialization import Binary

from generator.spec.boundary.images import as_form
from generator.spec.boundary.png import png

from .search import DEEP
from .subjects import contracts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemathesis.schemas import BaseSchema

    from generator.spec import Contract, Json

_CONFIG: Final = {
    "generation": {"max-examples": 1000 if DEEP else 20},
    # Neither hints in the mock's messages nor what it answered before may steer the search: a run is to depend on
    # the spec alone. Nothing is kept between runs but Hypothesis's own failures.
    "cache": {"enabled": False},
    "phases": {
        "fuzzing": {"error-feedback": {"enabled": False}, "extra-data-sources": {"responses": False}},
        "coverage": {"extra-data-sources": {"responses": False}},
        "examples": {"extra-data-sources": {"responses": False}},
    },
    # By default a crash and a wrong address count as refusals of bad data, and a quota as an excuse for refusing good.
    "checks": {
        "positive_data_acceptance": {"expected-statuses": ["200"]},
        "negative_data_rejection": {"expected-statuses": ["400", "401", "402", "405", "413", "415"]},
    },
}


def explored(name: str) -> BaseSchema:
    """A spec as Schemathesis takes it, with formats in place of the keywords that Schemathesis doesn't know.

    Without them hardly a right request would have a size or an image.

    Args:
        name: The spec's name, e.g. "powertokens".
    """
    # A strategy for image/png would be plainer, but keeps the coverage phase from exploring forms.
    schemathesis.openapi.format("binary", st.just(Binary(png(512, 512))))
    document = json.loads(json.dumps(contract_of(name).document.data))
    _mark(document)
    for path in document["paths"].values():
        for operation in path.values():
            # There an example says @image.png for a file, which Schemathesis would send as the file's content.
            operation.get("requestBody", {}).get("content", {}).get("multipart/form-data", {}).pop("examples", None)
    return schemathesis.openapi.from_dict(document, config=schemathesis.Config.from_dict(_CONFIG))


def contract_of(name: str) -> Contract:
    """The contract of this name."""
    return next(contract for contract in contracts() if contract.name == name)


def _mark(node: Json) -> None:
    """Give every schema at or below a node the formats of its x- keywords."""
    if isinstance(node, list):
        for item in node:
            _mark(item)
    elif isinstance(node, dict):
        _mark_schema(node)
        for key, below in node.items():
            if not key.startswith("x-"):
                _mark(below)


def _mark_schema(node: dict[str, Json]) -> None:
    if "file" not in node.get("x-image", {"forms": ["file"]})["forms"]:
        node["format"] = _image_format(node["x-image"])
    if "x-total-pixels" in node:
        node["format"] = _size_format(node["x-total-pixels"])
    for branch in ("then", "else"):
        # A format under a condition would steer nothing.
        for name, constraint in node.get(branch, {}).get("properties", {}).items():
            if "x-total-pixels" in constraint:
                node["properties"][name]["format"] = _size_format(constraint["x-total-pixels"])


def _image_format(limits: Mapping[str, Json]) -> str:
    """A format of images in these forms."""
    forms = {
        "url": st.just("https://example.com/image.png"),
        "base64": st.just(as_form(png(512, 512), "base64")),
        "data-uri": st.just(as_form(png(512, 512), "data-uri")),
    }
    name = f"image-as-{'-or-'.join(limits['forms'])}"
    schemathesis.openapi.format(name, st.one_of([forms[form] for form in limits["forms"]]))
    return name


def _size_format(limits: Mapping[str, Json]) -> str:
    """A format of sizes whose pixels keep these limits."""
    least, most = limits["minimum"], limits["maximum"]
    name = f"size-of-{least}-to-{most}-pixels"
    widths = st.sampled_from([1, 512, 1000, 2048])
    totals = st.integers(least + 2048, most)  # so much that rounding down to whole rows keeps the least
    sizes = st.one_of(st.just(f"{least}*1"), st.just(f"1*{most}"), st.builds(_size, widths, totals))
    schemathesis.openapi.format(name, sizes)
    return name


def _size(width: int, total: int) -> str:
    return f"{width}*{total // width}"
