"""Access reviews: opening them, deciding their items, and writing down how they ended."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from forums.membership.models import ClientBinding, Delegate, Delegation
from forums.membership.recording import record_at_seat
from platform_api.core import access
from platform_api.core.actor import Actor, ActorKind, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, FieldError, Forbidden, Invalid
from platform_api.core.service import locked_row, service
from platform_api.identity.actors import LIVE
from platform_api.ledger.services import record

from .grants import earliest
from .models import AccessReview, AccessReviewItem, ItemDecision, ItemKind
from .subjects import Ends, Subjects, kept, stored

LONGEST_TIME = timedelta(days=366)
"""How far ahead a review may be due."""


@service
def access_review_open(*, actor: Actor, delegation: Delegation, due_at: datetime) -> AccessReview:
    """Begin a review of all access of a seat, due at a time within a year.

    Lists every live grant on the seat's objects and every one that names it, its delegates and its
    service clients. Nobody gains or loses anything now; each of them ends at ``due_at`` unless
    it is confirmed, because that end is written at once
    (docs/decisions/0008-ends-of-access-reviews.md).

    Raises Forbidden, Invalid and Conflict (``review_open``).
    """
    seat = locked_row(Delegation.objects.all(), delegation.pk)
    access.require(actor, "manage_delegates", seat)
    now = database_now()
    if not now < due_at <= now + LONGEST_TIME:
        raise Invalid([FieldError("/due_at", "out_of_range", "It is due within a year.")])
    if AccessReview.objects.filter(delegation=seat, closed_at=None).exists():
        raise Conflict("A review of this seat has not ended.", code="review_open")
    review = AccessReview(delegation=seat, opened_by_id=actor.require_user(), due_at=due_at)
    review.save(force_insert=True)
    subjects = Subjects(review)
    items = [*_grants(review, subjects), *_people(review, now), *_clients(review, now)]
    AccessReviewItem.objects.bulk_create(items)
    subjects.write((item, _capped(subjects.current(item), due_at)) for item in items)
    details = {"due_at": due_at.isoformat(), "items": len(items)}
    record_at_seat("access_review.opened", actor, "access_review", review.pk, seat, details)
    return review


@service
def access_review_item_confirm(*, actor: Actor, item: AccessReviewItem) -> AccessReviewItem:
    """Let an access go on to the end that it had before the review.

    Whose own row it is confirms it only when the seat has no other access manager, and the item
    then says so. Raises Forbidden (``four_eyes``) and Conflict (``already_decided``,
    ``review_over``, ``already_ended``).
    """
    held, review = _decidable(actor, item, "confirm")
    alone = held.user_id is not None and held.user_id == actor.user_id
    if alone and _other_managers(review, actor):
        raise Forbidden("Another access manager confirms this.", code="four_eyes")
    subjects = Subjects(review)
    current, confirmed = subjects.current(held), subjects.confirmed(held)
    _require_live(current)
    # An end that somebody who may has set meanwhile stays.
    awaited = _capped(confirmed, review.due_at)
    unchanged = {key: end for key, end in confirmed.items() if current.get(key) == awaited[key]}
    subjects.write([(held, unchanged)])
    _decide(actor, held, review, ItemDecision.CONFIRMED, alone=alone)
    return held


@service
def access_review_item_end(*, actor: Actor, item: AccessReviewItem) -> AccessReviewItem:
    """End an access at once. Raises Forbidden and Conflict as ``access_review_item_confirm``."""
    held, review = _decidable(actor, item, "end")
    subjects = Subjects(review)
    current = subjects.current(held)
    _require_live(current)
    subjects.write([(held, dict.fromkeys(current, database_now()))])
    _decide(actor, held, review, ItemDecision.ENDED)
    return held


@service
def access_review_close_next(*, actor: Actor) -> bool:
    """Write the outcome of the review that has been due the longest; False when none is.

    What nobody decided has ended by itself; here the ledger gets to know. The worker's act.
    """
    if actor.kind is not ActorKind.SYSTEM:
        raise Forbidden("You may not do this here.", code="not_own")
    now = database_now()
    due = AccessReview.objects.select_for_update(of=("self",), skip_locked=True)
    review = due.filter(closed_at=None, due_at__lte=now).order_by("due_at").first()
    if review is None:
        return False
    subjects = Subjects(review)
    for item in review.items.filter(decision=ItemDecision.OPEN):
        ends = subjects.current(item).values()
        on = any(end is None or end > now for end in ends)
        item.decision = ItemDecision.SUPERSEDED if on else ItemDecision.LAPSED
        item.decided_at = now
        item.save(update_fields=["decision", "decided_at"])
        _told(actor, item, review, f"access_review.item_{item.decision}")
    review.closed_at = now
    review.revision += 1
    review.save(update_fields=["closed_at", "revision"])
    counts = Counter(review.items.values_list("decision", flat=True))
    record_at_seat(
        "access_review.closed", actor, "access_review", review.pk, review.delegation, dict(counts)
    )
    return True


def _grants(review: AccessReview, subjects: Subjects) -> Iterator[AccessReviewItem]:
    for grant in subjects.grants.values():
        given = grant.owner == review.delegation_id
        yield AccessReviewItem(
            review=review,
            kind=ItemKind.GRANT_GIVEN if given else ItemKind.GRANT_RECEIVED,
            object_type=grant.object_type,
            object_id=grant.object_id,
            holder_id=grant.holder,
            level=grant.level.name.lower(),
            ends=stored({row.id: row.end_before for row in grant.rows}),
        )


def _people(review: AccessReview, now: datetime) -> Iterator[AccessReviewItem]:
    """Those whose time runs or begins before the review is due."""
    rows = Delegate.objects.select_for_update(of=("self",)).filter(
        Q(valid_until=None) | Q(valid_until__gt=now),
        delegation=review.delegation_id,
        valid_from__lt=review.due_at,
    )
    for delegate in rows.order_by("pk"):
        yield AccessReviewItem(
            review=review,
            kind=ItemKind.DELEGATE,
            user_id=delegate.user_id,
            role=delegate.role,
            ends=stored({delegate.pk: delegate.valid_until}),
        )


def _clients(review: AccessReview, now: datetime) -> Iterator[AccessReviewItem]:
    rows = ClientBinding.objects.select_for_update(of=("self",)).filter(
        Q(client__expires_at=None) | Q(client__expires_at__gt=now),
        delegation=review.delegation_id,
    )
    for binding in rows.select_related("client").order_by("pk"):
        yield AccessReviewItem(
            review=review,
            kind=ItemKind.CLIENT,
            user_id=binding.client.user_id,
            role=binding.role,
            ends=stored({binding.pk: binding.client.expires_at}),
        )


def _capped(ends: Ends, due_at: datetime) -> Ends:
    """Each end, at the due date at the latest."""
    return {key: earliest(end, due_at) for key, end in ends.items()}


def _require_live(ends: Ends) -> None:
    now = database_now()
    if not any(end is None or end > now for end in ends.values()):
        raise Conflict("It has ended meanwhile.", code="already_ended")


def _decidable(
    actor: Actor, item: AccessReviewItem, ability: str
) -> tuple[AccessReviewItem, AccessReview]:
    """The locked item and review, once they may be decided on."""
    review = locked_row(AccessReview.objects.select_related("delegation"), item.review_id)
    held = locked_row(AccessReviewItem.objects.all(), item.pk)
    held.review = review
    access.require(actor, ability, held)
    if review.due_at <= database_now():
        raise Conflict("The review is over.", code="review_over")
    if held.decision != ItemDecision.OPEN:
        raise Conflict("It was decided already.", code="already_decided")
    return held, review


def _other_managers(review: AccessReview, actor: Actor) -> bool:
    rows = Delegate.objects.filter(
        LIVE,
        delegation=review.delegation_id,
        role=Role.ACCESS_MANAGER.value,
        user__is_active=True,
    )
    return rows.exclude(user=actor.require_user()).exists()


def _decide(
    actor: Actor,
    item: AccessReviewItem,
    review: AccessReview,
    decision: ItemDecision,
    *,
    alone: bool = False,
) -> None:
    item.decision, item.alone = decision, alone
    item.decided_by_id, item.decided_at = actor.require_user(), database_now()
    item.save(update_fields=["decision", "alone", "decided_by", "decided_at"])
    _told(actor, item, review, f"access_review.item_{decision}")


def _told(actor: Actor, item: AccessReviewItem, review: AccessReview, kind: str) -> None:
    """The ledger names what it is about, for both seats concerned; the feed tells of no review."""
    details: dict[str, Any] = {
        "kind": item.kind,
        "rows": sorted(str(key) for key in kept(item)),
        "alone": item.alone,
    }
    if item.object_id is not None:
        details |= {
            "object": f"{item.object_type} {item.object_id}",
            "holder": str(item.holder_id),
            "level": item.level,
        }
    record(
        kind=kind,
        actor=actor,
        object_type="access_review_item",
        object_id=item.pk,
        seat_id=review.delegation_id,
        owner_seat_id=review.delegation_id,
        details=details,
    )
