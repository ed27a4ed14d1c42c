"""Marks, transfers and readings in the access tests."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from documents.texts.models import Section
from forums.marking.services import object_restrict
from forums.membership.models import Delegation
from forums.readings.models import Reading
from forums.readings.services import reading_record
from forums.transfers.models import Transfer
from forums.transfers.services import (
    transfer_accept,
    transfer_decline,
    transfer_offer,
    transfer_withdraw,
)
from platform_api.core.transaction import acting
from policies.practices.models import Practice
from tests.factories import PracticeFactory, actor_at


def objects(seats: Mapping[str, Delegation], section: Section) -> dict[str, Model]:
    """Serbia's offers to Albania in every state, and what Albania's head read of a section.

    Beside them a practice of Serbia's that is restricted.
    """
    serbia, albania = seats["Serbia"], seats["Albania"]
    giver, receiver = actor_at(serbia, "head"), actor_at(albania, "head")
    decided: Mapping[str, tuple[Any, Any]] = {
        "offered": (None, None),
        "accepted": (receiver, transfer_accept),
        "declined": (receiver, transfer_decline),
        "withdrawn": (giver, transfer_withdraw),
    }
    found: dict[str, Model] = {}
    for state, (actor, decide) in decided.items():
        practice = PracticeFactory(delegation=serbia, published="owner")
        with acting(giver):
            transfer = transfer_offer(
                actor=giver, obj=practice, receiver=albania, reason="New duties."
            )
        if decide is not None:
            with acting(actor):
                decide(actor=actor, transfer=transfer, if_match=transfer.etag_revision)
        found[f"transfer: {state}"] = Transfer.objects.get(pk=transfer.pk)
    with acting(receiver):
        reading_record(actor=receiver, obj=section, version="1", owner_id=serbia.pk)
    found["reading: "] = Reading.objects.get(object_id=section.pk)
    restricted = PracticeFactory(delegation=serbia, published="forum")
    with acting(giver):
        object_restrict(actor=giver, obj=restricted, reason="Under review.")
    return found


def bodies(seats: Mapping[str, Delegation], national: Any) -> Mapping[str, Callable[[], Any]]:
    """Bodies that are right in every respect, by route and method."""
    document = {"type": "document", "id": str(national.pk)}
    marks = {"object": document, "tlp": "amber", "releasable_to": {"countries": ["AL"]}}

    def restricted() -> dict[str, str]:
        return {"type": "practice", "id": str(Practice.objects.get(restricted=True).pk)}

    return {
        "access-marking POST": lambda: marks,
        "access-marking-preview POST": lambda: marks,
        "access-restrict POST": lambda: {"object": document},
        "access-unrestrict POST": lambda: {"object": restricted()},
        "transfers POST": lambda: {
            "object": document,
            "to": str(seats["Albania"].pk),
            "reason": "New duties.",
        },
    }


def queries(objects_of_world: Mapping[str, Model]) -> Mapping[str, str]:
    """What has to be asked, by route and method."""
    document, section = (
        objects_of_world[name] for name in ("document: national", "section: released")
    )
    return {
        "access-marking GET": f"?object=document:{document.pk}",
        "readings GET": f"?object=section:{section.pk}",
    }


_TRANSFER = """
                        view               accept             decline            withdraw
Serbia reader           yes                not_receiver       not_receiver       head_required
Serbia drafter          yes                not_receiver       not_receiver       head_required
Serbia head             yes                not_receiver       not_receiver       {giver}
Serbia head, author     yes                not_receiver       not_receiver       {giver}
Serbia access_manager   yes                not_receiver       not_receiver       head_required
client                  yes                not_receiver       not_receiver       head_required
manager client          yes                not_receiver       not_receiver       head_required
reading client          insufficient_scope insufficient_scope insufficient_scope insufficient_scope
reading manager client  insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope
Albania reader          yes                head_required      head_required      not_giver
Albania drafter         yes                head_required      head_required      not_giver
Albania access_manager  yes                head_required      head_required      not_giver
Albania head            yes                {receiver}         {receiver}         not_giver
everyone else           not_found          not_found          not_found          not_found
"""

TABLES = {
    "transfer: offered": _TRANSFER.format(giver="yes", receiver="yes"),
    **{
        f"transfer: {state}": _TRANSFER.format(giver="wrong_state", receiver="wrong_state")
        for state in ("accepted", "declined", "withdrawn")
    },
    "reading: ": """
                        view
Albania reader          yes
Albania drafter         yes
Albania access_manager  yes
Albania head            yes
everyone else           not_found
""",
}

_NARROW = """
who                     object                 sends    answer
Serbia head             -                      good     200
Serbia drafter          -                      good     403 head_required
{outsider}
Montenegro head         -                      good     400 invalid
operator                -                      good     400 invalid
Serbia head             -                      bad      400 invalid
reading client          -                      good     403 insufficient_scope
nobody                  -                      good     401 not_authenticated
"""
_SEEN = "Albania head            -                      good     403 not_owner"
_UNSEEN = "Albania head            -                      good     400 invalid"


def _decide(who: str, other: str, reason: str) -> str:
    """The rows of an act that one side's head does and the other's does not."""
    rows = [
        (who, "transfer: offered", "good", "200"),
        (who, "transfer: declined", "good", "409 wrong_state"),
        (who, "transfer: offered", "no etag", "428 precondition_required"),
        (who, "transfer: offered", "stale", "412 precondition_failed"),
        (who, "transfer: offered", "bad", "400 invalid"),
        (who.replace("head", "drafter"), "transfer: offered", "good", "403 head_required"),
        (other, "transfer: offered", "good", f"403 {reason}"),
        ("reading client", "transfer: offered", "good", "403 insufficient_scope"),
        ("Bulgaria head", "transfer: offered", "good", "404 not_found"),
        (who, "absent", "good", "404 not_found"),
        ("nobody", "transfer: offered", "good", "401 not_authenticated"),
    ]
    lines = [f"{a:<24}{b:<23}{c:<9}{d}" for a, b, c, d in rows]
    return "\n".join(["who                     object                 sends    answer", *lines])


ROWS = {
    "access-marking GET": """
who                     object                 sends    answer
Serbia reader           -                      -        200
Albania head            -                      -        200
Montenegro head         -                      -        400 invalid
reading client          -                      -        403 insufficient_scope
nobody                  -                      -        401 not_authenticated
""",
    "access-marking POST": _NARROW.format(outsider=_SEEN),
    "access-marking-preview POST": _NARROW.format(outsider=_SEEN),
    "access-restrict POST": _NARROW.format(outsider=_SEEN),
    "access-unrestrict POST": _NARROW.format(outsider=_UNSEEN),
    "readings GET": """
who                     object                 sends    answer
Serbia reader           -                      -        200 some
Albania head            -                      -        403 not_owner
Montenegro head         -                      -        400 invalid
reading client          -                      -        403 insufficient_scope
nobody                  -                      -        401 not_authenticated
""",
    "transfers GET": """
who                     object                 sends    answer
Serbia reader           -                      -        200 some
Albania access_manager  -                      -        200 some
Bulgaria head           -                      -        200 none
reading client          -                      -        403 insufficient_scope
nobody                  -                      -        401 not_authenticated
""",
    "transfers POST": _NARROW.format(outsider=_SEEN).replace("good     200", "good     201"),
    "transfer GET": """
who                     object                 sends    answer
Serbia reader           transfer: offered      -        200
Albania drafter         transfer: declined     -        200
Bulgaria head           transfer: offered      -        404 not_found
operator                transfer: offered      -        404 not_found
Serbia reader           absent                 -        404 not_found
reading client          transfer: offered      -        403 insufficient_scope
nobody                  transfer: offered      -        401 not_authenticated
""",
    "transfer-accept POST": _decide("Albania head", "Serbia head", "not_receiver"),
    "transfer-decline POST": _decide("Albania head", "Serbia head", "not_receiver"),
    "transfer-withdraw POST": _decide("Serbia head", "Albania head", "not_giver"),
}
