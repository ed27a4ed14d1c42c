"""PATCH /documents/{id}: its titles."""

from typing import Any

import pytest

from documents.texts.models import Document
from platform_api.core.actor import Level
from tests.api import api
from tests.documents.support import REQUEST, alike, denial, entry, invalid, refusal, unknown_id
from tests.factories import DocumentFactory, OfficeFactory, grant

EN, CYRILLIC = "Joint manual", "Заједнички приручник"


def patch(client: Any, desk: Any, titles: Any, if_match: Any = "1", **options: Any) -> Any:
    path = f"documents/{desk.document.pk}"
    return client.patch(path, {"titles": titles}, if_match=if_match, **options)


def stored(desk: Any) -> tuple[dict[str, str], int]:
    return Document.objects.values_list("titles", "revision").get(pk=desk.document.pk)


UNTOUCHED = ({"en": EN, "sr-Cyrl": CYRILLIC}, 1)


def test_titles_are_merged_and_null_takes_one_out(desk, drafting, ledger):
    answer = patch(drafting, desk, {"sr-Cyrl": None, "hr": "Zajednički priručnik"}, headers=REQUEST)

    after = {"en": EN, "hr": "Zajednički priručnik"}
    assert answer.status_code == 200
    assert answer.json()["titles"] == after
    assert stored(desk) == (after, 2)
    now = drafting.get(f"documents/{desk.document.pk}")
    assert (now.content, now.headers["ETag"]) == (answer.content, answer.headers["ETag"])
    assert answer.headers["ETag"].startswith('"2.')
    assert ledger.told() == [
        entry(
            "document.revised",
            desk.drafter,
            desk.document,
            seat=desk.serbia,
            owner=desk.serbia,
            scope=desk.document.effective_scope_id,
            details={"before": UNTOUCHED[0], "after": after},
        )
    ]


def test_a_merge_patch_may_be_called_by_its_name(desk, drafting):
    answer = drafting._django.patch(
        f"/api/v1/documents/{desk.document.pk}",
        '{"titles": {"en": "Manual"}}',
        content_type="application/merge-patch+json",
        headers={"Authorization": f"Bearer {drafting.token}", "If-Match": '"1"'},
    )

    assert answer.json()["titles"] == {"en": "Manual", "sr-Cyrl": CYRILLIC}


def test_the_title_in_the_working_language_stays(desk, drafting, ledger):
    answer = patch(drafting, desk, {"en": None})

    assert refusal(answer) == invalid(("/titles/en", "required"))
    assert (stored(desk), ledger.new()) == (UNTOUCHED, [])


def test_what_changes_nothing_makes_no_revision(desk, drafting, ledger):
    for titles in ({"en": EN}, {"de": None}, {"en": EN, "sr-Cyrl": CYRILLIC}):
        answer = patch(drafting, desk, titles)
        assert answer.status_code == 200
        assert answer.headers["ETag"].startswith('"1.')

    assert (stored(desk), ledger.new()) == (UNTOUCHED, [])


def test_without_if_match_nothing_is_written(desk, drafting, ledger):
    assert refusal(patch(drafting, desk, {"en": "X"}, if_match=None)) == (
        428,
        "precondition_required",
    )
    assert refusal(patch(drafting, desk, {"en": "X"}, if_match="*")) == (
        428,
        "precondition_required",
    )
    assert (stored(desk), ledger.new()) == (UNTOUCHED, [])


def test_a_stale_tag_is_refused_with_the_current_one(desk, drafting, ledger):
    first = drafting.get(f"documents/{desk.document.pk}")
    patch(drafting, desk, {"en": "Second"}, if_match=first)
    ledger.new()

    answer = patch(drafting, desk, {"en": "Third"}, if_match=first)

    assert refusal(answer) == (412, "precondition_failed")
    assert answer.headers["ETag"] == '"2"'
    assert stored(desk)[0]["en"] == "Second"
    assert ledger.new() == []


@pytest.mark.parametrize(
    "tag", ['"1"', '"1.0123456789abcdef0123456789abcdef"', 'W/"1"', '"9", "1"', 'W/"8.x", W/"1.y"']
)
def test_a_tag_counts_by_its_revision_alone(desk, drafting, tag):
    assert patch(drafting, desk, {"en": "X"}, if_match=tag).status_code == 200


@pytest.mark.parametrize("tag", ['"0"', '"2"', '"h1"', '"9", "8"', '"1x"', '"01"', 'W/"2.z"'])
def test_a_tag_of_another_revision_is_stale(desk, drafting, tag):
    answer = patch(drafting, desk, {"en": "X"}, if_match=tag)

    assert refusal(answer) == (412, "precondition_failed")
    assert (answer.headers["ETag"], stored(desk)) == ('"1"', UNTOUCHED)


@pytest.mark.parametrize("header", ["1", '"1', '"1" "2"', '""', "W/1", ""])
def test_what_is_no_tag_is_refused(desk, drafting, header):
    answer = patch(drafting, desk, {"en": "X"}, if_match=None, headers={"If-Match": header})

    assert refusal(answer) == invalid(("", "malformed_if_match"))
    assert stored(desk) == UNTOUCHED


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"titles": {"en": "x" * 501}}, [("/titles/en", "max_length")]),
        ({"titles": {"en": "a\0"}}, [("/titles/en", "unstorable_text")]),
        ({"titles": {"e\0n": "a"}}, [("/titles", "unstorable_text")]),
        ({"titles": {}}, [("/titles", "empty")]),
        ({"titles": None}, [("/titles", "null")]),
        ({"titles": "Manual"}, [("/titles", "not_a_dict")]),
        ({"kind": "report"}, [("/kind", "unknown_field")]),
        ({"titles": {"en": "X"}, "state": "adopted"}, [("/state", "unknown_field")]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_only_titles_of_the_right_form_are_taken(desk, drafting, body, errors):
    answer = drafting.patch(f"documents/{desk.document.pk}", body, if_match="1")

    assert answer.status_code == 400
    assert stored(desk) == UNTOUCHED
    assert refusal(answer) == invalid(*errors)


def test_only_the_owner_changes_titles(desk, abroad, reading, ledger):
    for client, user, reason in (
        (abroad, desk.albanian, "not_owner"),
        (reading, desk.reader, "drafter_required"),
    ):
        assert refusal(patch(client, desk, {"en": "X"}, headers=REQUEST)) == (403, reason)
        assert ledger.told() == [denial(user, desk.document, "revise", reason)]
    assert stored(desk) == UNTOUCHED


def test_a_grant_to_draft_sections_is_none_to_change_the_document(desk, abroad):
    grant(desk.document, desk.albania, Level.MANAGE)

    assert refusal(patch(abroad, desk, {"en": "X"})) == (403, "not_owner")


def test_nobody_changes_what_is_out_of_sight(desk, drafting, ledger):
    def send(document_id: Any) -> Any:
        return drafting.patch(f"documents/{document_id}", {"titles": {"en": "X"}}, if_match="1")

    assert alike(send(unknown_id()), send(desk.other.pk), send(desk.foreign.pk))
    assert refusal(send(desk.other.pk)) == (404, "not_found")
    assert ledger.new() == []


def test_a_refusal_comes_in_the_fixed_order(desk, drafting, abroad):
    """404 before 403 before 428 before 400 before 412."""
    hidden = f"documents/{desk.other.pk}"
    shared = f"documents/{desk.document.pk}"

    assert drafting.patch(hidden, {"x": 1}).status_code == 404
    assert abroad.patch(shared, {"x": 1}).status_code == 403
    assert drafting.patch(shared, {"x": 1}).status_code == 428
    assert drafting.patch(shared, {"x": 1}, if_match="7").status_code == 400
    assert drafting.patch(shared, {"titles": {"en": "X"}}, if_match="7").status_code == 412


def test_the_secretariat_changes_a_common_document(desk, drafting, abroad, ledger):
    OfficeFactory(holder=desk.serbia, kind="secretariat")
    common = DocumentFactory(
        delegation=desk.serbia, drafting_group=[desk.albania], common=True, titles={"en": "Old"}
    )
    ledger.new()
    body = {"titles": {"en": "New"}}

    assert refusal(abroad.patch(f"documents/{common.pk}", body, if_match="1")) == (403, "not_owner")
    ledger.new()
    answer = drafting.patch(f"documents/{common.pk}", body, if_match="1", headers=REQUEST)

    assert answer.json()["titles"] == {"en": "New"}
    assert ledger.told() == [
        entry(
            "document.revised",
            desk.drafter,
            common,
            seat=desk.serbia,
            owner=None,
            scope=common.effective_scope_id,
            details={"before": {"en": "Old"}, "after": {"en": "New"}},
        )
    ]


def test_the_answer_is_left_out_when_nobody_wants_it(desk, drafting):
    answer = patch(drafting, desk, {"en": "X"}, headers={"Prefer": "return=minimal"})

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Preference-Applied"] == "return=minimal"
    assert answer.headers["ETag"] == drafting.get(f"documents/{desk.document.pk}").headers["ETag"]


def test_a_reading_token_writes_nothing(desk):
    client = api(desk.drafter, scopes=["documents:read"])

    assert refusal(patch(client, desk, {"en": "X"})) == (403, "insufficient_scope")
