"""Offering an object to another seat, and taking it."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from forums.granting.services import GrantChanged, grant_changed
from forums.marking.compiling import readers
from forums.marking.kinds import markable_of
from forums.marking.releasability import require_releasable
from forums.membership.models import Delegation
from forums.membership.selectors import forum_slug_of
from platform_api.core import access
from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, FieldError, Invalid
from platform_api.core.registry import registry
from platform_api.core.service import check_revision, locked_row, service
from platform_api.identity.groups import reader_groups_of
from platform_api.ledger.models import Entry
from platform_api.ledger.services import EventSpec, record
from platform_api.notifications.selectors import people_at
from platform_api.notifications.services import notify

from .access import OFFER
from .kinds import Transferable, transferable_of
from .models import Transfer, TransferState


@service
def transfer_offer(*, actor: Actor, obj: Model, receiver: Delegation, reason: str) -> Transfer:
    """Offer an object to another seat; nothing changes until its head accepts.

    Raises Forbidden (``not_owner``, ``head_required``), Invalid, and Conflict (``no_owner``: it
    is the forum's own; ``already_offered``; ``not_releasable``; the codes of the types).
    """
    transferable = transferable_of(type(obj))
    if transferable is None:
        raise Invalid([FieldError("/object/type", "not_transferable", "It changes no hands.")])
    locked: Any = locked_row(transferable.model._default_manager.all(), obj.pk)
    access.require_by(actor, OFFER, locked)
    if locked.owner_delegation_id is None:
        raise Conflict("It is the forum's own and has no seat to give it.", code="no_owner")
    if locked.owner_delegation_id == receiver.pk:
        raise Invalid([FieldError("/to", "owner", "The seat owns it.")])
    _check(transferable, locked, receiver)
    transfer = Transfer(
        object_type=registry.protection_of(transferable.model).type_name,
        object_id=locked.pk,
        giver_id=locked.owner_delegation_id,
        receiver=receiver,
        reason=reason,
    )
    try:
        with transaction.atomic():
            transfer.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("It is offered to a seat already.", code="already_offered") from error
    entry = _record("transfer.offered", actor, transfer, transfer.giver_id, receiver.pk)
    notify(
        actor=actor,
        to=people_at([receiver.pk], [Role.HEAD]),
        kind="transfer.offered",
        matter=entry,
        object_type="transfer",
        object_id=transfer.pk,
        forum=forum_slug_of(receiver.pk),
    )
    return transfer


@service
def transfer_accept(*, actor: Actor, transfer: Transfer, if_match: str) -> Transfer:
    """Take an offered object: from now on it is the receiving seat's. What was granted stays.

    Raises PreconditionFailed, Forbidden, Conflict (``wrong_state``, ``not_releasable``, and
    ``gone`` where it is not the giver's any more or not what was offered).
    """
    locked = _permitted(actor, "accept", transfer, if_match)
    model = registry.protection_named(locked.object_type).model
    markable, transferable = markable_of(model), transferable_of(model)
    assert markable is not None
    assert transferable is not None
    require_releasable(model, [locked.object_id], [locked.receiver_id])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {model._meta.db_table}_hand_over(%s)",
            [locked.pk],
        )
        (outcome,) = cursor.fetchone()
    if outcome != "done":
        raise Conflict("The object is not what was offered any more.", code=outcome)
    obj: Any = model._default_manager.get(pk=locked.object_id)
    markable.settle(obj)
    obj.save(update_fields=[*markable.written])
    transferable.handed(actor, obj)
    markable.follow(obj)
    _decide(locked, TransferState.ACCEPTED)
    _record("transfer.accepted", actor, locked, locked.receiver_id, locked.giver_id)
    _tell_readers(obj, locked)
    return locked


@service
def transfer_decline(*, actor: Actor, transfer: Transfer, if_match: str) -> Transfer:
    """Refuse what was offered. Raises PreconditionFailed, Forbidden, Conflict (``wrong_state``)."""
    locked = _permitted(actor, "decline", transfer, if_match)
    _decide(locked, TransferState.DECLINED)
    _record("transfer.declined", actor, locked, locked.receiver_id, locked.giver_id)
    return locked


@service
def transfer_withdraw(*, actor: Actor, transfer: Transfer, if_match: str) -> Transfer:
    """Take an offer back. Raises PreconditionFailed, Forbidden, Conflict (``wrong_state``)."""
    locked = _permitted(actor, "withdraw", transfer, if_match)
    _decide(locked, TransferState.WITHDRAWN)
    _record("transfer.withdrawn", actor, locked, locked.giver_id, locked.receiver_id)
    return locked


def _check(transferable: Transferable, obj: Any, receiver: Delegation) -> None:
    code = transferable.refusal(obj, receiver)
    if code:
        raise Conflict("The object cannot be given to this seat.", code=code)
    require_releasable(type(obj), [obj.pk], [receiver.pk])


def _permitted(actor: Actor, ability: str, transfer: Transfer, if_match: str) -> Transfer:
    """The locked transfer; who is late learns so before its state counts."""
    locked = locked_row(Transfer.objects.all(), transfer.pk)
    try:
        access.require(actor, ability, locked)
    except Conflict:
        check_revision(locked.etag_revision, if_match)
        raise
    check_revision(locked.etag_revision, if_match)
    return locked


def _decide(transfer: Transfer, state: TransferState) -> None:
    transfer.state = state
    transfer.decided_at = database_now()
    transfer.revision += 1
    transfer.save(update_fields=["state", "decided_at", "revision"])


def _tell_readers(obj: Any, transfer: Transfer) -> None:
    """The receiver has gained the object; the giver keeps it by a ring or grant, or lost it."""
    protection = registry.protection_of(type(obj))
    groups = reader_groups_of([transfer.giver_id, transfer.receiver_id])
    told = [(groups[transfer.receiver_id], True)]
    grants: Any = protection.grants
    giver = groups[transfer.giver_id]
    keeps = giver in readers(obj.effective_scope_id) or grants._default_manager.filter(
        content_object_id=obj.pk, group_id=giver
    )
    if not keeps and not getattr(obj, "inherits", False):
        told.append((giver, False))
    for group_id, gained in told:
        grant_changed.fire(GrantChanged(obj, protection.type_name, group_id, gained=gained))


def _record(kind: str, actor: Actor, transfer: Transfer, seat_id: UUID, other_id: UUID) -> Entry:
    """One entry that both seats read: the one acted for, and the other."""
    return record(
        kind=kind,
        actor=actor,
        object_type="transfer",
        object_id=transfer.pk,
        seat_id=seat_id,
        owner_seat_id=other_id,
        details={
            "type": transfer.object_type,
            "object": str(transfer.object_id),
            "from": str(transfer.giver_id),
            "to": str(transfer.receiver_id),
            "reason": transfer.reason,
        },
        events=[EventSpec(kind)],
    )
