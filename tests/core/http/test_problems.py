"""Every error is a problem, wherever it comes from, and every kind of it is described."""

from typing import Any

import pytest
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
)
from django.http import Http404, UnreadablePostError
from django.test import RequestFactory
from rest_framework import exceptions as drf

from platform_api.core import errors
from platform_api.core.http import handlers, refusals
from platform_api.core.http.problem_pages import problem_sections
from platform_api.core.http.problems import TITLES, Problem, problem_document
from platform_api.core.http.translation import refusal_of

from . import kit
from . import problem as expected
from .problem import problem

NOT_FOUND = "There is no such resource."


def test_every_kind_has_a_title_and_a_section() -> None:
    used = {
        kind.slug
        for module in (errors, refusals)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, errors.Refusal)
    }

    assert used <= set(TITLES)
    assert {slug: str(title) for slug, title in TITLES.items()} == expected.TITLES
    assert set(problem_sections()) - {""} == set(TITLES)


@pytest.mark.parametrize("slug", sorted(TITLES))
def test_the_type_of_a_problem_is_a_page(api: Any, slug: str) -> None:
    answer = api.client.get(f"/problems/{slug}")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert f"<h1>{slug}</h1>" in answer.content.decode()
    assert "Status " in answer.content.decode()


def test_the_pages_in_markdown(api: Any) -> None:
    one = api.client.get("/problems/not-found", headers={"Accept": "text/markdown"})
    all_of_them = api.client.get("/problems", headers={"Accept": "text/markdown"})

    assert one.content.decode().startswith("# not-found\n\nStatus 404.")
    assert one.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert all_of_them.content.decode().startswith("# Problems\n")


@pytest.mark.parametrize(
    ("method", "path", "accept", "status"),
    [
        ("get", "/problems/no-such", "", 404),
        ("post", "/problems/not-found", "", 405),
        ("get", "/problems/not-found", "image/png", 406),
    ],
)
def test_pages_that_there_are_not(
    api: Any, method: str, path: str, accept: str, status: int
) -> None:
    answer = getattr(api.client, method)(path, headers={"Accept": accept})

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_unknown_path_answers_as_a_hidden_object_does(api: Any) -> None:
    unknown = api.call("GET", "nothing/here", query="secret=1")
    hidden = api.call("GET", f"things/{kit.number(77)}")

    assert unknown.json() == problem(
        404, "not-found", "/api/v1/nothing/here", code="not_found", detail=NOT_FOUND
    )
    assert dict(unknown.headers) == dict(hidden.headers)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "BREW", "head2"])
def test_a_method_without_an_act(api: Any, world: kit.World, method: str) -> None:
    answer = api.call(method, "things")

    assert answer.status_code == 405
    assert answer.json() == problem(
        405,
        "method-not-allowed",
        "/api/v1/things",
        code="method_not_allowed",
        detail="The resource does not answer this method.",
    )
    assert answer.headers["Allow"] == "GET, HEAD, POST"
    assert world.calls == []


@pytest.mark.parametrize(
    "accept", ["text/html", "application/xml;q=1", "application/json;q=0", "x"]
)
def test_a_representation_that_there_is_not(api: Any, accept: str) -> None:
    answer = api.call("GET", "things", headers={"Accept": accept})

    assert answer.status_code == 406
    assert answer.json() == problem(
        406,
        "not-acceptable",
        "/api/v1/things",
        code="not_acceptable",
        detail="There is no representation of a media type that was asked for.",
        offered=["application/json"],
    )


def test_a_fault_of_ours_tells_nothing(api: Any, world: kit.World, caplog: Any) -> None:
    answer = api.call("GET", "things:fail/bug")

    assert answer.status_code == 500
    assert answer.json() == problem(
        500, "internal-error", "/api/v1/things:fail/bug", code="internal_error", detail=""
    )
    assert world.transactions == ["rolled back"]
    assert "SELECT * FROM secrets" in caplog.text


def test_a_fault_is_shown_to_tests(api: Any) -> None:
    api.client.raise_request_exception = True

    with pytest.raises(RuntimeError):
        api.call("GET", "things:fail/bug")


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("data", 400, "value_out_of_range"),
        ("operational", 503, "service_unavailable"),
        ("integrity", 500, "internal_error"),
    ],
)
def test_errors_of_the_database_tell_nothing(
    api: Any, world: kit.World, kind: str, status: int, code: str
) -> None:
    answer = api.call("GET", f"things:fail/{kind}")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not any(word in answer.content for word in (b"SELECT", b"varying", b"connection"))
    assert world.transactions == ["rolled back"]


def _of_postgres(kind: type[Exception], sqlstate: str) -> Exception:
    cause = Exception("SELECT 1")
    cause.sqlstate = sqlstate  # type: ignore[attr-defined] # as psycopg's errors do
    error = kind("SELECT 1")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.NotVisible(), 404, "not_found"),
        (Http404("x"), 404, "not_found"),
        (kit.Thing.DoesNotExist("x"), 404, "not_found"),
        (PermissionDenied("x"), 403, "forbidden"),
        (SuspiciousOperation("x"), 400, "malformed_request"),
        (RequestDataTooBig("x"), 413, "content_too_large"),
        (UnreadablePostError("x"), 400, "invalid"),
        ("\ud800", 400, "unstorable_text"),
        (ValidationError({"title": ["x"]}), 400, "invalid"),
        (ValidationError("x", code="odd"), 400, "invalid"),
        (drf.ParseError("x"), 400, "invalid"),
        (drf.NotAuthenticated("x"), 401, "not_authenticated"),
        (drf.AuthenticationFailed("x"), 401, "invalid_token"),
        (drf.PermissionDenied("x"), 403, "forbidden"),
        (drf.NotFound("x"), 404, "not_found"),
        (drf.MethodNotAllowed("GET"), 405, "method_not_allowed"),
        (drf.NotAcceptable("x"), 406, "not_acceptable"),
        (drf.UnsupportedMediaType("x"), 415, "unsupported_media_type"),
        (drf.Throttled(3.5), 429, "too_many_requests"),
        (drf.APIException("x"), 500, "internal_error"),
        (_of_postgres(DataError, "22003"), 400, "value_out_of_range"),
        (_of_postgres(OperationalError, "54000"), 400, "value_out_of_range"),
        (_of_postgres(DatabaseError, "22021"), 400, "value_out_of_range"),
        (_of_postgres(OperationalError, "40001"), 409, "concurrent_change"),
        (_of_postgres(OperationalError, "40P01"), 409, "concurrent_change"),
        (_of_postgres(OperationalError, "55P03"), 409, "concurrent_change"),
        (_of_postgres(IntegrityError, "23505"), 409, "duplicate"),
        (_of_postgres(IntegrityError, "23P01"), 409, "duplicate"),
        (_of_postgres(IntegrityError, "23503"), 409, "reference_gone"),
        (_of_postgres(ProgrammingError, "42501"), 403, "forbidden"),
        (_of_postgres(OperationalError, "57014"), 503, "service_unavailable"),
        (_of_postgres(OperationalError, "53300"), 503, "service_unavailable"),
        (InterfaceError("connection already closed"), 503, "service_unavailable"),
    ],
)
def test_what_an_error_means(error: Any, status: int, code: str) -> None:
    if isinstance(error, str):
        with pytest.raises(UnicodeEncodeError) as caught:
            error.encode()
        error = caught.value

    refusal = refusal_of(error)
    assert refusal is not None
    assert (refusal.status, refusal.code) == (status, code)
    assert "SELECT" not in refusal.detail
    assert refusal.slug in TITLES


@pytest.mark.parametrize(
    "error", [KeyError("x"), ProgrammingError("x"), _of_postgres(IntegrityError, "23514")]
)
def test_what_is_a_fault_of_ours(error: Exception) -> None:
    assert refusal_of(error) is None


def test_the_members_of_a_model_that_are_wrong() -> None:
    refusal = refusal_of(ValidationError({"title": ["too odd"], "__all__": ["both"]}))

    assert isinstance(refusal, errors.Invalid)
    assert refusal.errors == [
        errors.FieldError("/title", "invalid", "too odd"),
        errors.FieldError("", "invalid", "both"),
    ]


def test_extensions_can_not_stand_for_the_members() -> None:
    refusal = errors.Conflict("x", extensions={"status": 200, "state": "draft"})
    document = problem_document(refusal, instance="/x")
    assert (document["status"], document["state"]) == (409, "draft")


@pytest.mark.parametrize(
    ("method", "status", "code"), [("POST", 400, "invalid"), ("PUT", 405, "method_not_allowed")]
)
def test_views_of_drf_answer_problems_too(
    api: Any, settings: Any, method: str, status: int, code: str
) -> None:
    answer = api.call(method, "plain", content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_errors_of_djangos_own_views_become_problems(api: Any) -> None:
    answer = api.call("GET", "django")

    assert answer.json() == problem(
        405, "method-not-allowed", "/api/v1/django", code="method_not_allowed", detail=""
    )
    assert answer.headers["Allow"] == "PUT"


def test_a_host_that_is_not_ours(api: Any, settings: Any) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.common.CommonMiddleware"]

    answer = api.call("GET", "things", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_request")


@pytest.mark.parametrize("debug", [False, True])
def test_debug_pages_do_not_leave_the_api(api: Any, settings: Any, debug: bool) -> None:
    settings.DEBUG = debug

    for path in ("nothing", "things:fail/bug"):
        answer = api.call("GET", path)
        assert answer.headers["Content-Type"] == "application/problem+json"


HANDLERS = [
    (handlers.handler400, 400, (SuspiciousOperation("x"),)),
    (handlers.handler403, 403, (PermissionDenied("x"),)),
    (handlers.handler404, 404, (Http404("x"),)),
    (handlers.handler500, 500, ()),
]


@pytest.mark.parametrize(("handler", "status", "arguments"), HANDLERS)
def test_the_handlers_of_the_root(handler: Any, status: int, arguments: Any) -> None:
    of_api = handler(RequestFactory().get("/api/v1/x"), *arguments)
    of_admin = handler(RequestFactory().get("/admin/x"), *arguments)

    assert of_api.status_code == of_admin.status_code == status
    assert of_api.headers["Content-Type"] == "application/problem+json"
    assert of_admin.headers["Content-Type"].startswith("text/html")


def test_a_status_without_a_kind_of_its_own() -> None:
    refusal = Problem(418, "Short and stout.")

    assert (refusal.status, refusal.slug, refusal.code) == (
        418,
        "invalid-request",
        "invalid_request",
    )
