"""What the services of funding share: the locked project and the ledger entry."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.service import locked_row
from platform_api.identity.groups import home_scope
from platform_api.ledger.services import EventSpec, record

from .models import Project


def locked_project(actor: Actor, pk: UUID, ability: str = "revise") -> Project:
    """The project, locked, of which the actor may do this; what it holds is written under it."""
    project = locked_row(Project.objects.all(), pk)
    access.require(actor, ability, project)
    return project


def record_change(
    kind: str,
    actor: Actor,
    project: Project,
    row: Any,
    details: Mapping[str, Any],
    *,
    owner_only: bool = False,
) -> None:
    """A ledger entry that the project's readers may read, or its owner alone."""
    record(
        kind=kind,
        actor=actor,
        object_type=kind.partition(".")[0],
        object_id=row.pk,
        seat_id=project.owner_delegation_id,
        owner_seat_id=project.owner_delegation_id,
        effective_scope_id=None if owner_only else project.effective_scope_id,
        details=dict(details),
        events=[EventSpec(kind, narrow_scope_id=_told_to(project, owner_only=owner_only))],
    )


def _told_to(project: Project, *, owner_only: bool) -> int | None:
    if owner_only and project.owner_delegation:
        return project.owner_delegation.home_scope_id
    return home_scope(project.effective_scope_id)
