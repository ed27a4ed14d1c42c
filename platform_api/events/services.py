"""What the change feed tells by itself."""

from django.db import connection

from platform_api.core.actor import Actor
from platform_api.core.service import service
from platform_api.ledger.services import EventSpec, record

_TAKE = "SELECT object_type, object_id, group_id FROM events_take_ended_grants(%s)"


@service
def ended_grants_tell(*, actor: Actor, at_most: int) -> int:
    """Take some grants that ran out and tell their holders, together or not at all.

    So each is told once; a grant that was given anew is told anew. Any actor but the one that
    may finds none.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [at_most])
        ended = cursor.fetchall()
    for object_type, object_id, group_id in ended:
        record(
            kind="grant.expired",
            actor=actor,
            object_type=object_type,
            object_id=object_id,
            details={"group": group_id},
            events=[EventSpec("access.ended", audience_group_id=group_id)],
        )
    return len(ended)
