"""The database's store of answers for replay."""

import threading

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from platform_api.core.errors import Conflict, Invalid, Refusal
from platform_api.core.http.idempotency import StoredAnswer
from platform_api.core.registry import registry
from platform_api.ledger.idempotency import DatabaseIdempotencyStore, forget_old_answers
from platform_api.ledger.models import IdempotentAnswer
from tests.ledger.helpers import in_threads
from tests.postgres import ClonedDatabase

store = DatabaseIdempotencyStore()
BODY, OTHER_BODY = b"\x01" * 32, b"\x02" * 32
ANSWER = StoredAnswer(201, {"ETag": '"1.ab"'}, b'{"id": 1}\x00\xff', ("section", "abc"), False)


def claim(key: str = "key-1", caller: str = "client:a", body: bytes = BODY) -> StoredAnswer | None:
    return store.claim(caller=caller, key=key, request_sha256=body)


def keep(key: str = "key-1", caller: str = "client:a", answer: StoredAnswer = ANSWER) -> None:
    store.keep(caller=caller, key=key, request_sha256=BODY, answer=answer)


def a_day_passes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_idempotentanswer SET made_at = made_at - interval '24 hours'")


@pytest.mark.django_db
class TestOneCaller:
    def test_an_unknown_key_has_no_answer(self) -> None:
        assert claim() is None

    def test_the_kept_answer_comes_back_byte_for_byte(self) -> None:
        claim()
        keep()
        assert claim() == ANSWER

    def test_an_answer_without_a_resource_comes_back(self) -> None:
        answer = StoredAnswer(204, {}, b"", None, False)
        keep(answer=answer)
        assert claim() == answer

    def test_keys_of_callers_are_apart(self) -> None:
        keep()
        assert claim(caller="client:b") is None
        assert claim(key="key-2") is None

    def test_another_request_with_the_key_is_refused(self) -> None:
        keep()
        with pytest.raises(Refusal) as refusal:
            claim(body=OTHER_BODY)
        assert (refusal.value.status, refusal.value.code) == (422, "idempotency_key_reused")
        assert refusal.value.slug == "idempotency-key-reused"

    def test_of_a_secret_only_a_marker_is_kept(self) -> None:
        keep(answer=StoredAnswer(201, {"X": "s3cret"}, b"s3cret", ("client", "1"), True))
        with pytest.raises(Conflict) as refusal:
            claim()
        assert refusal.value.code == "secret_already_shown"
        row = IdempotentAnswer.objects.get()
        assert (bytes(row.body), row.headers, row.secret) == (b"", {}, True)
        with pytest.raises(Refusal) as refusal_422:
            claim(body=OTHER_BODY)
        assert refusal_422.value.status == 422

    def test_after_a_day_the_key_is_free(self) -> None:
        keep()
        a_day_passes()
        assert claim(body=OTHER_BODY) is None
        keep(answer=StoredAnswer(200, {}, b"new", None, False))
        kept = claim()
        assert kept
        assert (kept.status, kept.body) == (200, b"new")

    def test_old_answers_are_forgotten(self) -> None:
        keep()
        a_day_passes()
        keep(key="fresh")
        assert forget_old_answers() == 1
        assert list(IdempotentAnswer.objects.values_list("key", flat=True)) == ["fresh"]

    @pytest.mark.parametrize("key", ["", "x" * 256, "a b", "ž", "a\n", "\x7f", "\0"])
    def test_a_key_that_is_not_visible_ascii_is_invalid(self, key: str) -> None:
        with pytest.raises(Invalid) as refusal:
            claim(key=key)
        assert refusal.value.errors[0].code == "invalid_idempotency_key"

    @pytest.mark.parametrize("key", ["!", "~" * 255, "3f8a-'\"\\%s"])
    def test_any_visible_ascii_is_a_key(self, key: str) -> None:
        keep(key=key)
        assert claim(key=key) == ANSWER


@pytest.mark.concurrency
def test_a_key_in_use_is_refused_until_the_transaction_ends(cloned_db: ClonedDatabase) -> None:
    claimed, finish = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            claim()
            keep()
            claimed.set()
            assert finish.wait(30)

    def fast() -> str:
        assert claimed.wait(30)
        try:
            with transaction.atomic():
                claim()
        except Conflict as refusal:
            return refusal.code
        finally:
            finish.set()
        return "claimed"

    with cloned_db.as_role("runtime"):
        assert in_threads([slow, fast], at_once=2)[1] == "request_in_progress"
        with transaction.atomic():
            assert claim() == ANSWER


@pytest.mark.concurrency
def test_of_many_requests_with_one_key_one_is_carried_out(cloned_db: ClonedDatabase) -> None:
    start = threading.Barrier(16)
    carried_out: list[int] = []

    def request(number: int) -> str:
        start.wait(30)
        try:
            with transaction.atomic():
                if claim() is not None:
                    return "replayed"
                carried_out.append(number)
                keep()
                return "made"
        except Conflict as refusal:
            return refusal.code

    with cloned_db.as_role("runtime"):
        told = in_threads([lambda n=n: request(n) for n in range(16)], at_once=16)
    assert len(carried_out) == 1
    assert told.count("made") == 1
    assert set(told) <= {"made", "replayed", "request_in_progress"}


@pytest.mark.concurrency
def test_a_rolled_back_request_leaves_the_key_free(cloned_db: ClonedDatabase) -> None:
    with transaction.atomic():
        claim()
        keep()
        transaction.set_rollback(True)
    with transaction.atomic():
        assert claim() is None


@pytest.mark.concurrency
def test_outside_a_transaction_it_refuses_to_work(cloned_db: ClonedDatabase) -> None:
    with pytest.raises(TransactionManagementError):
        claim()
    with pytest.raises(TransactionManagementError):
        keep()


def test_it_is_the_platforms_store() -> None:
    assert isinstance(registry.idempotency_store, DatabaseIdempotencyStore)
