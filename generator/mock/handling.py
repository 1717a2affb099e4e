"""Handles the requests of one operation: credentials, media type, body, rules, answer, in the order gateways do."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from attrs import frozen
from python_multipart.multipart import parse_options_header
from starlette.responses import Response

from generator.mock.accounts.credentials import Gatekeeper, Keyring, NoCredentialError
from generator.mock.accounts.payment import Cashier
from generator.mock.answering.answers import answerer_for
from generator.mock.answering.catalogue import Catalogue
from generator.mock.answering.image_set import ImageSetAnswer
from generator.mock.answering.upstream import UpstreamMap
from generator.mock.fetching.fetching import Fetched, Fetcher
from generator.mock.images.caption import LONGEST_PROMPT
from generator.mock.json_text import JsonText, encoded, inner_text
from generator.mock.judging.errors import ErrorShapes, RefusalError, refusal_of
from generator.mock.judging.judge import Breach, Judge, ParameterJudge
from generator.mock.judging.wording import wanted
from generator.mock.requests.bodies import Body, UnreadableBodyError, decode_json, file_by_itself
from generator.mock.requests.coercion import coerce, types_of
from generator.mock.requests.forms import FormReader, boundary_of
from generator.mock.requests.order import Order
from generator.mock.requests.regular import RegularReader
from generator.mock.requests.remarks import Remarker
from generator.mock.requests.wishes import WishReader, wish_of
from generator.spec.media_types import meant
from generator.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.mock.accounts.balances import Account
    from generator.mock.accounts.wallets import WalletGate
    from generator.mock.exchange import Exchange
    from generator.mock.handle import MockControl
    from generator.mock.requests.body_room import BodyRoom
    from generator.mock.requests.regular import Regular
    from generator.mock.requests.wishes import Wish
    from generator.spec.model import Contract, Json, Operation, Shape

_FEW: Final = 20  # properties
_NAMES: Final = 128  # sets of properties' names that are remembered
_CONTENT_TYPES: Final = 256  # that are remembered; those of forms differ with each


@frozen
class _ShapeTools:
    """What is prepared, once, for the bodies of one shape."""

    judge: Judge
    upstream: UpstreamMap
    wishes: WishReader
    remarker: Remarker
    regular: RegularReader

    @classmethod
    def of(cls, shape: Shape, catalogue: Catalogue, seed: int, by_link: ImageSetAnswer | None) -> _ShapeTools:
        judge, upstream = Judge(shape.schema, shape.rules), UpstreamMap(shape)
        wishes, remarker = WishReader(shape, catalogue, seed), Remarker(shape.schema)
        regular = RegularReader(shape, wishes, upstream, remarker, by_link.outline if by_link else None)
        return cls(judge, upstream, wishes, remarker, regular)


class Handler:
    """Handles the requests of one operation."""

    def __init__(
        self,
        contract: Contract,
        operation: Operation,
        *,
        mock: MockControl,
        keyring: Keyring,
        wallets: WalletGate,
        room: BodyRoom,
    ) -> None:
        """Prepare everything that doesn't change from request to request.

        Args:
            contract: The API.
            operation: The operation.
            mock: The mock's settings and state.
            keyring: The accepted API keys.
            wallets: Verifies wallets.
            room: For large bodies.
        """
        self.api = contract.name
        self._mock = mock
        self._room = room
        self.operation = operation
        self.errors = ErrorShapes.of(operation.answers)
        self._gatekeeper = Gatekeeper.of(contract, operation, keyring, wallets)
        self._answerer = answerer_for(contract, operation, mock.results, mock.blobs)
        self._meant = lru_cache(_CONTENT_TYPES)(self._read_content_type)
        self._shape_of = lru_cache(_NAMES)(lambda kind, names: operation.shape_meant(kind, dict.fromkeys(names)))
        self._media_types = tuple(dict.fromkeys(shape.media_type for shape in operation.shapes))
        catalogue, seed = Catalogue(contract), mock.settings.seed
        self._cashier = Cashier.of(contract, operation, catalogue, mock.balances)
        self._fetcher = Fetcher(mock.blobs) if mock.settings.fetch_urls else None
        self._by_link = self._answerer if isinstance(self._answerer, ImageSetAnswer) and not self._cashier else None
        self._tools = {
            (shape.media_type, shape.name): _ShapeTools.of(shape, catalogue, seed, self._by_link)
            for shape in operation.shapes
        }
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
        exchange.api = self.api
        exchange.operation = self.operation.id
        account = self._account(exchange)
        parameters = dict(self._given_parameters(exchange)) if self._parameters else {}
        breaches = [
            breach for judge in self._parameters for breach in judge.breaches(parameters.get(judge.parameter.name))
        ]
        tools = None
        if self._media_types:
            media_type = self._media_type(exchange)
            exchange.body, missing = await self._body(exchange, media_type)
            breaches += missing
            shape = self._shape(media_type, exchange.body.value)
            if shape is not None:
                tools = self._tools[shape.media_type, shape.name]
                breaches += tools.judge.breaches(exchange.body.value, exchange.body.files)
        if tools and exchange.body and exchange.fault is None:
            prompts = tools.wishes.prompts(exchange.body)
            exchange.fault = self._mock.faults.marked_in(exchange, prompts, self.operation.id, self.api)
        if breaches:
            raise refusal_of(breaches)
        regular = tools.regular.read(exchange.body) if tools and exchange.body and exchange.fault is None else None
        if regular and (answer := self._answer_by_outline(exchange, *regular)):
            return answer
        if regular:
            wish: Wish | None = self._regular_wish(exchange, *regular)
        else:
            if tools and exchange.body:
                exchange.remarks = tools.remarker.remarks(exchange.body, tools.wishes.images(exchange.body))
            if exchange.fault and exchange.fault.spares_work:
                return Response()  # the fault's own takes its place
            wish = await self._wish(exchange, tools) if tools else None
        if wish and account and self._cashier:
            exchange.charge = self._cashier.charge(account, wish, exchange.url)
        order = Order(
            wish,
            parameters,
            exchange.upstream,
            exchange.id,
            exchange.base_url,
            remaining=exchange.charge.remaining if exchange.charge else None,
            violation=exchange.fault is not None and exchange.fault.violation,
            belongings=exchange.belongings,
        )
        response = await self._answerer.answer(order)
        exchange.images = self._kept(order)
        return response

    def _shape(self, media_type: str, value: Json) -> Shape | None:
        """The shape that a body means, which its properties' names tell; those of most bodies have been seen before."""
        if isinstance(value, dict) and len(value) <= _FEW:
            return self._shape_of(media_type, tuple(value))
        return self.operation.shape_meant(media_type, value)

    def _account(self, exchange: Exchange) -> Account | None:
        """Who calls, if anybody says.

        Raises:
            RefusalError: Status 401; 402 with the terms where the operation can be paid by a wallet, and nobody says.
        """
        try:
            return self._gatekeeper.admit(exchange.head)
        except NoCredentialError as error:
            if self._cashier and self._cashier.takes_wallets:
                raise self._cashier.terms(exchange.url, error.message, error.rules) from None
            raise

    def _regular_wish(self, exchange: Exchange, prompt: str, regular: Regular) -> Wish:
        """What a request asks for that keeps the rules, and differs from others in its prompt alone."""
        regular.tell(exchange, inner_text(prompt))
        return wish_of(regular.options, prompt, regular.options.size)

    def _answer_by_outline(self, exchange: Exchange, prompt: str, regular: Regular) -> Response | None:
        """The answer to a request that differs from others in its prompt alone; None for one that needs its wish."""
        if self._by_link is None or regular.outline is None or len(prompt) > LONGEST_PROMPT:
            return None
        text = inner_text(prompt)
        regular.tell(exchange, text)
        return self._by_link.answer_by(regular.outline, prompt, text, exchange)

    async def _wish(self, exchange: Exchange, tools: _ShapeTools) -> Wish | None:
        """What a request asks for that keeps the rules.

        Raises:
            RefusalError: It can't be made, or an input image can't be fetched, or breaks a rule.
        """
        body = exchange.body
        if body is None:
            return None
        fetched = Fetched({}, {})
        if self._fetcher and (urls := tools.wishes.urls(body)):
            fetched = await self._fetcher.fetch_all(urls)
            if breaches := tools.judge.breaches(body.value, body.files, fetched):
                raise refusal_of(breaches)
        request = tools.upstream.request(body.for_upstream)
        exchange.upstream = None if request is None else JsonText(encoded(request))
        wish = tools.wishes.read(body, fetched.images)
        exchange.model = wish.model
        return wish

    def _kept(self, order: Order) -> list[str]:
        """Keep the images of an order, for the journal, unless its answer has; returns their paths."""
        if order.wish is None or order.images:
            return order.images
        wish = order.wish.blurred() if order.is_blurred else order.wish
        for digest, content in wish.inputs.items():
            self._mock.blobs.keep(content, digest, order.belongings)
        return [self._mock.results.keep(recipe, order.belongings) for recipe in wish.recipes]

    def _media_type(self, exchange: Exchange) -> str:
        """The media type, of those that the operation takes, that a request's Content-Type means."""
        content_type = exchange.headers.get("content-type", "")
        stated, media_type = self._meant(content_type)
        if media_type is None:
            raise self._wrong_media_type(stated)
        exchange.media_type = stated or media_type
        return media_type

    def _read_content_type(self, content_type: str) -> tuple[str, str | None]:
        """The media type that a Content-Type states, and the one, of those that are taken, that it means."""
        stated = parse_options_header(content_type)[0].decode("latin-1")
        return stated, meant(self._media_types, stated) if content_type else self._media_types[0]

    async def _body(self, exchange: Exchange, media_type: str) -> tuple[Body, list[Breach]]:
        """The decoded body; one that wasn't sent is an empty object, and a breach where a body must be sent."""
        content_type = exchange.headers.get("content-type", "")
        raw = await exchange.read_body(self._room)
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
            return Body(decode_json(raw), len(raw), text=raw), []
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
