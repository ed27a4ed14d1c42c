"""The throttle lets exactly the burst through, whoever asks at once."""

import threading

import pytest
from django.db import connection

from platform_api.core.http.throttling import Verdict
from platform_api.core.registry import registry
from platform_api.ledger.models import Bucket
from platform_api.ledger.throttling import DatabaseThrottle, forget_full_buckets
from tests.ledger.helpers import in_threads
from tests.postgres import ClonedDatabase

throttle = DatabaseThrottle()


def time_passes(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_throttle SET full_at = full_at - make_interval(secs => %s)", [seconds]
        )


@pytest.mark.django_db
class TestOneCaller:
    def test_the_first_request_is_told_what_is_left(self) -> None:
        assert throttle.take("a", per_minute=1, burst=5) == Verdict(True, 1, 4, 60, 0)

    def test_the_burst_passes_and_the_next_waits(self) -> None:
        verdicts = [throttle.take("a", per_minute=1, burst=3) for _ in range(4)]
        assert [v.allowed for v in verdicts] == [True, True, True, False]
        assert [v.remaining for v in verdicts] == [2, 1, 0, 0]
        assert verdicts[3].retry_after_seconds == 60
        assert 179 <= verdicts[3].reset_seconds <= 180

    def test_a_refused_request_costs_nothing(self) -> None:
        throttle.take("a", per_minute=1, burst=1)
        for _ in range(20):
            assert not throttle.take("a", per_minute=1, burst=1).allowed
        time_passes(60)
        assert throttle.take("a", per_minute=1, burst=1).allowed

    def test_one_token_comes_back_an_interval_later(self) -> None:
        for _ in range(3):
            throttle.take("a", per_minute=1, burst=3)
        time_passes(61)
        after = [throttle.take("a", per_minute=1, burst=3).allowed for _ in range(2)]
        assert after == [True, False]

    def test_no_more_than_the_burst_is_saved_up(self) -> None:
        throttle.take("a", per_minute=1, burst=3)
        time_passes(86_400)
        after = [throttle.take("a", per_minute=1, burst=3).allowed for _ in range(4)]
        assert after == [True, True, True, False]

    def test_keys_are_apart(self) -> None:
        assert throttle.take("a", per_minute=1, burst=1).allowed
        assert throttle.take("b", per_minute=1, burst=1).allowed

    def test_full_buckets_are_forgotten(self) -> None:
        throttle.take("old", per_minute=60, burst=1)
        time_passes(3600)
        throttle.take("new", per_minute=1, burst=1)
        assert forget_full_buckets() == 1
        assert list(Bucket.objects.values_list("key", flat=True)) == ["new"]

    @pytest.mark.parametrize(("rate", "burst"), [(0, 1), (1, 0), (-1, 1)])
    def test_a_limit_of_nothing_is_a_programming_error(self, rate: int, burst: int) -> None:
        with pytest.raises(ValueError, match="positive"):
            throttle.take("a", per_minute=rate, burst=burst)

    def test_the_table_is_not_written_to_the_log(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relpersistence FROM pg_class WHERE oid = 'ledger_throttle'::regclass"
            )
            assert cursor.fetchone() == ("u",)


@pytest.mark.concurrency
@pytest.mark.slow
def test_thirty_two_threads_get_exactly_the_burst(cloned_db: ClonedDatabase) -> None:
    start = threading.Barrier(32)

    def caller() -> int:
        connection.ensure_connection()
        start.wait(60)
        return sum(throttle.take("client", per_minute=1, burst=100).allowed for _ in range(10))

    with cloned_db.as_role("runtime"):
        assert sum(in_threads([caller] * 32, at_once=32)) == 100


def test_it_is_the_platforms_throttle() -> None:
    assert isinstance(registry.throttle, DatabaseThrottle)
