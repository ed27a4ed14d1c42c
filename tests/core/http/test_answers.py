"""What a request that is in order gets."""

import hashlib
from typing import Any

import pytest

from . import kit

FIRST = f"things/{kit.number(1)}"
BODY = (
    f'{{"id":"{kit.number(1)}","title":"first","state":"draft",'
    '"abilities":{"revise":true,"release":true}}'
)
ETAG = f'"4.{hashlib.sha256(BODY.encode()).hexdigest()[:32]}"'
COMMON = {
    "Content-Type": "application/json",
    "Cache-Control": "private, no-store",
    "Vary": "Accept, Accept-Language, Authorization",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Request-ID": "test",
}


def test_a_detail_has_its_abilities_and_its_etag(api: Any, world: kit.World) -> None:
    answer = api.call("GET", FIRST)

    assert (answer.status_code, answer.content.decode()) == (200, BODY)
    assert dict(answer.headers) == {**COMMON, "ETag": ETAG}
    assert world.transactions == ["committed"]


def test_head_answers_as_get_does(api: Any) -> None:
    answer = api.call("HEAD", FIRST)

    assert (answer.status_code, answer.headers["ETag"]) == (200, ETAG)


def test_abilities_are_those_of_this_caller(api: Any) -> None:
    assert api.call("GET", FIRST, token="drafter").json()["abilities"] == {
        "revise": True,
        "release": False,
    }


def test_abilities_with_their_reasons(api: Any) -> None:
    answer = api.call("GET", f"things/{kit.number(2)}", token="drafter", query="abilities=reasons")

    assert answer.json() == {
        "id": str(kit.number(2)),
        "title": "second",
        "state": "released",
        "abilities": {"revise": False, "release": False},
        "ability_reasons": {
            "revise": {"code": "wrong_state", "detail": "Wrong state."},
            "release": {"code": "head_required", "detail": "Head required."},
        },
    }


def test_only_the_fields_that_were_asked_for(api: Any) -> None:
    answer = api.call("GET", FIRST, query="fields=title,abilities")

    assert answer.json() == {"title": "first", "abilities": {"revise": True, "release": True}}


@pytest.mark.parametrize("tag", [ETAG, f"W/{ETAG}", f'"other", {ETAG}', "*"])
def test_what_the_caller_has_is_not_sent_again(api: Any, tag: str) -> None:
    answer = api.call("GET", FIRST, headers={"If-None-Match": tag})

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == ETAG
    assert "Content-Type" not in answer.headers


@pytest.mark.parametrize("tag", ['"4"', '"4.0"', "nonsense", '"unclosed'])
def test_another_tag_gets_the_answer(api: Any, tag: str) -> None:
    assert api.call("GET", FIRST, headers={"If-None-Match": tag}).status_code == 200


def test_making_one_answers_its_address(api: Any, world: kit.World) -> None:
    answer = api.call("POST", "things", json={"title": "  spaced  "})

    assert answer.status_code == 201
    assert answer.json() == {
        "id": str(kit.number(99)),
        "title": "  spaced  ",
        "state": "draft",
        "abilities": {"revise": True, "release": True},
    }
    assert answer.headers["Location"] == f"https://rcp.example/api/v1/things/{kit.number(99)}"
    assert answer.headers["ETag"].startswith('"1.')


@pytest.mark.parametrize("content_type", ["application/json", "application/merge-patch+json"])
@pytest.mark.parametrize("if_match", ['"4"', ETAG, f"W/{ETAG}", '"2", "4"'])
def test_a_patch_with_the_revision_that_was_read(
    api: Any, world: kit.World, content_type: str, if_match: str
) -> None:
    answer = api.call(
        "PATCH",
        FIRST,
        json={"title": "new"},
        content_type=content_type,
        headers={"If-Match": if_match},
    )

    assert (answer.status_code, answer.json()["title"]) == (200, "new")
    assert answer.headers["ETag"].startswith('"5.')
    assert world.given == [{"title": "new"}]


def test_an_act_without_a_result_answers_204(api: Any) -> None:
    answer = api.call("DELETE", FIRST, headers={"If-Match": '"4"'})

    assert (answer.status_code, answer.content) == (204, b"")
    assert "Content-Type" not in answer.headers


@pytest.mark.parametrize("body", [b"", b"{}"])
def test_an_act_without_input_takes_no_body_or_an_empty_object(api: Any, body: bytes) -> None:
    answer = api.call(
        "POST",
        f"{FIRST}/release",
        data=body,
        content_type="application/json",
        headers={"If-Match": '"4"'},
    )

    assert (answer.status_code, answer.json()["state"]) == (200, "released")


@pytest.mark.parametrize(
    "prefer", ["return=minimal", "respond-async, return=minimal", "Return=Minimal"]
)
def test_a_caller_that_wants_no_body_gets_the_headers(api: Any, prefer: str) -> None:
    whole = api.call("POST", "things", json={"title": "a"})
    minimal = api.call("POST", "things", json={"title": "a"}, headers={"Prefer": prefer})

    assert (minimal.status_code, minimal.content) == (201, b"")
    assert minimal.headers["Preference-Applied"] == "return=minimal"
    assert minimal.headers["ETag"] == whole.headers["ETag"]
    assert minimal.headers["Location"] == whole.headers["Location"]


def test_a_read_has_its_body_whatever_is_preferred(api: Any) -> None:
    answer = api.call("GET", FIRST, headers={"Prefer": "return=minimal"})

    assert answer.content.decode() == BODY
    assert "Preference-Applied" not in answer.headers


def test_a_refusal_that_is_returned_keeps_what_was_written(api: Any, world: kit.World) -> None:
    answer = api.call("POST", f"{FIRST}/late")

    assert (answer.status_code, answer.json()["code"]) == (409, "too_late")
    assert world.transactions == ["committed"]


@pytest.mark.parametrize(("sent", "given"), [({}, None), ({"If-Match": '"9"'}, "9")])
def test_an_exempt_act_is_told_a_precondition_but_needs_none(
    api: Any, world: kit.World, sent: dict[str, str], given: str | None
) -> None:
    assert api.call("POST", f"{FIRST}/object", headers=sent).status_code == 200
    assert world.given == [given]


def test_a_mapping_is_represented_too(api: Any) -> None:
    answer = api.call("POST", "things:bulk", json=[{"title": "a"}, {"title": "b"}])

    assert answer.json() == {"id": str(kit.number(1)), "title": "2", "state": "done"}


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "text/csv"),
        ("*/*", "text/csv"),
        ("text/*;q=0.5, application/json", "application/json"),
        ("application/json;q=0.1, text/csv;q=0.9", "text/csv"),
        ("text/csv;q=0, */*", "application/json"),
    ],
)
def test_an_export_in_the_media_type_that_is_liked_best(
    api: Any, accept: str, media_type: str
) -> None:
    answer = api.call("GET", "things:export", headers={"Accept": accept})

    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Deprecation"] == "@1688169599"
    assert b"".join(answer) == b"a,b\n"


def test_a_body_of_another_kind_reaches_the_handler_as_it_is(api: Any) -> None:
    answer = api.call("POST", "things:table", data=b"a,b", content_type="text/csv; charset=UTF-8")

    assert answer.json() == {"body": "a,b"}


def test_public_acts_answer_without_credentials_and_without_abilities(api: Any) -> None:
    answer = api.call("GET", FIRST, token=None, query="abilities=reasons")

    assert answer.json() == {"id": str(kit.number(1)), "title": "first", "state": "draft"}
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_hidden_and_absent_are_one(api: Any, world: kit.World) -> None:
    hidden = world.rows.pop()
    answers = [
        api.call(method, f"things/{id_}", headers={"If-Match": '"1"'}, json={})
        for method in ("GET", "PATCH", "DELETE")
        for id_ in (hidden.id, kit.number(77))
    ]

    assert {answer.status_code for answer in answers} == {404}
    for one, other in zip(answers[::2], answers[1::2], strict=True):
        masked = other.content.replace(str(kit.number(77)).encode(), str(hidden.id).encode())
        assert (one.content, dict(one.headers)) == (masked, dict(other.headers))


@pytest.mark.parametrize("id_", ["1", "not-a-uuid", "%00", "%FF", "a" * 3000])
def test_an_id_of_another_form_is_absent(api: Any, id_: str) -> None:
    assert api.call("GET", f"things/{id_}").status_code == 404
