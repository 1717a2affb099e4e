"""Tells what a folder holds that an earlier mock has left, so that nobody wonders at faults and times of before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.mock.clock import Clock
from generator.mock.control.control import Control
from generator.mock.faults.script import Script
from generator.mock.journal.journal import Journal

if TYPE_CHECKING:
    from generator.mock.storage.state import State


def faults_left(state: State) -> int:
    """How many faults of the script are still to come."""
    return sum(step.left != 0 for step in Script(Control(state.control)).steps())


def kept_in(state: State) -> str:
    """What is there from before, in a sentence; "" for nothing."""
    requests, faults = len(Journal(state.journal)), faults_left(state)
    offset = Clock(Control(state.control)).offset
    parts = [_counted(requests, "request") + " in the journal"] if requests else []
    parts += [_counted(faults, "fault") + " still to come"] if faults else []
    parts += [f"a clock that is {abs(offset):g} seconds {'ahead' if offset > 0 else 'behind'}"] if offset else []
    if not parts:
        return ""
    return f"{state.folder} holds from before: {', '.join(parts)}. POST /_mock/reset forgets it."


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
