"""What is decided on an object for all abilities, at the price of one question to the database."""

from collections.abc import Iterable

import pytest
from django.db.models import Model

from platform_api.core.access import Decision, decide, is_visible
from platform_api.core.actor import Actor


def decided(actor: Actor, obj: Model, asked: Iterable[str]) -> dict[str, Decision]:
    """What ``decide`` answers to each ability, where whether the actor sees the object is the
    same for all."""
    shown = is_visible(actor, obj)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("platform_api.core.access.is_visible", lambda *_: shown)
        return {ability: decide(actor, ability, obj) for ability in asked}
