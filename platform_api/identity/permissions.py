"""Permissions in Django's words, answered by the access engine.

Guardian's own backend would say yes to a grant that has ended, and to a suspended group.
"""

from typing import TYPE_CHECKING

from django.db.models import Model

from platform_api.core.access import decide, granted_levels
from platform_api.core.access_paths import LEVEL_CODENAMES
from platform_api.core.registry import registry

from .actors import actor_of

if TYPE_CHECKING:
    from .models import User


def has_permission(user: "User", perm: str, obj: Model) -> bool:
    """Whether a user may do to an object what a permission names; see ``User.has_perm``."""
    app_label, _, codename = perm.partition(".")
    suffix = f"_{obj._meta.model_name}"
    if (
        app_label != obj._meta.app_label
        or not codename.endswith(suffix)
        or not registry.is_protected(type(obj))
    ):
        return False
    ability = codename.removesuffix(suffix)
    actor = actor_of(user)
    levels = [level for level, name in LEVEL_CODENAMES.items() if name == ability]
    if ability == "view" or not levels:
        return decide(actor, ability, obj).allowed
    held = granted_levels(actor, [obj]).get(obj.pk)
    return held is not None and held >= levels[0]
