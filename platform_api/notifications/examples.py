"""What the OpenAPI document says of notifications."""

from typing import Any

from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_SUMMARY: Json = {
    "id": "019cd1e0-64aa-7c44-b6a8-1f6f5a1f9d20",
    "kind": "section.released",
    "object": {"type": "section", "id": "34b9b5df-9e77-49b1-8f42-05b4907a70c3"},
    "forum": "wb-mod",
    "created_at": "2026-03-09T10:15:00.250000Z",
    "read_at": None,
    "acknowledged_at": None,
}
_UNREAD: Json = {**_SUMMARY, "abilities": {}}
_READ: Json = {**_UNREAD, "read_at": "2026-03-09T11:00:00.000000Z"}
_ACKNOWLEDGED: Json = {**_READ, "acknowledged_at": "2026-03-09T11:02:00.000000Z"}

OPERATIONS: dict[str, OperationDoc] = {
    "me_notifications_list": OperationDoc(
        summary="List what you were told of",
        description="Your own notifications, newest first. People are told; a service client has "
        "none and reads the change feed. A notification names a kind and an object and holds "
        "nothing of its content; fetch the object under your own rights.",
        response={
            "One that is unread": {"items": [_SUMMARY], "next": None, "previous": None},
        },
    ),
    "me_notifications_retrieve": OperationDoc(
        summary="Get a notification",
        description="One matter that you were told of; the mail about it leads here.",
        response={"Not read yet": _UNREAD},
    ),
    "me_notifications_read": OperationDoc(
        summary="Note that you have read it",
        description="The first time counts; repeating it changes nothing, so no If-Match is "
        "needed.",
        response={"Read": _READ},
    ),
    "me_notifications_acknowledge": OperationDoc(
        summary="Acknowledge it",
        description="Say that you have taken notice, which the ledger keeps. It counts as read "
        "too. The first time counts; repeating it changes nothing, so no If-Match is needed.",
        response={"Acknowledged": _ACKNOWLEDGED},
    ),
}
