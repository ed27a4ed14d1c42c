"""What the OpenAPI document says of attachments, with an example of the scenario's Manual."""

from typing import Any

from documents.texts.examples import OPERATIONS as TEXTS
from documents.texts.examples import TEXT_FIXED
from forums.examples import page
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_SECTION: Json = next(iter(TEXTS["sections_retrieve"].response.values()))
_DOCUMENT: Json = next(iter(TEXTS["documents_retrieve"].response.values()))
_SUMMARY: Json = {
    "id": "0b0f7a52-9a54-4c37-8f0e-2d2f6f1f7f11",
    "section": _SECTION["id"],
    "document": None,
    "name": "Одлука Уставног суда.pdf",
    "media_type": "application/pdf",
    "size": 182044,
    "sha256": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
    "delegation": _SECTION["owner_delegation"],
    "attached_at": "2026-03-16T10:00:00Z",
}
_ITEM: Json = {**_SUMMARY, "etag": '"1"'}
_DETAIL: Json = {**_SUMMARY, "deleted_at": None, "purged": None, "abilities": {"delete": True}}
_DELETED = {"deleted_at": "2026-04-01T12:00:00Z"}
_OF_DOCUMENT: Json = {"section": None, "document": _DOCUMENT["id"], "name": "Timetable.xlsx"} | {
    "media_type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}
_SENT: Json = {"A file": {"file": "%PDF-1.7 …"}}
_TAKEN = (
    "Taken are PDF, DOCX, XLSX, PPTX, ODT, ODS, PNG, JPEG, and text and CSV in UTF-8. What a file "
    "is, is read from its bytes: its structure is checked from the first to the last, and its name "
    "and the type it is sent with have to agree. Macros, programs, encryption, and archives that "
    "swell are refused (`unsupported_type`, `type_mismatch`, `active_content`, `encrypted`, "
    "`too_large_inside`, `invalid_name`, at `/file`); what is refused is not kept."
)
_PROBLEMS: dict[int, dict[str, str]] = {
    409: {"too_many_attachments": "It carries as many files as it may.", **TEXT_FIXED},
}

TAGS = {"attachments": "Files that belong to sections and documents."}

OPERATIONS: dict[str, OperationDoc] = {
    "section_attachments_list": OperationDoc(
        summary="List the attachments of a section",
        description="In the order in which they came, without those that were deleted.",
        response={"A decision": page(_ITEM)},
    ),
    "section_attachments_create": OperationDoc(
        summary="Attach a file to a section",
        description="The file is read by whoever reads the section: at home by its owner, after "
        f"the release by the drafting group. It is for whoever may revise the section. {_TAKEN}",
        request=_SENT,
        response={"A decision": _DETAIL},
        problems=_PROBLEMS
        | {
            403: {
                "not_owner": "You act for no seat that owns it.",
                "drafter_required": "Your seat may, but not in your role; a drafter may.",
            }
        },
    ),
    "document_attachments_list": OperationDoc(
        summary="List the attachments of a document",
        description="Those of the document itself, in the order in which they came; those of its "
        "sections are listed there.",
        response={"A timetable": page({**_ITEM, **_OF_DOCUMENT})},
    ),
    "document_attachments_create": OperationDoc(
        summary="Attach a file to a document",
        description="The file is read by whoever reads the document. It is for drafters of its "
        f"drafting group. {_TAKEN}",
        request=_SENT,
        response={"A timetable": {**_DETAIL, **_OF_DOCUMENT}},
        problems=_PROBLEMS
        | {
            403: {
                "not_drafting_group": "You act for no seat of the drafting group.",
                "drafter_required": "Your seat may, but not in your role; a drafter may.",
            }
        },
    ),
    "attachments_retrieve": OperationDoc(
        summary="Get an attachment",
        description="What is told of a file. Of one that was deleted this is the tombstone: what "
        "it was called, its size and its hash. One that was purged has no name any more; its hash "
        "stays, and who removed it.",
        response={
            "A decision": _DETAIL,
            "A deleted one": {**_DETAIL, **_DELETED},
            "A purged one": {
                **_DETAIL,
                **_DELETED,
                "name": "",
                "purged": {"by": _SECTION["owner_delegation"], "at": _DELETED["deleted_at"]},
            },
        },
    ),
    "attachments_delete": OperationDoc(
        summary="Delete an attachment",
        description="Removes the bytes for good; name, size and hash stay. It is for drafters of "
        "the seat that attached the file, or that owns what it belongs to.",
        problems={
            403: {
                "not_owner": "You act neither for the owner nor for the seat that attached it.",
                "drafter_required": "Your seat may, but not in your role; a drafter may.",
            },
            409: {
                "already_deleted": "The file is deleted already.",
                "wrong_state": "Nothing is written there in its present state.",
                **TEXT_FIXED,
            },
        },
    ),
    "attachments_content": OperationDoc(
        summary="Download an attachment",
        description="The bytes, to be saved: never shown in a browser, run there, or kept by what "
        "lies between. The `ETag` is the file's SHA-256. Deleted and purged files have none: 404.",
        response={"A decision": "%PDF-1.7 …"},
    ),
}
