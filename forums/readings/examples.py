"""What the OpenAPI document says of readings."""

from forums.examples import SEAT_BA, SEAT_RS, page
from platform_api.core.openapi import OperationDoc

_FIRST, _LAST = "2026-03-20T11:00:00Z", "2026-03-23T08:30:00Z"

OPERATIONS: dict[str, OperationDoc] = {
    "access_readings_list": OperationDoc(
        summary="List who opened a restricted object",
        description="The seats that opened a section or version of your seat's, with the first "
        "and the last time, and the persons of your own seat. Kept once a person, version and "
        "day, of what is meant for fewer than a forum by its marks or its document's, or is read "
        "without its document. Lists and searches open nothing.",
        response={
            "Two seats": page(
                {
                    "seat": {"id": SEAT_RS, "country": "RS", "organisation": None},
                    "first_at": _FIRST,
                    "last_at": _LAST,
                    "persons": ["Vesna Petrović"],
                },
                {
                    "seat": {"id": SEAT_BA, "country": "BA", "organisation": None},
                    "first_at": _LAST,
                    "last_at": _LAST,
                    "persons": None,
                },
            )
        },
        problems={403: {"not_owner": "Your seat does not own it."}},
    ),
}
