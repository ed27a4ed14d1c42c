"""Who calls: users, service clients, role groups and reader scopes.

These tables stand outside row-level security and are reached through identity only.
"""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group
from django.db import models
from django.db.models import Q
from oauth2_provider.models import AbstractApplication

from platform_api.core.actor import Role
from platform_api.core.ids import new_id

from .factors.models import Factor, RecoveryCode


class UserKind(models.TextChoices):
    PERSON = "person"
    CLIENT = "client"
    SYSTEM = "system"


class UserManager(BaseUserManager["User"]):
    """Users by e-mail address; a client's or system user's address is not deliverable."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):  # type: ignore[django-manager-missing]  # of an abstract base
    """A person, a service client's account, or a named system actor.

    Rights come from live group memberships alone; ``is_operator`` manages countries, seats
    and clients and sees no content.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=UserKind, default=UserKind.PERSON)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    groups: "models.ManyToManyField[Group, Membership]" = models.ManyToManyField(
        Group, through="Membership", related_name="user_set", blank=True
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=UserKind.values), name="identity_user_kind")
        ]

    def __str__(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """Whether the user may do a thing to an object now, as ``core.access`` decides.

        perm: app label, ability and model, as ``documents.view_document``; or a level that grants
        carry, as ``documents.draft_document``: whether one of that level holds. Nobody holds a
        permission over all objects, so the answer without one is no.
        """
        if obj is None:
            return False
        from .permissions import has_permission

        return has_permission(self, perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        """No, as ``has_perm``."""
        return False


class RoleGroup(models.Model):
    """The auth Group of one role at one seat, or at one country or organisation.

    holder_id is that delegation, country or organisation; kept without a foreign key, since
    those live in the layer above. A suspended or ended group gives nothing at the next
    statement.
    """

    class Kind(models.TextChoices):
        SEAT = "seat"
        PARTY = "party"

    group = models.OneToOneField(Group, on_delete=models.CASCADE, primary_key=True)
    kind = models.CharField(max_length=5, choices=Kind)
    holder_id = models.UUIDField()
    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in Role])
    suspended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "role"], name="identity_rolegroup_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.holder_id} {self.role}"


class Membership(models.Model):
    """A user in a role group for a time: derived from delegates and client bindings.

    source_id names the delegate or binding that it comes from, so that two of them may give
    the same group and end apart.
    """

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    group = models.ForeignKey(Group, on_delete=models.CASCADE)
    source_id = models.UUIDField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "group", "source_id"], name="identity_membership_once"
            ),
        ]
        indexes = [models.Index(fields=["source_id"], name="identity_membership_source")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.group_id}"


class Scope(models.Model):
    """A set of readers: everybody, a forum, a drafting group, one seat, or part of another set.

    key names it uniquely, so that equal sets of readers share one row.
    """

    class Kind(models.TextChoices):
        PUBLIC = "public"
        FORUM = "forum"
        DRAFTING_GROUP = "drafting_group"
        SEAT = "seat"
        NARROWED = "narrowed"

    id = models.AutoField(primary_key=True)
    kind = models.CharField(max_length=16, choices=Kind)
    key = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.key


class ScopeReader(models.Model):
    """A role group that reads a scope, for a time."""

    id = models.BigAutoField(primary_key=True)
    scope = models.ForeignKey(Scope, on_delete=models.CASCADE, related_name="readers")
    group = models.ForeignKey(Group, on_delete=models.CASCADE)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "group"], name="identity_scopereader_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} reads {self.scope_id}"


class ActorKey(models.Model):
    """The two padded halves of the HMAC key by which the database checks a signed actor.

    One row, readable by the policy role alone.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    inner_pad = models.BinaryField()
    outer_pad = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="identity_actorkey_single")]

    def __str__(self) -> str:
        return "actor key"


class Client(AbstractApplication):
    """A service client of a ministry, or a front end.

    ``user`` is the client's own account; its seat and role are a binding of forums.
    scopes: the OAuth scopes it may ask for. A token never carries more.
    """

    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta(AbstractApplication.Meta):
        pass

    def is_usable(self, request: Any) -> bool:
        from django.utils import timezone

        return self.expires_at is None or self.expires_at > timezone.now()


__all__ = [
    "ActorKey", "Client", "Factor", "Membership", "RecoveryCode", "RoleGroup", "Scope",
    "ScopeReader", "User", "UserKind", "UserManager",
]  # fmt: skip
