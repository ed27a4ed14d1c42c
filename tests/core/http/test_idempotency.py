"""A POST that is sent again with its key."""

from typing import Any

import pytest

from platform_api.core.http.idempotency import StoredAnswer

from . import kit
from .problem import invalid, problem

PATH = "/api/v1/things"
FIRST = f"things/{kit.number(1)}"
KEY = {"Idempotency-Key": "k-1"}


def make(api: Any, title: str = "a", **options: Any) -> Any:
    options.setdefault("headers", dict(KEY))
    return api.call("POST", "things", json={"title": title}, **options)


def test_the_kept_answer_is_sent_again(api: Any, world: kit.World, store: kit.FakeStore) -> None:
    first, again = make(api), make(api, headers={"Idempotency-Key": '"k-1"'})

    assert (again.status_code, again.content) == (201, first.content)
    assert dict(again.headers) == {**first.headers, "Idempotency-Replayed": "true"}
    assert len(world.given) == 1
    assert world.transactions == ["committed", "committed"]
    ((caller, key),) = store.kept
    assert (caller, key) == (f"user:{kit.USER}", "k-1")


def test_what_is_kept(api: Any, store: kit.FakeStore) -> None:
    answer = make(api)

    ((digest, kept),) = store.kept.values()
    assert len(digest) == 32
    assert kept == StoredAnswer(
        status=201,
        headers={
            "Content-Type": "application/json",
            "ETag": answer.headers["ETag"],
            "Location": answer.headers["Location"],
        },
        body=answer.content,
        resource=("thing", str(kit.number(99))),
        secret=False,
    )


def test_the_same_key_of_another_caller_is_another_key(
    api: Any, world: kit.World, store: Any
) -> None:
    make(api)
    make(api, token="client")

    assert len(world.given) == 2


def test_another_body_with_the_same_key(api: Any, store: kit.FakeStore) -> None:
    make(api)
    answer = make(api, "b")

    assert answer.status_code == 422
    assert answer.json() == problem(
        422,
        "idempotency-key-reused",
        PATH,
        code="idempotency_key_reused",
        detail="Another request.",
    )


def test_another_path_with_the_same_key(api: Any, store: kit.FakeStore) -> None:
    api.call("POST", f"{FIRST}/object", headers=dict(KEY))

    assert api.call("POST", f"things/{kit.number(2)}/object", headers=dict(KEY)).status_code == 422


def test_a_key_that_is_in_use(api: Any, world: kit.World, store: kit.FakeStore) -> None:
    store.running.add("k-1")

    answer = make(api)
    assert (answer.status_code, answer.json()["code"]) == (409, "request_in_progress")
    assert world.given == []


def test_a_replay_of_what_is_out_of_sight_is_a_404(
    api: Any, world: kit.World, store: kit.FakeStore
) -> None:
    make(api)
    world.rows.clear()

    assert make(api).status_code == 404


def test_a_replay_without_the_scope_is_a_403(
    api: Any, world: kit.World, store: kit.FakeStore
) -> None:
    make(api)

    assert make(api, token="read-only").json()["code"] == "insufficient_scope"


def test_a_secret_is_shown_once(api: Any, world: kit.World, store: kit.FakeStore) -> None:
    first = api.call("POST", f"{FIRST}/secret", headers=dict(KEY))
    again = api.call("POST", f"{FIRST}/secret", headers=dict(KEY))

    assert (first.status_code, first.json()) == (201, {"secret": "s3cret"})
    assert (again.status_code, again.json()["code"]) == (409, "secret_already_shown")
    ((_, kept),) = store.kept.values()
    assert (kept.body, kept.secret, kept.resource) == (b"", True, ("thing", str(kit.number(1))))


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("things", {"json": {}}),
        (f"{FIRST}/late", {}),
        (f"{FIRST}/release", {"token": "reader"}),
        (f"things/{kit.number(77)}/object", {}),
    ],
)
def test_only_success_is_kept(
    api: Any, store: kit.FakeStore, path: str, options: dict[str, Any]
) -> None:
    assert api.call("POST", path, headers=dict(KEY), **options).status_code >= 400
    assert store.kept == {}


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "a" * 256, "tab\t"])
def test_a_key_of_another_form(api: Any, world: kit.World, store: kit.FakeStore, key: str) -> None:
    answer = make(api, headers={"Idempotency-Key": key})

    assert answer.status_code == 400
    assert answer.json() == invalid(
        PATH,
        ("", "malformed_idempotency_key", "Idempotency-Key is 1 to 255 visible ASCII characters."),
    )
    assert (world.given, store.kept) == ([], {})


def test_a_key_where_none_is_taken_is_not_ignored(api: Any, store: kit.FakeStore) -> None:
    answer = api.call("POST", "things:table", data=b"a", content_type="text/csv", headers=dict(KEY))

    assert answer.json()["errors"][0]["code"] == "idempotency_not_supported"


def test_a_key_on_another_method_means_nothing(api: Any, store: kit.FakeStore) -> None:
    assert api.call("GET", FIRST, headers=dict(KEY)).status_code == 200
    assert store.kept == {}


def test_an_upload_with_a_key_is_told_apart_by_its_files(
    api: Any, world: kit.World, store: kit.FakeStore
) -> None:
    def upload(content: str) -> Any:
        part = "--e\r\nContent-Disposition: form-data; name="
        body = f'{part}"title"\r\n\r\nx\r\n{part}"file"; filename="f"\r\n\r\n{content}\r\n--e--\r\n'
        return api.call(
            "POST",
            "things:upload",
            data=body.encode(),
            content_type="multipart/form-data; boundary=e",
            headers=dict(KEY),
        )

    assert [upload(content).status_code for content in ("one", "one", "two")] == [200, 200, 422]
    assert world.given[0]["file"].read() == b"one"
