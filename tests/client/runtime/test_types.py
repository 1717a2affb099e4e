"""Absence is one value, falsy, and the same after copying and pickling."""

from __future__ import annotations

import copy
import pickle

from generator.client.runtime.types import UNSET, Unset


def test_unset_is_falsy_and_says_what_it_is() -> None:
    assert not UNSET
    assert repr(UNSET) == "UNSET"
    assert isinstance(UNSET, Unset)


def test_unset_survives_copying_and_pickling() -> None:
    assert copy.deepcopy({"n": UNSET})["n"] is UNSET
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET  # noqa: S301 - our own bytes
