"""Who finds what: exactly who sees it, in items, in counts and by the second wall alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.db.utils import ProgrammingError
from django.utils import timezone

from documents.texts.models import Document, SectionGrant
from platform_api.core import models as core_models
from platform_api.core.actor import Level
from platform_api.core.service import writing
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import ScopeReader
from tests.api import api
from tests.documents.support import alike
from tests.factories import DocumentFactory, SectionFactory, actor_at, delegate, grant, release

from .conftest import found


def search(client: Any, q: str = "quarterly", **query: Any) -> Any:
    return client.get("search", {"q": q, **query})


def test_a_private_section_is_found_by_its_owner_only(desk, home, abroad, outside):
    desk.section(title="Draft", body="Quarterly figures.")

    assert found(search(home)) == ["Draft"]
    assert found(search(abroad)) == []
    assert found(search(outside)) == []


def test_from_its_release_on_the_drafting_group_finds_it(desk, home, abroad, outside):
    section = desk.section(title="Draft", body="Quarterly figures.")

    release(section)

    assert found(search(home)) == ["Draft"]
    assert found(search(abroad)) == ["Draft"]
    assert found(search(outside)) == []


def test_a_granted_document_is_found_with_what_inherits_from_it(desk, outside):
    document = DocumentFactory(delegation=desk.serbia, titles={"en": "Quarterly manual"})
    SectionFactory(document=document, title="Quarterly released", released=True)
    SectionFactory(document=document, title="Quarterly private")
    assert found(search(outside)) == []

    given = grant(document, desk.montenegro)

    assert sorted(found(search(outside))) == ["Quarterly manual", "Quarterly released"]
    given.delete()
    assert found(search(outside)) == []


def test_what_is_released_later_is_found_by_the_grantee_of_the_document(desk, outside):
    section = desk.section(title="Quarterly")
    grant(desk.document, desk.montenegro)
    assert found(search(outside)) == []

    release(section)

    assert found(search(outside)) == ["Quarterly"]


def test_a_granted_section_is_found_alone(desk, outside):
    grant(desk.section(title="Quarterly, granted"), desk.montenegro)
    desk.section(title="Quarterly, not granted")

    assert found(search(outside)) == ["Quarterly, granted"]


def test_a_grant_that_expired_finds_nothing(desk, outside):
    soon = timezone.now() + timedelta(hours=1)
    given = grant(desk.section(title="Quarterly"), desk.montenegro, expires_at=soon)
    assert found(search(outside)) == ["Quarterly"]

    SectionGrant.objects.filter(pk=given.pk).update(expires_at=timezone.now())

    answer = search(outside)
    assert answer.json() == {
        "items": [],
        "next": None,
        "previous": None,
        "count": {"value": 0, "capped": False},
    }
    SectionGrant.objects.filter(pk=given.pk).update(expires_at=None)
    assert found(search(outside)) == ["Quarterly"]


def test_of_two_grants_the_one_that_lasts_counts(desk, outside):
    """One on the section has ended, one on its document has not."""
    section = desk.section(title="Quarterly", released=True)
    past = timezone.now() - timedelta(hours=1)
    grant(section, desk.montenegro, expires_at=past)
    assert found(search(outside)) == []

    grant(desk.document, desk.montenegro)

    assert found(search(outside)) == ["Quarterly"]


def test_a_scope_that_widens_is_followed_by_the_document_and_its_sections(desk, outside):
    desk.section(title="Quarterly, released", released=True)
    desk.section(title="Quarterly, private")
    with writing():
        Document.objects.filter(pk=desk.document.pk).update(titles={"en": "Quarterly manual"})
    wider = desk.foreign.effective_scope

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_document SET effective_scope_id = %s WHERE id = %s",
            [wider.pk, desk.document.pk],
        )

    assert sorted(found(search(outside))) == ["Quarterly manual", "Quarterly, released"]


def test_the_readers_of_a_scope_are_those_of_this_moment(desk, abroad):
    desk.section(title="Quarterly", released=True)
    readers = ScopeReader.objects.filter(scope=desk.document.effective_scope)
    assert found(search(abroad)) == ["Quarterly"]

    readers.update(valid_until=timezone.now())

    assert found(search(abroad)) == []


def test_what_is_hidden_changes_no_byte_of_the_answer(desk, abroad):
    desk.section(title="Quarterly, released", released=True)
    before = search(abroad)

    for number in range(3):
        desk.section(title=f"Quarterly {number}", body="Quarterly. " * 9)
    grant(desk.section(title="Quarterly, granted elsewhere"), desk.montenegro)

    assert alike(before, search(abroad))
    assert before.content == search(abroad).content
    assert before.headers["ETag"] == search(abroad).headers["ETag"]


def test_an_ended_delegate_finds_nothing(desk):
    person = delegate(desk.serbia, "reader")
    desk.section(title="Quarterly")
    assert found(search(api(person))) == ["Quarterly"]

    person.user.groups.clear()

    assert found(search(api(person))) == []


def test_nothing_leaks_with_the_applications_filter_off(desk, monkeypatch, home, abroad, outside):
    monkeypatch.setattr(core_models, "visible_condition", lambda model, actor: Q())
    desk.section(title="Quarterly, private")
    desk.section(title="Quarterly, released", released=True)
    past = timezone.now() - timedelta(hours=1)
    grant(desk.section(title="Quarterly, expired"), desk.montenegro, expires_at=past)

    assert len(found(search(home))) == 3
    assert found(search(abroad)) == ["Quarterly, released"]
    assert found(search(outside)) == []


def denied(desk: Any, statement: str) -> bool:
    """Whether the runtime role is refused a statement, as a live actor."""
    with acting(actor_at(desk.serbia)), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement)
        except ProgrammingError as error:
            return "permission denied" in str(error)
    return False


@pytest.mark.parametrize("table", ["search_entry", "search_kind"])
@pytest.mark.parametrize("statement", ["SELECT * FROM {}", "DELETE FROM {}"])
def test_the_runtime_role_reaches_no_row_of_the_index(desk, table, statement):
    desk.section(title="Quarterly")

    assert denied(desk, statement.format(table))


def find(cursor: Any, tsquery: str) -> list[Any]:
    cursor.execute(
        "SELECT object_id FROM search_find(%s::tsquery, '{document,section}', '', 100)", [tsquery]
    )
    return cursor.fetchall()


def test_the_function_gives_nothing_without_an_actor_or_with_a_forged_one(desk):
    desk.section(title="Quarterly")
    wanted = "'quarterly'"
    with acting(actor_of(desk.reader)), connection.cursor() as cursor:
        assert len(find(cursor, wanted)) == 1
        cursor.execute("SELECT set_config('rcp.actor', %s, true)", [f"{desk.reader.pk}|9|00"])
        assert find(cursor, wanted) == []
        cursor.execute("SELECT set_config('rcp.actor', '', true)")
        assert find(cursor, wanted) == []


def test_the_function_itself_goes_by_the_ends_and_levels_of_the_callers_grants(desk):
    """Neither another's grant that lasts nor a level without sight stands in for one's own; nor
    does a document that the caller sees, for a section that does not inherit from it."""
    section = desk.section(title="Quarterly")
    desk.section(title="Monthly")
    grant(section, desk.montenegro, Level.DRAFT)
    grant(section, desk.albania)
    stranger = actor_of(desk.stranger)

    def finds() -> int:
        with acting(stranger), connection.cursor() as cursor:
            return len(find(cursor, "'quarterly'"))

    assert finds() == 1
    with acting(actor_of(desk.albanian)), connection.cursor() as cursor:
        assert find(cursor, "'monthly'") == []
    sight = SectionGrant.objects.filter(
        group__in=stranger.groups, permission__codename="view_section"
    )
    assert sight.update(expires_at=timezone.now()) == 1
    assert finds() == 0


@pytest.mark.parametrize("probe", ["'@s1'", "!'@s1'", "'quarterly' & !'@g1'", ""])
def test_the_function_tells_nothing_of_who_else_reads(desk, probe):
    desk.section(title="Quarterly")

    with acting(actor_of(desk.reader)), connection.cursor() as cursor:
        assert find(cursor, probe) == []


@pytest.mark.parametrize(
    "call",
    [
        "SELECT search_refresh('section', gen_random_uuid())",
        "SELECT * FROM search_readers('section', gen_random_uuid())",
        "SELECT search_write_readers('section', gen_random_uuid(), true)",
        "SELECT search_lock('section', gen_random_uuid(), true)",
    ],
)
def test_the_functions_behind_it_are_not_the_runtimes_to_call(desk, call):
    assert denied(desk, call)


def test_nobody_writes_the_index_without_acting(desk):
    with acting(actor_at(desk.serbia)), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('rcp.actor', '', true)")
        with pytest.raises(ProgrammingError, match="nobody is acting"), transaction.atomic():
            cursor.execute("SELECT search_put('section', '{}', '{}', '{}', '{}')")


def test_a_deleted_object_leaves_the_index(desk, home):
    section = desk.section(title="Quarterly")
    assert found(search(home)) == ["Quarterly"]

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM documents_revision WHERE section_id = %s", [section.pk])
        cursor.execute("DELETE FROM documents_section WHERE id = %s", [section.pk])
        cursor.execute("SELECT count(*) FROM search_entry WHERE object_id = %s", [section.pk])
        assert cursor.fetchone() == (0,)


def test_a_credential_searches_only_what_it_may_read(desk):
    desk.section(title="Quarterly")
    narrow = api(desk.reader, scopes=["search:read", "policies:read"])

    assert found(search(narrow)) == []
    refusal = search(narrow, type="section")
    assert (refusal.status_code, refusal.json()["scope"]) == (403, "documents:read")
    assert search(api(desk.reader, scopes=["documents:read"])).status_code == 403
