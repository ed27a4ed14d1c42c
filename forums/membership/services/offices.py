"""Every write to the offices of forums; an operator's."""

from datetime import date

from django.db import IntegrityError, transaction

from forums.membership.models import Delegation, Forum, Office
from forums.organisations.models import Organisation
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict, FieldError, Invalid
from platform_api.core.service import locked_row, service
from platform_api.ledger.services import EventSpec, record


@service
def office_assign(
    *,
    actor: Actor,
    forum: Forum,
    kind: Office.Kind,
    holder: Delegation | Organisation,
    since: date,
    until: date | None = None,
) -> Office:
    """Give an office of a forum for a time, ``until`` being the first day without it.

    Raises Conflict (``office_taken``) when somebody holds it then, and Invalid.
    """
    access.require_operator(actor)
    if until is not None and until <= since:
        raise Invalid(
            [FieldError("/until", "before_since", "An office cannot end before it began.")]
        )
    if isinstance(holder, Delegation) and holder.forum_id != forum.pk:
        raise Invalid([FieldError("/holder", "not_of_the_forum", "The seat is in another forum.")])
    # Two that assign at a time come one after the other; the constraint alone could deadlock them.
    locked_row(Forum.objects.all(), forum.pk)
    office = Office(
        forum=forum,
        kind=kind,
        delegation=holder if isinstance(holder, Delegation) else None,
        organisation=holder if isinstance(holder, Organisation) else None,
        since=since,
        until=until,
    )
    try:
        with transaction.atomic():
            office.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("The office is held in that time.", code="office_taken") from error
    record(
        kind="office.assigned",
        actor=actor,
        object_type="office",
        object_id=office.pk,
        seat_id=office.delegation_id,
        effective_scope_id=forum.effective_scope_id,
        details={"kind": str(kind), "since": since.isoformat()},
        events=[EventSpec("office.assigned")],
    )
    return office
