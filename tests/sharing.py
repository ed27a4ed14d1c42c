"""Lets tests give and end grants on sections by the services."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from forums.granting.services import grant_end, grant_give
from forums.membership.models import Delegation
from platform_api.core.actor import Actor, Level


@pytest.fixture
def sharing() -> Callable[..., None]:
    """Gives a holder a section to read, by a head of its owner; ``end=True`` ends that."""

    def share(
        actor: Actor,
        section: Any,
        holder: Delegation,
        *,
        until: datetime | None = None,
        end: bool = False,
    ) -> None:
        if end:
            grant_end(actor=actor, obj=section, holder=holder)
        else:
            grant_give(actor=actor, obj=section, holder=holder, level=Level.READ, until=until)

    return share
