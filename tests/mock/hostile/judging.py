"""Tells whether an answer to a hostile request is a right one."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Final

from jsonschema_rs import Draft202012Validator

from generator.spec import load_all
from tests.mock.hostile.attack import GENERATIONS, posted
from tests.mock.hostile.wire import Connection

if TYPE_CHECKING:
    from tests.mock.hostile.attack import Attack
    from tests.mock.hostile.wire import Answer
    from tests.mock.served import ServedMock

_GOOD: Final = posted(GENERATIONS, json.dumps({"model": "qwen-image-2.0-pro", "prompt": "p"}).encode())
_FIRST_ERROR = 400


def complaint(attack: Attack, answer: Answer) -> str:
    """What is wrong with an answer; "" for a right one."""
    if not answer.status:
        return "" if attack.hangs_up else "the connection ended without an answer"
    if not answer.complete:
        return "the answer is cut off"
    if answer.status not in attack.statuses:
        return f"status {answer.status}, not one of {sorted(attack.statuses)}"
    if attack.path and answer.status >= _FIRST_ERROR:
        return _error_complaint(attack.path, answer)
    return ""


def _error_complaint(path: str, answer: Answer) -> str:
    """What is wrong with an error by what the operation documents."""
    if answer.headers.get("content-type") != "application/json":
        return f"an error of type {answer.headers.get('content-type')}"
    body = answer.json()
    documented = _validators(path)
    validator = documented.get(str(answer.status), documented["400"])
    if not validator.is_valid(body):
        return "the error has not the documented shape"
    said = body["error"]["message"] if isinstance(body["error"], dict) else body["error"]
    return "" if isinstance(said, str) and said.strip() else "the error says nothing"


@cache
def _validators(path: str) -> dict[str, Draft202012Validator]:
    """By status, what judges an operation's answers."""
    operation = next(o for contract in load_all() for o in contract.operations if o.path == path)
    return {
        answer.status: Draft202012Validator(dict(answer.content["application/json"]))
        for answer in operation.answers
        if "application/json" in answer.content
    }


async def good_request_complaint(mock: ServedMock, connection: Connection | None = None) -> str:
    """What is wrong with the answer to a good request; "" if it is right.

    Args:
        mock: The mock.
        connection: On which connection; on a new one if None.
    """
    if connection is None:
        async with Connection(mock) as fresh:
            return await good_request_complaint(mock, fresh)
    answer = await connection.exchange(_GOOD)
    if answer.status != 200 or not answer.complete:
        return f"then a good request is answered by {answer}"
    return ""
