"""What the OpenAPI document says of instruments, with examples of the scenario."""

from typing import Any

from forums.examples import SEAT_RS, SEAT_SEESAC, item, page
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_LAW_ID = "019cade2-2b10-7d32-a6b5-3f1c5d0a7e11"
_CONVENTION_ID = "019cade2-2b10-7d99-8c31-b7d0f2f6a0c4"
_SUSPENSION_ID = "019cade2-2b11-7a04-9f0e-54be1a6f3d20"
_WRONG_ID = "019cade2-2b10-7f55-b3a2-0c9f8f1e4d77"

_LAW: Json = {
    "id": _LAW_ID,
    "owner_delegation": {"id": SEAT_RS, "country": "RS", "organisation": None},
    "audience": "forum",
    "forum": "wb-mod",
    "kind": "law",
    "country": "RS",
    "identifier": "52/21",
    "titles": {"en": {"title": "Law on Gender Equality", "is_official": False}},
    "date_document": None,
    "date_publication": "2021-05-24",
    "date_applicability": None,
    "period_begin": None,
    "period_end": None,
    "created_at": "2026-03-02T09:30:00Z",
}
_ABILITIES: Json = {"abilities": {"revise": True, "record_status": True, "manage_access": False}}
_SUSPENSION: Json = {
    "id": _SUSPENSION_ID,
    "kind": "execution_suspended",
    "country": None,
    "effective_from": "2024-06-27",
    "decided_by": "Constitutional Court",
    "source": "",
    "note": "Pending a final ruling; the Law is not repealed.",
    "recorded_at": "2026-03-02T09:31:00Z",
    "supersedes": _WRONG_ID,
    "superseded_by": None,
}
_WRONG: Json = {
    **_SUSPENSION,
    "id": _WRONG_ID,
    "kind": "repealed",
    "decided_by": "",
    "note": "",
    "recorded_at": "2026-03-02T09:30:30Z",
    "supersedes": None,
    "superseded_by": _SUSPENSION_ID,
}
_DENUNCIATION: Json = {
    **_SUSPENSION,
    "id": "019cade2-2b12-7c15-8d2a-91d5f7f0b6aa",
    "kind": "denounced",
    "country": "TR",
    "effective_from": "2021-07-01",
    "decided_by": "Türkiye",
    "note": "",
    "supersedes": None,
}

TAGS = {"instruments": "Laws, strategies, plans and conventions, and what holds of them on a day."}

_OWNER = "You act for no seat that keeps it."
_DRAFTER = "Your seat may, but not in your role; a drafter may."
_TAKEN = "Your seat keeps an instrument of this identifier: 52/21 and 52/2021 are one."

OPERATIONS: dict[str, OperationDoc] = {
    "instruments_list": OperationDoc(
        summary="List instruments",
        description="The instruments you may see, newest first. Without credentials: the public "
        "ones. None of them says whether it is in force: that is asked for a day, at `/status`.",
        response={"Serbia's law": page(item(_LAW, '"1"'))},
    ),
    "instruments_create": OperationDoc(
        summary="Keep an instrument",
        description="Your seat keeps the instrument and alone sees it, unless you name a wider "
        "audience. Dates may be partial: a year, or a year and month.",
        request={
            "Serbia's law": {
                "delegation": SEAT_RS,
                "kind": "law",
                "country": "RS",
                "identifier": "52/21",
                "titles": {"en": {"title": "Law on Gender Equality"}},
                "date_publication": "2021-05-24",
                "audience": "forum",
            },
            "A resolution that everybody reads": {
                "delegation": SEAT_SEESAC,
                "kind": "resolution",
                "country": None,
                "identifier": "S/RES/1889 (2009)",
                "titles": {"en": {"title": "Resolution 1889 (2009)", "is_official": True}},
                "date_document": "2009",
                "audience": "public",
            },
        },
        response={"Serbia's law": _LAW | _ABILITIES},
        problems={
            403: {
                "drafter_required": "A drafter of the seat keeps instruments.",
                "head_required": "An internal policy is opened to others by the head.",
            },
            409: {"identifier_taken": _TAKEN},
        },
    ),
    "instruments_retrieve": OperationDoc(
        summary="Get an instrument",
        description="The instrument with its titles, dates and readers.",
        response={"Serbia's law": _LAW | _ABILITIES},
    ),
    "instruments_revise": OperationDoc(
        summary="Change an instrument",
        description="A JSON Merge Patch (RFC 7396): what is not named stays, a title or date of "
        "null is taken out. `audience` and `forum` change who reads it.",
        request={
            "The official title": {
                "titles": {"sr-Cyrl": {"title": "Закон о родној равноправности"}}
            },
            "For everybody": {"audience": "public"},
        },
        response={
            "With the new title": {
                **_LAW,
                "titles": {
                    **_LAW["titles"],
                    "sr-Cyrl": {"title": "Закон о родној равноправности", "is_official": False},
                },
                **_ABILITIES,
            }
        },
        problems={
            403: {
                "not_owner": _OWNER,
                "drafter_required": _DRAFTER,
                "head_required": "An internal policy is opened to others by the head.",
            },
            409: {"identifier_taken": _TAKEN},
        },
    ),
    "instrument_status_retrieve": OperationDoc(
        summary="Tell what holds of an instrument on a day",
        description="The last event by that day, of the instrument and, for a convention, of each "
        "party. `recorded_by` answers by what was known at a time: corrections recorded later are "
        "left aside. Where a date is known by year or month only, `certain` is false and "
        "`possible_events` names what may or may not have come.",
        response={
            "Serbia's law since 27 June 2024": {
                "instrument": _LAW_ID,
                "on": "2024-06-27",
                "recorded_by": None,
                "instrument_standing": {
                    "state": "execution_suspended",
                    "since": "2024-06-27",
                    "certain": True,
                    "event": _SUSPENSION,
                    "possible_events": [],
                },
                "parties": [],
            },
            "A convention that a country has left": {
                "instrument": _CONVENTION_ID,
                "on": "2021-07-01",
                "recorded_by": None,
                "instrument_standing": {
                    "state": None,
                    "since": None,
                    "certain": True,
                    "event": None,
                    "possible_events": [],
                },
                "parties": [
                    {
                        "state": "denounced",
                        "since": "2021-07-01",
                        "certain": True,
                        "event": _DENUNCIATION,
                        "possible_events": [],
                        "country": "TR",
                    }
                ],
            },
        },
    ),
    "instrument_status_events_list": OperationDoc(
        summary="List what happened to an instrument in law",
        description="Every event as it was recorded, the last recorded first; those that were "
        "corrected name their correction.",
        response={"A suspension that corrects a repeal": page(_SUSPENSION, _WRONG)},
    ),
    "instrument_status_events_create": OperationDoc(
        summary="Record what happened to an instrument",
        description="Events are never changed: a correction names the event that it supersedes. "
        "The time of recording is the platform's.",
        request={
            "A suspension that corrects a repeal": {
                "kind": "execution_suspended",
                "effective_from": "2024-06-27",
                "decided_by": "Constitutional Court",
                "note": "Pending a final ruling; the Law is not repealed.",
                "supersedes": _WRONG_ID,
            },
            "A country leaves a convention": {
                "kind": "denounced",
                "effective_from": "2021-07-01",
                "country": "TR",
            },
        },
        response={"The suspension": {**_SUSPENSION, "abilities": {}}},
        problems={
            403: {"not_owner": _OWNER, "drafter_required": _DRAFTER},
            409: {"already_superseded": "Somebody has corrected this event before."},
        },
    ),
}
