"""What the OpenAPI document says of suspensions and invitations, with examples."""

from typing import Any

from forums.examples import SEAT_BA, SEAT_RS, item, page
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_SUSPENSION: Json = {
    "id": "019d1f0a-41c0-7b52-8f0e-5d2a7c9b6e10",
    "country": None,
    "organisation": None,
    "delegation": SEAT_BA,
    "since": "2026-04-01T06:30:00Z",
    "reason": "Credentials of the seat were found in the open.",
    "until": None,
    "end_reason": "",
    "abilities": {},
}
_OF_COUNTRY = {**_SUSPENSION, "country": "BA", "delegation": None}
_OF_ORGANISATION = {**_SUSPENSION, "organisation": "mod-rs", "delegation": None}
_ENDED: Json = {"until": "2026-04-02T09:00:00Z", "end_reason": "All credentials were renewed."}
_INVITATION: Json = {
    "id": "019d1f0a-5a20-7c11-9d2b-3f6e8a1c4b70",
    "delegation": SEAT_RS,
    "email": "guest@university.example",
    "role": "reader",
    "guest": True,
    "valid_until": "2026-12-31T00:00:00Z",
    "created_at": "2026-04-01T08:00:00Z",
    "expires_at": "2026-04-15T08:00:00Z",
    "withdrawn_at": None,
    "accepted_at": None,
    "delegate": None,
    "abilities": {"withdraw": True},
}
_ASKED: Json = {
    "delegation": SEAT_RS,
    "email": "guest@university.example",
    "role": "reader",
    "guest": True,
    "valid_until": "2026-12-31T00:00:00Z",
}
_REASON = {"Why": {"reason": "Credentials of the seat were found in the open."}}
_REASON_TO_RESUME = {"Why": {"reason": "All credentials were renewed."}}
_SUSPENDED = {409: {"already_suspended": "It is suspended already."}}
_RESUMED = {409: {"not_suspended": "It is not suspended."}}
_STOPS = (
    "From the next statement on nobody who acts for it has access by it: people, service clients, "
    "their tokens, cursors and repeated requests. Grants and delegates stay as they are. Who acts "
    "for another seat too keeps that one. Operators alone do this and know of it."
)
_GOES_ON = (
    "What has not ended meanwhile is good again. A seat that was suspended for itself and by its "
    "party resumes when both have ended."
)

_EXPOSURE: Json = {
    "since": "2026-03-25T00:00:00Z",
    "until": "2026-04-01T06:30:00Z",
    "could_see": [
        {
            "type": "document",
            "through": "scope",
            "count": 1,
            "ids": ["019c1d6b-57a0-7a5d-8c31-4f0b9e2d7c68"],
        }
    ],
    "did": [
        {
            "type": "section",
            "through": "section.revised",
            "count": 3,
            "ids": ["34b9b5df-9e77-49b1-8f42-05b4907a70c3"],
        }
    ],
}
_EXPOSED = (
    "What could be seen in the time through reader scopes and grants, by type, as far as rows "
    "still tell, and what the ledger says was done. Ids and counts without titles, for operators. "
    "What is read through its parent is told by the parent."
)

TAGS = {
    "suspensions": "When countries, organisations and seats were stopped; for operators.",
    "invitations": "Addresses that were invited to act for a seat.",
}

OPERATIONS: dict[str, OperationDoc] = {
    "suspensions_list": OperationDoc(
        summary="List suspensions",
        description="What is and was suspended, newest first, with the reasons. For operators.",
        response={"A seat that is suspended": page(item(_SUSPENSION))},
    ),
    "countries_suspend": OperationDoc(
        summary="Suspend a country",
        description=f"Every present and future seat of the country. {_STOPS}",
        request=_REASON,
        response={"A country that is suspended": _OF_COUNTRY},
        problems=_SUSPENDED,
    ),
    "countries_resume": OperationDoc(
        summary="Resume a country",
        description=f"Ends the country's suspension. {_GOES_ON}",
        request=_REASON_TO_RESUME,
        response={"A country that has resumed": _OF_COUNTRY | _ENDED},
        problems=_RESUMED,
    ),
    "organisations_suspend": OperationDoc(
        summary="Suspend an organisation",
        description=f"Every present and future seat of the organisation. {_STOPS}",
        request=_REASON,
        response={"An organisation that is suspended": _OF_ORGANISATION},
        problems=_SUSPENDED,
    ),
    "organisations_resume": OperationDoc(
        summary="Resume an organisation",
        description=f"Ends the organisation's suspension. {_GOES_ON}",
        request=_REASON_TO_RESUME,
        response={"An organisation that has resumed": _OF_ORGANISATION | _ENDED},
        problems=_RESUMED,
    ),
    "delegations_suspend": OperationDoc(
        summary="Suspend a seat",
        description=_STOPS,
        request=_REASON,
        response={"A seat that is suspended": _SUSPENSION},
        problems=_SUSPENDED,
    ),
    "delegations_resume": OperationDoc(
        summary="Resume a seat",
        description=f"Ends the seat's suspension. {_GOES_ON}",
        request=_REASON_TO_RESUME,
        response={"A seat that has resumed": _SUSPENSION | _ENDED},
        problems=_RESUMED,
    ),
    "delegations_exposure": OperationDoc(
        summary="Report what a seat could see and did",
        description=_EXPOSED,
        response={"A week": _EXPOSURE},
    ),
    "countries_exposure": OperationDoc(
        summary="Report what a country could see and did",
        description=f"All its seats together. {_EXPOSED}",
        response={"A week": _EXPOSURE},
    ),
    "invitations_list": OperationDoc(
        summary="List invitations",
        description="Whom your seats have invited, newest first; all of them for an operator.",
        response={"A guest": page(item(_INVITATION, '"1"'))},
    ),
    "invitations_create": OperationDoc(
        summary="Invite somebody to a seat",
        description="Mails a link to the address. Whoever opens it takes the role, once and until "
        "the invitation expires. The rules of appointing hold: the seat's access manager invites, "
        "an operator heads and access managers only, nobody themselves. Whether the address has "
        "an account is not told, and the link is told to nobody but the address.",
        request={"A guest until the end of the year": _ASKED},
        response={"A guest until the end of the year": _INVITATION},
        problems={
            403: {
                "own_role": "Nobody gives a role to themselves.",
                "seat_decides": "An operator appoints heads and access managers only.",
                "access_manager_required": "The seat's access manager invites.",
                "not_seat": "You do not act for this seat.",
            },
            409: {
                "seat_ended": "The seat will have ended by then.",
                "seat_suspended": "The seat is suspended.",
                "already_invited": "The address is invited to this role.",
            },
        },
    ),
    "invitations_retrieve": OperationDoc(
        summary="Get an invitation",
        description="Who was invited to which role, and what became of it.",
        response={"A guest": _INVITATION},
    ),
    "invitations_withdraw": OperationDoc(
        summary="Withdraw an invitation",
        description="The link is worthless from this moment on.",
        response={
            "A guest who is not awaited any more": _INVITATION
            | {"withdrawn_at": "2026-04-02T08:00:00Z"}
        },
        problems={
            409: {
                "already_accepted": "The invitation was accepted.",
                "already_withdrawn": "The invitation was withdrawn.",
            }
        },
    ),
    "invitations_accept": OperationDoc(
        summary="Accept an invitation",
        description="Takes the role that was offered, with the token that stands behind `#` in "
        "the mailed link. A person without an account gives a name and a password; an account in "
        "use signs in and sends the token alone, or is told 401. A token that is unknown, used, "
        "withdrawn or expired, or meant for another address, answers 404 alike, and every attempt "
        "counts against the caller's address.",
        request={
            "A person without an account": {
                "token": "Zq0b3xJ8mW5tY1nV7kR2sD9fG4hL6pC0aE8uI3oT5wQ",
                "name": "Guest of the University",
                "password": "a long sentence that is mine",
            },
            "Signed in": {"token": "Zq0b3xJ8mW5tY1nV7kR2sD9fG4hL6pC0aE8uI3oT5wQ"},
        },
        response={
            "A guest from now on": {
                "delegate": "019d2450-0c40-7e31-a8b5-9c2d4f6e1a38",
                "delegation": SEAT_RS,
                "user": {
                    "id": "019d2450-0c00-7d92-b1f4-6a8e0c3d5b27",
                    "name": "Guest of the University",
                    "email": "guest@university.example",
                },
                "role": "reader",
                "guest": True,
                "valid_from": "2026-04-03T10:00:00Z",
                "valid_until": "2026-12-31T00:00:00Z",
            }
        },
        problems={
            403: {"own_role": "Nobody gives a role to themselves."},
            409: {"already_held": "The person holds this role in that time."},
        },
    ),
}
