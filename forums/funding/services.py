"""Every write to projects and to who takes part in them; money has services of its own."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from forums.granting.services import Holder, grant_give
from forums.membership.models import Delegation
from forums.organisations.models import Organisation
from platform_api.core import access
from platform_api.core.actor import Actor, Level, Role
from platform_api.core.errors import Conflict, FieldError, Forbidden, Invalid
from platform_api.core.service import check_revision, locked_row, service
from platform_api.identity.groups import role_groups_of

from .codes import Visibility
from .contents import ProjectChanges, Share, check_dates, check_shares, merged
from .keeping import locked_project, record_change
from .models import ParticipatingOrganisation, Project, ProjectGrant, RecipientShare
from .totals import EXACT


@service
def project_create(
    *,
    actor: Actor,
    delegation: Delegation,
    identifier: str,
    titles: Mapping[str, str],
    status: str,
    descriptions: Mapping[str, str] | None = None,
    planned_start: date | None = None,
    actual_start: date | None = None,
    planned_end: date | None = None,
    actual_end: date | None = None,
    illustrative: bool = False,
    visibility: str = Visibility.HOME,
    recipient_shares: Iterable[Share] = (),
) -> Project:
    """Report a project of a seat; its drafter's act.

    Raises Forbidden (``drafter_required``), Invalid, and Conflict (``identifier_taken``) when the
    seat has a project of this identifier.
    """
    if Role.DRAFTER not in actor.roles_at(delegation.pk):
        raise Forbidden("A drafter of the seat reports a project.", code="drafter_required")
    project = Project(
        owner_delegation=delegation,
        forum=delegation.forum,
        identifier=identifier,
        titles=merged({}, titles),
        descriptions=merged({}, descriptions or {}),
        status=status,
        planned_start=planned_start,
        actual_start=actual_start,
        planned_end=planned_end,
        actual_end=actual_end,
        illustrative=illustrative,
    )
    _show_to(project, visibility)
    _check_project(project)
    shares = list(recipient_shares)
    check_shares(shares)
    try:
        with transaction.atomic():
            project.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(
            "The seat has a project of this identifier.", code="identifier_taken"
        ) from error
    _shares_write(project, shares)
    record_change(
        "project.created",
        actor,
        project,
        project,
        {
            "identifier": identifier,
            "titles": project.titles,
            "visibility": visibility,
            "recipient_shares": _told_shares(shares),
        },
    )
    return project


@service
def project_revise(
    *, actor: Actor, project: Project, if_match: str, changes: ProjectChanges
) -> Project:
    """Change what is said of a project; a change that changes nothing writes nothing.

    Whether the forum or the owner's seat alone reads it is the head's to say (``share``).
    Raises PreconditionFailed, Forbidden, Invalid.
    """
    locked = locked_row(
        Project.objects.select_related("owner_delegation__home_scope", "forum__effective_scope"),
        project.pk,
    )
    access.require(actor, "revise", locked)
    check_revision(locked.etag_revision, if_match)
    given: dict[str, Any] = dict(changes)
    shares = given.pop("recipient_shares", None)
    visibility = given.pop("visibility", locked.visibility)
    if visibility != locked.visibility:
        access.require(actor, "share", locked)
        given |= {"visibility": visibility}
    for name in {"titles", "descriptions"} & given.keys():
        given[name] = merged(getattr(locked, name), given[name])
    before = {name: getattr(locked, name) for name in given if getattr(locked, name) != given[name]}
    for name in before:
        setattr(locked, name, given[name])
    _show_to(locked, locked.visibility)
    _check_project(locked)
    after: dict[str, Any] = {name: given[name] for name in before}
    if shares is not None:
        check_shares(shares)
        held = [
            Share(row.country, row.percentage)
            for row in locked.recipient_shares.select_related("country")
        ]
        if _told_shares(held) != _told_shares(shares):
            before["recipient_shares"] = _told_shares(held)
            after["recipient_shares"] = _told_shares(shares)
            locked.recipient_shares.all().delete()
            _shares_write(locked, shares)
    if not before:
        return locked
    locked.revision += 1
    locked.save()
    record_change("project.revised", actor, locked, locked, {"before": before, "after": after})
    return locked


@service
def project_open_everywhere(
    *,
    actor: Actor,
    project: Project,
    holder: Holder,
    level: Level = Level.READ,
    until: datetime | None = None,
    reason: str = "",
) -> None:
    """Give a holder access to a project with the transactions of all its countries.

    ``grant_end`` takes it back. Raises as ``grant_give`` does.
    """
    grant_give(
        actor=actor,
        obj=project,
        holder=holder,
        level=level,
        until=until,
        reason=reason,
        ability="share",
    )
    ProjectGrant.objects.filter(
        content_object=project,
        group_id__in=role_groups_of(holder.pk).values(),
        permission_id=access.permission_id(Project, Level.READ),
    ).update(all_countries=True)
    record_change(
        "project.opened_everywhere", actor, project, project, {"holder": holder.pk}, owner_only=True
    )


@service
def participating_organisation_add(
    *, actor: Actor, project: Project, role: str, organisation: Organisation
) -> ParticipatingOrganisation:
    """Name an organisation that takes part in a role.

    Raises Forbidden, and Conflict (``already_there``) when it is named in that role.
    """
    locked = locked_project(actor, project.pk)
    named = ParticipatingOrganisation(project=locked, role=role, organisation=organisation)
    if locked.participating_organisations.filter(role=role, organisation=organisation).exists():
        raise Conflict("The organisation is named in this role.", code="already_there")
    named.save(force_insert=True)
    told = {"organisation": organisation.key, "role": role}
    record_change("participating_organisation.added", actor, locked, named, told)
    return named


@service
def participating_organisation_remove(
    *, actor: Actor, named: ParticipatingOrganisation, if_match: str
) -> None:
    """Take an organisation's role in a project out. Raises Forbidden, PreconditionFailed."""
    project = locked_project(actor, named.project_id)
    locked = locked_row(ParticipatingOrganisation.objects.all(), named.pk)
    check_revision(locked.etag_revision, if_match)
    told = {"organisation": locked.organisation.key, "role": locked.role}
    record_change("participating_organisation.removed", actor, project, locked, told)
    locked.delete()


def _show_to(project: Project, visibility: str) -> None:
    project.visibility = visibility
    if visibility == Visibility.FORUM:
        if project.forum is None:
            detail = "A project of a home seat has no forum."
            raise Invalid([FieldError("/visibility", "no_forum", detail)])
        scope = project.forum.effective_scope
    else:
        scope = project.owner_delegation.home_scope
    assert scope is not None
    project.effective_scope = scope


def _check_project(project: Project) -> None:
    if not project.titles:
        raise Invalid([FieldError("/titles", "required", "A project has a title.")])
    check_dates(project.planned_start, project.planned_end, "/planned_end")
    check_dates(project.actual_start, project.actual_end, "/actual_end")


def _shares_write(project: Project, shares: Iterable[Share]) -> None:
    RecipientShare.objects.bulk_create(
        RecipientShare(project=project, country=share.country, percentage=share.percentage)
        for share in shares
    )


def _told_shares(shares: Iterable[Share]) -> dict[str, str]:
    return {share.country.code: format(EXACT.normalize(share.percentage), "f") for share in shares}
