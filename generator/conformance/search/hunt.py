"""One hunt: bodies of one kind for one shape, drawn by Hypothesis in rounds, each at most to its first find."""

from __future__ import annotations

import hashlib
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Literal

from attrs import field, frozen, mutable
from hypothesis import HealthCheck, Phase, Verbosity, given
from hypothesis import seed as seeded
from hypothesis import settings as hypothesis_settings
from hypothesis.errors import HypothesisException, HypothesisWarning

from generator.conformance.search.blame import blamed, culprits_of, finding_of, size_of, smaller
from generator.conformance.search.fields import plain_fields, top_of
from generator.conformance.search.reading import LEVELS, has_nulls, is_sendable
from generator.conformance.search.right import right_bodies
from generator.conformance.search.schemas import schemathesis_bodies
from generator.conformance.search.session import OverError
from generator.conformance.search.suspect import Kind
from generator.conformance.search.wrong import WrongBodies
from generator.spec import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from hypothesis.strategies import SearchStrategy

    from generator.conformance.search.examples import Examples
    from generator.conformance.search.session import Ask
    from generator.conformance.search.suspect import Suspect
    from generator.conformance.verdicts import Finding
    from generator.spec import Json

Way = Literal["wrong", "schemathesis-wrong", "right", "schemathesis-right"]
WAYS: Final[tuple[Way, ...]] = ("wrong", "schemathesis-wrong", "right", "schemathesis-right")
_EXAMPLES: Final[Mapping[Way, int]] = {"wrong": 60, "schemathesis-wrong": 10, "right": 20, "schemathesis-right": 4}
"""How many bodies a round draws. What must be refused costs nothing, so most are of that kind."""
_SHRINKING: Final = 60
"""How many requests Hypothesis may spend on making one find smaller."""
_SHRINKING_BILLED: Final = 12
"""The same, of requests that were carried out, and so may be billed."""
_DRAWING: Final = (Phase.generate,)
"""For right bodies: to leave fields away one by one is what costs least, and Hypothesis does it otherwise."""


class _ShowsError(Exception):
    """A body shows a fault."""


@mutable
class _Round:
    """What happens in one round.

    Attributes:
        best: The smallest body so far that shows the fault.
        after: How many bodies have been tried since the first that shows it.
        billed: How many of these were carried out.
    """

    best: Suspect | None = None
    after: int = 0
    billed: int = 0


@frozen
class Hunt:
    """One hunt.

    Attributes:
        ask: Asks the gateway.
        way: How bodies are made.
        seed: What the whole search began with.
        processes: How many processes search.
        own_seed: What this hunt begins with.
        found: The rules found so far, in the named cases or here, and how certain each find is; they are left alone,
            unless a find is more certain.
        excluded: The rules that are known from the named cases; right bodies leave their fields as they are.
        examples: Where finds are kept; None for nowhere.
    """

    ask: Ask
    way: Way
    seed: int
    processes: int
    own_seed: str
    found: dict[str, Level]
    excluded: Collection[str]
    examples: Examples | None
    _avoided: list[frozenset[str]] = field(factory=list, init=False)
    _levels: dict[str, Level] = field(factory=dict, init=False)
    _made: list[WrongBodies | SearchStrategy[Json]] = field(factory=list, init=False)

    @property
    def name(self) -> str:
        """Its name, the same in each search."""
        return f"{self.ask.operation.id}/{self.ask.shape.name}/{self.way}"

    @property
    def is_right(self) -> bool:
        """Whether its bodies must be carried out, and may be billed."""
        return self.way.endswith("right")

    def replay(self) -> Iterator[Finding]:
        """Try what was found before, and forget what shows nothing any more.

        Raises:
            OverError: The search is over.
        """
        if self.examples is None:
            return
        self._prepare()
        for body in self.examples.of(self.name):
            state = _Round()
            with suppress(_ShowsError):
                self._try(body, state)
            if state.best is None:
                self.examples.forget(self.name, body)
            elif finding := self._finding(state.best):
                yield finding

    def round(self, number: int) -> Iterator[Finding]:
        """Draw bodies until one shows a fault, or the round's share is used up.

        Args:
            number: Which round it is; it decides what is drawn.

        Yields:
            The find, as small as it gets, if there is one.

        Raises:
            OverError: The search is over.
        """
        strategy = self._strategy()
        if strategy is None:
            return
        state, over = _Round(), None
        try:
            self._drawn(strategy, state, number)
        except OverError as error:
            over = error
        if state.best is not None and (finding := self._finding(state.best)):
            yield finding
        if over is not None and over.cause is not None:
            raise over

    def _strategy(self) -> SearchStrategy[Json] | None:
        self._prepare()
        if not self._made:
            self._made.append(self._maker())
        made = self._made[0]
        return made.without(self.found) if isinstance(made, WrongBodies) else made

    def _prepare(self) -> None:
        operation, shape = self.ask.operation, self.ask.shape
        if self._levels:
            return
        self._levels.update({name: plain.level for name, plain in plain_fields(operation, shape).items()})
        fields = {top_of(rule) for rule in shape.rules if rule.id in self.excluded}
        self._avoided.extend(frozenset({name}) for name in sorted(fields) if name)

    def _maker(self) -> WrongBodies | SearchStrategy[Json]:
        """What makes the bodies; made once, for it takes its time."""
        operation, shape = self.ask.operation, self.ask.shape
        if self.way == "wrong":
            return WrongBodies(operation, shape, self.ask.reader)
        if self.way == "right":
            return right_bodies(operation, shape, self.ask.reader)
        return schemathesis_bodies(operation, shape, "right" if self.is_right else "wrong")

    def _drawn(self, strategy: SearchStrategy[Json], state: _Round, number: int) -> None:
        """Let Hypothesis draw, and shrink what it finds."""

        def test(body: Json) -> None:
            self._try(body, state)

        profile = hypothesis_settings(
            max_examples=_EXAMPLES[self.way],
            deadline=None,
            # Hypothesis keeps nothing of what it draws from a seed; what was found is kept as bodies.
            database=None,
            phases=_DRAWING if self.is_right else (*_DRAWING, Phase.shrink),
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.quiet,
            print_blob=False,
        )
        run = seeded(_number(f"{self.own_seed}/{self.name}/{number}"))(profile(given(strategy)(test)))
        try:
            with warnings.catch_warnings():
                # A body may be a long text, or an image; nothing of it is shown.
                warnings.simplefilter("ignore", HypothesisWarning)
                run()
        except (_ShowsError, HypothesisException):
            return  # what it found stands in the state

    def _try(self, body: Json, state: _Round) -> None:
        if state.best is not None:
            state.after += 1
            if state.after > _SHRINKING or state.billed >= _SHRINKING_BILLED:
                raise OverError
        suspect = self._asked(body)
        if suspect is None or self._is_known(suspect):
            return
        if state.best is not None and not suspect.shows_what(state.best):
            return
        state.billed += suspect.exchange.was_billed
        if state.best is None or size_of(suspect.body) < size_of(state.best.body):
            state.best = suspect
        raise _ShowsError

    def _asked(self, body: Json) -> Suspect | None:
        if isinstance(body, bytes):
            return None if self.is_right else self.ask.unreadable(body)
        if not isinstance(body, dict) or not is_sendable(body) or has_nulls(body):
            return None
        odd = self._odd(body)
        if any(crash <= odd for crash in self.ask.crashes):
            return None
        if not self.is_right:
            return self.ask.wrong(body)
        if any(avoided <= odd for avoided in (*self._avoided, *self.ask.refused)):
            return None
        return self._right(body)

    def _odd(self, body: Mapping[str, Json]) -> set[str]:
        """The fields that are not as in the plain body."""
        base = self.ask.base
        return {name for name in body if name not in base or body[name] != base[name]}

    def _right(self, body: Mapping[str, Json]) -> Suspect | None:
        if not self.ask.reader.is_right(self.ask.shape.media_type, body):
            return None
        levels = [self._levels.get(name, Level.ASSUMED) for name in self._odd(body)] or [Level.DOCUMENTED]
        return self.ask.right(body, max(levels, key=LEVELS.index))

    def _finding(self, suspect: Suspect) -> Finding | None:
        again: Callable[[Mapping[str, Json]], Suspect | None] = self._right if self.is_right else self.ask.wrong
        least = smaller(self.ask, suspect, again)
        if self.examples is not None and (least is None or not self._is_known(least)):
            self.examples.keep(self.name, suspect.body)
        if least is None:
            return None
        if least.kind is Kind.CRASHED and not self.is_right:
            least = self._of_the_right_part(least)
        if least.kind in {Kind.REFUSED, Kind.CRASHED} and not least.rule:
            culprits = frozenset(culprits_of(self.ask, least))
            (self.ask.refused if least.kind is Kind.REFUSED else self.ask.crashes).append(culprits)
        judged = blamed(self.ask, least, self._levels)
        if not judged.rule or self._is_known(judged):
            return None
        self.found[judged.rule] = judged.level
        return finding_of(self.ask, judged, self._options())

    def _options(self) -> str:
        """The options of a search that goes as far as this one is, and so finds the same."""
        sent = self.ask.budget.sent * self.processes
        workers = f" --workers {self.processes}" if self.processes > 1 else ""
        return f"--seed {self.seed} --fuzz {sent}{workers}"

    def _of_the_right_part(self, suspect: Suspect) -> Suspect:
        """A failure over a wrong body, or over what is left of it without what is wrong, if that fails too."""
        if not isinstance(suspect.body, dict):
            return suspect
        base, broken = self.ask.base, self.ask.reader.broken_fields(self.ask.shape.media_type, suspect.body)
        kept = {name: value for name, value in suspect.body.items() if name not in broken}
        mended = {**base, **kept}
        if mended == base:
            return suspect
        try:
            crash = self._right(mended)
        except OverError:
            crash = None
        least = smaller(self.ask, crash, self._right) if crash is not None and crash.kind is Kind.CRASHED else None
        return least or suspect

    def _is_known(self, suspect: Suspect) -> bool:
        known = self.found.get(suspect.rule)
        return known is not None and LEVELS.index(known) <= LEVELS.index(suspect.level)


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
