"""What the OpenAPI document says of versions, with an example of the scenario's Manual."""

from typing import Any

from documents.texts.examples import OPERATIONS as TEXTS
from forums.examples import page
from forums.meetings.examples import AGENDA_ITEM_ID
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_VERSION_ID = "019cd2b3-7e10-7a44-9b08-3c1f5d7e9a20"
_MATERIAL_ID = "019cd2b3-7e10-7c9b-a2d4-8e6f0b1c3d57"
_MANUAL: Json = next(iter(TEXTS["documents_retrieve"].response.values()))

_SHA256 = "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab"
_SUMMARY: Json = {
    "id": _VERSION_ID,
    "kind": "working",
    "label": "Draft presented to SEEMIC",
    "titles": _MANUAL["titles"],
    "made_by": {"country": None, "organisation": "undp-seesac"},
    "created_at": "2026-03-20T11:00:00Z",
    "sha256": _SHA256,
}
_SECTION: Json = {
    "section": "5f557203-3018-40c5-a38f-d547923a7369",
    "revision": "019cade2-11c0-78f6-994e-3bf91a61dbe2",
    "number": "1",
    "depth": 0,
    "title": "Introduction",
    "language": "en",
    "state": "released",
    "owner": None,
    "body": "This Manual is written jointly by four Ministries of Defence.\n",
    "chain_hash": "2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6",
    "sha256": "d2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26",
    "purged": None,
}
_VERSION: Json = {
    **_SUMMARY,
    "document": _MANUAL["id"],
    "document_kind": "manual",
    "working_language": "en",
    "sections": [_SECTION],
    "head_purged": None,
    "abilities": {"present": True, "manage_access": False},
}
_SHOWN: Json = {
    **_VERSION,
    "document": None,
    "sections": [{**_SECTION, "section": None, "revision": None}],
    "abilities": {"present": False, "manage_access": False},
}
_MATERIAL: Json = {
    "id": _MATERIAL_ID,
    "agenda_item": AGENDA_ITEM_ID,
    "role": "presented_draft",
    "version": _SUMMARY,
    "until": "2026-12-31T23:00:00Z",
    "created_at": "2026-03-20T11:05:00Z",
}

TAGS = {
    "document-versions": "Documents as they were at one moment, for good.",
}

OPERATIONS: dict[str, OperationDoc] = {
    "document_versions_list": OperationDoc(
        summary="List the versions of a document",
        description="Newest first, without the texts.",
        response={"A working version": page(_SUMMARY)},
    ),
    "document_versions_create": OperationDoc(
        summary="Make a version of a document",
        description="Keeps what is released of the document at this moment, with its text, numbers "
        "and hashes. Nothing that is still at home with a delegation is in it, and nothing of it "
        "ever changes.",
        request={"A working version": {"label": "Draft presented to SEEMIC", "kind": "working"}},
        response={"A working version": _VERSION},
        problems={
            403: {
                "not_owner": "You act for no seat that owns it.",
                "drafter_required": "Your seat may, but not in your role; a drafter may.",
            },
            409: {"nothing_released": "Nothing of the document is released yet."},
        },
    ),
    "document_versions_retrieve": OperationDoc(
        summary="Get a version with its text",
        description="The whole text in reading order. Who reads a version because it was presented "
        "sees the text and nothing else of the document: its ids are null.",
        response={"To the drafting group": _VERSION, "To who was shown it": _SHOWN},
    ),
    "document_versions_verify": OperationDoc(
        summary="Verify a version",
        description="Recomputes the hashes and names the first section that is not what it was. "
        "For who reads the document the pinned revisions are compared, too. A section's `sha256` "
        "is over `rcp version section 1\\n` and the canonical JSON of its members without the "
        "hash, the two ids and `purged`, as they were before any purge; the version's is over "
        "`rcp version manifest 1\\n` and that of "
        "`document_kind`, `kind`, `label`, `made_by`, `titles`, `working_language` and `sections`, "
        "the list of the sections' hashes. Where titles or label were purged that hash can't be "
        "recomputed; it is intact when the ledger names the hash that it has since.",
        response={
            "Nothing was touched": {
                "intact": True,
                "sha256": _SHA256,
                "computed_sha256": _SHA256,
                "revisions_compared": True,
                "first_difference": None,
                "purged": [],
                "head_purged": None,
                "abilities": {"present": True, "manage_access": False},
            },
            "A section was changed": {
                "intact": False,
                "sha256": _SHA256,
                "computed_sha256": _SHA256,
                "revisions_compared": False,
                "first_difference": {"position": 0, "number": "1", "title": "Introduction"},
                "purged": [
                    {
                        "position": 4,
                        "number": "5",
                        "by": {"country": "RS", "organisation": None},
                        "at": "2026-04-01T08:00:00Z",
                    }
                ],
                "head_purged": None,
                "abilities": {"present": False, "manage_access": False},
            },
        },
    ),
    "document_versions_present": OperationDoc(
        summary="Present a version at a meeting",
        description="Every seat that takes part in the meeting reads exactly this version until a "
        "time: its text, and nothing else of the document. Presenting it again at the same point "
        "lets seats read it that have come later, and may put the end off.",
        request={
            "At the seminar": {"agenda_item": AGENDA_ITEM_ID, "until": "2026-12-31T23:00:00Z"}
        },
        response={"At the seminar": {**_MATERIAL, "abilities": {}}},
        problems={
            403: {
                "not_owner": "You act neither for the document's owner or secretariat nor for its "
                "penholder.",
                "drafter_required": "Your seat may, but not in your role; a drafter may.",
            },
            409: {
                "meeting_over": "The meeting is closed or cancelled; `allowed` says which states "
                "would do.",
                "no_participating_seats": "No seat takes part in the meeting.",
            },
        },
    ),
    "meeting_materials_list": OperationDoc(
        summary="List what is presented at a meeting",
        description="In the order of the agenda, as far as you may read it.",
        response={"The draft Manual": page(_MATERIAL)},
    ),
}
