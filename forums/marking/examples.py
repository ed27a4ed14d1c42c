"""What the OpenAPI document says of marks, with an example of the scenario's Manual."""

from typing import Any

from forums.examples import SEAT_BA, SEAT_MK
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

TAGS = {"access": "Who may see and do what: marks, transfers, readings."}

OBJECT: Json = {"type": "document", "id": "019cade2-11c0-78f6-994e-3bf91a61dbe2"}
_PARTIES: Json = {"countries": ["BA", "ME", "RS"], "organisations": []}
_SET: Json = {
    "object": OBJECT,
    "tlp": "amber",
    "releasable_to": {"countries": ["BA", "ME"]},
    "reason": "Names of units are in it.",
}
_MARKS: Json = {
    "object": OBJECT,
    "tlp": "amber",
    "releasable_to": _PARTIES,
    "restricted": False,
}
_ENDED: Json = {
    "object": OBJECT,
    "holder": {"country": "HR", "organisation": None, "delegation": None},
}
_NARROWED: Json = {
    **_MARKS,
    "ended": [_ENDED],
    "out_of_sight": [{"country": None, "organisation": None, "delegation": SEAT_MK}],
}
_RESTRICTION: Json = {"object": OBJECT, "reason": "Under review."}
_RESTRICTED: Json = {
    "object": OBJECT,
    "tlp": None,
    "releasable_to": None,
    "restricted": True,
    "ended": [],
    "out_of_sight": [{"country": None, "organisation": None, "delegation": SEAT_BA}],
}
_OPENED: Json = {**_RESTRICTED, "restricted": False, "out_of_sight": []}
REFUSED = {
    "not_owner": "Your seat does not own it.",
    "not_secretariat": "It is the forum's own, for its secretariat to narrow.",
    "head_required": "Your seat may, but not in your role; its head may.",
}
_COMMON = {"common_section": "A common section is marked with its document."}

OPERATIONS: dict[str, OperationDoc] = {
    "access_marking_retrieve": OperationDoc(
        summary="Get the marks of an object",
        description="Its own; it keeps within the marks of what it is part of, too.",
        response={"A document for some": _MARKS},
    ),
    "access_marking_mark": OperationDoc(
        summary="Mark an object",
        description="Sets the label and the list, in place of what was set. Its ring of sight "
        "follows with the same act, in every list, count, search and feed.\n\n"
        "**TLP 2.0** caps the widest ring, and never widens one: `red` and `amber_strict` the "
        "owner's seat, `amber` the drafting group, `green` the forum, `clear` everybody. Where an "
        "object has no such ring, the next narrower one holds. Grants name seats, which every "
        "label allows; whom `red` is for is said by them alone.\n\n"
        "**`releasable_to`** leaves those of the ring whose country or organisation is named, and "
        "the owner's own. It adds nobody. Grants to others end and are listed in `ended`; giving "
        "one is 409 `not_releasable` from then on. A seat that joins the ring later reads the "
        "object if it is named. Taking marks away gives back the ring that the object would have; "
        "grants that ended stay ended.\n\n"
        "Sections keep within their document's marks and those of the sections above them. Marks "
        "are no classification, and classified information has no place here.",
        request={"A document for some": _SET},
        response={"A document for some": _NARROWED},
        problems={403: REFUSED, 409: _COMMON},
    ),
    "access_marking_preview": OperationDoc(
        summary="Preview what marks would end",
        description="The answer of marking, and nothing is changed.",
        request={"A document for some": _SET},
        response={"A document for some": _NARROWED},
        problems={403: REFUSED, 409: _COMMON},
    ),
    "access_restrict": OperationDoc(
        summary="Restrict an object to grants",
        description="From now on its owner's seat reads it, and who is granted it; a section "
        "inherits nothing from its document. Grants are left as they are.",
        request={"For a review": _RESTRICTION},
        response={"For a review": _RESTRICTED},
        problems={
            403: REFUSED,
            409: {**_COMMON, "already_restricted": "It is restricted already."},
        },
    ),
    "access_unrestrict": OperationDoc(
        summary="Open a restricted object again",
        description="It has the ring again that its marks allow.",
        request={"After a review": _RESTRICTION},
        response={"After a review": _OPENED},
        problems={403: REFUSED, 409: {**_COMMON, "not_restricted": "It is not restricted."}},
    ),
}
