"""Role groups, memberships and reader scopes: derived rows, written here alone."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import Group

from platform_api.core.actor import Role

from .models import Membership, RoleGroup, Scope, ScopeReader, User


def role_groups_make(kind: RoleGroup.Kind, holder_id: UUID) -> dict[Role, int]:
    """One group per role for a seat or party; made once, returned by role."""
    existing = role_groups_of(holder_id)
    for role in Role:
        if role not in existing:
            group = Group.objects.create(name=f"{kind.value}:{holder_id}:{role.value}")
            RoleGroup.objects.create(group=group, kind=kind, holder_id=holder_id, role=role.value)
            existing[role] = group.pk
    return existing


def role_groups_of(holder_id: UUID) -> dict[Role, int]:
    """The groups of a seat or party by role."""
    rows = RoleGroup.objects.filter(holder_id=holder_id).values_list("role", "group_id")
    return {Role(role): group_id for role, group_id in rows}


def reader_groups_of(holders: Iterable[UUID]) -> dict[UUID, int]:
    """The reader group of each seat or party."""
    rows = RoleGroup.objects.filter(holder_id__in=list(holders), role=Role.READER)
    return dict(rows.values_list("holder_id", "group_id"))


def role_groups_suspend(holder_id: UUID, since: datetime | None) -> None:
    """Stop the groups of a seat or party at the next statement; None restores them."""
    RoleGroup.objects.filter(holder_id=holder_id).update(suspended_at=since)


def suspended_since(holder_id: UUID) -> datetime | None:
    """Since when the groups of a seat or party give nothing; None while they do."""
    rows = RoleGroup.objects.filter(holder_id=holder_id).values_list("suspended_at", flat=True)
    return rows.first()


def membership_set(
    *,
    user: User,
    source_id: UUID,
    role: Role,
    holders: Iterable[UUID],
    valid_from: datetime,
    valid_until: datetime | None,
) -> None:
    """Make the memberships that a delegate or binding gives exactly those of its role."""
    groups = [
        group_id
        for holder in holders
        for held, group_id in role_groups_of(holder).items()
        if held in role.includes
    ]
    Membership.objects.filter(source_id=source_id).exclude(user=user, group_id__in=groups).delete()
    for group_id in groups:
        Membership.objects.update_or_create(
            user=user,
            group_id=group_id,
            source_id=source_id,
            defaults={"valid_from": valid_from, "valid_until": valid_until},
        )


def scope_set(
    kind: Scope.Kind, key: str, readers: Mapping[int, tuple[datetime, datetime | None]]
) -> Scope:
    """The scope of a key with exactly these readers: group id -> validity.

    What is right already is not written, so that its users need not wait for one another.
    """
    scope, _ = Scope.objects.get_or_create(key=key, defaults={"kind": kind})
    held = {
        row.group_id: (row.valid_from, row.valid_until)
        for row in ScopeReader.objects.filter(scope=scope)
    }
    if held.keys() - readers.keys():
        ScopeReader.objects.filter(scope=scope).exclude(group_id__in=readers).delete()
    for group_id, (valid_from, valid_until) in readers.items():
        if held.get(group_id) == (valid_from, valid_until):
            continue
        ScopeReader.objects.update_or_create(
            scope=scope,
            group_id=group_id,
            defaults={"valid_from": valid_from, "valid_until": valid_until},
        )
    return scope


def narrowed_scope(key: str) -> tuple[Scope, bool]:
    """The narrowed scope of a key, and whether it is new; the database keeps its readers."""
    return Scope.objects.get_or_create(key=key, defaults={"kind": Scope.Kind.NARROWED})


def home_scope(scope_id: int | None) -> int | None:
    """The scope if it is one seat's home, else None.

    What happens while an object is read by its owner's seat alone is told to that seat alone,
    also when the object is shown to others later.
    """
    if scope_id is None:
        return None
    homes = Scope.objects.filter(pk=scope_id, kind=Scope.Kind.SEAT)
    return homes.values_list("pk", flat=True).first()
