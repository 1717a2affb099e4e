"""The script: order, whom a fault hits, and that no fault is used twice."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

import pytest

from generator.mock.control.control import Control
from generator.mock.faults.fault import Fault, FaultError, hashed
from generator.mock.faults.faults import Faults
from generator.mock.faults.script import Script
from generator.mock.storage.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.synchronize import Event
    from pathlib import Path

    from generator.spec import Contract

WORKERS = 2


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    state = State.open(tmp_path)
    yield state
    state.close()


@pytest.fixture
def script(state: State) -> Script:
    return Script(Control(state.control))


def everybody(_fault: Fault) -> bool:
    return True


def test_faults_are_taken_in_order_and_as_often_as_stated(script: Script) -> None:
    script.add([Fault(status=503, times=2), Fault(name="ok"), Fault(status=500)])
    taken = [script.take(everybody, str(number), "o") for number in range(5)]
    assert [fault and fault.status for fault in taken] == [503, 503, None, 500, None]
    assert taken[2] == Fault(name="ok")
    assert taken[4] is None


def test_a_fault_may_never_wear_off(script: Script) -> None:
    script.add([Fault(status=503, times=None), Fault(status=500)])
    assert all(script.take(everybody, str(number), "o") == Fault(status=503, times=None) for number in range(20))
    assert [(step.left, len(step.uses)) for step in script.steps()] == [(None, 20), (1, 0)]


def test_a_request_passes_over_what_is_not_meant_for_it(script: Script) -> None:
    script.add([Fault(status=503, operation="a"), Fault(status=500, operation="b")])
    taken = script.take(lambda fault: fault.operation == "b", "1", "b")
    assert taken == Fault(status=500, operation="b")
    assert [step.left for step in script.steps()] == [1, 0]


def test_the_script_tells_who_used_what_and_when(script: Script) -> None:
    script.add([Fault(status=503, times=3)])
    for number in range(2):
        script.take(everybody, f"id-{number}", "generateImages")
    (step,) = script.steps()
    assert [(use["id"], use["operation"]) for use in step.uses] == [
        ("id-0", "generateImages"),
        ("id-1", "generateImages"),
    ]
    assert step.uses[0]["time"] <= step.uses[1]["time"]
    assert step.as_json()["left"] == 1


def test_only_the_last_uses_are_told(script: Script, state: State) -> None:
    script.add([Fault(status=503, times=None)])
    with state.control.transaction() as connection:
        connection.executemany(
            "INSERT INTO fault_uses(fault, document) VALUES(?, ?)", [(fault, "{}") for fault in (1, 2)] * 1500
        )
    for number in range(150):
        script.take(everybody, str(number), "o")
    (step,) = script.steps()
    assert 1000 <= len(step.uses) <= 1100
    assert step.uses[-1]["id"] == "149"
    assert state.control.execute("SELECT count(*) FROM fault_uses WHERE fault = 2") == [(1500,)]


def test_only_the_last_counts_are_kept(script: Script, state: State) -> None:
    assert script.counts("first", 2)
    with state.control.transaction() as connection:
        connection.executemany(
            "INSERT INTO fault_counts(digest, seen) VALUES(?, 1)", [(str(number),) for number in range(10_000)]
        )
    assert script.counts("last", 1)
    assert not script.counts("last", 1)
    assert state.control.execute("SELECT count(*) FROM fault_counts")[0][0] <= 10_000
    assert [script.counts("first", 2) for _ in range(3)] == [True, True, False]


def test_what_is_forgotten_hits_nobody(script: Script) -> None:
    script.add([Fault(status=503)])
    assert script.counts("a", 2)
    script.clear()
    assert script.take(everybody, "1", "o") is None
    assert script.steps() == ()
    assert [script.counts("a", 2) for _ in range(3)] == [True, True, False]


def test_repetitions_of_one_request_are_counted_apart_from_others(script: Script) -> None:
    assert [script.counts("a", 2) for _ in range(4)] == [True, True, False, True]
    assert script.counts("b", 1)


def _taken(folder: Path, count: int, start: Event, answers: multiprocessing.Queue[int]) -> None:
    state = State.open(folder)
    script = Script(Control(state.control))
    start.wait()
    answers.put(sum(script.take(everybody, str(number), "o") is not None for number in range(count)))
    state.close()


def test_no_two_workers_take_the_same_use(tmp_path: Path, script: Script) -> None:
    script.add([Fault(status=503, times=50), Fault(status=500, times=30)])
    context = multiprocessing.get_context("spawn")
    start, answers = context.Event(), context.Queue()
    workers = [context.Process(target=_taken, args=(tmp_path, 60, start, answers)) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    start.set()
    taken = [answers.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join()
    assert sum(taken) == 80
    assert [(step.left, len(step.uses)) for step in script.steps()] == [(0, 50), (0, 30)]


def test_another_worker_knows_of_a_fault_at_once(tmp_path: Path, script: Script) -> None:
    other_state = State.open(tmp_path)
    other = Script(Control(other_state.control))
    assert other.take(everybody, "1", "o") is None
    script.add([Fault(status=503)])
    assert other.take(everybody, "2", "o") == Fault(status=503)
    assert script.take(everybody, "3", "o") is None
    other_state.close()


@pytest.fixture
def faults(state: State, contracts: tuple[Contract, ...]) -> Faults:
    return Faults(Control(state.control), contracts)


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (
            Fault(status=503, operation="generateImage"),
            "there is no operation 'generateImage'; there are generateImages",
        ),
        (Fault(status=503, api="venus"), "there is no API 'venus'; there are powertokens, venice"),
        (Fault(set={"/data/0/urll": "x"}), "there is no place /data/0/urll; the documented answer has /created, /data"),
        (Fault(set={"/data/0/url": "x"}, operation="editImage"), "the documented answer is no JSON"),
        (Fault(set={"/error/code": "x"}, operation="generateImages"), "there is no place /error/code"),
        ("rate-limt", "did you mean rate-limit?"),
        ({"status": 503, "colour": "red"}, "'colour' is no field of a fault"),
    ],
)
def test_a_fault_that_can_hit_nothing_is_refused_with_all_that_come_with_it(
    faults: Faults, fault: Fault | str | dict[str, object], why: str
) -> None:
    with pytest.raises(FaultError) as caught:
        faults.add("server-error", fault)
    assert why in str(caught.value)
    assert faults.steps() == ()


@pytest.mark.parametrize(
    "fault",
    [
        Fault(set={"/data/0/url": "x", "/created": 0, "/metadata/anything/at/all": 1}, operation="generateImages"),
        Fault(set={"/error/code": "x"}, status=503, operation="generateImages"),
        Fault(set={"/data/3/model_spec/pricing/inpaint/usd": "free"}),
        Fault(status=503, operation="download"),
        Fault(status=503, api="venice", path="/api/*"),
    ],
)
def test_a_fault_that_can_hit_something(faults: Faults, fault: Fault) -> None:
    (step,) = faults.add(fault)
    assert step.fault == fault


def test_a_script_begins_anew_or_stays(faults: Faults) -> None:
    faults.add("server-error")
    faults.begin(["rate-limit", {"status": 503}])
    assert [step.fault.status for step in faults.steps()] == [429, 503]
    with pytest.raises(FaultError):
        faults.begin(["nonsense"])
    assert len(faults.steps()) == 2


@pytest.mark.parametrize(
    ("fault", "hit"),
    [
        (Fault(status=503), {"generateImages", "editImage"}),
        (Fault(status=503, operation="editImage"), {"editImage"}),
        (Fault(status=503, api="powertokens"), {"generateImages"}),
        (Fault(status=503, path="/api/v1/*"), {"editImage"}),
        (Fault(status=503, path="*"), {"generateImages", "editImage", "download", ""}),
        (Fault(status=503, path="/nowhere"), {""}),
        (Fault(status=503, operation="download"), {"download"}),
        (Fault(status=503, key="mine"), {"generateImages"}),
    ],
)
def test_whom_a_fault_hits(fault: Fault, hit: set[str]) -> None:
    requests = {
        "generateImages": ("powertokens", "/v1/images/generations", "mine"),
        "editImage": ("venice", "/api/v1/image/edit", "yours"),
        "download": ("", "/_mock/images/0.png", ""),
        "": ("", "/nowhere", ""),
    }

    def is_hit(operation: str) -> bool:
        api, path, key = requests[operation]
        return fault.hits(operation=operation, api=api, path=path, credentials=lambda: [hashed(key)])

    assert {operation for operation in requests if is_hit(operation)} == hit
