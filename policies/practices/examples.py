"""What the OpenAPI document says of practices, with examples of the scenario."""

from typing import Any

from forums.examples import SEAT_ME, item, page
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_PRACTICE_ID = "019cade2-3c20-7b41-9d3e-6a1f0c7e5b92"
_VERSION_ID = "019cade2-3c21-7e08-a5f4-c2d9b8e7f610"
_REGION_ID = "019cade2-3c22-70d3-8e16-f4a5b6c7d8e9"
_SWEDEN_ID = "019cade2-3c22-7191-b2c8-0d1e2f3a4b5c"

_TEXT: Json = {
    "title": "Gender Coach Programme",
    "summary": "Senior leaders are each paired with a coach who knows gender equality.",
    "problem": "Training courses reach many and oblige nobody.",
    "context": "Begun in the Swedish Armed Forces, carried on in the Western Balkans.",
    "objectives": "Leaders name goals for their own unit and answer for what was done.",
    "actions": "Pair each leader with a coach; agree on a few goals with a date.",
    "implementing_entity": "Ministry of Defence of Montenegro",
    "target_group": "Senior leaders of the Ministry of Defence and the Armed Forces",
    "stakeholders": "",
    "period_begin": None,
    "period_end": None,
    "cost_band": None,
    "results": "None are told here.",
    "evidence_level": 0,
    "success_factors": "The leadership takes part itself.",
    "limiting_factors": "Frequent changes of post.",
    "lessons": "Begin with those who decide.",
    "transfer_conditions": "Coaches who are independent of the leader they work with.",
    "sustainability": "Former participants coach those who come after them.",
    "languages": ["en"],
}
_SUMMARY: Json = {
    "id": _PRACTICE_ID,
    "owner_delegation": {"id": SEAT_ME, "country": "ME", "organisation": None},
    "audience": "owner",
    "forum": None,
    "state": "published",
    "country": "ME",
    "title": _TEXT["title"],
    "summary": _TEXT["summary"],
    "evidence_level": 0,
    "languages": ["en"],
    "version": 1,
    "created_at": "2026-03-02T09:30:00Z",
}
_VERSION_SUMMARY: Json = {
    "id": _VERSION_ID,
    "number": 1,
    "published_at": "2026-03-05T10:00:00Z",
    "title": _TEXT["title"],
}
_VERSION: Json = {**_TEXT, **_VERSION_SUMMARY, "practice": _PRACTICE_ID}
_TO_ITS_HEAD: Json = {
    "abilities": {
        "withdraw": True,
        "list_shares": True,
        "share": True,
        "add_source": True,
        "manage_access": True,
    }
}
_PUBLISHED: Json = {**_SUMMARY, "published_version": _VERSION, **_TO_ITS_HEAD}
_BEGUN: Json = {
    **_SUMMARY,
    "state": "draft",
    "version": None,
    "published_version": None,
    "abilities": {
        "withdraw": False,
        "list_shares": True,
        "share": False,
        "add_source": True,
        "manage_access": False,
    },
}
_DRAFT: Json = {
    "practice": _PRACTICE_ID,
    **_TEXT,
    "updated_at": "2026-03-04T16:20:00Z",
    "missing": [],
    "abilities": {"revise": True, "publish": False},
}
_SHARE: Json = {
    "country": "MK",
    "organisation": None,
    "delegation": None,
    "level": "view",
    "until": "2026-04-05T10:00:00Z",
    "reason": "For the preparation of a programme of its own.",
    "since": "2026-03-06T10:00:00Z",
}
_ADAPTATION: Json = {
    "id": _SWEDEN_ID,
    "practice": _PRACTICE_ID,
    "source_version": None,
    "source_practice": None,
    "external_source": {
        "organisation": "Swedish Armed Forces",
        "title": "Gender Coach Programme",
        "citation": "",
        "url": "",
        "verified": False,
    },
    "by_way_of": _REGION_ID,
    "kept": "The pair of a leader and a coach.",
    "changed": "Brought to several countries of a region.",
    "dropped": "",
    "created_at": "2026-03-02T09:32:00Z",
}


def _node(id_: str, title: str, **members: Any) -> Json:
    node: Json = {
        "id": id_,
        "kind": "external",
        "title": title,
        "country": None,
        "organisation": None,
        "citation": "",
        "url": "",
        "verified": False,
    }
    return node | members


def _edge(source: str, target: str) -> Json:
    told = {"kept": "The pair of a leader and a coach.", "changed": "", "dropped": ""}
    return {"source": source, "source_version": None, "target": target, **told}


TAGS = {
    "practices": "What worked, or did not: drafted at home, published, shared, adapted.",
    "practice-versions": "Immutable published texts of practices.",
}

_NOT_OWNER = "You act for no seat that keeps it."
_HEAD = "Your seat may, but not in your role; its head may."
_DRAFTER = "Your seat may, but not in your role; a drafter may."
_OWNED = {"not_owner": _NOT_OWNER, "head_required": _HEAD}

OPERATIONS: dict[str, OperationDoc] = {
    "practices_list": OperationDoc(
        summary="List practices",
        description="The practices you may see, newest first, each by its latest version; your own "
        "unpublished ones by their drafts. Without credentials: the public ones.",
        response={"One that is shared with you": page(item(_SUMMARY, '"2"'))},
    ),
    "practices_create": OperationDoc(
        summary="Begin a practice",
        description="Begins a practice with a draft, which your seat alone sees.",
        request={
            "Told piece by piece": {"delegation": SEAT_ME, "title": "Gender Coach Programme"},
            "With more of it": {
                "delegation": SEAT_ME,
                "title": "Gender Coach Programme",
                "summary": _TEXT["summary"],
                "evidence_level": 0,
                "languages": ["en"],
            },
        },
        response={"A draft": _BEGUN},
        problems={403: {"drafter_required": "A drafter of the seat writes practices."}},
    ),
    "practices_retrieve": OperationDoc(
        summary="Get a practice",
        description="The practice with its latest published version. What its owner has edited "
        "since is in the draft, which nobody else sees.",
        response={"As its head sees it": _PUBLISHED},
    ),
    "practice_draft_retrieve": OperationDoc(
        summary="Get the draft of a practice",
        description="The text that the next version will have, with what publishing still needs. "
        "It is its owner's alone, whoever the practice is published to or shared with.",
        response={"To a drafter": _DRAFT},
    ),
    "practice_draft_revise": OperationDoc(
        summary="Revise the draft of a practice",
        description="A JSON Merge Patch (RFC 7396). The draft has a revision of its own, so that "
        "work on it changes nothing that others see.",
        request={"Other lessons": {"lessons": "Begin with those who decide."}},
        response={"The draft": _DRAFT},
        problems={403: {"not_owner": _NOT_OWNER, "drafter_required": _DRAFTER}},
    ),
    "practices_publish": OperationDoc(
        summary="Publish a practice",
        description="Publishes the draft as the next version, to the owner's own seat, a forum or "
        "everybody; `If-Match` names the draft's ETag. Earlier versions stay readable to whoever "
        "sees the practice. A text that is the latest version already makes no new one, so the "
        "audience alone can be changed.",
        request={
            "To its owner, to be shared": {"audience": "owner"},
            "To a forum": {"audience": "forum", "forum": "wb-mod"},
        },
        response={"The published practice": _PUBLISHED},
        problems={
            403: _OWNED,
            409: {"incomplete": "The members in `missing` are not told yet."},
        },
    ),
    "practices_withdraw": OperationDoc(
        summary="Withdraw a practice",
        description="From now on its owner alone sees it, and every share has ended. It may be "
        "published again.",
        request={"It did not work": {"reason": "Its results could not be repeated."}},
        response={
            "The withdrawn practice": {
                **_PUBLISHED,
                "state": "withdrawn",
                "abilities": {
                    **_TO_ITS_HEAD["abilities"],
                    "withdraw": False,
                    "share": False,
                    "manage_access": False,
                },
            }
        },
        problems={403: _OWNED},
    ),
    "practice_versions_list": OperationDoc(
        summary="List the versions of a practice",
        description="The published ones, the newest first, without their texts.",
        response={"The only one": page(_VERSION_SUMMARY)},
    ),
    "practice_versions_retrieve": OperationDoc(
        summary="Get a version of a practice",
        description="What was published, in full. A version never changes.",
        response={"The first version": {**_VERSION, "abilities": {}}},
    ),
    "practice_shares_list": OperationDoc(
        summary="List with whom a practice is shared",
        description="The live shares, the newest first; for its owner. The audience is not among "
        "them.",
        response={"Shared with one country": page(_SHARE)},
        problems={403: {"not_owner": _NOT_OWNER}},
    ),
    "practice_shares_create": OperationDoc(
        summary="Share a practice",
        description="Lets a country or organisation with all its seats, or one delegation, read "
        "what is published, never the draft. It ends by itself at `until`. Sharing again changes "
        "the end and the reason. Whoever has a share cannot pass it on.",
        request={
            "With a country, for a time": {
                "country": "MK",
                "until": "2026-04-05T10:00:00Z",
                "reason": "For the preparation of a programme of its own.",
            }
        },
        response={"The share": _SHARE},
        problems={403: _OWNED},
    ),
    "practice_shares_end": OperationDoc(
        summary="End a share of a practice",
        description="The holder does not see the practice at its next request any more, unless it "
        "is among the audience.",
        request={"Of a country": {"country": "MK", "reason": "No longer needed."}},
        problems={403: _OWNED, 409: {"not_shared": "The practice is not shared with it."}},
    ),
    "practice_adaptations_list": OperationDoc(
        summary="List the sources of a practice",
        description="What it was made after, as far as you see the sources; one that is hidden "
        "from you is not there.",
        response={"A source elsewhere": page(_ADAPTATION)},
    ),
    "practice_adaptations_create": OperationDoc(
        summary="Name a source of a practice",
        description="Says that the practice was made after a published version here or a source "
        "elsewhere, and what was kept, changed and dropped. A source elsewhere that came through "
        "another one names that one in `by_way_of`. Cycles are refused.",
        request={
            "By way of the region": {
                "external_source": {
                    "organisation": "Swedish Armed Forces",
                    "title": "Gender Coach Programme",
                },
                "by_way_of": _REGION_ID,
                "kept": "The pair of a leader and a coach.",
                "changed": "Brought to several countries of a region.",
            },
            "After a practice here": {"source_version": _VERSION_ID, "kept": "The coaches."},
        },
        response={"A source elsewhere": {**_ADAPTATION, "abilities": {}}},
        problems={
            403: {
                "not_owner": _NOT_OWNER,
                "drafter_required": _DRAFTER,
                "head_required": "Others read the practice, so its head adds to it.",
            },
            409: {
                "cycle": "The source was itself made after this practice.",
                "already_adapted": "This source is named already.",
            },
        },
    ),
    "practice_lineage_retrieve": OperationDoc(
        summary="Get the lineage of a practice",
        description="What it was made after, back to the first, and what was made after it; edges "
        "lead from a source to what was made after it. Practices that you do not see are not "
        "there, nor what only they lead to.",
        response={
            "From Sweden by the Western Balkans to Montenegro": {
                "practice": _PRACTICE_ID,
                "nodes": [
                    _node(
                        _PRACTICE_ID,
                        "Gender Coach Programme",
                        kind="practice",
                        country="ME",
                        verified=None,
                    ),
                    _node(
                        _REGION_ID,
                        "Gender Coach Programme in the Western Balkans",
                        organisation="Western Balkans",
                    ),
                    _node(
                        _SWEDEN_ID, "Gender Coach Programme", organisation="Swedish Armed Forces"
                    ),
                ],
                "edges": [_edge(_REGION_ID, _PRACTICE_ID), _edge(_SWEDEN_ID, _REGION_ID)],
            }
        },
    ),
}
