"""Of two reasons to refuse, the first in API.md's order is told."""

from itertools import combinations
from typing import Any

import pytest

from . import kit

# (name, status) in the order in which they are told.
ORDER = (
    ("no token", 401),
    ("empty bucket", 429),
    ("hidden", 404),
    ("role too low", 403),
    ("no If-Match", 428),
    ("wrong media type", 415),
    ("too long", 413),
    ("unknown field", 400),
    ("stale", 412),
    ("wrong state", 409),
)
IMPOSSIBLE = {frozenset({"no If-Match", "stale"})}
PAIRS = [
    (first, second)
    for first, second in combinations(ORDER, 2)
    if frozenset({first[0], second[0]}) not in IMPOSSIBLE
]


def send(api: Any, world: kit.World, throttle: kit.FakeThrottle, faults: set[str]) -> Any:
    thing = world.rows[0]
    if "hidden" in faults:
        world.rows.remove(thing)
    if "wrong state" in faults:
        thing.state = "released"
    if "empty bucket" in faults:
        throttle.empty.add(f"user:{kit.USER}")
    headers = {} if "no If-Match" in faults else {"If-Match": '"3"' if "stale" in faults else '"4"'}
    token = "reader" if "role too low" in faults else "head"
    body = {"title": "x" * (2 * 1024 * 1024 if "too long" in faults else 10)}
    if "unknown field" in faults:
        body["colour"] = "red"
    return api.call(
        "PATCH",
        f"things/{thing.id}",
        token=None if "no token" in faults else token,
        json=body,
        content_type="text/plain" if "wrong media type" in faults else "application/json",
        headers=headers,
    )


def test_without_a_fault_the_request_is_carried_out(
    api: Any, world: kit.World, throttle: kit.FakeThrottle
) -> None:
    assert send(api, world, throttle, set()).status_code == 200
    assert world.transactions == ["committed"]


@pytest.mark.parametrize(("fault", "status"), ORDER)
def test_each_fault_alone(
    api: Any, world: kit.World, throttle: kit.FakeThrottle, fault: str, status: int
) -> None:
    answer = send(api, world, throttle, {fault})

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status
    outcome = [] if status in (401, 429) else ["rolled back"]
    assert world.transactions == outcome + (["committed"] if status == 403 else [])


@pytest.mark.parametrize(
    ("first", "second"), PAIRS, ids=[f"{a[0]} before {b[0]}" for a, b in PAIRS]
)
def test_the_first_of_two_faults_is_told(
    api: Any,
    world: kit.World,
    throttle: kit.FakeThrottle,
    first: tuple[str, int],
    second: tuple[str, int],
) -> None:
    answer = send(api, world, throttle, {first[0], second[0]})

    assert answer.status_code == first[1]
