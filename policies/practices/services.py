"""Writing, publishing and withdrawing practices."""

from collections.abc import Mapping
from typing import Any

from forums.countries.models import Country
from forums.granting.services import GrantChanged, grant_changed
from forums.membership.models import Delegation, Forum
from platform_api.core import access
from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, Forbidden
from platform_api.core.partial_dates import PartialDate
from platform_api.core.service import check_revision, locked_row, service
from platform_api.identity.groups import home_scope
from platform_api.identity.models import RoleGroup
from platform_api.ledger.services import EventSpec, record
from policies.audience import Audience, invalid, keep_own_sight, owner_of, readers_for

from .models import (
    CONTENT,
    MANDATORY,
    Practice,
    PracticeContent,
    PracticeDraft,
    PracticeGrant,
    PracticeState,
    PracticeVersion,
)


@service
def practice_create(
    *,
    actor: Actor,
    delegation: Delegation,
    content: Mapping[str, Any],
    country: Country | None = None,
) -> Practice:
    """Begin a practice, which the owner alone sees until it is published.

    delegation: the seat acted for, its owner. country: the owner's own by default.
    content: some of the fields of a practice's text. Raises Forbidden, Invalid.
    """
    if Role.DRAFTER not in actor.roles_at(delegation.pk):
        raise Forbidden("A drafter writes practices.", code="drafter_required")
    practice = Practice(
        owner_delegation=delegation,
        owner_country_id=delegation.country_id,
        owner_organisation_id=delegation.organisation_id,
        country_id=country.pk if country else delegation.country_id,
    )
    readers = readers_for(delegation, Audience.OWNER, None)
    readers.give_to(practice)
    draft = PracticeDraft(
        practice=practice, effective_scope_id=readers.scope_id, updated_at=database_now()
    )
    _fill(draft, content)
    practice.save(force_insert=True)
    keep_own_sight(actor, practice)
    draft.save(force_insert=True)
    _record("practice.created", actor, practice, readers.scope_id, {"content": _content(draft)})
    return practice


@service
def practice_draft_revise(
    *, actor: Actor, draft: PracticeDraft, if_match: str, content: Mapping[str, Any]
) -> PracticeDraft:
    """Change the text that the next version will have; what is not given stays.

    Raises PreconditionFailed, Forbidden, Invalid.
    """
    locked = locked_row(PracticeDraft.objects.select_related("practice"), draft.pk)
    access.require(actor, "revise", locked)
    check_revision(locked.etag_revision, if_match)
    before = _content(locked)
    _fill(locked, content)
    after = _content(locked)
    if after == before:
        return locked
    locked.revision += 1
    locked.updated_at = database_now()
    locked.save(force_update=True)
    changed = [name for name in CONTENT if before[name] != after[name]]
    _record(
        "practice.draft_revised",
        actor,
        locked.practice,
        locked.effective_scope_id,
        {
            "before": {name: before[name] for name in changed},
            "after": {name: after[name] for name in changed},
        },
    )
    return locked


@service
def practice_publish(
    *,
    actor: Actor,
    draft: PracticeDraft,
    if_match: str,
    audience: str,
    forum: Forum | None = None,
) -> Practice:
    """Publish a draft to an audience as the next version; the owner's head approves by it.

    A text that is the latest version already makes no new one, so that the audience alone can be
    changed.

    Raises PreconditionFailed, Forbidden, Invalid, Conflict (``incomplete``, with ``missing``).
    """
    locked = locked_row(Practice.objects.all(), draft.practice_id)
    text = locked_row(PracticeDraft.objects.select_related("practice"), draft.pk)
    access.require(actor, "publish", text)
    check_revision(text.etag_revision, if_match)
    missing = missing_of(text)
    if missing:
        raise Conflict(
            "The practice does not tell all that a published one must.",
            code="incomplete",
            extensions={"missing": missing},
        )
    before = (locked.state, locked.audience, locked.forum_id, locked.published_version_id)
    latest = (
        PracticeVersion.objects.get(pk=locked.published_version_id)
        if locked.published_version_id
        else None
    )
    if latest is None or _content(latest) != _content(text):
        latest = _next_version(locked, text, latest)
    readers_for(owner_of(locked), audience, forum).give_to(locked)
    locked.state = PracticeState.PUBLISHED
    locked.published_version = latest
    after = (locked.state, locked.audience, locked.forum_id, latest.pk)
    if after == before:
        return locked
    locked.revision += 1
    locked.save(force_update=True)
    _record(
        "practice.published",
        actor,
        locked,
        locked.effective_scope_id,
        {
            "version": latest.number,
            "audience": locked.audience,
            "forum": str(locked.forum_id) if locked.forum_id else None,
            "audience_before": before[1],
        },
    )
    return locked


@service
def practice_withdraw(*, actor: Actor, practice: Practice, if_match: str, reason: str) -> Practice:
    """Take a practice back: from now on its owner alone sees it, and every share has ended.

    Raises PreconditionFailed, Forbidden, Conflict (``wrong_state``).
    """
    locked = locked_row(Practice.objects.all(), practice.pk)
    access.require(actor, "withdraw", locked)
    check_revision(locked.etag_revision, if_match)
    scope_before = locked.effective_scope_id
    readers_for(owner_of(locked), Audience.OWNER, None).give_to(locked)
    locked.state = PracticeState.WITHDRAWN
    locked.revision += 1
    locked.save(force_update=True)
    ended = _end_shares(locked)
    _record(
        "practice.withdrawn",
        actor,
        locked,
        scope_before,
        {"reason": reason, "shares_ended": len(ended)},
    )
    return locked


def missing_of(content: PracticeContent) -> list[str]:
    """What a text lacks of what a published practice must tell."""
    return [name for name in MANDATORY if getattr(content, name) in ("", None, [])]


def _next_version(
    practice: Practice, draft: PracticeDraft, latest: PracticeVersion | None
) -> PracticeVersion:
    version = PracticeVersion(
        practice=practice,
        number=latest.number + 1 if latest else 1,
        published_at=database_now(),
        **_content(draft),
    )
    version.save(force_insert=True)
    return version


def _end_shares(practice: Practice) -> set[int]:
    """End every share of a practice; the reader groups that lost their sight of it."""
    shares = PracticeGrant.objects.filter(content_object=practice).exclude(
        group__rolegroup__holder_id=practice.owner_delegation_id
    )
    groups = set(shares.values_list("group_id", flat=True))
    readers = RoleGroup.objects.filter(group_id__in=groups, role=Role.READER)
    ended = set(readers.values_list("group_id", flat=True))
    shares.delete()
    for group_id in sorted(ended):
        grant_changed.fire(GrantChanged(practice, "practice", group_id, gained=False))
    return ended


def _fill(draft: PracticeDraft, content: Mapping[str, Any]) -> None:
    for name, value in content.items():
        if name not in CONTENT:
            raise ValueError(f"a practice tells nothing called {name}")
        empty: Any = None if name == "evidence_level" else ""
        setattr(draft, name, empty if value is None else value)
    begin, end = _span(draft)
    if begin and end and end.surely_before(begin):
        raise invalid("/period_end", "before_begin", "The period ends before it begins.")


def _span(draft: PracticeDraft) -> tuple[PartialDate | None, PartialDate | None]:
    found: list[PartialDate | None] = []
    for name in ("period_begin", "period_end"):
        text = getattr(draft, name)
        try:
            found.append(PartialDate.parse(text) if text else None)
        except ValueError as error:
            raise invalid(f"/{name}", "invalid_date", str(error)) from error
    return found[0], found[1]


def _content(text: PracticeContent) -> dict[str, Any]:
    return {name: getattr(text, name) for name in CONTENT}


def _record(
    kind: str, actor: Actor, practice: Practice, scope_id: int, details: Mapping[str, object]
) -> None:
    record(
        kind=kind,
        actor=actor,
        object_type="practice",
        object_id=practice.pk,
        seat_id=practice.owner_delegation_id,
        owner_seat_id=practice.owner_delegation_id,
        effective_scope_id=scope_id,
        details=details,
        events=[EventSpec(kind, narrow_scope_id=home_scope(scope_id))],
    )
