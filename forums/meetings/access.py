"""Who sees and does what at meetings."""

from collections.abc import Mapping
from typing import Any

from forums.granting.rules import with_access
from forums.membership.selectors import roles_in_secretariat
from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Protection, Rule, registry

from .models import (
    AgendaItem,
    Meeting,
    MeetingGrant,
    MeetingOrganiser,
    MeetingSeat,
    MeetingSeries,
    MeetingState,
)

_KEEPERS = ("owner", "secretariat")
_AHEAD = frozenset({MeetingState.PLANNED, MeetingState.REGISTRATION_OPEN})


def _by_keepers(states: frozenset[str] | None = None) -> Rule:
    return Rule("forums:write", through=_KEEPERS, role=Role.DRAFTER, states=states)


SERIES_RULES: Mapping[str, Rule] = {"add_meeting": _by_keepers()}
MEETING_RULES: Mapping[str, Rule] = {
    "revise": _by_keepers(_AHEAD | {MeetingState.HELD}),
    "hold": _by_keepers(_AHEAD),
    "close": _by_keepers(frozenset({MeetingState.HELD})),
    "cancel": _by_keepers(_AHEAD),
}
AGENDA_RULES: Mapping[str, Rule] = {"revise": _by_keepers(), "delete": _by_keepers()}


def _owner(actor: Actor, row: Any) -> frozenset[Role]:
    return actor.roles_at(row.owner_delegation_id)


def _owner_of_meeting(actor: Actor, item: Any) -> frozenset[Role]:
    return _owner(actor, item.meeting)


def _secretariat_of_meeting(actor: Actor, item: Any) -> frozenset[Role]:
    return roles_in_secretariat(actor, item.meeting)


def register() -> None:
    """Tell the access engine of the slice's protected models."""
    registry.protect(
        Protection(
            model=MeetingSeries,
            type_name="meeting_series",
            read_scope="forums:read",
            rules=SERIES_RULES,
            relations={"owner": _owner, "secretariat": roles_in_secretariat},
        )
    )
    registry.protect(
        with_access(
            Protection(
                model=Meeting,
                type_name="meeting",
                read_scope="forums:read",
                rules=MEETING_RULES,
                relations={"owner": _owner, "secretariat": roles_in_secretariat},
                state_field="state",
                grants=MeetingGrant,
                kind_field="kind",
            )
        )
    )
    registry.protect(
        Protection(
            model=AgendaItem,
            type_name="agenda_item",
            read_scope="forums:read",
            rules=AGENDA_RULES,
            relations={"owner": _owner_of_meeting, "secretariat": _secretariat_of_meeting},
            scope_field=None,
            parent_field="meeting",
        )
    )
    for model, type_name in (
        (MeetingOrganiser, "meeting_organiser"),
        (MeetingSeat, "meeting_seat"),
    ):
        registry.protect(
            Protection(
                model=model,
                type_name=type_name,
                read_scope="forums:read",
                scope_field=None,
                parent_field="meeting",
            )
        )
