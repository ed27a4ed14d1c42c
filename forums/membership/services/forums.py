"""Every write to forums; an operator's."""

from collections.abc import Mapping, Sequence

from forums.countries.services import require_english
from forums.membership.models import DecisionRule, Forum
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.service import check_revision, locked_row, service
from platform_api.identity.groups import scope_set
from platform_api.identity.models import Scope
from platform_api.ledger.services import EventSpec, record


@service
def forum_create(
    *,
    actor: Actor,
    slug: str,
    names: Mapping[str, str],
    mandate: Mapping[str, str],
    working_languages: Sequence[str],
    silence_hours: int = 72,
    number_pattern: str = "{slug}/{year}/{number}",
    four_eyes: bool = True,
    decision_rule: str = DecisionRule.SILENCE,
) -> Forum:
    """Open a forum; an operator's act."""
    access.require_operator(actor)
    forum = Forum(
        slug=slug,
        names=dict(names),
        mandate=dict(mandate),
        working_languages=list(working_languages),
        decision_rule=decision_rule,
        silence_hours=silence_hours,
        number_pattern=number_pattern,
        four_eyes=four_eyes,
    )
    forum.effective_scope = scope_set(Scope.Kind.FORUM, f"forum:{forum.pk}", {})
    forum.save(force_insert=True)
    record(
        kind="forum.created",
        actor=actor,
        object_type="forum",
        object_id=forum.pk,
        effective_scope_id=forum.effective_scope.pk,
        details={"slug": slug},
        events=[EventSpec("forum.created")],
    )
    return forum


@service
def forum_revise(
    *,
    actor: Actor,
    forum: Forum,
    if_match: str,
    names: Mapping[str, str],
    mandate: Mapping[str, str],
    silence_hours: int,
    four_eyes: bool,
) -> Forum:
    """Replace a forum's names, mandate and rules. Raises PreconditionFailed, Invalid."""
    access.require_operator(actor)
    locked = locked_row(Forum.objects.all(), forum.pk)
    check_revision(locked.etag_revision, if_match)
    require_english(names)
    after = {
        "names": dict(names),
        "mandate": dict(mandate),
        "silence_hours": silence_hours,
        "four_eyes": four_eyes,
    }
    before = {name: getattr(locked, name) for name in after}
    if before == after:
        return locked
    for name, value in after.items():
        setattr(locked, name, value)
    locked.revision += 1
    locked.save(update_fields=[*after, "revision"])
    record(
        kind="forum.revised",
        actor=actor,
        object_type="forum",
        object_id=locked.pk,
        effective_scope_id=locked.effective_scope_id,
        details={"before": before, "after": after},
        events=[EventSpec("forum.revised")],
    )
    return locked
