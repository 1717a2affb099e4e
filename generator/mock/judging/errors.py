"""Refusals, and the error bodies that tell of them in the shapes that a spec documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.mock.judging.judge import Breach
    from generator.spec.model import Answer, Json

_KINDS: Final = {401: "authentication_error", 402: "billing_error", 429: "rate_limit_error"}
_FIRST_SERVER_ERROR = 500


class RefusalError(Exception):
    """A request that is answered with an error.

    Attributes:
        status: The HTTP status.
        message: What is wrong and what to do about it.
        param: The field that is to blame; None where no single one is.
        rules: The ids of the rules that the request breaks.
        breaches: The same with place and message, where each has its own.
        details: What is wrong, by field.
        headers: Headers of the answer.
        fields: More of the error body, by member; what isn't documented is left out.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        param: str | None = None,
        rules: Sequence[str] = (),
        breaches: Sequence[Breach] = (),
        details: Mapping[str, Sequence[str]] | None = None,
        headers: Mapping[str, str] | None = None,
        fields: Mapping[str, Json] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.param = param
        self.rules = tuple(rules)
        self.breaches = tuple(breaches)
        self.details = dict(details or {})
        self.headers = dict(headers or {})
        self.fields = dict(fields or {})

    def without_origin(self) -> RefusalError:
        """The same without the frames that it came through: they hold the request's body, which can be large."""
        self.__context__ = None
        return self.with_traceback(None)


def refusal_of(breaches: Sequence[Breach]) -> RefusalError:
    """The refusal of a request that breaks rules: status 400, and every breach named."""
    details: dict[str, list[str]] = {}
    for breach in breaches:
        details.setdefault(breach.field, []).append(breach.message)
    return RefusalError(
        400,
        "; ".join(str(breach) for breach in breaches),
        param=breaches[0].field,
        rules=[breach.rule.id for breach in breaches],
        breaches=breaches,
        details=details,
    )


@frozen
class ErrorShapes:
    """Writes error bodies as one operation documents them.

    Attributes:
        answers: The operation's documented answers. A status that isn't among them has the shape of 400.
    """

    _answers: Mapping[str, Answer]
    _schemas: dict[int, Mapping[str, Json]] = field(init=False, factory=dict)

    @classmethod
    def of(cls, answers: Sequence[Answer]) -> ErrorShapes:
        """The error shapes among documented answers."""
        return cls({answer.status: answer for answer in answers})

    def documents(self, status: int) -> bool:
        """Whether this very status is documented."""
        return str(status) in self._answers

    def body(self, refusal: RefusalError, request_id: str) -> dict[str, Json]:
        """The error body.

        Args:
            refusal: What to tell.
            request_id: Named at the end of the message, in shapes that have room for more than a text.
        """
        if refusal.status not in self._schemas:
            self._schemas[refusal.status] = self._schema(refusal.status)
        properties = self._schemas[refusal.status].get("properties", {})
        of_error = properties.get("error", {}).get("properties")
        if of_error is not None:
            parts = self._parts(refusal, request_id)
            return {"error": {name: value for name, value in parts.items() if name in of_error}}
        body: dict[str, Json] = {"error": refusal.message}
        if "details" in properties and refusal.details:
            body["details"] = {name: {"_errors": list(messages)} for name, messages in refusal.details.items()}
        return body | {name: value for name, value in refusal.fields.items() if name in properties}

    def _parts(self, refusal: RefusalError, request_id: str) -> dict[str, str | None]:
        stated = self._answers.get(str(refusal.status))
        fallback = "invalid_request_error" if refusal.status < _FIRST_SERVER_ERROR else "server_error"
        return {
            "message": f"{refusal.message} (request id: {request_id})",
            "type": _KINDS.get(refusal.status, fallback),
            "param": refusal.param,
            "code": (stated.error_code or None) if stated else None,
        }

    def _schema(self, status: int) -> Mapping[str, Json]:
        for key in (str(status), f"{status // 100}XX", "default", "400"):
            for schema in self._answers[key].content.values() if key in self._answers else ():
                return schema
        return {}
