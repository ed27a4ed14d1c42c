"""How what happens at a seat is written into the ledger and told."""

from collections.abc import Mapping
from uuid import UUID

from platform_api.core.actor import Actor
from platform_api.ledger.services import EventSpec, record

from .models import Delegation


def record_at_seat(
    kind: str,
    actor: Actor,
    object_type: str,
    object_id: UUID,
    seat: Delegation,
    details: Mapping[str, object],
) -> None:
    """Record what was done at a seat or to its people; seats alone are told to their forum."""
    record(
        kind=kind,
        actor=actor,
        object_type=object_type,
        object_id=object_id,
        seat_id=seat.pk,
        owner_seat_id=seat.pk,
        effective_scope_id=seat.home_scope_id,
        details=details,
        # Who acts for a seat is told to that seat alone.
        events=[
            EventSpec(
                kind,
                narrow_scope_id=None if object_type == "delegation" else seat.home_scope_id,
            )
        ],
    )
