"""Bodies that are not what they should be end as a problem, and never as a fault of ours."""

import io
import json
from contextlib import suppress
from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from platform_api.core.errors import Invalid
from platform_api.core.http.body import merge_patch, parse_json, receive
from platform_api.core.http.refusals import ContentTooLarge

from . import kit
from .problem import invalid, problem

PATH = "/api/v1/things"
BIG = b"1" * 5000

HOSTILE = [
    (b"", "body_missing", ""),
    (b"   ", "malformed_json", ""),
    (b"null", "body_missing", ""),
    (b"[]", "object_expected", ""),
    (b'"text"', "object_expected", ""),
    (b"[" * 100_000, "too_deep", ""),
    (b'{"a":' * 100_000, "too_deep", ""),
    (b"[" * 65 + b"]" * 65, "too_deep", ""),
    (b"[" * 64 + b"]" * 64, "object_expected", ""),
    (b'{"title": "' + b"[" * 1000 + b'"', "malformed_json", ""),
    (b'"' + b'\\"' * 400_000, "malformed_json", ""),
    (b'["' + b"[" * 80 + b'", "' + b"]" * 80 + b'"]', "object_expected", ""),
    (b'{"title": NaN}', "malformed_json", ""),
    (b'{"title": -Infinity}', "malformed_json", ""),
    (b'{"rank": 1e999}', "number_out_of_range", ""),
    (b'{"rank": ' + BIG + b"}", "number_out_of_range", ""),
    (b'{"rank": -' + BIG + b"}", "number_out_of_range", ""),
    (b'{"rank": 9223372036854775808}', "number_out_of_range", ""),
    (b'{"rank": 1' + b"0" * 400 + b".5}", "number_out_of_range", ""),
    (b'{"title": "\xff"}', "invalid_utf8", ""),
    (b'{"title": "\xed\xa0\x80"}', "invalid_utf8", ""),
    (b"\xef\xbb\xbf{}", "malformed_json", ""),
    ('{"title": "ž"}'.encode("utf-16"), "invalid_utf8", ""),
    (b'{"title": "a", "title": "b"}', "duplicate_member", ""),
    (b'{"parts": [{"name": "a", "name": "a"}]}', "duplicate_member", ""),
    (b'{"title": "a"} {"title": "b"}', "malformed_json", ""),
    (b'{"title": "a"}x', "malformed_json", ""),
    (b"{'title': 'a'}", "malformed_json", ""),
    (b'{"title": "a",}', "malformed_json", ""),
    (b'{"title": "a\nb"}', "malformed_json", ""),
    (b'{"title": "a\x00b"}', "malformed_json", ""),
    (b'{"title": "a\\u0000b"}', "unstorable_text", "/title"),
    (b'{"title": "\\ud800"}', "unstorable_text", "/title"),
    (b'{"title": "\\udc00\\ud800"}', "unstorable_text", "/title"),
    (b'{"labels": ["ok", "\\ud83d"]}', "unstorable_text", "/labels/1"),
    (b'{"titles": {"en": "\\u0000"}}', "unstorable_text", "/titles/en"),
    (b'{"a/b~c": "\\u0000"}', "unstorable_text", "/a~1b~0c"),
    (b'{"\\ud800": 1}', "unstorable_text", ""),
    (b'{"x\\u0000": {"deep": "\\u0000"}}', "unstorable_text", ""),
]


@pytest.mark.parametrize(("body", "code", "pointer"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_body_is_told_what_is_wrong(
    api: Any, world: kit.World, body: bytes, code: str, pointer: str
) -> None:
    answer = api.call("POST", "things", data=body, content_type="application/json")

    assert answer.status_code == 400
    told = answer.json()["errors"][0]
    assert (told["code"], told["pointer"]) == (code, pointer)
    assert told["detail"]
    assert world.given == []


def test_a_paired_surrogate_is_a_character(api: Any, world: kit.World) -> None:
    body = b'{"title": "\\ud83d\\ude00"}'

    assert api.call("POST", "things", data=body, content_type="application/json").status_code == 201
    assert world.given == [{"title": "\U0001f600"}]


def test_everything_that_is_wrong_is_told_at_once(api: Any) -> None:
    answer = api.call(
        "POST",
        "things",
        json={"rank": "1", "colour": 1, "made_by": "me", "parts": [{"name": "a"}, {"nam": "b"}]},
        query="limit=3&fields=title,nope",
        headers={"If-Match": "nonsense"},
    )

    assert answer.status_code == 400
    assert answer.json() == invalid(
        PATH,
        ("", "malformed_if_match", "If-Match is not a list of entity tags."),
        ("?limit", "unknown_parameter", "There is no such parameter."),
        ("?fields", "unknown_field", "There is no field 'nope'."),
        ("/title", "required", "This field is required."),
        ("/parts/1/name", "required", "This field is required."),
        ("/parts/1/nam", "unknown_field", "There is no such member."),
        ("/colour", "unknown_field", "There is no such member."),
        ("/made_by", "read_only", "This member can't be set."),
        ("/rank", "invalid_type", "A whole number is expected."),
    )


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "text/json",
        "application/json; charset=utf-16",
        "application/json; charset=latin-1",
        "application/merge-patch+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        ";;;",
        "application/json/x",
        "\x00",
    ],
)
def test_another_media_type_is_refused(api: Any, content_type: str) -> None:
    answer = api.call("POST", "things", json={"title": "a"}, content_type=content_type)

    assert answer.status_code == 415
    assert answer.json() == problem(
        415,
        "unsupported-media-type",
        PATH,
        code="unsupported_media_type",
        detail="Send the body in a media type that is accepted here, in UTF-8, without a coding.",
        accepted=["application/json"],
    )
    assert answer.headers["Accept"] == "application/json"


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "application/json; charset=UTF-8", 'Application/JSON;charset="utf-8"'],
)
def test_json_in_utf8_is_read(api: Any, content_type: str) -> None:
    answer = api.call("POST", "things", json={"title": "a"}, content_type=content_type)

    assert answer.status_code == 201


def test_a_compressed_body_is_refused(api: Any) -> None:
    answer = api.call("POST", "things", json={"title": "a"}, headers={"Content-Encoding": "gzip"})

    assert answer.status_code == 415


def test_a_body_over_the_limit_is_refused(api: Any, settings: Any) -> None:
    settings.MAX_BODY_BYTES = 20
    fits, over = b'{"title": "12345678"}'[:20], b'{"title": "123456789"}'

    assert api.call("POST", "things", data=over, content_type="application/json").json() == problem(
        413,
        "content-too-large",
        PATH,
        code="content_too_large",
        detail="The body is too long.",
        limit_bytes=20,
    )
    assert api.call("POST", "things", data=fits, content_type="application/json").status_code == 400


def test_a_read_takes_no_body(api: Any) -> None:
    answer = api.call(
        "GET", f"things/{kit.number(1)}", json={"title": "a"}, content_type="application/json"
    )

    assert answer.json()["errors"][0]["code"] == "unknown_field"


def _chunked(body: bytes, **environ: Any) -> Any:
    request = RequestFactory().generic("POST", "/", b"x", content_type="application/json")
    request.META.update(
        {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": io.BytesIO(body), **environ}
    )
    request.META.pop("CONTENT_LENGTH", None)
    return receive(request, ["application/json"], 20)


def test_a_chunked_body_is_read_up_to_the_limit() -> None:
    terminated = {"wsgi.input_terminated": True}

    assert _chunked(b'{"a": 1}', **terminated).raw == b'{"a": 1}'
    assert isinstance(_chunked(b"1" * 21, **terminated).refusal, ContentTooLarge)


def test_a_chunked_body_whose_end_is_not_told_wants_a_length() -> None:
    assert _chunked(b"{}").refusal.status == 411


@pytest.mark.parametrize("length", ["-1", "x", "1e3", "9" * 30, "²"])
def test_a_content_length_that_is_none(length: str) -> None:
    request = RequestFactory().generic("POST", "/", b"{}", content_type="application/json")
    request.META["CONTENT_LENGTH"] = length

    refusal = receive(request, ["application/json"], 20).refusal
    assert isinstance(refusal, Invalid)
    assert [error.code for error in refusal.errors] == ["malformed_content_length"]


def test_a_body_that_ends_early() -> None:
    request = RequestFactory().generic("POST", "/", b"{}", content_type="application/json")
    request.META["CONTENT_LENGTH"] = "10"

    refusal = receive(request, ["application/json"], 20).refusal
    assert isinstance(refusal, Invalid)
    assert [error.code for error in refusal.errors] == ["incomplete_body"]


def _form(*parts: tuple[str, str]) -> tuple[bytes, str]:
    lines = []
    for disposition, content in parts:
        lines += ["--edge", f"Content-Disposition: form-data; {disposition}", "", content]
    return "\r\n".join([*lines, "--edge--", ""]).encode(), "multipart/form-data; boundary=edge"


TITLE = ('name="title"', "Plan")
FILE = ('name="file"; filename="plan.txt"', "12345")


def test_an_upload(api: Any, world: kit.World) -> None:
    body, content_type = _form(TITLE, ('name="rank"', "7"), FILE)

    answer = api.call("POST", "things:upload", data=body, content_type=content_type)
    assert (answer.status_code, answer.json()) == (200, {"bytes": 5})
    assert (world.given[0]["title"], world.given[0]["rank"]) == ("Plan", 7)


@pytest.mark.parametrize(
    ("parts", "pointer", "code"),
    [
        ((TITLE,), "/file", "required"),
        ((TITLE, FILE, ('name="colour"', "red")), "/colour", "unknown_field"),
        ((TITLE, TITLE, FILE), "/title", "repeated"),
        ((TITLE, FILE, FILE), "/file", "repeated"),
        ((('name="title"', "a\x00b"), FILE), "/title", "unstorable_text"),
    ],
)
def test_an_upload_that_is_not_as_declared(api: Any, parts: Any, pointer: str, code: str) -> None:
    body, content_type = _form(*parts)

    answer = api.call("POST", "things:upload", data=body, content_type=content_type)
    assert answer.status_code == 400
    assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [(pointer, code)]


def test_an_upload_that_is_no_form(api: Any) -> None:
    for content_type in ("multipart/form-data", "multipart/form-data; boundary=\xe9"):
        answer = api.call("POST", "things:upload", data=b"\xff\x00", content_type=content_type)
        assert answer.status_code == 400, content_type


def test_an_upload_over_the_limit(api: Any) -> None:
    body, content_type = _form(TITLE, (FILE[0], "x" * 3000))

    answer = api.call("POST", "things:upload", data=body, content_type=content_type)
    assert (answer.status_code, answer.json()["limit_bytes"]) == (413, 2000)


@pytest.mark.properties
@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_invalid(raw: bytes) -> None:
    with suppress(Invalid):
        parse_json(raw, max_depth=5)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text('až\\"[]{}', max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner),
    max_leaves=8,
)


@pytest.mark.properties
@given(JSON_VALUES)
def test_what_is_json_is_read_as_it_is(value: Any) -> None:
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=2)):
        assert parse_json(text.encode(), max_depth=64) == value


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_the_examples_of_rfc_7396(target: Any, patch: Any, result: Any) -> None:
    assert merge_patch(target, patch) == result
