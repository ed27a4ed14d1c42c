"""Sections that are narrower than their document."""

from typing import Any

from django.db import connection

from documents.texts.models import Section
from forums.membership.models import Delegation
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.notifications.models import Notification
from tests.api import api, refused
from tests.factories import SectionFactory, delegate, grant, release

from .conftest import Table, named


def _chapter(table: Table, **given: Any) -> Section:
    given.setdefault("delegation", table.serbia)
    return SectionFactory(document=table.document, **given)


def _sees(table: Table, section: Section) -> set[str]:
    """Who reads a section by every route: itself, in the tree, its revisions, by its words."""
    seen = set()
    for who, client in table.heads.items():
        word = section.title.split()[0]
        tree = client.get(f"documents/{section.document_id}/sections")
        ways = {
            client.get(f"sections/{section.pk}").status_code == 200,
            client.get(f"sections/{section.pk}/revisions").status_code == 200,
            str(section.pk) in tree.content.decode() if tree.status_code == 200 else None,
            any(
                hit["id"] == str(section.pk)
                for hit in client.get("search", {"q": word}).json()["items"]
            ),
        } - {None}
        assert len(ways) == 1, (who, ways)
        seen |= {who} if ways == {True} else set()
    return seen


def test_a_marked_section_leaves_its_document_s_readers_and_comes_back(table: Table) -> None:
    section = _chapter(table, title="Peculiar chapter", released=True)
    assert _sees(table, section) == {"serbia", "albania", "bosnia"}

    answer = table.mark(section, releasable_to=["BA"])
    assert answer.status_code == 200, answer.content
    assert _sees(table, section) == {"serbia", "bosnia"}

    table.mark(section, tlp="amber_strict")
    assert _sees(table, section) == {"serbia"}

    table.mark(section)
    assert _sees(table, section) == {"serbia", "albania", "bosnia"}


def test_what_stands_below_a_marked_section_is_as_narrow(table: Table) -> None:
    above = _chapter(table, title="Peculiar chapter", released=True)
    below = _chapter(table, title="Remarkable part", parent=above, released=True)
    table.mark(above, releasable_to=["AL"])
    assert _sees(table, below) == {"serbia", "albania"}

    later = _chapter(table, title="Subsequent part", parent=above, released=True)
    assert _sees(table, later) == {"serbia", "albania"}

    table.mark(above)
    assert _sees(table, below) == _sees(table, later) == {"serbia", "albania", "bosnia"}


def test_a_section_keeps_within_a_document_that_narrows_later(table: Table) -> None:
    """Also one that the document's owner does not see, and restoring the one restores the other."""
    hers = _chapter(table, delegation=table.albania, title="Peculiar chapter", released=True)
    table.mark(hers, "albania", releasable_to=["RS", "BA"])
    hidden = _chapter(table, delegation=table.bosnia, title="Remarkable one", released=True)
    table.mark(hidden, "bosnia", releasable_to=["AL"])

    table.mark(table.document, releasable_to=["AL"])
    assert _sees(table, hers) == {"serbia", "albania"}
    assert _sees(table, hidden) == {"albania", "bosnia"}

    table.mark(table.document, tlp="red")
    assert _sees(table, hidden) == {"bosnia"}

    table.mark(table.document)
    assert _sees(table, hers) == {"serbia", "albania", "bosnia"}
    assert _sees(table, hidden) == {"albania", "bosnia"}


def test_a_release_keeps_to_the_marks_and_tells_only_those_who_read_it(table: Table) -> None:
    section = _chapter(table, title="Peculiar chapter")
    assert table.mark(section, releasable_to=["BA"]).status_code == 200
    assert _sees(table, section) == {"serbia"}

    release(Section.objects.get(pk=section.pk))

    assert _sees(table, section) == {"serbia", "bosnia"}
    told = Notification.objects.filter(object_id=section.pk, kind="section.released")
    seats = set(told.values_list("user__delegates__delegation", flat=True))
    assert seats == {table.bosnia.pk}


def test_a_version_holds_nothing_that_is_narrower_than_the_document(table: Table) -> None:
    marked = _chapter(table, title="Peculiar chapter", released=True)
    table.mark(marked, tlp="red")
    part = _chapter(table, title="Remarkable part", parent=marked, released=True)
    drafter = api(delegate(table.serbia, "drafter"))

    made = drafter.post(
        f"documents/{table.document.pk}/versions", {"label": "A draft", "kind": "working"}
    )

    titles = [section["title"] for section in made.json()["sections"]]
    assert titles == ["Quarrelsome chapter"]
    assert part.title not in made.content.decode()


def test_grants_name_seats_whatever_the_label(table: Table) -> None:
    section = _chapter(table, title="Peculiar chapter", released=True)
    table.mark(section, tlp="red")
    grant(section, table.croatia)

    assert table.heads["croatia"].get(f"sections/{section.pk}").status_code == 200
    assert table.heads["albania"].get(f"sections/{section.pk}").status_code == 404


def test_a_label_that_narrows_nothing_leaves_the_document_s_grants_their_section(
    table: Table,
) -> None:
    section = _chapter(table, title="Peculiar chapter", released=True)
    grant(table.document, table.croatia)
    readers = {"serbia", "albania", "bosnia", "croatia"}
    for tlp, seen in (("amber", readers), ("green", readers), ("red", {"serbia"})):
        assert table.mark(section, tlp=tlp).status_code == 200
        assert _sees(table, section) == seen, tlp


def test_a_common_section_is_marked_with_its_document(table: Table) -> None:
    common = _chapter(table, common=True)
    assert refused(table.mark(common, tlp="green")) == (409, "common_section")


def test_restricting_stops_inheritance_and_opening_gives_it_back(table: Table) -> None:
    section = _chapter(table, title="Peculiar chapter", released=True)
    grant(section, table.bosnia)
    serbia = table.heads["serbia"]

    answer = serbia.post("access/restrict", {"object": named(section), "reason": "Under review."})

    assert answer.status_code == 200, answer.content
    assert answer.json()["restricted"] is True
    assert _sees_itself(table, section) == {"serbia", "bosnia"}
    again = serbia.post("access/restrict", {"object": named(section)})
    assert refused(again) == (409, "already_restricted")

    assert serbia.post("access/unrestrict", {"object": named(section)}).status_code == 200
    assert _sees_itself(table, section) == {"serbia", "bosnia", "albania"}
    again = serbia.post("access/unrestrict", {"object": named(section)})
    assert refused(again) == (409, "not_restricted")


def _sees_itself(table: Table, section: Section) -> set[str]:
    path = f"sections/{section.pk}"
    return {who for who, client in table.heads.items() if client.get(path).status_code == 200}


def _called(seat: Delegation, query: str, *values: Any) -> set[Any]:
    with acting(actor_of(delegate(seat, "head").user)), connection.cursor() as cursor:
        cursor.execute(query, values)
        return {row[0] for row in cursor.fetchall()}


def test_the_database_tells_the_marks_of_what_left_home_to_the_owners_seat_alone(
    table: Table,
) -> None:
    released = table.document.sections.get()
    SectionFactory(document=table.document, delegation=table.albania, title="At home")
    SectionFactory(document=table.beside, delegation=table.serbia, released=True)
    query = "SELECT id FROM documents_sections_marked(%s)"

    assert _called(table.serbia, query, table.document.pk) == {released.pk}
    for seat in (table.albania, table.montenegro):
        assert _called(seat, query, table.document.pk) == set()


def test_the_database_settles_what_left_home_for_the_owners_seat_alone(table: Table) -> None:
    released = table.document.sections.get()
    private = SectionFactory(document=table.document, delegation=table.albania, title="At home")
    settle = "SELECT documents_section_settle(%s, 1, false)"

    def settled() -> set[Any]:
        return set(Section.objects.filter(effective_scope=1).values_list("pk", flat=True))

    for seat in (table.albania, table.montenegro):
        _called(seat, settle, released.pk)
    _called(table.serbia, settle, private.pk)
    assert settled() == set()

    _called(table.serbia, settle, released.pk)
    assert settled() == {released.pk}
