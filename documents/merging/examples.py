"""What the OpenAPI document says of merges and working copies, with an example of the Manual's."""

from typing import Any

from documents.texts.examples import INTRODUCTION, TEXT_FIXED
from documents.texts.examples import OPERATIONS as TEXTS
from forums.examples import SEAT_ME, SEAT_RS, page
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_COPY_ID = "019cd2b3-8a40-7e15-b3a9-5d2c4f7e8b61"
_BASE_ID = "019cade2-11c0-7b1c-8d52-61f2a3c4d5e6"
_HEAD_ID = "019cd2b3-7c10-7ab3-a01f-92c3d4e5f607"
_NEW_ID = "019cd2b3-9f30-7c44-8e21-a3b4c5d6e7f8"
_THREAD_ID = "5e2a9c14-7b3d-4f60-9a81-c4d7e0b2f396"
_UNIT_ID = "5b1f0c7e9a3d2846"
_SERBIA: Json = {"id": SEAT_RS, "country": "RS", "organisation": None}
_MONTENEGRO: Json = {"id": SEAT_ME, "country": "ME", "organisation": None}
_TITLE = "Deadlines"
_LEAD = "The adviser receives complaints."
_TRUSTED = "The trusted adviser receives complaints."
_RULE = "Complaints shall be filed within 30 days."
_SHORTER = "Complaints shall be filed within 15 days."
_NEGATED = "Complaints shall not be filed within 30 days."
_BODY = f"{_TRUSTED} {_SHORTER}\n"

_MERGED: Json = {
    **INTRODUCTION,
    "title": _TITLE,
    "body": _BODY,
    "head": _NEW_ID,
    "released_at": "2026-03-02T09:31:00Z",
    "single_person_release": False,
    "abilities": dict.fromkeys(TEXTS["sections_retrieve"].response["Released"]["abilities"], False)
    | {"revise": True, "add_section": True, "amend": True},
    "auto_merged": [
        {"part": "body", "side": "yours", "base": _LEAD, "text": _TRUSTED},
        {"part": "body", "side": "theirs", "base": _RULE, "text": _SHORTER},
    ],
}
_COPY: Json = {
    "id": _COPY_ID,
    "section": INTRODUCTION["id"],
    "base": _BASE_ID,
    "delegation": _SERBIA,
    "title": _TITLE,
    "language": "en",
    "note": "No more.",
    "created_at": "2026-03-20T11:05:00Z",
    "updated_at": "2026-03-20T11:05:00Z",
    "kept_until": "2027-03-20T11:05:00Z",
}
_TEXT: Json = {"title": _TITLE, "language": "en"}

TAGS = {
    "working-copies": "Words that clashed with somebody else's, kept at home until they are merged "
    "or discarded.",
}

_CONFLICTS: dict[str, Json] = {
    "Two edits of one sentence": {
        "type": "/problems/edit-conflict",
        "title": "Others changed the same words",
        "status": 409,
        "detail": "Somebody else changed the same words. Nothing was written; your words are kept.",
        "instance": f"/api/v1/sections/{INTRODUCTION['id']}/merge",
        "code": "edit_conflict",
        "errors": [],
        "request_id": "6f1c0f0e5f0a4c0c9f3c6f1f0d2b7a11",
        "base": {**_TEXT, "revision": _BASE_ID, "body": f"{_LEAD} {_RULE}\n"},
        "yours": {**_TEXT, "body": f"{_TRUSTED} {_NEGATED}\n"},
        "theirs": {**_TEXT, "revision": _HEAD_ID, "body": f"{_LEAD} {_SHORTER}\n"},
        "theirs_by": {"delegation": _MONTENEGRO, "at": "2026-03-20T10:58:00Z"},
        "conflicts": [
            {
                "id": _UNIT_ID,
                "part": "body",
                "kind": "both_edited",
                "base": _RULE,
                "yours": _NEGATED,
                "theirs": _SHORTER,
                "word_diff": {
                    "yours": [
                        {"change": "kept", "text": "Complaints shall "},
                        {"change": "added", "text": "not "},
                        {"change": "kept", "text": "be filed within 30 days."},
                    ],
                    "theirs": [
                        {"change": "kept", "text": "Complaints shall be filed within "},
                        {"change": "removed", "text": "30 "},
                        {"change": "added", "text": "15 "},
                        {"change": "kept", "text": "days."},
                    ],
                },
                "comments_affected": [_THREAD_ID],
                "amendments_affected": [],
                "choices": ["yours", "theirs", "both", "custom"],
            }
        ],
        "offer": {
            **_TEXT,
            "body": [
                {"text": f"{_TRUSTED} ", "conflict": None},
                {"text": None, "conflict": _UNIT_ID},
                {"text": "\n", "conflict": None},
            ],
        },
        "auto_merged": [_MERGED["auto_merged"][0]],
        "working_copy": _COPY_ID,
    }
}

OPERATIONS: dict[str, OperationDoc] = {
    "sections_merge": OperationDoc(
        summary="Merge a change into a section",
        description="Writes a change that was made on `base`, an earlier revision, into the "
        "present text, by blocks and then by sentences. No `If-Match` is needed: the base stands "
        "for it. What does not clash is merged, and `auto_merged` tells it, to look at; the new "
        "revision knows both parents.\n\nTwo edits within one sentence clash, even if the words do "
        "not touch. Then nothing is written and 409 `edit_conflict` tells the conflict as data: "
        "both sides, each contested unit with its choices and with the open comments and "
        "amendments that hang on it, as far as you read them, and an `offer` in which everything "
        "else is merged. Your words are kept as a working copy, which your delegation alone reads. "
        "Send `resolutions` for all the units, together with the `head` that they settle, which is "
        "`theirs.revision` of the conflict. If somebody has written after that one, there is a "
        "conflict again: what you settled is your change from then on, made on that head.\n\n"
        "The merged text is at most as long as a section may be.",
        request={
            "A change": {
                "base": _BASE_ID,
                "body": f"{_TRUSTED} {_RULE}\n",
                "note": "Advisers are trusted persons.",
            },
            "What clashed, settled": {
                "working_copy": _COPY_ID,
                "head": _HEAD_ID,
                "resolutions": [
                    {"id": _UNIT_ID, "choice": "custom", "text": "Complaints need no deadline."}
                ],
            },
        },
        response={"The merged section": _MERGED},
        conflict=_CONFLICTS,
        problems={
            403: {
                "not_owner": "You act for no seat that owns it.",
                "drafter_required": "Your seat may, but not in your role; a drafter may.",
            },
            409: {
                "edit_conflict": "Others changed the same words. Nothing was written; your words "
                "are kept, and the members tell what is contested.",
                "merged_too_long": "The merged text is longer than a section may be. Nothing was "
                "written; your words are kept as `working_copy`.",
                **TEXT_FIXED,
                "other_chain": "The section was released after the base; make the change in the "
                "public text.",
            },
        },
    ),
    "section_working_copies_list": OperationDoc(
        summary="List the working copies for a section",
        description="Those of your delegations, newest first, without the texts.",
        response={"One that waits": page(_COPY | {"etag": '"1"'})},
    ),
    "working_copies_list": OperationDoc(
        summary="List working copies",
        description="All words of your delegations that wait to be merged, newest first; also "
        "those for sections that you no longer see.",
        response={"One that waits": page(_COPY | {"etag": '"1"'})},
    ),
    "working_copies_retrieve": OperationDoc(
        summary="Get a working copy",
        description="The words as they were sent, whatever has become of the section since. A "
        "merge that names it takes them from it.",
        response={
            "One that waits": {
                **_COPY,
                "body": f"{_TRUSTED} {_NEGATED}\n",
                "abilities": {"delete": True},
            }
        },
    ),
    "working_copies_delete": OperationDoc(
        summary="Discard a working copy",
        description="Its author throws the words away, or the head of the delegation.",
        problems={
            403: {"head_required": "It is another's; a head of your seat discards it."},
        },
    ),
}
