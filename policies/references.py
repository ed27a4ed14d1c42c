"""What bodies name by codes and slugs, and what views of owned objects fetch beside them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch

from forums.countries.models import Country
from forums.membership.models import Forum
from forums.organisations.models import Organisation
from platform_api.core.actor import Actor
from platform_api.core.http.references import referred

from .audience import invalid


def country_named(code: str | None, pointer: str = "/country") -> Country | None:
    """The country of a code. Raises Invalid for an unknown one."""
    if code is None:
        return None
    country = Country.objects.filter(code=code).first()
    if country is None:
        raise invalid(pointer, "unknown", "There is no such country.")
    return country


def organisation_named(key: str, pointer: str = "/organisation") -> Organisation:
    """The organisation of a key. Raises Invalid for an unknown one."""
    organisation = Organisation.objects.filter(key=key).first()
    if organisation is None:
        raise invalid(pointer, "unknown", "There is no such organisation.")
    return organisation


def forum_named(actor: Actor, given: Mapping[str, Any]) -> Forum | None:
    """The forum that a body names, among those the actor sees."""
    slug = given.get("forum")
    return referred(actor, "/forum", Forum, slug=slug) if slug else None


def forum_seen_by(actor: Actor) -> "Prefetch[Any]":
    """Objects with their forum, or none where the actor does not see it."""
    return Prefetch("forum", queryset=Forum.objects.visible_to(actor))
