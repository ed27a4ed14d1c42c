"""Who reads what a seat keeps: the seat itself, a forum, or everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from forums.countries.models import Country
from forums.marking.compiling import rings_of, scope_within
from forums.marking.models import Marked
from forums.marking.rings import Ring
from forums.membership.models import Delegation, Forum
from forums.organisations.models import Organisation
from platform_api.core.access import permission_id
from platform_api.core.actor import PUBLIC_SCOPE, Actor, Level, Role
from platform_api.core.errors import FieldError, Invalid
from platform_api.core.partial_dates import PATTERN
from platform_api.core.registry import registry
from platform_api.identity.groups import role_groups_of

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


class Audience(models.TextChoices):
    """Whose readers see it: those of the owner's seat, of a forum, or everybody."""

    OWNER = "owner"
    FORUM = "forum"
    PUBLIC = "public"


class Owned(Marked):
    """What a seat keeps, and who reads it.

    owner_country, owner_organisation: the owner's party, repeated because readers elsewhere do
    not see the owner's seat. forum: the one whose seats read it, of the audience ``forum``.
    effective_scope: the readers that follow from the audience, as the marks allow.
    """

    owner_delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    owner_country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, related_name="+"
    )
    owner_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    audience = models.CharField(max_length=6, choices=Audience)
    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, null=True, related_name="+")
    effective_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
        default_permissions = ("view",)
        constraints = [
            *Marked.Meta.constraints,
            models.CheckConstraint(
                condition=Q(owner_country=None, owner_organisation__isnull=False)
                | Q(owner_country__isnull=False, owner_organisation=None),
                name="%(app_label)s_%(class)s_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(audience=Audience.FORUM, forum__isnull=False)
                | Q(audience__in=[Audience.OWNER, Audience.PUBLIC], forum=None),
                name="%(app_label)s_%(class)s_audience",
            ),
        ]
        indexes = [
            models.Index(
                "effective_scope",
                models.F("created_at").desc(),
                models.F("id").desc(),
                name="%(app_label)s_%(class)s_feed",
            )
        ]


def levels_of(model: str) -> "list[tuple[str, StrOrPromise]]":
    """The permissions of a model's grants, besides ``view``."""
    return [(f"{level}_{model}", f"Can {level} a {model}") for level in _HIGHER_LEVELS]


_HIGHER_LEVELS = ("comment", "draft", "manage")


def partial_date_check(field: str, name: str) -> models.CheckConstraint:
    """That a text field is empty or of the shape of a partial date."""
    return models.CheckConstraint(
        condition=Q(**{field: ""}) | Q(**{f"{field}__regex": PATTERN}), name=name
    )


@dataclass(frozen=True, slots=True)
class Readers:
    """An audience with the forum and scope it means for one owner."""

    audience: Audience
    forum: Forum | None
    scope_id: int

    def give_to(self, obj: Owned) -> None:
        """Make them the readers of an object; saving is the caller's."""
        obj.audience = self.audience
        obj.forum = self.forum
        obj.effective_scope_id = self.scope_id
        settle_owned(obj)


_RINGS = {
    Audience.OWNER: Ring.HOME,
    Audience.FORUM: Ring.FORUM,
    Audience.PUBLIC: Ring.PUBLIC,
}


def settle_owned(obj: Any) -> None:
    """Give an object the scope of its audience and marks; it has no drafting group."""
    forum = obj.forum.effective_scope_id if obj.forum_id else None
    home = Delegation.objects.values_list("home_scope", flat=True).get(pk=obj.owner_delegation_id)
    rings = rings_of(_RINGS[Audience(obj.audience)], home, forum=forum)
    obj.effective_scope_id = scope_within(rings, obj.marks)


def readers_for(owner: Delegation, audience: str, forum: Forum | None) -> Readers:
    """The readers that an owner's choice means.

    forum: one in which the owner's party has a seat; the owner's own when left out.
    Raises Invalid at ``/forum`` (``not_allowed_here``, ``required``, ``not_seated``).
    """
    wanted = Audience(audience)
    if wanted is not Audience.FORUM:
        if forum is not None:
            raise _forum_error("not_allowed_here", "Only the audience forum names a forum.")
        if wanted is Audience.PUBLIC:
            return Readers(wanted, None, PUBLIC_SCOPE)
        assert owner.home_scope_id is not None
        return Readers(wanted, None, owner.home_scope_id)
    chosen = forum or owner.forum
    if chosen is None:
        raise _forum_error("required", "A home seat names the forum that is to read it.")
    seats = Delegation.objects.filter(
        forum=chosen, country=owner.country_id, organisation=owner.organisation_id
    )
    if not seats.exists():
        raise _forum_error("not_seated", "The owner has no seat in this forum.")
    assert chosen.effective_scope_id is not None
    return Readers(wanted, chosen, chosen.effective_scope_id)


def keep_own_sight(actor: Actor, obj: Owned) -> None:
    """Let the owner's readers see an object whatever audience it is given.

    A forum's readers are those of its seats: a home seat, or a seat in another forum, would lose
    what it gives to a forum. The owner's grant is no share and never ends.
    """
    grants = registry.protection_of(type(obj)).grants
    assert grants is not None
    # An object that changes hands may have been shared with its new owner, until a time.
    grants._default_manager.update_or_create(
        content_object_id=obj.pk,
        group_id=role_groups_of(obj.owner_delegation_id)[Role.READER],
        permission_id=permission_id(type(obj), Level.READ),
        defaults={"granted_by_id": actor.require_user(), "expires_at": None},
    )


def owner_of(obj: Owned) -> Delegation:
    """The owner's seat with its forum; whoever acts for it sees it."""
    return Delegation.objects.select_related("forum").get(pk=obj.owner_delegation_id)


def invalid(pointer: str, code: str, detail: str) -> Invalid:
    """One invalid member of a body."""
    return Invalid([FieldError(pointer, code, detail)])


def _forum_error(code: str, detail: str) -> Invalid:
    return invalid("/forum", code, detail)


OWNER_PARTY: Sequence[str] = ("owner_country", "owner_organisation")
"""What an answer needs of an owned object's owner."""
