"""What the OpenAPI document says of meetings, with examples of the scenario's seminars."""

from typing import Any

from forums.examples import SEAT_RS, item, page
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

MEETING_ID = "019cc9a0-2f40-7c31-9d52-6f0a8a6f1b11"
AGENDA_ITEM_ID = "019cc9a0-2f40-7d08-8a35-1b7c56e0a4f2"
_SEAT_SEESAC = "019c1d6b-57a0-7f4c-9c3e-2d5a4c0b7e61"
_SERIES_ID = "019cc9a0-2f40-7aa6-b0c1-93d1f4b6c7e8"
_FIRST_ID = "019cc9a0-2f40-7b12-a7e5-40c9d2f8e3a4"
_SECOND_ID = "019cc9a0-2f40-7b9d-8f61-5ad0e3c7b291"
_ORGANISER_ID = "019cc9a0-2f40-7e55-b3d7-0c8e9f1a2b63"

_SERBIA: Json = {"id": SEAT_RS, "country": "RS", "organisation": None}
_SEESAC: Json = {"id": _SEAT_SEESAC, "country": None, "organisation": "undp-seesac"}

_SERIES: Json = {
    "id": _SERIES_ID,
    "forum": None,
    "owner_delegation": _SERBIA,
    "names": {
        "en": "Gender equality in the security sector",
        "sr-Cyrl": "Родна равноправност у сектору безбедности",
    },
    "created_at": "2026-03-02T09:00:00Z",
    "abilities": {"add_meeting": True},
}
_SUMMARY: Json = {
    "id": MEETING_ID,
    "forum": "seemic",
    "owner_delegation": _SEESAC,
    "series": None,
    "sequence": None,
    "kind": "seminar",
    "mode": "online",
    "state": "planned",
    "titles": {"en": "Advanced Gender Equality Seminar for SEEMIC representatives"},
    "place": "",
    "time_zone": "UTC",
    "begins": None,
    "ends": None,
    "duration_days": 2,
    "created_at": "2026-03-02T09:10:00Z",
}
_SEMINAR: Json = {
    **_SUMMARY,
    "continuation_of": None,
    "participating_seats": [],
    "reported_participants": 10,
    "reported_countries": 7,
    "reported_source": "Public report on the seminar.",
    "abilities": {
        "revise": True,
        "hold": True,
        "close": False,
        "cancel": True,
        "manage_access": False,
    },
}
_SECOND_SESSION: Json = {
    **_SEMINAR,
    "id": _SECOND_ID,
    "forum": None,
    "owner_delegation": _SERBIA,
    "series": _SERIES_ID,
    "sequence": 2,
    "mode": "onsite",
    "titles": {"en": "Gender equality in the security sector, second session"},
    "place": "Zlatibor",
    "time_zone": "Europe/Belgrade",
    "begins": "2021-12-15",
    "ends": "2021-12-17",
    "duration_days": 3,
    "continuation_of": _FIRST_ID,
    "reported_participants": None,
    "reported_countries": None,
    "reported_source": "",
}
_ORGANISER: Json = {
    "id": _ORGANISER_ID,
    "organisation": "rcc",
    "delegation": None,
    "role": "co_organiser",
}
_POINT: Json = {
    "id": AGENDA_ITEM_ID,
    "meeting": MEETING_ID,
    "position": 4,
    "kind": "presentation",
    "titles": {"en": "The draft Regional Manual"},
    "abilities": {"revise": True, "delete": True},
}

TAGS = {
    "agenda-items": "Points of the agendas of meetings.",
    "meeting-series": "Meetings that follow each other under one name.",
    "meetings": "Seminars, conferences, working groups and study visits.",
}

_NOT_OWNER = "You act neither for the seat that keeps it nor for the forum's secretariat."
_DRAFTER = "Your seat may, but not in your role; a drafter may."
_KEEPERS = {"not_owner": _NOT_OWNER, "drafter_required": _DRAFTER}
_CREATORS = {
    "drafter_required": "A drafter of the seat plans meetings.",
    "not_secretariat": "Only the secretariat plans for the forum itself.",
}
_CANCELLED = {
    **_SEMINAR,
    "state": "cancelled",
    "abilities": dict.fromkeys(_SEMINAR["abilities"], False),
}
_HELD = {
    **_SEMINAR,
    "state": "held",
    "abilities": {
        "revise": True,
        "hold": False,
        "close": True,
        "cancel": False,
        "manage_access": False,
    },
}
_CLOSED = {**_CANCELLED, "state": "closed"}

OPERATIONS: dict[str, OperationDoc] = {
    "meeting_series_list": OperationDoc(
        summary="List series of meetings",
        description="The series you may see, newest first.",
        response={"A series of a home seat": page(item(_SERIES, '"1"'))},
    ),
    "meeting_series_create": OperationDoc(
        summary="Begin a series of meetings",
        description="Begins a series that your seat keeps, in its forum or at home.",
        request={"A series of a home seat": {"delegation": SEAT_RS, "names": _SERIES["names"]}},
        response={"A series of a home seat": _SERIES},
        problems={403: _CREATORS},
    ),
    "meeting_series_retrieve": OperationDoc(
        summary="Get a series of meetings",
        description="The series with its names. Its meetings are in the list of meetings.",
        response={"A series of a home seat": _SERIES},
    ),
    "meetings_list": OperationDoc(
        summary="List meetings",
        description="The meetings you may see, newest first by the time they were entered: those "
        "of your forums and of your home seat, and those that you organise or take part in.",
        response={"The seminar": page(item(_SUMMARY, '"1"'))},
    ),
    "meetings_create": OperationDoc(
        summary="Plan a meeting",
        description="Plans a meeting that your seat keeps, in its forum or at home. All seats of "
        "the forum take part unless some are named; one that sits elsewhere is let see the "
        "meeting. Dates may be partial, or null while unknown.",
        request={
            "An online seminar without a date": {
                "delegation": _SEAT_SEESAC,
                "titles": _SUMMARY["titles"],
                "kind": "seminar",
                "mode": "online",
                "duration_days": 2,
                "reported_participants": 10,
                "reported_countries": 7,
                "reported_source": "Public report on the seminar.",
            },
            "The second session of a series": {
                "delegation": SEAT_RS,
                "titles": _SECOND_SESSION["titles"],
                "kind": "seminar",
                "mode": "onsite",
                "series": _SERIES_ID,
                "continuation_of": _FIRST_ID,
                "place": "Zlatibor",
                "time_zone": "Europe/Belgrade",
                "begins": "2021-12-15",
                "ends": "2021-12-17",
                "duration_days": 3,
            },
        },
        response={
            "An online seminar without a date": _SEMINAR,
            "The second session of a series": _SECOND_SESSION,
        },
        problems={
            403: _CREATORS | {"not_owner": "The series is kept by another seat."},
            409: {"sequence_taken": "The series has a meeting of this number."},
        },
    ),
    "meetings_retrieve": OperationDoc(
        summary="Get a meeting",
        description="The meeting with its dates, places and participating seats. Reported figures "
        "are a source's; nothing that is recorded here is in them.",
        response={
            "A seminar of which figures are reported": _SEMINAR,
            "The second session of a series": _SECOND_SESSION,
        },
    ),
    "meetings_revise": OperationDoc(
        summary="Change a meeting",
        description="A JSON Merge Patch (RFC 7396): what is not named stays; a date of null is "
        "unknown, a title of null is taken out. What is closed or cancelled does not change.",
        request={"The month becomes known": {"begins": "2021-12"}},
        response={"The month becomes known": {**_SEMINAR, "begins": "2021-12"}},
        problems={403: _KEEPERS},
    ),
    "meetings_hold": OperationDoc(
        summary="Say that a meeting was held",
        description="A planned meeting was held.",
        response={"The seminar, held": _HELD},
        problems={403: _KEEPERS},
    ),
    "meetings_close": OperationDoc(
        summary="Close a meeting",
        description="A meeting that was held is not changed any more.",
        response={"The seminar, closed": _CLOSED},
        problems={403: _KEEPERS},
    ),
    "meetings_cancel": OperationDoc(
        summary="Cancel a meeting",
        description="A meeting that was not held yet will not be.",
        response={"The seminar, cancelled": _CANCELLED},
        problems={403: _KEEPERS},
    ),
    "meeting_organisers_list": OperationDoc(
        summary="List the organisers of a meeting",
        description="Who organises, hosts or pays for it, in the order of naming.",
        response={"A co-organiser": page(_ORGANISER)},
    ),
    "meeting_organisers_create": OperationDoc(
        summary="Name an organiser",
        description="Names an organisation or a delegation, which sees the meeting from now on: an "
        "organisation through whichever of its seats it acts.",
        request={"A co-organiser": {"organisation": "rcc", "role": "co_organiser"}},
        response={"A co-organiser": {**_ORGANISER, "abilities": {}}},
        problems={
            403: _KEEPERS,
            409: {"already_organiser": "It is named in this role already."},
        },
    ),
    "meeting_agenda_list": OperationDoc(
        summary="List the agenda of a meeting",
        description="The points of the agenda in their order.",
        response={"A presentation": page(item(_POINT, '"1"'))},
    ),
    "meeting_agenda_create": OperationDoc(
        summary="Add a point to the agenda",
        description="Adds a point at the end, or at a free position.",
        request={
            "A presentation at the end": {
                "titles": {"en": "The draft Regional Manual"},
                "kind": "presentation",
            }
        },
        response={"A presentation at the end": _POINT},
        problems={
            403: _KEEPERS,
            409: {"position_taken": "The agenda has another point there."},
        },
    ),
    "agenda_items_retrieve": OperationDoc(
        summary="Get a point of an agenda",
        description="The point with its titles and position.",
        response={"A presentation": _POINT},
    ),
    "agenda_items_revise": OperationDoc(
        summary="Change a point of an agenda",
        description="A JSON Merge Patch (RFC 7396): what is not named stays, a title of null is "
        "taken out. A point moves to a free position.",
        request={"To the fifth position": {"position": 5}},
        response={"To the fifth position": {**_POINT, "position": 5}},
        problems={
            403: _KEEPERS,
            409: {"position_taken": "The agenda has another point there."},
        },
    ),
    "agenda_items_delete": OperationDoc(
        summary="Take a point off an agenda",
        description="A point at which something is presented stays.",
        problems={
            403: _KEEPERS,
            409: {"in_use": "Something is presented at this point."},
        },
    ),
}
