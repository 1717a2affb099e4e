"""Judges what arrived upstream, and what the gateway made of the provider's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.conformance.json_text import read_json
from generator.conformance.upstream.cases import image_names
from generator.conformance.upstream.comparing import arrived, image_data, place_of, same_image, same_json
from generator.conformance.upstream.mapping import Fact, found_at
from generator.spec import Level
from generator.spec.boundary import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.conformance.exchange import Exchange
    from generator.conformance.upstream.cases import UpstreamCase
    from generator.conformance.upstream.mapping import Field
    from generator.conformance.upstream.provider import Arrival
    from generator.conformance.upstream.tally import Tally
    from generator.spec import Json, Operation

_LONG = 300
_BAD_GATEWAY = 502
_ERRORS = 400


def images_fact(case: UpstreamCase) -> Fact:
    """That the provider's images come back."""
    source = case.upstream.shape.rules[0].source if case.upstream.shape.rules else ""
    return Fact(f"{case.case.operation}/{case.upstream.shape.name}/upstream-images", Level.ASSUMED, str(source))


def judge_request(case: UpstreamCase, exchange: Exchange, arrivals: Sequence[Arrival], tally: Tally) -> None:
    """Judge what arrived upstream.

    Args:
        case: The case.
        exchange: The caller's request and its answer.
        arrivals: What arrived meanwhile: one request at least. A gateway may send several, to more models than one; the
            one is judged that fits best.
        tally: Takes what is told.
    """
    request = max((arrival.body for arrival in arrivals), key=lambda body: _fit(case, body))
    operation = case.case.operation
    for each in case.given:
        sent = found_at(case.body, each.path)[0]
        kept = arrived(each, sent, request)
        if kept is None:
            tally.pass_over(operation, each.fact, "an image arrived as a link to somewhere else")
        elif kept:
            tally.keep(operation, each.fact)
        else:
            expected = f"{shown(sent, _LONG)} at {place_of(each)} of the upstream request"
            tally.find(case, each.fact, exchange, expected=expected, came=_came(each, request))
    for each in case.absent:
        if not found_at(request, each.target):
            tally.keep(operation, each.fact)
        else:
            expected = f"nothing at {place_of(each)} of the upstream request, as {each.name} isn't given"
            came = _came(each, request)
            tally.find(case, each.fact, exchange, expected=expected, came=came, level=Level.ASSUMED)
    for constant in case.upstream.constants:
        place = "/" + "/".join(constant.target)
        if any(same_json(constant.value, value) for value in found_at(request, constant.target)):
            tally.keep(operation, case.upstream.constant_fact)
        else:
            expected = f"{shown(constant.value)} at {place} of the upstream request"
            tally.find(case, case.upstream.constant_fact, exchange, expected=expected, came=_whole(request))


def judge_answer(case: UpstreamCase, exchange: Exchange, arrivals: Sequence[Arrival], tally: Tally) -> None:
    """Judge what the gateway made of the provider's answer.

    Args:
        case: The case.
        exchange: The caller's request and its answer, which is a success.
        arrivals: What arrived meanwhile: one request at least.
        tally: Takes what is told.
    """
    answer = _json(exchange)
    made = [arrival for arrival in arrivals if arrival.images]
    if made and image_names(case.upstream.operation):
        _judge_images(case, exchange, made, tally)
    if case.upstream.answer:
        _judge_besides(case, exchange, answer, made, tally)


def has_too_few(case: UpstreamCase, exchange: Exchange, arrivals: Sequence[Arrival]) -> bool:
    """Whether fewer images came than the provider made for any of its requests."""
    made = [len(arrival.images) for arrival in arrivals if arrival.images]
    return bool(made) and len(items_of(case.upstream.operation, exchange)) < min(made)


def judge_failure(case: UpstreamCase, exchange: Exchange, fact: Fact, tally: Tally) -> None:
    """Judge what the gateway answers where the provider fails.

    Args:
        case: The case.
        exchange: The caller's request and its answer.
        fact: That it answers with an error.
        tally: Takes what is told.
    """
    status, operation = exchange.answer.status, case.upstream.operation
    if exchange.answer.is_success:
        if items_of(operation, exchange):
            tally.pass_over(operation.id, fact, "the images came from elsewhere when the provider failed")
            return
        expected = "an error, as the model provider answered 500; a success would hold the images"
        # That a success holds the result is on the pages: they call it so, and say nothing of any other.
        level = _success_level(operation)
        tally.find(case, fact, exchange, expected=expected, came=f"{exchange.answer}, without images", level=level)
    elif status < _ERRORS:
        tally.pass_over(operation.id, fact, str(exchange.answer))
    elif status != _BAD_GATEWAY:
        expected = "status 502, as the model provider answered 500"
        tally.find(case, fact, exchange, expected=expected, came=str(exchange.answer))
    else:
        tally.keep(operation.id, fact)


def items_of(operation: Operation, exchange: Exchange) -> list[Mapping[str, Json]]:
    """The items of an answer that hold an image."""
    names, answer = image_names(operation).values(), _json(exchange)
    lists = [value for value in answer.values() if isinstance(value, list)] if isinstance(answer, dict) else []
    items = [item for value in lists for item in value if isinstance(item, dict)]
    return [item for item in items if any(item.get(name) for name in names)]


def _judge_images(case: UpstreamCase, exchange: Exchange, made: Sequence[Arrival], tally: Tally) -> None:
    fact, operation = images_fact(case), case.upstream.operation
    items = items_of(operation, exchange)
    counts = {sum(len(arrival.images) for arrival in made), *(len(arrival.images) for arrival in made)}
    if len(items) not in counts:
        expected = f"{' or '.join(map(str, sorted(counts)))} images, as the model provider made"
        tally.find(case, fact, exchange, expected=expected, came=f"{len(items)} images")
        return
    verdicts = [_is_one_of(item, case, exchange, made) for item in items]
    if False in verdicts:
        number = verdicts.index(False) + 1
        expected = "the images that the model provider made" + (", as base64 data" if case.data else "")
        tally.find(case, fact, exchange, expected=expected, came=f"image {number} of {len(items)} is none of them")
    elif None in verdicts:
        tally.pass_over(operation.id, fact, "the images came by links that were not followed")
    else:
        tally.keep(operation.id, fact)


def _is_one_of(
    item: Mapping[str, Json], case: UpstreamCase, exchange: Exchange, made: Sequence[Arrival]
) -> bool | None:
    """Whether an item of the answer is an image of the provider's; None if that can't be told."""
    names = image_names(case.upstream.operation)
    images = [image for arrival in made for image in arrival.images]
    if case.data:
        data = image_data(item.get(names["base64"]))
        return data is not None and any(same_image(image, data) for image in images)
    url = item.get(names["url"])
    if any(url in arrival.urls for arrival in made):
        return True
    seen = next((seen for seen in exchange.images if seen.url == url and seen.width), None)
    if seen is None:
        return None
    return any(_sides(image) == (seen.width, seen.height) for image in images)


def _judge_besides(case: UpstreamCase, exchange: Exchange, answer: Json, made: Sequence[Arrival], tally: Tally) -> None:
    """Judge whether what the provider said besides the images comes back."""
    fact, place = case.upstream.answer_fact, "/" + "/".join(case.upstream.answer)
    besides = next(iter(found_at(answer, case.upstream.answer)), None)
    marks = {mark for arrival in made for mark in arrival.marks}
    if marks & set(_texts(besides)):
        tally.keep(case.case.operation, fact)
        return
    expected = f"what the model provider answered at {place} of the answer: its request id, its usage"
    # Which part of it is meant no page says; that it is nothing at all, none can mean.
    level = Level.ASSUMED if besides else None
    tally.find(case, fact, exchange, expected=expected, came=f"{place}: {shown(besides, _LONG)}", level=level)


def _success_level(operation: Operation) -> Level:
    """How certain it is that a success holds images."""
    rules = (rule for rule in operation.rules if rule.id.startswith(f"{operation.id}/answer-2"))
    return min((rule.level for rule in rules), key=list(Level).index, default=Level.ASSUMED)


def _fit(case: UpstreamCase, request: Json) -> int:
    """How much of what must arrive is in a request."""
    return sum(arrived(each, found_at(case.body, each.path)[0], request) is not False for each in case.given)


def _came(field: Field, request: Json) -> str:
    found = found_at(request, field.target)
    if not found:
        return f"nothing there; {_whole(request)}"
    return f"{shown(found if field.spreads else found[0], _LONG)}; {_whole(request)}"


def _whole(request: Json) -> str:
    return f"upstream: {shown(request, _LONG)}" if request is not None else "upstream: a body that is no JSON"


def _texts(node: Json) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(node, str):
        yield node
    for below in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _texts(below)


def _sides(image: bytes) -> tuple[int, int]:
    return int.from_bytes(image[16:20], "big"), int.from_bytes(image[20:24], "big")  # where a PNG has them


def _json(exchange: Exchange) -> Json:
    try:
        return read_json(exchange.answer.body)
    except ValueError:
        return None
