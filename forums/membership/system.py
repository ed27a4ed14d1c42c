"""The platform itself, where nobody else may act: for the invited, and at the end of reviews."""

from platform_api.core.actor import Actor
from platform_api.identity.actors import system_actor

MEMBERSHIP = "membership"
"""The system actor that sees who acts for every seat; row-level security knows it."""


def membership_actor() -> Actor:
    """The platform's own actor of membership."""
    return system_actor(MEMBERSHIP)
