"""Who sees and does what in the forums app."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, Q

from forums.funding.models import (
    Budget,
    ParticipatingOrganisation,
    Project,
    ProjectGrant,
    RecipientShare,
    Transaction,
)
from forums.funding.visibility import transactions_seen
from forums.granting.rules import Keeping, with_access
from forums.meetings.access import register as register_meetings
from forums.membership.models import ClientBinding, Delegate, Delegation, Forum, Office
from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Protection, Rule, registry

DELEGATION_RULES: Mapping[str, Rule] = {
    "list_delegates": Rule("forums:read", through=("own_seat", "operator"), role=Role.READER),
    "manage_delegates": Rule(
        "access:manage", through=("seat", "operator"), role=Role.ACCESS_MANAGER
    ),
}
DELEGATE_RULES: Mapping[str, Rule] = {
    "end": Rule("access:manage", through=("seat", "operator"), role=Role.ACCESS_MANAGER),
}
PROJECT_RULES: Mapping[str, Rule] = {
    "revise": Rule("funding:write", through=("owner",), role=Role.DRAFTER),
    "add_transaction": Rule("funding:write", through=("owner",), role=Role.DRAFTER),
    "share": Rule("funding:write", through=("owner",), role=Role.HEAD),
}
PROJECT_PART_RULES: Mapping[str, Rule] = {
    "remove": Rule("funding:write", through=("owner",), role=Role.DRAFTER),
}
TRANSACTION_RULES: Mapping[str, Rule] = {
    "revise": Rule("funding:write", through=("owner",), role=Role.DRAFTER),
    "remove": Rule("funding:write", through=("owner",), role=Role.DRAFTER),
}


def _own_seat(actor: Actor, delegation: Any) -> frozenset[Role]:
    """Whoever acts for the seat, an access manager too, may know who else does."""
    return frozenset({Role.READER}) if actor.roles_at(delegation.pk) else frozenset()


def _roles_at_seat(actor: Actor, delegation: Any) -> frozenset[Role]:
    return actor.roles_at(delegation.pk)


def _seat_of(actor: Actor, row: Any) -> frozenset[Role]:
    return actor.roles_at(row.delegation_id)


def _as_operator(actor: Actor, row: Any) -> frozenset[Role]:
    """An operator knows and manages the people of every seat, and reads nothing of it."""
    return frozenset({Role.READER, Role.ACCESS_MANAGER}) if actor.is_operator else frozenset()


def _owner(actor: Actor, row: Any) -> frozenset[Role]:
    return actor.roles_at(row.owner_delegation_id)


def _project_owner(actor: Actor, row: Any) -> frozenset[Role]:
    return actor.roles_at(row.project.owner_delegation_id)


def _title(project: Any) -> str:
    return str(next(iter(project.titles.values()), project.identifier))


def _operator(actor: Actor) -> Q:
    return ~Q(pk=None) if actor.is_operator else Q(pk__in=[])


def _forums_seen(actor: Actor) -> Q:
    """Those of one's seats: an access manager is in no reader scope and knows its forum too."""
    seats = Delegation.objects.filter(pk__in=actor.seats)
    return Q(pk__in=seats.values("forum")) | _operator(actor)


def _seats_seen(actor: Actor) -> Q:
    return Q(pk__in=actor.seats) | _operator(actor)


def _people_seen(actor: Actor) -> Q:
    return Q(delegation__in=actor.seats) | _operator(actor)


def register() -> None:
    """Tell the access engine of this app's protected models."""
    registry.protect(
        Protection(model=Forum, type_name="forum", read_scope="forums:read", also=_forums_seen)
    )
    registry.protect(
        Protection(
            model=Delegation,
            type_name="delegation",
            read_scope="forums:read",
            rules=DELEGATION_RULES,
            relations={
                "seat": _roles_at_seat,
                "own_seat": _own_seat,
                "operator": _as_operator,
            },
            scope_field=None,
            parent_field="forum",
            also=_seats_seen,
        )
    )
    registry.protect(
        Protection(
            model=Delegate,
            type_name="delegate",
            read_scope="forums:read",
            rules=DELEGATE_RULES,
            relations={"seat": _seat_of, "operator": _as_operator},
            scope_field=None,
            also=_people_seen,
        )
    )
    registry.protect(
        Protection(
            model=ClientBinding,
            type_name="client_binding",
            read_scope="forums:read",
            scope_field=None,
            also=_people_seen,
        )
    )
    registry.protect(
        Protection(
            model=Office,
            type_name="office",
            read_scope="forums:read",
            scope_field=None,
            parent_field="forum",
        )
    )
    register_meetings()
    _register_funding()


def _register_funding() -> None:
    registry.protect(
        with_access(
            Protection(
                model=Project,
                type_name="project",
                read_scope="funding:read",
                rules=PROJECT_RULES,
                relations={"owner": _owner},
                grants=ProjectGrant,
            ),
            Keeping(title=_title),
        )
    )
    parts: tuple[tuple[type[Model], str, Mapping[str, Rule]], ...] = (
        (ParticipatingOrganisation, "participating_organisation", PROJECT_PART_RULES),
        (Budget, "budget", PROJECT_PART_RULES),
        (RecipientShare, "recipient_share", {}),
    )
    for model, type_name, rules in parts:
        registry.protect(
            Protection(
                model=model,
                type_name=type_name,
                read_scope="funding:read",
                rules=rules,
                relations={"owner": _project_owner} if rules else {},
                scope_field=None,
                parent_field="project",
            )
        )
    registry.protect(
        Protection(
            model=Transaction,
            type_name="transaction",
            read_scope="funding:read",
            rules=TRANSACTION_RULES,
            relations={"owner": _owner},
            scope_field=None,
            also=transactions_seen,
        )
    )
