"""Sample answers: what the mock transport answers, and what the client must make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from generator.client.literals import literal
from generator.client.roundtrip.sampling import Sampler
from generator.client.roundtrip.scalars import NoSampleError
from generator.client.roundtrip.values import without_files
from generator.spec.media_types import bare, is_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.client.view import AnswerView, OperationView, PackageView
    from generator.spec import Contract, Json

_BYTES: Final = 'b"sample of a file"'
_RANGES: Final = {
    "image": "image/png",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "text": "text/plain",
    "application": "application/json",
    "*": "application/json",
}
"""What a server might answer where a range of media types is documented."""


@frozen
class SampleAnswer:
    """An answer.

    Attributes:
        arguments: The source of what makes the exchange that answers so.
        model: The class of what the method must return; "" if none is told.
        is_empty: Whether nothing comes, so that the method returns None.
        is_read: Whether what came is compared with what the method returns.
    """

    arguments: str
    model: str = ""
    is_empty: bool = False
    is_read: bool = True


class AnswerWriter:
    """Writes the answers of one package.

    Args:
        contract: The spec's contract.
        package: The package.
        find: The schema that a reference points to.
    """

    def __init__(self, contract: Contract, package: PackageView, find: Callable[[str], Json]) -> None:
        self._contract, self._find = contract, find
        self._classes = {name for name, _ in package.names} - {alias.name for alias in package.aliases}

    def answer(self, view: OperationView, *, full: bool) -> SampleAnswer:
        """The answer to a call: the first good one that the spec documents.

        Args:
            view: The operation.
            full: Whether it holds optional fields as well.
        """
        good = next((each for each in view.answers if each.status.startswith("2")), None)
        good = good or next((each for each in view.answers if each.status == "default"), None)
        if good is None:
            return SampleAnswer("200", is_empty=True)
        status = int(good.status) if good.status.isdecimal() else 200
        media_type = next((name for name in good.readers if _has_json(name)), next(iter(good.readers), ""))
        if not media_type:
            return SampleAnswer(str(status), is_empty=True)
        return self._with_body(view, good, status, media_type, full=full)

    def _with_body(
        self, view: OperationView, answer: AnswerView, status: int, media_type: str, *, full: bool
    ) -> SampleAnswer:
        schema = self._schema(view, answer.status, media_type)
        reader = answer.readers[media_type]
        model = reader.removesuffix(".from_dict") if reader.removesuffix(".from_dict") in self._classes else ""
        kind = media_type.partition("/")[0]
        sent_as = _RANGES.get(kind, f"{kind}/sample") if "*" in media_type else media_type
        if schema.get("format") == "binary" or media_type.startswith("image/"):
            return SampleAnswer(f"{status}, {literal(sent_as)}, {_BYTES}", "" if "(" in reader else model)
        if not _has_json(sent_as):
            return SampleAnswer(f'{status}, {literal(sent_as)}, b"sample"')
        try:
            value = without_files(Sampler(self._find, full=full, most=40).sample(schema))
        except NoSampleError:
            return SampleAnswer(f"{status}, {literal(sent_as)}, {{}}", is_read=False)
        return SampleAnswer(f"{status}, {literal(sent_as)}, {literal(value)}", model)

    def _schema(self, view: OperationView, status: str, media_type: str) -> Mapping[str, Json]:
        node = self._contract.document.data["paths"][view.path][view.method.lower()]["responses"][status]
        if "$ref" in node:
            node = self._find(node["$ref"])
        schema: Mapping[str, Json] = node.get("content", {}).get(media_type, {}).get("schema", {})
        return schema


def _has_json(media_type: str) -> bool:
    """Whether what a media type says it is gets read as JSON; "text/json" is what some call it."""
    return is_json(media_type) or bare(media_type) == "text/json"
