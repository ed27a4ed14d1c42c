"""Every write to seats; an operator's."""

from datetime import date
from typing import Any

from django.db.models import Q

from forums.countries.models import Country
from forums.membership.derivation import (
    forum_scope_refresh,
    memberships_refresh,
    seat_scope,
    seat_suspension_refresh,
)
from forums.membership.models import Delegation, Forum
from forums.membership.recording import record_at_seat
from forums.organisations.models import Organisation
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict, FieldError, Invalid
from platform_api.core.service import check_revision, locked_row, service
from platform_api.identity.groups import role_groups_make
from platform_api.identity.models import RoleGroup


@service
def home_seat_make(*, actor: Actor, party: Country | Organisation) -> Delegation:
    """The home seat of a country or organisation, made once with the party's own groups."""
    access.require_operator(actor)
    held = Delegation.objects.filter(_party_is(party), forum=None).first()
    if held is not None:
        return held
    role_groups_make(RoleGroup.Kind.PARTY, party.pk)
    return _seat_add(actor, party, forum=None, voting=False, status="member")


@service
def delegation_seat(
    *,
    actor: Actor,
    forum: Forum,
    party: Country | Organisation,
    status: str,
    voting: bool = False,
    represented_by: Organisation | None = None,
    since: date | None = None,
    until: date | None = None,
    time_zone: str = "UTC",
    designation: str = "",
    designation_footnote: str = "",
) -> Delegation:
    """Seat a country or organisation in a forum. Raises Conflict when it sits there."""
    access.require_operator(actor)
    if Delegation.objects.filter(_party_is(party), forum=forum).exists():
        raise Conflict(f"{party} has a seat in this forum.", code="already_seated")
    seat = _seat_add(
        actor,
        party,
        forum=forum,
        voting=voting,
        status=status,
        represented_by=represented_by,
        since=since,
        until=until,
        time_zone=time_zone,
        designation=designation,
        designation_footnote=designation_footnote,
    )
    forum_scope_refresh(forum)
    return seat


@service
def delegation_end(
    *, actor: Actor, delegation: Delegation, until: date, if_match: str
) -> Delegation:
    """End a seat on a day: its scopes and its people's memberships end with it, grants stay."""
    access.require_operator(actor)
    seat = locked_row(Delegation.objects.all(), delegation.pk)
    check_revision(seat.etag_revision, if_match)
    if seat.since and until < seat.since:
        raise Invalid([FieldError("/until", "before_since", "A seat cannot end before it began.")])
    seat.until = until
    seat.revision += 1
    seat.save(update_fields=["until", "revision"])
    if seat.forum is not None:
        forum_scope_refresh(seat.forum)
    seat_scope(seat)
    memberships_refresh(seat)
    record_at_seat(
        "delegation.ended", actor, "delegation", seat.pk, seat, {"until": until.isoformat()}
    )
    return seat


def _seat_add(actor: Actor, party: Country | Organisation, **fields: Any) -> Delegation:
    seat = Delegation(
        country=party if isinstance(party, Country) else None,
        organisation=party if isinstance(party, Organisation) else None,
        **fields,
    )
    role_groups_make(RoleGroup.Kind.SEAT, seat.pk)
    seat.home_scope = seat_scope(seat)
    seat.save(force_insert=True)
    seat_suspension_refresh(seat)
    record_at_seat("delegation.seated", actor, "delegation", seat.pk, seat, {"party": str(party)})
    return seat


def _party_is(party: Country | Organisation) -> Q:
    return Q(country=party) if isinstance(party, Country) else Q(organisation=party)
