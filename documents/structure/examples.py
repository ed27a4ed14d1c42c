"""What the OpenAPI document says of the tree acts."""

from typing import Any

from documents.texts.examples import OPERATIONS as TEXTS
from documents.texts.examples import TEXT_FIXED
from forums.examples import page
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_RELEASED: Json = TEXTS["sections_release"].response["The released section"]
_PART_ID = "8d0f4a52-6a2f-4b0e-9c0e-4f3f2ad1c9b7"
_MOVED: Json = _RELEASED | {"number": "5.3", "updated_at": "2026-03-18T08:20:00Z"}
_PART: Json = _RELEASED | {
    "id": _PART_ID,
    "number": "5.2",
    "title": "Suspension of the Law",
    "updated_at": "2026-03-18T08:30:00Z",
}
_TOMBSTONE: Json = _RELEASED | {
    "number": None,
    "updated_at": "2026-03-18T09:00:00Z",
    "deleted_at": "2026-03-18T09:00:00Z",
    "abilities": {
        **dict.fromkeys(_RELEASED["abilities"], False),
        "restore": True,
    },
}
_LINEAGE: Json = {
    "id": "019cf0a4-5c3e-7a10-8d1b-2f6f0a9be111",
    "kind": "split",
    "source": _RELEASED["id"],
    "source_revision": "019cade2-11c0-78f6-994e-3bf91a61dbe2",
    "section": _PART_ID,
    "revision": "019cf0a4-5c3e-7b6c-9d77-0d2a3c1f5e22",
    "source_start": 412,
    "start": 0,
    "length": 231,
    "created_at": "2026-03-18T08:30:00Z",
}

_REFUSED = {
    403: {
        "not_owner": "You act for no seat that owns it, or that owns what is below it.",
        "not_drafting_group": "You act for no seat of the drafting group.",
        "drafter_required": "Your seat may, but not in your role; a drafter may.",
    }
}
_DELETED = {"deleted": "It, or the section named, is a tombstone.", **TEXT_FIXED}

OPERATIONS: dict[str, OperationDoc] = {
    # Answered by the same view.
    **{name: TEXTS[name] for name in ("sections_retrieve", "sections_revise", "sections_release")},
    "sections_move": OperationDoc(
        summary="Move a section",
        description="Puts a section, with all that is below it, below another one of its document "
        "or among the chapters. Below a delegation's section stands that delegation's alone, and "
        "below one at home nothing that is released. Its readers follow from the marks above its "
        "new place, which may leave it fewer and end grants; a place where it would have more is "
        "refused. A section that stands there already is left alone.",
        request={
            "Behind a sibling": {"after": _PART_ID},
            "Among the chapters, as the first": {"parent": None, "after": None},
        },
        response={"The section at its new place": _MOVED},
        problems={
            **_REFUSED,
            409: {
                **_DELETED,
                "cycle": "The section named stands below this one.",
                "parent_not_released": "The section above is still at home.",
                "wider": "More would read it there; give it the marks it stands under first.",
            },
        },
    ),
    "sections_split": OperationDoc(
        summary="Split a section",
        description="Cuts the text in two where one of its blocks begins; put together, the parts "
        "are the text. The first stays, the second becomes a section right behind it, with the "
        "same owner, state, marks, language and time of release. Grants stay with the first. Not "
        "cut are fenced passages, tables, what is indented, and a note or link from its "
        "definition (400 at `/at`: `inside_fence`, `inside_table`, `inside_block`, `note_apart`, "
        "`empty_part`).",
        request={
            "At its third paragraph": {
                "at": 412,
                "title": "Suspension of the Law",
                "note": "The suspension is a matter of its own.",
            }
        },
        response={"The new section": _PART},
        problems={**_REFUSED, 409: _DELETED},
    ),
    "sections_join": OperationDoc(
        summary="Join a section with the next one",
        description="Appends the text of the next sibling, behind a blank line; what is below that "
        "comes behind what is below the first. The sibling becomes a tombstone. Both have the same "
        "owner, state, language and marks (409 `not_alike` names in `differ` what is not).",
        request={"With the section behind it": {"with": _PART_ID, "revision": "1"}},
        response={"The section with both texts": _MOVED},
        problems={
            **_REFUSED,
            409: {
                **_DELETED,
                "not_alike": "They differ in what `differ` names.",
                "other_has_changed": "The next section is at `revision` by now.",
                "too_long": "Together they are longer than a section may be.",
                "open_fence": "A fenced passage of the first is not closed.",
                "same_note": "Both define the same note or link.",
            },
        },
    ),
    "sections_delete": OperationDoc(
        summary="Delete a section",
        description="Makes the section a tombstone. It has no number, is in no new version and is "
        "not found; the tree shows it with `deleted=true`. Its text and revisions are read by "
        "whoever read them, and it can be restored. What others keep below a common section stands "
        "in its place from now on.",
        response={"The tombstone": _TOMBSTONE},
        problems={
            **_REFUSED,
            409: {
                **_DELETED,
                "has_children": "There are sections below it.",
                "open_brackets": "Some of its wording is in brackets; `brackets` names them. "
                "Resolve them first.",
            },
        },
    ),
    "sections_restore": OperationDoc(
        summary="Restore a deleted section",
        description="Lets a tombstone stand again, at its place, in its state and with its text. "
        "One that was joined into another stays a tombstone: split that.",
        request={
            "This section alone": {},
            "With what was deleted together with it": {"include_descendants": True},
        },
        response={"The section": _RELEASED},
        problems={
            **_REFUSED,
            409: {
                "not_deleted": "It stands.",
                **TEXT_FIXED,
                "joined": "Its text stands in another section now.",
                "parent_deleted": "The section above it is a tombstone.",
            },
        },
    ),
    "section_lineage_list": OperationDoc(
        summary="List where a section's text came from and went",
        description="Splits and joins in which the section gave or took text, newest first, as far "
        "as you see both revisions: comments and amendments can follow a text by it.",
        response={"After a split": page(_LINEAGE)},
    ),
}
