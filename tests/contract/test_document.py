"""The OpenAPI document: complete, valid, and the one that is committed."""

import re
from collections import Counter

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from openapi_spec_validator import validate

from platform_api.core.openapi.docs import examples_modules
from platform_api.core.openapi.document import committed_path, generate, render
from platform_api.core.openapi.downgrade import as_30

from .conftest import Schema, nodes
from .shapes import resolved

pytestmark = pytest.mark.contract

_METHODS_WITH_BODY = {"POST", "PUT", "PATCH"}


def test_the_committed_document_is_what_the_views_declare(document: Schema) -> None:
    assert committed_path().read_text(encoding="utf-8") == render(document), "make openapi"


def test_making_it_twice_gives_the_same(document: Schema) -> None:
    assert render(generate()) == render(document)


def test_it_is_valid_openapi_3_1(document: Schema) -> None:
    assert document["openapi"] == "3.1.1"
    validate(document)


def test_its_older_rendition_is_valid_openapi_3_0(document: Schema) -> None:
    lowered = as_30(document)
    assert lowered["openapi"] == "3.0.3"
    assert document["openapi"] == "3.1.1"
    validate(lowered)
    assert not [where for where, node in nodes(lowered) if isinstance(node.get("type"), list)]
    assert not [where for where, node in nodes(lowered) if node.get("type") == "null"]


def test_every_route_of_the_api_is_in_it(document: Schema) -> None:
    routed = {path for path in _routes(get_resolver()) if not path.startswith("/admin")}
    assert routed - set(document["paths"]) == set()


def test_it_has_no_path_that_is_not_routed(document: Schema) -> None:
    assert set(document["paths"]) - set(_routes(get_resolver())) == set()


def test_every_operation_has_a_name_of_its_own(operations: dict[str, Schema]) -> None:
    names = Counter(operation["operationId"] for operation in operations.values())
    assert [name for name, times in names.items() if times > 1] == []
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)+", name)] == []


def test_every_operation_has_one_described_tag(
    document: Schema, operations: dict[str, Schema]
) -> None:
    described = {tag["name"] for tag in document["tags"] if tag.get("description")}
    wrong = {
        name: operation["tags"]
        for name, operation in operations.items()
        if len(operation["tags"]) != 1 or operation["tags"][0] not in described
    }
    assert wrong == {}, "describe it in TAGS of the examples module beside the views"


def test_every_operation_is_written_about(operations: dict[str, Schema]) -> None:
    described = _written_about()
    missing = [
        operation["operationId"]
        for name, operation in operations.items()
        if "/api/v1/" in name
        and operation["tags"] != ["contract"]
        and operation["operationId"] not in described
    ]
    assert missing == [], "describe them in OPERATIONS of the examples module beside the views"


def test_nothing_is_written_about_operations_that_are_gone(operations: dict[str, Schema]) -> None:
    names = {operation["operationId"] for operation in operations.values()}
    assert _written_about() - names == set()


def test_every_operation_has_summary_description_and_security(
    operations: dict[str, Schema],
) -> None:
    for name, operation in operations.items():
        assert 0 < len(operation["summary"]) <= 60, name
        assert not operation["summary"].endswith("."), name
        assert operation["description"].endswith("."), name
        assert "security" in operation, name


def test_every_body_has_examples(operations: dict[str, Schema]) -> None:
    missing = []
    for name, operation in operations.items():
        bodies = [operation["requestBody"]] if "requestBody" in operation else []
        bodies += [r for code, r in operation["responses"].items() if code.startswith("2")]
        for body in bodies:
            for media_type, content in body.get("content", {}).items():
                if not media_type.startswith("text/") and not content.get("examples"):
                    missing.append(f"{name} {media_type}")
    assert missing == []


def test_every_operation_of_the_api_names_its_problems(
    document: Schema, operations: dict[str, Schema]
) -> None:
    for name, operation in operations.items():
        if not name.partition(" ")[2].startswith("/api/v1/") or operation["tags"] == ["contract"]:
            continue
        codes = set(operation["responses"])
        assert {"400", "401", "406", "429", "500", "503"} <= codes, name
        if "{" in name:
            assert "404" in codes, name
        if _requires(document, operation, "If-Match"):
            assert {"412", "428"} <= codes, name
        if name.startswith("GET "):
            assert "304" in codes, name
        for code in codes:
            if code >= "400":
                response = resolved(document, operation["responses"][code])
                assert set(response["content"]) == {"application/problem+json"}, f"{name} {code}"


def test_every_answer_tells_the_request_id(document: Schema, operations: dict[str, Schema]) -> None:
    for name, operation in operations.items():
        if operation["tags"] == ["oauth"]:
            continue
        for code, response in operation["responses"].items():
            assert "X-Request-ID" in resolved(document, response)["headers"], f"{name} {code}"


def test_a_body_is_always_wanted_where_there_is_one(operations: dict[str, Schema]) -> None:
    for name, operation in operations.items():
        if "requestBody" in operation:
            assert operation["requestBody"]["required"] is True, name
            assert name.partition(" ")[0] in _METHODS_WITH_BODY, name


def test_path_parameters_are_described(operations: dict[str, Schema]) -> None:
    for name, operation in operations.items():
        for parameter in operation.get("parameters", []):
            if "$ref" not in parameter:
                assert parameter.get("description"), f"{name} {parameter['name']}"


def _routes(resolver: URLResolver, prefix: str = "/") -> list[str]:
    found: list[str] = []
    for pattern in resolver.url_patterns:
        path = prefix + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            found.append(path)
        else:
            found += _routes(pattern, path)
    return found


def _view_modules(resolver: URLResolver) -> set[str]:
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found.add(getattr(pattern.callback, "cls", pattern.callback).__module__)
        else:
            found |= _view_modules(pattern)
    return found


def _written_about() -> set[str]:
    modules = examples_modules(_view_modules(get_resolver()))
    return {name for module in modules for name in getattr(module, "OPERATIONS", {})}


def _requires(document: Schema, operation: Schema, header: str) -> bool:
    parameters = [resolved(document, one) for one in operation.get("parameters", [])]
    return any(one["name"] == header and one.get("required") for one in parameters)
