"""What every answer carries."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from platform_api.core.http.middleware import ApiHeadersMiddleware, RequestIdMiddleware
from platform_api.core.http.request_ids import current_request_id

from . import kit


@pytest.mark.parametrize("sent", ["a", "A-1_b.c", "x" * 64])
def test_a_request_keeps_the_id_it_was_sent_with(api: Any, sent: str) -> None:
    answer = api.call("GET", "nothing", headers={"X-Request-ID": sent})

    assert (answer.headers["X-Request-ID"], answer.json()["request_id"]) == (sent, sent)


@pytest.mark.parametrize("sent", ["", "a b", "x" * 65, "a\n", "š", "<script>"])
def test_a_request_gets_an_id_of_its_own(api: Any, sent: str) -> None:
    answers = [api.call("GET", "nothing", headers={"X-Request-ID": sent}) for _ in range(2)]
    ids = [answer.headers["X-Request-ID"] for answer in answers]

    assert all(re.fullmatch("[0-9a-f]{32}", id_) for id_ in ids)
    assert ids == [answer.json()["request_id"] for answer in answers]
    assert len(set(ids)) == 2


def test_the_id_is_known_during_the_request_only() -> None:
    seen = []

    def view(request: Any) -> HttpResponse:
        seen.append(current_request_id())
        if request.path == "/bad":
            raise RuntimeError
        return HttpResponse()

    middleware = RequestIdMiddleware(view)
    middleware(RequestFactory().get("/", HTTP_X_REQUEST_ID="one"))
    with pytest.raises(RuntimeError):
        middleware(RequestFactory().get("/bad", HTTP_X_REQUEST_ID="two"))
    assert (seen, current_request_id()) == (["one", "two"], "")


def test_pages_outside_the_api_keep_their_own_headers() -> None:
    page = HttpResponse("<p>", status=404)

    answer = ApiHeadersMiddleware(lambda request: page)(RequestFactory().get("/admin/x"))
    assert dict(answer.headers) == {"Content-Type": "text/html; charset=utf-8"}


def test_what_an_answer_says_of_caching_stays() -> None:
    page = HttpResponse("{}", content_type="application/json", headers={"Cache-Control": "public"})

    answer = ApiHeadersMiddleware(lambda request: page)(RequestFactory().get("/api/v1/x"))
    assert answer.headers["Cache-Control"] == "public"


def test_documents_of_the_api_may_have_their_own_policy() -> None:
    page = HttpResponse("<p>")

    answer = ApiHeadersMiddleware(lambda request: page)(RequestFactory().get("/api/v1/docs"))
    assert "Content-Security-Policy" not in answer.headers


def test_answers_that_are_refused_carry_the_same_headers(api: Any) -> None:
    refused = api.call("GET", "nothing")
    given = api.call("GET", f"things/{kit.number(1)}")

    differing = {"Content-Type", "ETag", "Content-Length"}
    assert {n: v for n, v in refused.headers.items() if n not in differing} == {
        n: v for n, v in given.headers.items() if n not in differing
    }
