"""What the OpenAPI document says of the change feed."""

from platform_api.core.openapi import OperationDoc

TAGS = {"events": "What happened, in order, resumable: the base of every synchronisation."}

_NEXT = (
    "http://127.0.0.1:8000/api/v1/events?limit=2&cursor="
    "wq3nM0dTz7p2kXc9bL5wR8sYf1hG4jVq3nM0dTz7p2kXc9bL5wR8sYf1hG4j"
)

OPERATIONS: dict[str, OperationDoc] = {
    "events_changes": OperationDoc(
        summary="Read what happened",
        description="What happened to the objects that you may see **now**, oldest first, and what "
        "you were told of access that began (`access.gained`) or ended (`access.ended`). Begin "
        "without a cursor, or with `from=now` after a full synchronisation, and keep following "
        "`next`. It is there in every answer, survives restarts of either side, and carries no "
        "rights: each answer is decided anew. While `next` is the address that you asked for, "
        "nothing more is there; ask again later. Otherwise ask on at once, even if `items` is "
        "empty: an answer looks at a bounded part of the feed.\n\n"
        "An event names a type and an object and holds nothing of its content; fetch the object, "
        "or many at a time with `?ids=` on its list. An object that you gained access to may have "
        "a past that you are not told of, so fetch it on `access.gained` and forget it on "
        "`access.ended`. What a seat does at home is told to that seat alone, also later. Types "
        "may be added; pass over those that you do not know. Besides `events:read` the credential "
        "needs the scope that reads the objects.\n\n"
        "An event is told once its transaction and every earlier one are over, so that none is "
        "ever passed over: usually within a second. After the instance was restored to an earlier "
        "state, a cursor from the time that was undone answers 400 with the code "
        "`cursor_superseded`: synchronise anew.",
        response={
            "A section was released and a version granted": {
                "items": [
                    {
                        "id": "3f0c2d2e-8f0d-4a86-9d61-5b1b8a0f2f7e",
                        "type": "section.released",
                        "at": "2026-03-09T10:15:00.250000Z",
                        "object": {
                            "type": "section",
                            "id": "34b9b5df-9e77-49b1-8f42-05b4907a70c3",
                        },
                    },
                    {
                        "id": "b1f5f2c4-59a1-4a58-8bb1-3f0f4a3b9f10",
                        "type": "access.gained",
                        "at": "2026-03-09T10:16:30.100000Z",
                        "object": {
                            "type": "document_version",
                            "id": "019cade2-11c0-78f6-994e-3bf91a61dbe2",
                        },
                    },
                ],
                "next": _NEXT,
            },
            "Nothing more yet": {"items": [], "next": _NEXT},
        },
    )
}
