"""Turns are one thread's at a time, and a forked process isn't kept waiting by a thread that it doesn't have."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

from generator.client.runtime.turns import Turns


def test_a_turn_ends_before_the_next_begins() -> None:
    turns, seen = Turns(), []

    def take() -> None:
        with turns:
            seen.append("other")

    with turns:
        thread = threading.Thread(target=take)
        thread.start()
        seen.append("mine")
    thread.join()
    assert seen == ["mine", "other"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not fork")
def test_a_forked_process_finds_it_free() -> None:
    turns = Turns()
    with turns:
        child = os.fork()
        if not child:
            signal.alarm(10)  # ends the child, should it wait
            with turns:
                os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    with turns:
        pass
