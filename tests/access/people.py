"""Suspensions, invitations and access reviews in the world of the access tests."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.core import mail
from django.db.models import Model
from django.utils import timezone

from forums.membership.invitations.services import invitation_create
from forums.membership.models import Delegation
from forums.membership.suspensions.models import Suspension
from forums.reviews.services import access_review_open
from platform_api.core.actor import Role
from platform_api.core.transaction import acting

INVITED = "invited@tests.example"
TOKENS: dict[str, str] = {}
"""What was mailed to whom: the world's invitation is accepted with it."""


def objects(seats: Mapping[str, Delegation], personas: Any) -> dict[str, Model]:
    """The objects by ``type: state``."""
    named = {each.name: each for each in personas}
    manager = named["Serbia access_manager"].actor()
    bulgarian = named["Bulgaria access_manager"].actor()
    with acting(manager):
        invitation = invitation_create(
            actor=manager, delegation=seats["Serbia"], email=INVITED, role=Role.DRAFTER
        )
    with acting(bulgarian):
        review = access_review_open(
            actor=bulgarian,
            delegation=seats["Bulgaria"],
            due_at=timezone.now() + timedelta(days=30),
        )
    TOKENS[INVITED] = mail.outbox[-1].body.split("#")[1].strip()
    return {
        "suspension: ": Suspension.objects.get(country=seats["Bosnia"].country),
        "invitation: ": invitation,
        "access_review: ": review,
        "access_review_item: ": review.items.get(kind="delegate", role="head"),
    }


def bodies(seats: Mapping[str, Delegation]) -> dict[str, Callable[[], dict[str, Any]]]:
    """Bodies that are right, by route and method."""
    reason = {"reason": "Its keys were lost."}
    stopped = ("country", "organisation", "delegation")
    return {
        **{f"{each}-suspend POST": lambda: reason for each in stopped},
        **{f"{each}-resume POST": lambda: reason for each in stopped},
        "invitations POST": lambda: {
            "delegation": str(seats["Serbia"].pk),
            "email": "another@tests.example",
            "role": "head",
        },
        "access-reviews POST": lambda: {
            "delegation": str(seats["Serbia"].pk),
            "due_at": (timezone.now() + timedelta(days=9)).isoformat(),
        },
        "invitation-accept POST": lambda: {
            "token": TOKENS[INVITED],
            "name": "Invited",
            "password": "a long sentence of mine",
        },
    }


TABLES = {
    "suspension: ": """
                        view
operator                yes
everyone else           not_found
""",
    "invitation: ": """
                        view               withdraw
Serbia access_manager   yes                yes
manager client          yes                yes
reading manager client  yes                insufficient_scope
operator                yes                yes
everyone else           not_found          not_found
""",
    "access_review: ": """
                        view
Bulgaria access_manager yes
operator                yes
everyone else           not_found
""",
    "access_review_item: ": """
                        view               confirm            end
Bulgaria access_manager yes                yes                yes
operator                yes                not_seat           not_seat
everyone else           not_found          not_found          not_found
""",
}

_REFUSED = """operator                {0:<22} bad      400 invalid
Serbia access_manager   {0:<22} good     403 {1}
Serbia head             {0:<22} bad      403 {1}
reading client          {0:<22} good     403 insufficient_scope
operator                absent                 good     404 not_found
nobody                  {0:<22} good     401 not_authenticated
"""
_HEAD = "who                     object                 sends    answer\n"
_BEGUN = """operator                {0:<22} good     201
operator                {1:<22} good     409 already_suspended
"""
_ENDED = """operator                {1:<22} good     200
operator                {0:<22} good     409 not_suspended
"""
_HIDDEN = "Montenegro head         delegation: seat       good     404 not_found\n"
_STOPPED = {
    "country": ("country", "stopped country"),
    "organisation": ("organisation", "stopped organisation"),
    "delegation": ("delegation: seat", "delegation: suspended"),
}


def _stopping(what: str) -> dict[str, str]:
    free, stopped = _STOPPED[what]
    refusal = "not_operator" if what == "delegation" else "operator_required"
    rest = _REFUSED.format(free, refusal) + (_HIDDEN if what == "delegation" else "")
    return {
        f"{what}-suspend POST": _HEAD + _BEGUN.format(free, stopped) + rest,
        f"{what}-resume POST": _HEAD + _ENDED.format(free, stopped) + rest,
    }


_DECIDE = """
who                     object                 sends    answer
Bulgaria access_manager access_review_item:    good     200
Bulgaria access_manager access_review_item:    bad      400 invalid
operator                access_review_item:    good     403 not_seat
Bulgaria head           access_review_item:    good     404 not_found
Serbia access_manager   access_review_item:    good     404 not_found
client of another area  access_review_item:    good     403 insufficient_scope
Bulgaria access_manager absent                 good     404 not_found
nobody                  access_review_item:    good     401 not_authenticated
"""


def _one(type_name: str, some: str = "") -> str:
    """Rows of a route that shows a review or item."""
    return f"""
who                     object                 sends    answer
Bulgaria access_manager {type_name:<22} -        200{some}
operator                {type_name:<22} -        200{some}
Bulgaria head           {type_name:<22} -        404 not_found
Serbia access_manager   {type_name:<22} -        404 not_found
Bulgaria access_manager absent                 -        404 not_found
client of another area  {type_name:<22} -        403 insufficient_scope
nobody                  {type_name:<22} -        401 not_authenticated
"""


_EXPOSED = """
who                     object                 sends    answer
operator                {0:<22} -        200
Serbia access_manager   {0:<22} -        403 {1}
client of another area  {0:<22} -        403 insufficient_scope
operator                absent                 -        404 not_found
nobody                  {0:<22} -        401 not_authenticated
"""
_HIDDEN_SEAT = "Montenegro head         delegation: seat       -        404 not_found\n"

ROWS = {
    "country-exposure GET": _EXPOSED.format("country", "operator_required"),
    "delegation-exposure GET": _EXPOSED.format("delegation: seat", "not_operator") + _HIDDEN_SEAT,
    "access-reviews GET": """
who                     object                 sends    answer
Bulgaria access_manager -                      -        200 some
operator                -                      -        200 some
Serbia access_manager   -                      -        200 none
Bulgaria head           -                      -        200 none
client of another area  -                      -        403 insufficient_scope
nobody                  -                      -        401 not_authenticated
""",
    "access-reviews POST": """
who                     object                 sends    answer
Serbia access_manager   -                      good     201
operator                -                      good     201
Serbia access_manager   -                      bad      400 invalid
Serbia head             -                      good     403 access_manager_required
Albania access_manager  -                      good     403 not_seat
Montenegro head         -                      good     400 invalid
reading client          -                      good     403 insufficient_scope
nobody                  -                      good     401 not_authenticated
""",
    "access-review GET": _one("access_review:"),
    "access-review-items GET": _one("access_review:", " some"),
    "access-review-item GET": _one("access_review_item:"),
    "access-review-item-confirm POST": _DECIDE,
    "access-review-item-end POST": _DECIDE,
    **_stopping("country"),
    **_stopping("organisation"),
    **_stopping("delegation"),
    "suspensions GET": """
who                     object                 sends    answer
operator                -                      -        200 some
Serbia access_manager   -                      -        200 none
head of a suspended seat -                     -        200 none
client of another area  -                      -        403 insufficient_scope
nobody                  -                      -        401 not_authenticated
""",
    "invitations GET": """
who                     object                 sends    answer
Serbia access_manager   -                      -        200 some
operator                -                      -        200 some
manager client          -                      -        200 some
Serbia head             -                      -        200 none
Albania access_manager  -                      -        200 none
client of another area  -                      -        403 insufficient_scope
nobody                  -                      -        401 not_authenticated
""",
    "invitations POST": """
who                     object                 sends    answer
Serbia access_manager   -                      good     201
operator                -                      good     201
manager client          -                      good     201
Serbia access_manager   -                      bad      400 invalid
Serbia head             -                      good     403 access_manager_required
Albania access_manager  -                      good     403 not_seat
Montenegro head         -                      good     400 invalid
reading manager client  -                      good     403 insufficient_scope
nobody                  -                      good     401 not_authenticated
""",
    "invitation-accept POST": """
who                     object                 sends    answer
nobody                  -                      good     201
nobody                  -                      bad      400 invalid
Serbia head             -                      good     404 not_found
operator                -                      good     404 not_found
""",
    "invitation GET": """
who                     object                 sends    answer
Serbia access_manager   invitation:            -        200
operator                invitation:            -        200
Serbia head             invitation:            -        404 not_found
Albania access_manager  invitation:            -        404 not_found
Serbia access_manager   absent                 -        404 not_found
client of another area  invitation:            -        403 insufficient_scope
nobody                  invitation:            -        401 not_authenticated
""",
    "invitation-withdraw POST": """
who                     object                 sends    answer
Serbia access_manager   invitation:            good     200
operator                invitation:            good     200
Serbia access_manager   invitation:            no etag  428 precondition_required
Serbia access_manager   invitation:            stale    412 precondition_failed
Serbia access_manager   invitation:            bad      400 invalid
reading manager client  invitation:            good     403 insufficient_scope
Serbia head             invitation:            good     404 not_found
Albania access_manager  invitation:            no etag  404 not_found
Serbia access_manager   absent                 good     404 not_found
nobody                  invitation:            good     401 not_authenticated
""",
}
