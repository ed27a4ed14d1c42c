"""Components: their names, and what they say of members."""

import re

import pytest

from platform_api.core.openapi.enums import component_name
from platform_api.core.openapi.naming import operation_id

from .conftest import Schema, nodes

pytestmark = pytest.mark.contract

_TAKEN = """
Any Array Attr Attribute Blob Body Boolean Buffer Cache Class Client Comment Connection Country Date
Decimal Dict Document Element Enum Error Event Exception Field File Float Form Function Headers
History Image Integer Interface Iterator JSON Language Lock Long Map Message Model Module Navigator
Node None Notification Number Object Option Optional Page Path Performance Period Permissions Plugin
Position Promise Proxy Range Record Report Request Response Result Screen Section Selection Set
Storage Stream String Symbol System Table Text Thread Tuple Type Union Unit Url UUID Value Version
Vote Window Worker
"""
"""Globals of browsers and of the languages that clients are generated in."""


def test_no_component_is_named_like_a_global(document: Schema) -> None:
    assert set(_TAKEN.split()) & set(document["components"]["schemas"]) == set()


def test_component_names_are_plain_and_differ_in_more_than_case(document: Schema) -> None:
    names = list(document["components"]["schemas"])
    assert [name for name in names if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name)] == []
    assert len({name.lower() for name in names}) == len(names)


def test_enumerations_are_named_after_their_classes(document: Schema) -> None:
    schemas = document["components"]["schemas"]
    assert [name for name in schemas if name.endswith("Enum")] == []
    assert {"NullEnum", "BlankEnum"} & set(schemas) == set()
    assert {"DocumentKind", "SectionState", "Role"} <= set(schemas)


def test_an_enumeration_inside_a_class_bears_both_names() -> None:
    from forums.membership.models import Office

    assert component_name(Office.Kind) == "OfficeKind"


def test_no_choice_is_empty_or_null(document: Schema) -> None:
    for where, node in nodes(document["components"]["schemas"]):
        if isinstance(node.get("enum"), list):
            assert None not in node["enum"], where
            assert "" not in node["enum"], where


def test_nothing_of_the_generator_is_left(document: Schema) -> None:
    for where, node in nodes(document):
        marks = [name for name in node if name.startswith("x-") or name in ("nullable", "readOnly")]
        assert marks == [], where


def test_request_bodies_alone_forbid_further_members(document: Schema) -> None:
    for name, schema in document["components"]["schemas"].items():
        closed = schema.get("additionalProperties") is False
        of_a_body = name.endswith("Request") and schema.get("type") == "object"
        by_others = name in ("AccessTokenRequest", "TokenRevocationRequest")
        assert closed == (of_a_body and not by_others), name


def test_what_is_always_there_is_required(document: Schema) -> None:
    sometimes = {"ability_reasons", "abilities", "count"}
    for name, schema in document["components"]["schemas"].items():
        if name.endswith(("Request", "Problem", "Error")) or schema.get("type") != "object":
            continue
        missing = set(schema["properties"]) - set(schema.get("required", ()))
        assert missing <= sometimes, name


def test_every_list_has_the_same_envelope(document: Schema) -> None:
    pages = {n: s for n, s in document["components"]["schemas"].items() if n.endswith("Page")}
    assert pages
    for name, schema in pages.items():
        assert list(schema["properties"]) == ["items", "next", "previous", "count"], name
        assert schema["required"] == ["items", "next", "previous"], name


def test_bodies_of_changes_require_nothing(document: Schema) -> None:
    for where, operation in nodes(document["paths"]):
        if where.endswith("/patch"):
            reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
            schema = document["components"]["schemas"][reference.rpartition("/")[2]]
            assert "required" not in schema, where


@pytest.mark.parametrize(
    ("path", "action", "ability", "name"),
    [
        ("/api/v1/documents", "list", "view", "documents_list"),
        ("/api/v1/documents", "create", None, "documents_create"),
        ("/api/v1/countries/{code}", "retrieve", "view", "countries_retrieve"),
        ("/api/v1/sections/{id}", "partial_update", "revise", "sections_revise"),
        ("/api/v1/forums/{slug}", "partial_update", "manage", "forums_update"),
        ("/api/v1/grants/{id}", "destroy", "manage", "grants_delete"),
        ("/api/v1/sections/{id}/release", "release", "release", "sections_release"),
        ("/api/v1/silences/{id}/break-now", "break_now", None, "silences_break_now"),
        ("/api/v1/documents/{document_id}/sections", "list", "view", "document_sections_list"),
        ("/api/v1/countries/{code}/aliases", "list", "view", "country_aliases_list"),
        ("/api/v1/me", "retrieve", None, "me_retrieve"),
    ],
)
def test_operations_are_named_by_path_and_action(
    path: str, action: str, ability: str | None, name: str
) -> None:
    assert operation_id(path, action, ability) == name
