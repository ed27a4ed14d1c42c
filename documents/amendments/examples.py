"""What the OpenAPI document says of amendments, with an example of the scenario's Manual."""

from typing import Any

from documents.texts.examples import OPERATIONS as TEXTS
from documents.texts.examples import TEXT_FIXED
from forums.examples import SEAT_ME, SEAT_MK, SEAT_RS, item, page
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_SECTION: Json = TEXTS["sections_retrieve"].response["Released"]
_BASE = "019cade2-11c0-78f6-994e-3bf91a61dbe2"
_ACCEPTED = "019cf0a4-6d20-7f31-8c55-90b1f2a7de43"
_ID = "9d0a6f4e-0c5b-4f0e-9f57-2f6a1c3b8d11"
_RIVAL = "c1f4b0d2-7a39-4c7c-8a6e-51d0e9b2f7a4"
_UNIT = "5b1e0f6c2a9d4e37"

_SERBIA: Json = {"id": SEAT_RS, "country": "RS", "organisation": None}
_MONTENEGRO: Json = {"id": SEAT_ME, "country": "ME", "organisation": None}
_MACEDONIA: Json = {"id": SEAT_MK, "country": "MK", "organisation": None}

_BODY = "Since 27 June 2024 the execution of acts based on the Law has been suspended.\n"
_MODIFIED = "Since 27 June 2024 the execution of acts based on the Law is suspended.\n"

_ABILITIES: Json = dict.fromkeys(
    (
        "revise",
        "delete",
        "submit",
        "rebase",
        "withdraw",
        "cosponsor",
        "uncosponsor",
        "consider",
        "accept",
        "accept_as_modified",
        "reject",
    ),
    False,
)
_SUMMARY: Json = {
    "id": _ID,
    "section": _SECTION["id"],
    "number": 1,
    "state": "submitted",
    "proponent": _MONTENEGRO,
    "cosponsors": [_MACEDONIA],
    "base": _BASE,
    "title": "Legal basis",
    "needs_rebase": False,
    "updated_at": "2026-03-18T09:00:00Z",
    "submitted_at": "2026-03-18T09:00:00Z",
    "decided_at": None,
    "decided_by": None,
}
_SUBMITTED: Json = {
    **_SUMMARY,
    "language": "en",
    "body": _BODY,
    "changes": {
        "title": [],
        "body": [
            {
                "change": "kept",
                "stretches": [
                    {
                        "change": "kept",
                        "text": "Since 27 June 2024 the execution of acts based on the Law has "
                        "been suspended",
                    },
                    {
                        "change": "removed",
                        "text": " by an order of the Constitutional Court, pending a final ruling",
                    },
                    {"change": "kept", "text": "."},
                ],
            }
        ],
    },
    "justification": "The order speaks for itself.",
    "reason": "",
    "accepted_wording": None,
    "accepted_revision": None,
    "overtaken_by": None,
    "abilities": _ABILITIES | {"rebase": True, "withdraw": True},
}
_DRAFT: Json = {
    **_SUBMITTED,
    "number": None,
    "state": "draft",
    "cosponsors": [],
    "updated_at": "2026-03-17T16:20:00Z",
    "submitted_at": None,
    "abilities": _ABILITIES | {"revise": True, "delete": True, "submit": True, "rebase": True},
}


def _decided(state: str, **told: Any) -> Json:
    decided = {"decided_at": "2026-03-19T11:30:00Z", "decided_by": _SERBIA}
    return {**_SUBMITTED, "state": state, **decided, "abilities": _ABILITIES, **told}


_RESOLUTIONS: Json = {
    "resolutions": [
        {"id": _UNIT, "choice": "custom", "text": "The Law has been suspended since June 2024."}
    ]
}

TAGS = {
    "amendments": "Changes that a delegation proposes to a section: drafted at home, submitted to "
    "the drafting group, decided on by who keeps the section.",
}

_CLASH = {
    "edit_conflict": "What it proposes and the present text changed the same words (of the kind "
    "`edit-conflict`); `conflicts` tells each title, block or sentence, and nothing was written.",
    "merged_too_long": "The merged text is longer than a section may be.",
}
_SAYS_IT = {"changes_nothing": "The section says already what it proposes."}

OPERATIONS: dict[str, OperationDoc] = {
    "section_amendments_list": OperationDoc(
        summary="List the amendments to a section",
        description="By their numbers, and the drafts of your own delegation behind them. Others' "
        "drafts are in no list, and move no number.",
        response={"A submitted amendment": page(item(_SUMMARY, '"1"'))},
    ),
    "section_amendments_create": OperationDoc(
        summary="Draft an amendment",
        description="Begins an amendment at home with your delegation: the whole text that the "
        "section should have, worded on the revision that `base` names. What changes is derived.",
        request={
            "Another text": {
                "base": _BASE,
                "body": _BODY,
                "justification": "The order speaks for itself.",
            }
        },
        response={"A draft": _DRAFT},
    ),
    "section_amendment_conflicts_conflicts": OperationDoc(
        summary="Tell which amendments clash",
        description="Compares each two open amendments to the section. Two on one base are merged "
        "over it, others over the present text. At most 40 amendments are compared; `complete` "
        "tells whether these were all.",
        response={
            "Two amendments to one sentence": {
                "clashes": [
                    {
                        "one": _ID,
                        "other": _RIVAL,
                        "units": [
                            {
                                "part": "body",
                                "kind": "both_edited",
                                "base": "A complaint is filed within 30 days.",
                                "one": "A complaint is filed within 15 days.",
                                "other": "A complaint is filed within 60 days.",
                            }
                        ],
                        "units_count": 1,
                    }
                ],
                "needs_rebase": [],
                "compared": 2,
                "complete": True,
            }
        },
    ),
    "amendments_retrieve": OperationDoc(
        summary="Get an amendment",
        description="What it proposes, on which revision, and what became of it. It changes with "
        "what its proponent does to it and with the decision only; whether it `needs_rebase` is "
        "derived from the present text.",
        response={
            "Submitted": _SUBMITTED,
            "Accepted as modified": _decided(
                "accepted_as_modified",
                accepted_wording={"title": "Legal basis", "body": _MODIFIED},
                accepted_revision=_ACCEPTED,
                reason="The present tense, as everywhere.",
            ),
        },
    ),
    "amendments_revise": OperationDoc(
        summary="Change a draft",
        description="What is absent stays. A submitted amendment is changed by a rebase only.",
        request={"Another text": {"body": _BODY}},
        response={"The draft": _DRAFT},
    ),
    "amendments_delete": OperationDoc(
        summary="Delete a draft",
        description="Takes a draft away with all its wordings. What was submitted is withdrawn "
        "instead, and stays readable.",
    ),
    "amendments_submit": OperationDoc(
        summary="Submit an amendment to the drafting group",
        description="From now on whoever of the drafting group reads the section reads the "
        "amendment, under its number in the section. It is the approval of the proponent's head, "
        "who must not have written any of it where the forum has the four-eyes rule. What it said "
        "before stays at home.",
        response={"Submitted": _SUBMITTED},
        problems={
            409: {
                "changes_nothing": "It proposes what its base says already.",
                "too_many_open": "Your delegation has 50 open amendments to the section.",
                **TEXT_FIXED,
            }
        },
    ),
    "amendments_cosponsor": OperationDoc(
        summary="Co-sponsor an amendment",
        description="Your delegation supports another's amendment. Doing it again changes nothing.",
        request={"As the only seat you head": {}, "As one of several": {"delegation": SEAT_MK}},
        response={
            "With its co-sponsor": _SUBMITTED
            | {"abilities": _ABILITIES | {"cosponsor": True, "uncosponsor": True}}
        },
    ),
    "amendments_uncosponsor": OperationDoc(
        summary="Co-sponsor an amendment no longer",
        description="Your delegation leaves by itself; nobody else takes it out.",
        request={"As the only seat you head": {}},
        response={
            "Without the co-sponsor": _SUBMITTED
            | {"cosponsors": [], "abilities": _ABILITIES | {"cosponsor": True}}
        },
    ),
    "amendments_consider": OperationDoc(
        summary="Take an amendment up",
        description="For who decides: the section's owner; of a common section the document's "
        "owner or, where that is common, the forum's secretariat, and the penholder.",
        response={"Under consideration": _SUBMITTED | {"state": "under_consideration"}},
    ),
    "amendments_accept": OperationDoc(
        summary="Accept an amendment",
        description="Merges what it proposes into the present text of the section, which gets a "
        "revision that names it. Where both changed the same words nothing is written and 409 "
        "tells them; send `resolutions` then. Settled for anything but what it proposes, it is "
        "`accepted_as_modified`. Other open amendments that would change nothing any more are "
        "`overtaken`. Whoever worded it does not accept it where the forum has the four-eyes rule.",
        request={"As it is": {}, "With what clashed settled": _RESOLUTIONS},
        response={"Accepted": _decided("accepted", accepted_revision=_ACCEPTED)},
        problems={409: _CLASH},
    ),
    "amendments_accept_as_modified": OperationDoc(
        summary="Accept an amendment in another wording",
        description="Brings your wording into the section instead of the one proposed, and keeps "
        "both. `base` names the revision that you worded it on; what was written since is kept "
        "where it does not clash.",
        request={
            "Another wording": {
                "base": _BASE,
                "body": _MODIFIED,
                "reason": "The present tense, as everywhere.",
            }
        },
        response={
            "Accepted as modified": _decided(
                "accepted_as_modified",
                accepted_wording={"title": "Legal basis", "body": _MODIFIED},
                accepted_revision=_ACCEPTED,
                reason="The present tense, as everywhere.",
            )
        },
        problems={409: _CLASH},
    ),
    "amendments_reject": OperationDoc(
        summary="Reject an amendment",
        description="The section stays as it is; proponent and co-sponsors are told why.",
        request={"For a reason": {"reason": "The ruling is still pending."}},
        response={"Rejected": _decided("rejected", reason="The ruling is still pending.")},
    ),
    "amendments_withdraw": OperationDoc(
        summary="Withdraw an amendment",
        description="By its proponent's head. It stays readable, and keeps its number.",
        request={"Without a reason": {}, "For a reason": {"reason": "Settled otherwise."}},
        response={
            "Withdrawn": _decided("withdrawn", decided_by=_MONTENEGRO, reason="Settled otherwise.")
        },
    ),
    "amendments_rebase": OperationDoc(
        summary="Word an amendment on the present text",
        description="Merges what it proposes with what became of the section, by its proponent. "
        "What it said before stays among its proposals.",
        request={"Where nothing clashes": {}, "With what clashed settled": _RESOLUTIONS},
        response={"On the present text": _SUBMITTED | {"base": _ACCEPTED}},
        problems={409: _CLASH | _SAYS_IT},
    ),
    "amendment_proposals_list": OperationDoc(
        summary="List what an amendment proposed",
        description="Its wordings with their bases, the latest first. What was worded before it "
        "was submitted is its proponent's alone.",
        response={
            "The only one": page(
                {
                    "id": "3f0d7c52-6a1b-4d7e-b1c8-0e9f5a2d6b38",
                    "number": 1,
                    "at_home": False,
                    "base": _BASE,
                    "title": "Legal basis",
                    "body": _BODY,
                    "created_at": "2026-03-18T09:00:00Z",
                }
            )
        },
    ),
}
