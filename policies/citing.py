"""Instruments as what others cite: told by id, and only of those that the reader sees."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse

from platform_api.core.actor import Actor
from platform_api.core.http import conf
from platform_api.core.registry import Reference, registry
from policies.instruments.models import Instrument


def cited_instruments(actor: Actor, ids: Collection[UUID]) -> Mapping[UUID, Reference]:
    """The instruments among these that an actor sees, with a credential that reads instruments."""
    protection = registry.protection_of(Instrument)
    if actor.is_authenticated and not actor.may_use(protection.read_scope):
        return {}
    base = conf.text("PUBLIC_URL").rstrip("/")
    return {
        row.pk: Reference(
            id=row.pk,
            identifier=row.identifier,
            titles={tag: told["title"] for tag, told in row.titles.items()},
            url=base + reverse("instrument", kwargs={"id": row.pk}),
        )
        for row in Instrument.objects.visible_to(actor).filter(pk__in=ids)
    }


def register() -> None:
    """Let sections of documents cite instruments."""
    registry.make_referable("instrument", cited_instruments)
