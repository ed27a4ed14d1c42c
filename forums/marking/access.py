"""Who marks and restricts: the head of the seat that owns the object, whatever its type."""

from typing import Any

from platform_api.core.actor import Role
from platform_api.core.registry import Rule, registry


def narrowing_rule(obj: Any) -> Rule:
    """The rule of marking and restricting an object.

    What is the forum's own is its secretariat's to narrow; what a seat owns, never.
    """
    relations = registry.protection_of(type(obj)).relations
    through = "owner"
    if getattr(obj, "owner_delegation_id", None) is None and "secretariat" in relations:
        through = "secretariat"
    return Rule("access:manage", through=(through,), role=Role.HEAD)
