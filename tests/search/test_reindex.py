"""``reindex_search``: the index made anew is the index that was kept."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.api import ApiClient, api
from tests.factories import DocumentFactory, SectionFactory, grant
from tests.laying import laid


def entries() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT type_name, object_id, language, words::text, access, until, within, "
            "within_until FROM search_entry ORDER BY 1, 2, 3"
        )
        return cursor.fetchall()


def empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_entry")


def reindex(**options: Any) -> list[str]:
    out = StringIO()
    call_command("reindex_search", stdout=out, **options)
    return out.getvalue().splitlines()


@laid
def kept(desk: Any) -> list[Any]:
    """The index after all that can happen to it."""
    desk.section(title="At home", language="sr-Cyrl", body="Забрана дискриминације.")
    desk.section(title="Released", released=True)
    desk.section(title="Common", common=True)
    document = DocumentFactory(delegation=desk.serbia, titles={"en": "One", "mk": "Еден"})
    section = SectionFactory(document=document, released=True)
    grant(document, desk.montenegro)
    grant(section, desk.albania).delete()
    grant(section, desk.montenegro)
    _said_and_proposed(section, api(desk.drafter))
    return entries()


def _said_and_proposed(section: Any, drafting: ApiClient) -> None:
    """A comment in each ring that its owner has, a deleted one, and an amendment."""
    path = f"sections/{section.pk}"
    for audience in ("internal", "drafting_group", "forum"):
        said = drafting.post(f"{path}/comments", {"body": "Ko je to?", "audience": audience})
    gone = drafting.post(f"{path}/comments", {"body": "Niko."})
    assert drafting.delete(f"comments/{gone.json()['id']}", if_match=gone).status_code == 204
    proposed = {"base": drafting.get(path).json()["head"], "body": "Other words."}
    made = drafting.post(f"{path}/amendments", proposed)
    assert (said.status_code, made.status_code) == (201, 201), made.content


def test_the_index_made_anew_is_the_one_that_was_kept(kept):
    empty()

    told = reindex(batch=2)

    assert entries() == kept
    assert told[-1].endswith("0 entries of nothing removed")
    reindex()
    assert entries() == kept


def test_a_run_that_was_stopped_goes_on_where_it_was(kept):
    empty()
    told = reindex(batch=3)
    whole = [line for line in told if " (" in line]
    place = whole[1].partition(" ")[0]
    empty()

    reindex(after=_place(place))

    done = [row for row in kept if (row[0], str(row[1])) > tuple(place.split(":"))]
    assert entries() == done


def test_one_type_alone_can_be_made_anew(kept):
    empty()

    reindex(type="document")

    assert entries() == [row for row in kept if row[0] == "document"]


def test_entries_of_nothing_are_removed(kept):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_entry VALUES "
            "('section', gen_random_uuid(), 'en', '''x'''::tsvector, '{}', '{}')"
        )

    assert reindex()[-1].endswith("1 entries of nothing removed")
    assert entries() == kept


def test_an_unknown_type_is_refused(kept):
    with pytest.raises(CommandError, match="Types are: amendment, comment, document,"):
        reindex(type="revision")


def test_a_role_that_does_not_see_every_text_is_refused(kept):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE rcp_runtime")
    with pytest.raises(CommandError, match="DATABASE_ROLE=owner"):
        reindex()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert entries() == kept


def _place(text: str) -> Any:
    from platform_api.search.management.commands.reindex_search import place

    return place(text)
