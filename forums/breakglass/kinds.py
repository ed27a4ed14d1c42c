"""Of which types objects can be opened by break-glass."""

from platform_api.core.registry import Protection, registry


def opened_types() -> dict[str, Protection]:
    """The types that can be opened: those whose objects have an owner."""
    return {
        protection.type_name: protection
        for protection in registry.protections
        if any(field.name == "owner_delegation" for field in protection.model._meta.get_fields())
    }
