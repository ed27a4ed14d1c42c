"""The abstract grant tables: django-guardian's direct foreign key form, with an end.

``sort_at`` and ``kind`` repeat the object's so that a list is read from the grant table
alone; a database trigger keeps them right.
"""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from platform_api.core.ids import new_id


class GroupGrant(GroupObjectPermissionBase):
    """A grant on one object to one role group. Subclasses add ``content_object``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    sort_at = models.DateTimeField()
    kind = models.CharField(max_length=32)
    expires_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = True
        indexes = [
            models.Index(
                F("permission"),
                F("group"),
                F("sort_at").desc(),
                F("content_object").desc(),
                include=["expires_at"],
                name="%(class)s_feed",
            ),
            models.Index(fields=["content_object", "permission", "group"], name="%(class)s_object"),
        ]


def facet_index() -> models.Index:
    """The feed of one kind, for grant tables whose list is filtered by it."""
    return models.Index(
        F("permission"),
        F("group"),
        F("kind"),
        F("sort_at").desc(),
        F("content_object").desc(),
        include=["expires_at"],
        name="%(class)s_facet",
    )


class UserGrant(UserObjectPermissionBase):
    """The user form of a grant table, which guardian needs and the platform refuses rows in."""

    id = models.BigAutoField(primary_key=True)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(id__lt=0), name="%(class)s_refused")]
