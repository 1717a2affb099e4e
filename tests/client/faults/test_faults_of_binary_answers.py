"""Faults of an answer that is the image itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from generated_client import venice

from . import acts
from .calls import WAYS, Kind
from .scripts import Script, endless, script

if TYPE_CHECKING:
    from .calls import Way
    from .stage import Stage

_HEAD: Final = acts.head(200, Content_Type="image/png", Content_Length="1000000")


def _edit(client: Any, /, *, big: bool) -> Any:  # noqa: ARG001 - a Caller; the answer is what is large here
    return client.image.edit(prompt="A cat", image=("cat.png", acts.PNG, "image/png"))


_EDITING: Final = Kind(venice, "Venice", _edit)
_FAULTS: Final = {
    "it breaks off": (script(acts.sent(_HEAD + acts.PNG)), "AnswerLost"),
    "it drips past the deadline": (endless(acts.dripping(_HEAD + acts.PNG, b".")), "AnswerLost"),
    "its gzip is broken": (
        script(acts.answered(200, acts.PNG, "image/png", made=True, Content_Encoding="gzip")),
        "AnswerUnreadable",
    ),
    "it is a page": (script(acts.page(200)), "AnswerUnreadable"),
    "it is JSON": (script(acts.done()), "AnswerUnreadable"),
    "it has no media type": (script(acts.answered(200, acts.PNG, "", made=True)), ""),
    "it has none and is no image": (script(acts.answered(200, b"PNG", "", made=True)), "AnswerUnreadable"),
    "it is whole": (script(acts.answered(200, acts.PNG, "image/png", made=True)), ""),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fault", _FAULTS)
def test_an_image_is_asked_for_once(fault: str, way: Way, stage: Stage) -> None:
    played: Script
    played, error = _FAULTS[fault]

    ending = stage.play(played, _EDITING, way)

    assert (type(ending.error).__name__ if ending.error else "") == error, ending.error
    assert (stage.sent, ending.images) == (1, 1)
    assert ending.seconds < played.deadline + 1
    if ending.result is not None:
        assert ending.result.bytes() == acts.PNG
