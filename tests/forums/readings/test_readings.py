"""GET /access/readings: who opened what is restricted."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from documents.texts.models import Section
from forums.membership.models import Delegation
from forums.readings.models import Reading
from platform_api.core.service import writing
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.api import api, refused
from tests.factories import DocumentVersionFactory, SectionFactory, delegate, grant
from tests.forums.marking.conftest import Table, table

__all__ = ["table"]


def _chapter(table: Table, **marks: Any) -> Section:
    section = SectionFactory(document=table.document, delegation=table.serbia, released=True)
    if marks:
        assert table.mark(section, **marks).status_code == 200
    return section


def _readings(table: Table, key: str, who: str = "serbia") -> Any:
    return table.heads[who].get("access/readings", {"object": key})


def _told(answer: Any) -> list[tuple[str, Any]]:
    assert answer.status_code == 200, answer.content
    return [(row["seat"]["country"], row["persons"]) for row in answer.json()["items"]]


def test_the_owner_learns_which_seats_opened_a_narrowed_section(table: Table) -> None:
    section = _chapter(table, releasable_to=["AL"])
    reader = delegate(table.albania, "reader")
    for _ in range(3):
        assert api(reader).get(f"sections/{section.pk}").status_code == 200
    assert table.heads["serbia"].get(f"sections/{section.pk}").status_code == 200

    row = Reading.objects.get(seat=table.albania)
    assert (row.person_id, row.object_version) == (reader.user_id, "1")
    answer = _readings(table, f"section:{section.pk}")
    own = Reading.objects.get(seat=table.serbia).person.name
    assert _told(answer) == [("AL", None), ("RS", [own])]
    assert reader.user.name not in answer.content.decode()


def test_a_new_version_and_a_new_day_are_recorded_anew(table: Table) -> None:
    section = _chapter(table, releasable_to=["AL"])
    albania, drafter = table.heads["albania"], api(delegate(table.serbia, "drafter"))
    shown = albania.get(f"sections/{section.pk}")
    drafter.patch(f"sections/{section.pk}", {"body": "Anew."}, if_match=shown)
    albania.get(f"sections/{section.pk}")
    assert set(
        Reading.objects.filter(seat=table.albania).values_list("object_version", flat=True)
    ) == {"1", "2"}

    yesterday = timezone.now() - timedelta(days=1)
    with writing():
        Reading.objects.filter(seat=table.albania).update(
            day=yesterday.date(), created_at=yesterday
        )
    albania.get(f"sections/{section.pk}")

    assert Reading.objects.filter(seat=table.albania).count() == 3
    (told,) = [
        row
        for row in _readings(table, f"section:{section.pk}").json()["items"]
        if row["seat"]["country"] == "AL"
    ]
    assert told["first_at"] < told["last_at"]


def test_lists_searches_and_what_is_not_restricted_are_not_recorded(table: Table) -> None:
    plain, marked = _chapter(table), _chapter(table, tlp="amber")
    albania = table.heads["albania"]
    for path in (
        f"sections/{plain.pk}",
        f"documents/{table.document.pk}/sections",
        "search?q=quarrelsome",
        f"sections/{marked.pk}/revisions",
    ):
        assert albania.get(path).status_code == 200
    assert not Reading.objects.exists()

    revision = albania.get(f"sections/{marked.pk}/revisions").json()["items"][0]["id"]
    assert albania.get(f"revisions/{revision}").status_code == 200
    assert Reading.objects.get().object_id == marked.pk


def test_who_does_not_see_a_section_leaves_no_trace_at_it(table: Table) -> None:
    section = _chapter(table, releasable_to=["AL"])
    assert table.heads["bosnia"].get(f"sections/{section.pk}").status_code == 404
    assert not Reading.objects.exists()


def test_a_version_that_was_granted_is_recorded_to_its_owner(table: Table) -> None:
    version = DocumentVersionFactory(document=table.document)
    grant(version, table.croatia)
    assert table.heads["albania"].get(f"document-versions/{version.pk}").status_code == 200
    assert table.heads["croatia"].get(f"document-versions/{version.pk}").status_code == 200

    assert _told(_readings(table, f"document_version:{version.pk}")) == [("HR", None)]


def test_a_private_draft_is_recorded_to_those_it_was_granted_to_alone(table: Table) -> None:
    section = SectionFactory(document=table.document, delegation=table.serbia)
    grant(section, table.bosnia)
    for who in ("serbia", "bosnia"):
        assert table.heads[who].get(f"sections/{section.pk}").status_code == 200

    assert _told(_readings(table, f"section:{section.pk}")) == [("BA", None)]


def test_only_the_owner_s_seat_asks(table: Table) -> None:
    section = _chapter(table, releasable_to=["AL"])
    key = f"section:{section.pk}"
    assert refused(_readings(table, key, "albania")) == (403, "not_owner")
    assert _readings(table, key, "bosnia").status_code == 400
    for wrong in ("section:no", f"forum:{section.pk}", "nothing"):
        assert _readings(table, wrong).status_code == 400


def test_the_database_tells_a_seat_of_its_own_readings_and_an_owner_of_all(table: Table) -> None:
    section, beside = (_chapter(table, releasable_to=["AL", "BA"]) for _ in range(2))
    for who in ("albania", "bosnia"):
        assert table.heads[who].get(f"sections/{section.pk}").status_code == 200
    assert table.heads["serbia"].get(f"sections/{beside.pk}").status_code == 200

    def told(seat: Delegation, of: Section = section) -> set[Any]:
        caller = actor_of(delegate(seat, "reader").user)
        with acting(caller), connection.cursor() as cursor:
            cursor.execute("SELECT seat_id FROM forums_readings_of(%s)", [of.pk])
            return {seat_id for (seat_id,) in cursor.fetchall()}

    assert told(table.serbia) == {table.albania.pk, table.bosnia.pk}
    assert told(table.serbia, beside) == {table.serbia.pk}
    assert told(table.albania) == {table.albania.pk}
    assert told(table.croatia) == set()
