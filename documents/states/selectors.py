"""For whom a document is decided on."""

from typing import Any
from uuid import UUID

from forums.membership.models import Office
from forums.membership.selectors import office_holders
from platform_api.core.actor import Actor, Role


def penholder_seats(document: Any) -> list[UUID]:
    """The seats of the drafting group through which a document's penholder drafts it."""
    if document.penholder_id is None:
        return []
    return [
        member.delegation_id
        for member in document.documentdelegation_set.all()
        if member.delegation.organisation_id == document.penholder_id
    ]


def deciding_seat(actor: Actor, document: Any) -> UUID | None:
    """The seat whose head an actor is when it decides on a document: its owner's, its forum's
    secretariat for a common one, or its penholder's."""
    if document.owner_delegation_id:
        seats = [document.owner_delegation_id]
    else:
        seats = sorted(office_holders(document.forum_id, Office.Kind.SECRETARIAT))
    for seat in (*seats, *penholder_seats(document)):
        if Role.HEAD in actor.roles_at(seat):
            return seat
    return None
