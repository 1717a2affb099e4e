"""Handles the requests of one operation: credentials, media type, body, rules, answer, in the order gateways do."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from attrs import frozen
from python_multipart.multipart import parse_options_header

from generator.mock.answers import Order, answerer_for
from generator.mock.bodies import Body, UnreadableBodyError, decode_json, file_by_itself
from generator.mock.coercion import coerce, types_of
from generator.mock.credentials import Gatekeeper, Keyring
from generator.mock.errors import ErrorShapes, RefusalError, refusal_of
from generator.mock.forms import FormReader, boundary_of
from generator.mock.judge import Breach, Judge, ParameterJudge
from generator.mock.upstream import UpstreamMap
from generator.mock.wishes import WishReader
from generator.mock.wording import wanted
from generator.spec.media_types import meant
from generator.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.responses import Response

    from generator.mock.exchange import Exchange
    from generator.mock.results import Results
    from generator.mock.wallets import WalletGate
    from generator.spec.model import Contract, Json, Operation, Shape


@frozen
class _ShapeTools:
    """What is prepared, once, for the bodies of one shape."""

    judge: Judge
    upstream: UpstreamMap
    wishes: WishReader

    @classmethod
    def of(cls, operation: Operation, shape: Shape, seed: int) -> _ShapeTools:
        return cls(Judge(shape.schema, shape.rules), UpstreamMap(shape), WishReader(operation.id, shape, seed))


class Handler:
    """Handles the requests of one operation."""

    def __init__(
        self,
        contract: Contract,
        operation: Operation,
        *,
        keyring: Keyring,
        wallets: WalletGate,
        results: Results,
        seed: int,
    ) -> None:
        """Prepare everything that doesn't change from request to request.

        Args:
            contract: The API.
            operation: The operation.
            keyring: The accepted API keys.
            wallets: Verifies wallets.
            results: Where images that are answered by link are kept.
            seed: Varies all images.
        """
        self.operation = operation
        self.errors = ErrorShapes.of(operation.answers)
        self._gatekeeper = Gatekeeper.of(contract, operation, keyring, wallets)
        self._answerer = answerer_for(contract, operation, results)
        self._media_types = tuple(dict.fromkeys(shape.media_type for shape in operation.shapes))
        self._tools = {(s.media_type, s.name): _ShapeTools.of(operation, s, seed) for s in operation.shapes}
        self._files = {shape.media_type for shape in operation.shapes if shape.is_file}
        self._forms = {s.media_type: FormReader(s.schema) for s in operation.shapes if s.is_multipart}
        self._parameters = tuple(ParameterJudge(parameter) for parameter in operation.parameters)
        of_bodies = [rule for rule in operation.rules if rule.place is Place.BODY and not rule.shape]
        self._body_rule = next((rule for rule in of_bodies if rule.keyword == "required"), None)
        self._media_type_rule = next((rule for rule in operation.rules if rule.keyword == "content"), None)

    async def handle(self, exchange: Exchange) -> Response:
        """Answer a request.

        Raises:
            RefusalError: It breaks rules, or carries no valid credential.
            CallerGoneError: The caller hung up.
        """
        exchange.operation = self.operation.id
        self._gatekeeper.check(exchange.headers)
        parameters = dict(self._given_parameters(exchange))
        breaches = [
            breach for judge in self._parameters for breach in judge.breaches(parameters.get(judge.parameter.name))
        ]
        tools = None
        if self._media_types:
            media_type = self._media_type(exchange)
            exchange.body, missing = await self._body(exchange, media_type)
            breaches += missing
            shape = self.operation.shape_meant(media_type, exchange.body.value)
            if shape is not None:
                tools = self._tools[shape.media_type, shape.name]
                breaches += tools.judge.breaches(exchange.body.value, exchange.body.files)
        if breaches:
            raise refusal_of(breaches)
        wish = None
        if tools and exchange.body:
            wish = tools.wishes.read(exchange.body)
            exchange.upstream = tools.upstream.request(exchange.body.for_upstream)
        order = Order(wish, parameters, exchange.upstream, exchange.id, exchange.base_url)
        return await self._answerer.answer(order)

    def _media_type(self, exchange: Exchange) -> str:
        """The media type, of those that the operation takes, that a request's Content-Type means."""
        content_type = exchange.headers.get("content-type", "")
        stated = parse_options_header(content_type)[0].decode("latin-1")
        media_type = meant(self._media_types, stated) if content_type else self._media_types[0]
        if media_type is None:
            raise self._wrong_media_type(stated)
        exchange.media_type = stated or media_type
        return media_type

    async def _body(self, exchange: Exchange, media_type: str) -> tuple[Body, list[Breach]]:
        """The decoded body; one that wasn't sent is an empty object, and a breach where a body must be sent."""
        content_type = exchange.headers.get("content-type", "")
        raw = await exchange.read_body()
        if raw and not content_type:
            raise self._wrong_media_type("")
        missing = [] if raw else self._missing()
        if media_type in self._files:
            return file_by_itself(raw, exchange.media_type), missing
        if not raw:
            return Body({}, 0), missing
        try:
            if form := self._forms.get(media_type):
                return form.read(raw, boundary_of(content_type)), []
            return Body(decode_json(raw), len(raw)), []
        except UnreadableBodyError as error:
            raise RefusalError(400, f"The request can't be read: {error}.") from None

    def _missing(self) -> list[Breach]:
        return [Breach(self._body_rule, (), wanted(self._body_rule))] if self._body_rule else []

    def _wrong_media_type(self, stated: str) -> RefusalError:
        status = 415 if self.errors.documents(415) else 400
        taken = " or ".join(self._media_types)
        found = f"not {stated[:100]!r}" if stated else "and none is stated"
        rules = [self._media_type_rule.id] if self._media_type_rule else []
        named = "".join(f" (rule {rule})" for rule in rules)
        message = f"Content-Type: must be {taken}, {found}{named}"
        return RefusalError(status, message, param="Content-Type", rules=rules)

    def _given_parameters(self, exchange: Exchange) -> Iterator[tuple[str, Json]]:
        """The parameters that were sent, as values of their schemas."""
        if not self._parameters:
            return
        query: dict[str, list[str]] = {}
        for name, text in parse_qsl(exchange.query, keep_blank_values=True):
            query.setdefault(name, []).append(text)
        for judge in self._parameters:
            parameter = judge.parameter
            texts = {
                Place.QUERY: query.get(parameter.name, []),
                Place.PATH: [exchange.path_parameters[parameter.name]]
                if parameter.name in exchange.path_parameters
                else [],
                Place.HEADER: [exchange.headers[parameter.name.lower()]]
                if parameter.name.lower() in exchange.headers
                else [],
            }[parameter.place]
            if "array" in types_of(parameter.schema) and texts:
                yield parameter.name, [coerce(text, parameter.schema.get("items", {})) for text in texts]
            elif texts:
                yield parameter.name, coerce(texts[-1], parameter.schema)
