"""Every source is found by its texts, and by exactly those whom its protection names."""

from typing import Any

import pytest

from platform_api.core.registry import registry
from platform_api.search.models import SearchKind
from tests.api import api
from tests.factories import (
    InstrumentFactory,
    MeetingFactory,
    PracticeFactory,
    ProjectFactory,
    delegate,
    grant,
    publish,
    share,
)

from .conftest import found


def search(client: Any, q: str) -> Any:
    return client.get("search", {"q": q})


RINGS = {
    "comment": {
        "ring_columns": "o.seat_scope_id, o.effective_scope_id",
        "ring_granted": "o.audience = 'forum'",
    },
    "amendment": {"ring_columns": "o.effective_scope_id", "ring_granted": ""},
}
"""What is read by the readers of a section who are in a ring besides."""


def _kind_of(type_name: str) -> dict[str, str]:
    """The row that a source's protection calls for."""
    protection = registry.protection_named(type_name)
    if type_name in RINGS:
        return RINGS[type_name] | {
            "type_name": type_name,
            "table_name": protection.model._meta.db_table,
            "scope_column": "",
            "grant_table": "",
            "parent_type": "section",
            "parent_column": "section_id",
            "inherits_column": "",
        }
    names = {
        "scope_column": protection.scope_field,
        "parent_column": protection.parent_field,
        "inherits_column": protection.inherits_field,
    }
    meta = protection.model._meta
    kind = {name: meta.get_field(field).column if field else "" for name, field in names.items()}
    parent = (
        meta.get_field(protection.parent_field).related_model if protection.parent_field else None
    )
    return {
        **kind,
        "type_name": type_name,
        "table_name": meta.db_table,
        "grant_table": protection.grants._meta.db_table if protection.grants else "",
        "parent_type": registry.protection_of(parent).type_name if parent else "",
        "ring_columns": "",
        "ring_granted": "",
    }


@pytest.mark.django_db
def test_the_index_reads_readers_from_what_the_protections_name() -> None:
    kinds = {row["type_name"]: row for row in SearchKind.objects.values()}

    assert set(registry.search_sources) <= set(kinds)
    for name, kind in kinds.items():
        assert kind == _kind_of(name)
        narrower = registry.protection_named(name).also is not None
        assert narrower is (name in RINGS), "search_source knows no such readers"


def test_a_meeting_is_found_by_title_and_place(desk, home, abroad, outside):
    MeetingFactory(delegation=desk.serbia, titles={"en": "Seminar"}, place="Аранђеловац")

    assert found(search(home, "Arandjelovac seminar")) == ["Seminar"]
    assert found(search(abroad, "Arandjelovac")) == ["Seminar"]
    assert found(search(outside, "Arandjelovac")) == []


def test_a_project_is_found_by_description_and_identifier(desk, home, outside):
    project = ProjectFactory(
        delegation=desk.serbia,
        titles={"en": "Strengthening"},
        descriptions={"en": "Mainstreaming in reform."},
        identifier="XM-DAC-41114-77",
    )

    for q in ("mainstreaming", "XM-DAC-41114-77", "41114"):
        assert found(search(home, q)) == ["Strengthening"]
    assert found(search(outside, "mainstreaming")) == []
    grant(project, desk.montenegro)
    assert found(search(outside, "mainstreaming")) == ["Strengthening"]


def test_an_instrument_is_found_by_its_identifier(desk, home, abroad):
    InstrumentFactory(
        delegation=desk.serbia,
        identifier="S/RES/1325 (2000)",
        titles={"mk": {"title": "Резолуција", "is_official": True}},
    )

    assert found(search(home, "1325")) == ["Резолуција"]
    assert found(search(home, "rezolucije")) == ["Резолуција"]
    assert found(search(abroad, "1325")) == []


def test_a_practice_is_found_once_it_is_published_and_by_whom_it_is_shared_with(desk, outside):
    reader = api(delegate(desk.serbia, "reader"))
    practice = PracticeFactory(delegation=desk.serbia, results="Plans name quarterly goals.")
    assert found(search(reader, "quarterly")) == []

    practice = publish(practice, "owner")

    assert found(search(reader, "quarterly")) == ["Gender Coach Programme"]
    assert found(search(outside, "quarterly")) == []
    share(practice, desk.montenegro)
    assert found(search(outside, "quarterly")) == ["Gender Coach Programme"]
