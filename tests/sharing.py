"""Lets tests give and end grants on sections by the services."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from forums.granting.services import grant_end, grant_give
from forums.membership.models import Delegation
from platform_api.core.actor import Actor, Level, Role
from platform_api.core.registry import Rule, registry


@pytest.fixture
def sharing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Gives a holder a section to read, by a head of its owner; ``end=True`` ends that.

    While no rule allows it, a head of the owner may.
    """
    held = registry.protection_named("section")
    if "share" not in held.rules:
        rule = Rule("documents:write", through=("owner",), role=Role.HEAD)
        allowed = replace(held, rules={**held.rules, "share": rule})
        monkeypatch.setitem(registry._protections, held.model, allowed)
        monkeypatch.setitem(registry._by_type, "section", allowed)

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
