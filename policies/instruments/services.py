"""Every write to instruments and their status events."""

from collections.abc import Mapping
from typing import Any, TypedDict

from django.db import IntegrityError, transaction

from forums.countries.models import Country
from forums.membership.models import Delegation, Forum
from platform_api.core import access
from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, Forbidden
from platform_api.core.partial_dates import PartialDate
from platform_api.core.service import check_revision, locked_row, service
from platform_api.identity.groups import home_scope
from platform_api.ledger.services import EventSpec, record
from policies.audience import Audience, invalid, keep_own_sight, owner_of, readers_for

from .identifiers import identifier_key
from .models import Instrument, InstrumentKind, LegalStatusEvent
from .status import LegalStatus

DATES = ("date_document", "date_publication", "date_applicability")


class Title(TypedDict, total=False):
    """A title of an instrument in one language."""

    title: str
    is_official: bool


class InstrumentFields(TypedDict, total=False):
    """What is told of an instrument; a date or year of None is not known.

    titles: by BCP 47 tag; None takes one out.
    """

    kind: str
    country: Country | None
    identifier: str
    date_document: str | None
    date_publication: str | None
    date_applicability: str | None
    period_begin: int | None
    period_end: int | None
    titles: Mapping[str, Title | None]


@service
def instrument_create(
    *,
    actor: Actor,
    delegation: Delegation,
    fields: InstrumentFields,
    audience: str = Audience.OWNER,
    forum: Forum | None = None,
) -> Instrument:
    """Keep an instrument at a seat, read by an audience.

    delegation: the seat acted for, its owner from now on.
    Raises Forbidden (``drafter_required``; ``head_required`` for a wider audience of an internal
    policy), Invalid and Conflict (``identifier_taken`` by another of the same seat).
    """
    if Role.DRAFTER not in actor.roles_at(delegation.pk):
        raise Forbidden("A drafter keeps instruments.", code="drafter_required")
    instrument = Instrument(
        owner_delegation=delegation,
        owner_country_id=delegation.country_id,
        owner_organisation_id=delegation.organisation_id,
    )
    _fill(instrument, fields)
    readers_for(delegation, audience, forum).give_to(instrument)
    if instrument.audience != Audience.OWNER:
        _require_publishable(actor, instrument)
    _save(instrument, new=True)
    keep_own_sight(actor, instrument)
    _record("instrument.created", actor, instrument, _told(instrument))
    return instrument


@service
def instrument_revise(
    *,
    actor: Actor,
    instrument: Instrument,
    if_match: str,
    fields: InstrumentFields,
    audience: str | None = None,
    forum: Forum | None = None,
) -> Instrument:
    """Change what is told of an instrument, or who reads it; what is not given stays.

    audience: None leaves the readers as they are; then ``forum`` may only name another forum.
    Raises PreconditionFailed, Forbidden, Invalid, Conflict (``identifier_taken``).
    """
    locked = locked_row(Instrument.objects.all(), instrument.pk)
    access.require(actor, "revise", locked)
    check_revision(locked.etag_revision, if_match)
    before = _told(locked)
    _fill(locked, fields)
    if forum is not None or (audience is not None and audience != locked.audience):
        readers_for(owner_of(locked), audience or locked.audience, forum).give_to(locked)
    after = _told(locked)
    if after == before:
        return locked
    if locked.audience != Audience.OWNER and (
        before["audience"] != after["audience"] or before["forum"] != after["forum"]
    ):
        _require_publishable(actor, locked)
    locked.revision += 1
    _save(locked, new=False)
    _record("instrument.revised", actor, locked, {"before": before, "after": after})
    return locked


@service
def status_event_record(
    *,
    actor: Actor,
    instrument: Instrument,
    kind: str,
    effective_from: str,
    country: Country | None = None,
    decided_by: str = "",
    source: str = "",
    note: str = "",
    supersedes: LegalStatusEvent | None = None,
) -> LegalStatusEvent:
    """Record something that happened to an instrument in law.

    country: the party of a convention that it is about. supersedes: the event it corrects.
    Raises Forbidden, Invalid, Conflict (``already_superseded``).
    """
    # Two corrections of one event come one after the other.
    locked = locked_row(Instrument.objects.all(), instrument.pk)
    access.require(actor, "record_status", locked)
    if country is not None and locked.kind != InstrumentKind.CONVENTION:
        raise invalid("/country", "not_a_convention", "Only a convention has parties.")
    if supersedes is not None:
        if supersedes.instrument_id != locked.pk:
            raise invalid("/supersedes", "unknown", "There is no such event of this instrument.")
        if LegalStatusEvent.objects.filter(supersedes=supersedes).exists():
            raise Conflict("The event has been superseded.", code="already_superseded")
    event = LegalStatusEvent(
        instrument=locked,
        kind=LegalStatus(kind),
        country=country,
        effective_from=_partial_date("effective_from", effective_from),
        decided_by=decided_by,
        source=source,
        note=note,
        supersedes=supersedes,
        recorded_at=database_now(),
    )
    event.save(force_insert=True)
    _record(
        "instrument.status_recorded",
        actor,
        locked,
        {
            "event": str(event.pk),
            "kind": event.kind,
            "effective_from": event.effective_from,
            "country": country.code if country else None,
            "supersedes": str(supersedes.pk) if supersedes else None,
        },
    )
    return event


def _fill(instrument: Instrument, fields: InstrumentFields) -> None:
    given: dict[str, Any] = dict(fields)
    titles = given.pop("titles", {})
    for name, value in given.items():
        if name in DATES:
            setattr(instrument, name, _partial_date(name, value) if value else "")
        else:
            setattr(instrument, name, value)
    instrument.identifier_key = identifier_key(instrument.identifier)
    instrument.titles = _merged(instrument.titles, titles)
    begin, end = instrument.period_begin, instrument.period_end
    if begin is not None and end is not None and end < begin:
        raise invalid("/period_end", "before_begin", "The period ends before it begins.")


def _merged(
    held: Mapping[str, Mapping[str, Any]], given: Mapping[str, Title | None]
) -> dict[str, dict[str, Any]]:
    merged: dict[str, dict[str, Any]] = {tag: dict(title) for tag, title in held.items()}
    for tag, change in given.items():
        if change is None:
            merged.pop(tag, None)
            continue
        title = {"is_official": False, **merged.get(tag, {}), **change}
        if not title.get("title"):
            raise invalid(f"/titles/{tag}/title", "required", "A title is needed.")
        merged[tag] = title
    if not merged:
        raise invalid("/titles", "required", "A title in some language is needed.")
    return merged


def _partial_date(name: str, text: str) -> str:
    try:
        return str(PartialDate.parse(text))
    except ValueError as error:
        raise invalid(f"/{name}", "invalid_date", str(error)) from error


def _require_publishable(actor: Actor, instrument: Instrument) -> None:
    """An internal policy leaves the house by its head; what is published law, by a drafter."""
    roles = actor.roles_at(instrument.owner_delegation_id)
    if instrument.kind == InstrumentKind.INTERNAL_POLICY and Role.HEAD not in roles:
        raise Forbidden("The head opens an internal policy to others.", code="head_required")


def _save(instrument: Instrument, *, new: bool) -> None:
    try:
        with transaction.atomic():
            instrument.save(force_insert=new, force_update=not new)
    except IntegrityError as error:
        if "policies_instrument_identifier_once" not in str(error):
            raise
        raise Conflict(
            "Your seat keeps an instrument of this identifier.", code="identifier_taken"
        ) from error


def _told(instrument: Instrument) -> dict[str, Any]:
    names = ("kind", "identifier", *DATES, "period_begin", "period_end", "titles", "audience")
    return {
        **{name: getattr(instrument, name) for name in names},
        "country": str(instrument.country_id) if instrument.country_id else None,
        "forum": str(instrument.forum_id) if instrument.forum_id else None,
    }


def _record(kind: str, actor: Actor, instrument: Instrument, details: Mapping[str, object]) -> None:
    record(
        kind=kind,
        actor=actor,
        object_type="instrument",
        object_id=instrument.pk,
        seat_id=instrument.owner_delegation_id,
        owner_seat_id=instrument.owner_delegation_id,
        effective_scope_id=instrument.effective_scope_id,
        details=details,
        events=[EventSpec(kind, narrow_scope_id=home_scope(instrument.effective_scope_id))],
    )
