"""Loads the scenario's instruments and practices, each by the people of the seat that keeps it."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from forums.countries.models import Country
from forums.membership.models import Delegate, Delegation
from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from policies.instruments.models import Instrument
from policies.instruments.services import InstrumentFields, instrument_create, status_event_record
from policies.practices.lineage import ExternalSource, adaptation_add
from policies.practices.models import Adaptation, Practice
from policies.practices.services import practice_create, practice_publish
from policies.practices.sharing import practice_share

_DATA = Path(__file__).parent / "data" / "policies.json"
_NOT_FIELDS = {"forum", "owner", "country", "audience", "events"}


@transaction.atomic
def load(*, operator: Actor) -> None:
    """Make the instruments and practices that are missing; those that are there stay.

    operator: sees which people act for a seat. A share ends so many days after it was loaded.
    """
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    for row in data["instruments"]:
        seat, drafter = _at(operator, row, Role.DRAFTER)
        with acting(drafter):
            _instrument(drafter, seat, row)
    for row in data["practices"]:
        seat, drafter = _at(operator, row, Role.DRAFTER)
        with acting(drafter):
            if _is_there(seat, row):
                continue
            practice = practice_create(actor=drafter, delegation=seat, content=row["content"])
            _sources(drafter, practice, row["sources"])
        _, head = _at(operator, row, Role.HEAD)
        with acting(head):
            _publish(head, practice, row)


def _instrument(drafter: Actor, seat: Delegation, row: Mapping[str, Any]) -> None:
    title = row["titles"]["en"]["title"]
    kept = Instrument.objects.filter(owner_delegation=seat, titles__en__title=title)
    if kept.exists():
        return
    instrument = instrument_create(
        actor=drafter,
        delegation=seat,
        audience=row["audience"],
        fields=_fields(row),
    )
    for event in row["events"]:
        given = {**event, "country": _country(event.get("country"))}
        status_event_record(actor=drafter, instrument=instrument, **given)


def _fields(row: Mapping[str, Any]) -> InstrumentFields:
    fields: Any = {name: value for name, value in row.items() if name not in _NOT_FIELDS}
    return {**fields, "country": _country(row["country"])}


def _sources(drafter: Actor, practice: Practice, rows: list[Mapping[str, Any]]) -> None:
    made: list[Adaptation] = []
    for row in rows:
        made.append(
            adaptation_add(
                actor=drafter,
                practice=practice,
                source=ExternalSource(row["organisation"], row["title"]),
                by_way_of=made[row["by_way_of"]] if "by_way_of" in row else None,
                kept=row["kept"],
                changed=row["changed"],
            )
        )


def _publish(head: Actor, practice: Practice, row: Mapping[str, Any]) -> None:
    published = practice_publish(
        actor=head,
        draft=practice.draft,
        if_match=practice.draft.etag_revision,
        audience=row["audience"],
    )
    share = row["share"]
    if share:
        practice_share(
            actor=head,
            practice=published,
            holder=Country.objects.get(code=share["country"]),
            until=database_now() + timedelta(days=share["days"]),
            reason=share["reason"],
        )


def _is_there(seat: Delegation, row: Mapping[str, Any]) -> bool:
    title = row["content"]["title"]
    return Practice.objects.filter(owner_delegation=seat, draft__title=title).exists()


def _at(operator: Actor, row: Mapping[str, Any], role: Role) -> tuple[Delegation, Actor]:
    """The seat of a row, and one of the people that act for it in a role."""
    with acting(operator):
        seats = Delegation.objects.filter(forum__slug=row["forum"])
        party = row["owner"]
        seat = (
            seats.get(country__code=party)
            if party.isupper()
            else seats.get(organisation__key=party)
        )
        delegate = Delegate.objects.filter(delegation=seat, role=role.value).first()
    if delegate is None:
        raise LookupError(f"nobody is {role} of {seat}")
    return seat, actor_of(delegate.user)


def _country(code: str | None) -> Country | None:
    return Country.objects.get(code=code) if code else None
