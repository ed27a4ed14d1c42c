"""What the OpenAPI document says of managing access, with examples of the scenario."""

from typing import Any

from forums.examples import SEAT_BA, SEAT_ME, SEAT_RS, page
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_DOCUMENT = "019c1d6b-57a0-7c1e-8f5a-2d1b90c4e7aa"
_OTHER = "019c1d6b-57a0-7c1e-8f5a-2d1b90c4e7ab"
_PERSON = "019c1d6b-57a0-7a17-895e-60af93bd04cf"
_OBJECT: Json = {"type": "document", "id": _DOCUMENT}


def _seat(delegation: str, country: str) -> Json:
    return {
        "kind": "delegation",
        "delegation": delegation,
        "country": country,
        "organisation": None,
        "forum": "wb-mod",
    }


_MACEDONIA: Json = {
    "kind": "country",
    "delegation": None,
    "country": "MK",
    "organisation": None,
    "forum": None,
}
_BY_SCOPE: Json = {
    "holder": _seat(SEAT_BA, "BA"),
    "way": "scope",
    "level": "read",
    "until": None,
    "scope": "drafting_group",
    "inherited_from": [],
}
_BY_GRANT: Json = {
    "holder": _MACEDONIA,
    "way": "grant",
    "level": "comment",
    "until": "2026-12-31T22:59:59Z",
    "scope": None,
    "inherited_from": [],
}
_ROW: Json = {
    **_OBJECT,
    "owner": _seat(SEAT_RS, "RS"),
    "title": "Manual on gender mainstreaming in the armed forces",
    "cells": [_BY_SCOPE, _BY_GRANT],
}
_GRANT: Json = {
    "object": _OBJECT,
    "holder": _MACEDONIA,
    "level": "comment",
    "until": "2026-12-31T22:59:59Z",
    "reason": "For its comments on the draft.",
    "since": "2026-02-02T08:15:00Z",
}
_CSV = (
    "type,id,owner,title,holder_kind,holder,delegation,forum,way,scope,level,until,inherited_from"
    f"\r\ndocument,{_DOCUMENT},RS,Manual on gender mainstreaming in the armed forces,country,MK,,,"
    "grant,,comment,2026-12-31T22:59:59+00:00,\r\n"
)

_FORBIDDEN = {
    "access_manager_required": "You are neither head nor access manager of a seat.",
    "not_keeper": "Another seat manages access to the object.",
}
TAGS = {
    "access": "Who has what on which object, by which way; giving and ending it. For heads and "
    "access managers, who act for their seat and need not read what it keeps.",
}

OPERATIONS = {
    "access_explain_retrieve": OperationDoc(
        summary="Explain somebody's access to an object",
        description="For a seat of yours, or a person or service client that acts for it: every "
        "way that leads to a sight of the object, and for each ability the rule, what the subject "
        "is to the object by it, and the reason of a refusal. Told of what the subject or you see, "
        "and of what your seat keeps.",
        response={
            "A drafter of Serbia": {
                "object": _OBJECT,
                "subject": f"user:{_PERSON}",
                "sight": [{**_BY_SCOPE, "holder": _seat(SEAT_RS, "RS")}],
                "abilities": [
                    {
                        "ability": "view",
                        "allowed": True,
                        "reason": "",
                        "rule": None,
                        "standings": [],
                    },
                    {
                        "ability": "manage_access",
                        "allowed": False,
                        "reason": "access_manager_required",
                        "rule": {
                            "token_scope": "access:manage",
                            "through": ["keeper"],
                            "role": "access_manager",
                            "states": None,
                            "checks": [],
                        },
                        "standings": [
                            {
                                "relation": "keeper",
                                "roles": ["drafter", "reader"],
                                "seats": [SEAT_RS],
                            }
                        ],
                    },
                ],
            }
        },
        problems={403: _FORBIDDEN},
    ),
    "access_who_can_retrieve": OperationDoc(
        summary="List who may do a thing to an object",
        description="The seats that may, whoever acts for them in the role that is needed, and the "
        "people and service clients of your own seat that may now. Of what your seat keeps.",
        response={
            "Who reads it": {
                "object": _OBJECT,
                "ability": "view",
                "role": "reader",
                "everybody": False,
                "seats": [_seat(SEAT_RS, "RS"), _seat(SEAT_BA, "BA")],
                "persons": [
                    {
                        "id": _PERSON,
                        "kind": "person",
                        "name": "Drafter, Ministry of Defence of Serbia",
                    }
                ],
            }
        },
        problems={403: _FORBIDDEN},
    ),
    "access_matrix_list": OperationDoc(
        summary="List who has what on each object",
        description="The objects of a type whose access your seats manage, and who has what on "
        "each by which way. To the secretariat of a forum also the objects of others in it on "
        "which somebody holds a grant: their type, id, owner and grantees, without titles. Newest "
        "ids first. With `Accept: text/csv` the page is a table with a line for each cell; none of "
        "its cells is taken for a formula.",
        response={"A document of Serbia": page(_ROW), "As a table": _CSV},
        problems={403: {"access_manager_required": _FORBIDDEN["access_manager_required"]}},
    ),
    "access_grants_list": OperationDoc(
        summary="List the grants on an object",
        description="All of them to who manages access to the object, without reasons to the "
        "secretariat that oversees it, and to the managers of a holder what it holds itself.",
        response={"One grant": page(_GRANT)},
        problems={403: _FORBIDDEN},
    ),
    "access_grants_create": OperationDoc(
        summary="Give access to an object",
        description="To a country or organisation with all its seats, or to one delegation. Giving "
        "again changes level, end and reason. Both sides are told, the holder of no more than type "
        "and id. Invalid are objects and holders that you do not know (`unknown`), the seat that "
        "keeps the object itself (`owner`), holders for whom nobody acts (`not_seated`) and an end "
        "in the past (`in_the_past`).",
        request={
            "To a country": {
                "object": _OBJECT,
                "country": "MK",
                "level": "comment",
                "until": "2026-12-31T22:59:59Z",
                "reason": "For its comments on the draft.",
            }
        },
        response={"The grant": _GRANT},
        problems={
            403: _FORBIDDEN,
            409: {"wrong_state": "In its state nobody is given access to the object."},
        },
    ),
    "access_grants_end": OperationDoc(
        summary="End what somebody was granted",
        description="At once. Those may who manage access to the object, the secretariat that "
        "oversees it, and those who manage the access of the holder.",
        request={
            "That of a country": {
                "object": _OBJECT,
                "country": "MK",
                "reason": "The comments are in.",
            }
        },
        problems={
            403: _FORBIDDEN,
            409: {"not_granted": "The holder has no grant there."},
        },
    ),
    "access_grants_bulk": OperationDoc(
        summary="Give access to many objects",
        description="Each of the objects to each of the holders, at most 10,000 pairs; all of "
        "them or none. An error names the object or holder by its place.",
        request={
            "Two documents to two holders": {
                "type": "document",
                "objects": [_DOCUMENT, _OTHER],
                "holders": [{"country": "MK"}, {"delegation": SEAT_ME}],
                "level": "read",
                "reason": "For the seminar.",
            }
        },
        response={"What was given": {"pairs": 4}},
        problems={403: _FORBIDDEN},
    ),
}
