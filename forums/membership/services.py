"""Every write to forums, seats, delegates, clients and offices.

Delegates and client bindings are the truth; group memberships and reader scopes are derived
from them here and nowhere else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from oauth2_provider.generators import generate_client_id, generate_client_secret

from forums.countries.models import Country
from forums.countries.services import require_english
from forums.organisations.models import Organisation
from platform_api.core import access
from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, FieldError, Forbidden, Invalid
from platform_api.core.service import check_revision, locked_row, service
from platform_api.identity.groups import membership_set, role_groups_make, role_groups_of, scope_set
from platform_api.identity.models import Client, RoleGroup, Scope, User
from platform_api.identity.scopes import SCOPES
from platform_api.ledger.services import EventSpec, record

from .models import ClientBinding, DecisionRule, Delegate, Delegation, Forum, Office
from .selectors import held_delegates, readers_of
from .validity import seat_time, within


@service
def forum_create(
    *,
    actor: Actor,
    slug: str,
    names: Mapping[str, str],
    mandate: Mapping[str, str],
    working_languages: Sequence[str],
    silence_hours: int = 72,
    number_pattern: str = "{slug}/{year}/{number}",
    four_eyes: bool = True,
    decision_rule: str = DecisionRule.SILENCE,
) -> Forum:
    """Open a forum; an operator's act."""
    access.require_operator(actor)
    forum = Forum(
        slug=slug,
        names=dict(names),
        mandate=dict(mandate),
        working_languages=list(working_languages),
        decision_rule=decision_rule,
        silence_hours=silence_hours,
        number_pattern=number_pattern,
        four_eyes=four_eyes,
    )
    forum.effective_scope = scope_set(Scope.Kind.FORUM, f"forum:{forum.pk}", {})
    forum.save(force_insert=True)
    record(
        kind="forum.created",
        actor=actor,
        object_type="forum",
        object_id=forum.pk,
        effective_scope_id=forum.effective_scope.pk,
        details={"slug": slug},
        events=[EventSpec("forum.created")],
    )
    return forum


@service
def forum_revise(
    *,
    actor: Actor,
    forum: Forum,
    if_match: str,
    names: Mapping[str, str],
    mandate: Mapping[str, str],
    silence_hours: int,
    four_eyes: bool,
) -> Forum:
    """Replace a forum's names, mandate and rules. Raises PreconditionFailed, Invalid."""
    access.require_operator(actor)
    locked = locked_row(Forum.objects.all(), forum.pk)
    check_revision(locked.etag_revision, if_match)
    require_english(names)
    after = {
        "names": dict(names),
        "mandate": dict(mandate),
        "silence_hours": silence_hours,
        "four_eyes": four_eyes,
    }
    before = {name: getattr(locked, name) for name in after}
    if before == after:
        return locked
    for name, value in after.items():
        setattr(locked, name, value)
    locked.revision += 1
    locked.save(update_fields=[*after, "revision"])
    record(
        kind="forum.revised",
        actor=actor,
        object_type="forum",
        object_id=locked.pk,
        effective_scope_id=locked.effective_scope_id,
        details={"before": before, "after": after},
        events=[EventSpec("forum.revised")],
    )
    return locked


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
    _forum_scope_refresh(forum)
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
        _forum_scope_refresh(seat.forum)
    _seat_scope(seat)
    for delegate in seat.delegates.all():
        _delegate_memberships(delegate, seat)
    for binding in seat.client_bindings.select_related("client"):
        _binding_memberships(binding, seat)
    _record("delegation.ended", actor, "delegation", seat.pk, seat, {"until": until.isoformat()})
    return seat


@service
def delegate_add(
    *,
    actor: Actor,
    delegation: Delegation,
    user: User,
    role: Role,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
) -> Delegate:
    """Let a person act for a seat. Its access manager does this, an operator the first ones.

    user: where a caller named it by its address, found by ``selectors.person_named``.

    Raises Forbidden (``seat_decides``: an operator appoints heads and access managers only;
    ``own_role``: nobody appoints themselves), Conflict (``already_held``, ``seat_ended``) and
    Invalid.
    """
    seat = locked_row(Delegation.objects.all(), delegation.pk)
    access.require(actor, "manage_delegates", seat)
    if user.pk == actor.user_id:
        raise Forbidden("Nobody gives a role to themselves.", code="own_role")
    if actor.is_operator and role not in {Role.HEAD, Role.ACCESS_MANAGER}:
        raise Forbidden("An operator appoints heads and access managers.", code="seat_decides")
    begin = valid_from or database_now()
    if valid_until is not None and valid_until <= begin:
        raise Invalid(
            [FieldError("/valid_until", "before_valid_from", "The end precedes the start.")]
        )
    seat_end = seat_time(seat.since, seat.until)[1]
    if seat_end is not None and seat_end <= begin:
        raise Conflict("The seat will have ended by then.", code="seat_ended")
    if held_delegates(seat, user, role, begin, valid_until).exists():
        raise Conflict("The person holds this role in that time.", code="already_held")
    delegate = Delegate(
        delegation=seat,
        user=user,
        role=role.value,
        valid_from=begin,
        valid_until=valid_until,
    )
    delegate.save(force_insert=True)
    _delegate_memberships(delegate, seat)
    _record("delegate.added", actor, "delegate", delegate.pk, seat, {"role": role.value})
    return delegate


@service
def delegate_end(*, actor: Actor, delegate: Delegate, if_match: str) -> Delegate:
    """End a delegate's time at this moment; it has nothing from the next statement on.

    One whose time has not begun ends as it begins. Raises PreconditionFailed, Forbidden, and
    Conflict (``already_ended``).
    """
    held = locked_row(Delegate.objects.select_related("delegation", "user"), delegate.pk)
    access.require(actor, "end", held)
    check_revision(held.etag_revision, if_match)
    now = database_now()
    if held.valid_until is not None and held.valid_until <= now:
        raise Conflict("The delegate's time has ended.", code="already_ended")
    held.valid_until = max(now, held.valid_from)
    held.revision += 1
    held.save(update_fields=["valid_until", "revision"])
    _delegate_memberships(held, held.delegation)
    _record("delegate.ended", actor, "delegate", held.pk, held.delegation, {})
    return held


@dataclass(frozen=True, slots=True)
class NewClient:
    """A service client with its secret, which is shown this once."""

    binding: ClientBinding
    client_id: str
    client_secret: str


@service
def client_create(
    *,
    actor: Actor,
    delegation: Delegation,
    name: str,
    role: Role,
    scopes: Sequence[str],
    expires_at: datetime | None = None,
) -> NewClient:
    """Make a service client that acts for one seat in one role."""
    access.require_operator(actor)
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown:
        raise Invalid([FieldError("/scopes", "unknown", f"Unknown scopes: {', '.join(unknown)}.")])
    client_id, secret = generate_client_id(), generate_client_secret()
    account = User.objects.create_user(
        f"{client_id.lower()}@client.invalid", name=name, kind="client"
    )
    client = Client(
        client_id=client_id,
        client_secret=secret,
        name=name,
        user=account,
        client_type=Client.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Client.GRANT_CLIENT_CREDENTIALS,
        scopes=sorted(scopes),
        expires_at=expires_at,
    )
    client.save()
    binding = ClientBinding(client=client, delegation=delegation, role=role.value)
    binding.save(force_insert=True)
    _binding_memberships(binding, delegation)
    _record(
        "client.created",
        actor,
        "client_binding",
        binding.pk,
        delegation,
        {"client_id": client_id, "role": role.value, "scopes": sorted(scopes)},
    )
    return NewClient(binding, client_id, secret)


@service
def office_assign(
    *,
    actor: Actor,
    forum: Forum,
    kind: Office.Kind,
    holder: Delegation | Organisation,
    since: date,
    until: date | None = None,
) -> Office:
    """Give an office of a forum for a time, ``until`` being the first day without it.

    Raises Conflict (``office_taken``) when somebody holds it then, and Invalid.
    """
    access.require_operator(actor)
    if until is not None and until <= since:
        raise Invalid(
            [FieldError("/until", "before_since", "An office cannot end before it began.")]
        )
    if isinstance(holder, Delegation) and holder.forum_id != forum.pk:
        raise Invalid([FieldError("/holder", "not_of_the_forum", "The seat is in another forum.")])
    # Two that assign at a time come one after the other; the constraint alone could deadlock them.
    locked_row(Forum.objects.all(), forum.pk)
    office = Office(
        forum=forum,
        kind=kind,
        delegation=holder if isinstance(holder, Delegation) else None,
        organisation=holder if isinstance(holder, Organisation) else None,
        since=since,
        until=until,
    )
    try:
        with transaction.atomic():
            office.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("The office is held in that time.", code="office_taken") from error
    record(
        kind="office.assigned",
        actor=actor,
        object_type="office",
        object_id=office.pk,
        seat_id=office.delegation_id,
        effective_scope_id=forum.effective_scope_id,
        details={"kind": str(kind), "since": since.isoformat()},
        events=[EventSpec("office.assigned")],
    )
    return office


def _seat_add(actor: Actor, party: Country | Organisation, **fields: Any) -> Delegation:
    seat = Delegation(
        country=party if isinstance(party, Country) else None,
        organisation=party if isinstance(party, Organisation) else None,
        **fields,
    )
    role_groups_make(RoleGroup.Kind.SEAT, seat.pk)
    seat.home_scope = _seat_scope(seat)
    seat.save(force_insert=True)
    _record("delegation.seated", actor, "delegation", seat.pk, seat, {"party": str(party)})
    return seat


def _seat_scope(seat: Delegation) -> Scope:
    return scope_set(Scope.Kind.SEAT, f"seat:{seat.pk}", readers_of([seat]))


def _forum_scope_refresh(forum: Forum) -> None:
    scope_set(
        Scope.Kind.FORUM,
        f"forum:{forum.pk}",
        readers_of(Delegation.objects.filter(forum=forum)),
    )


def _party_is(party: Country | Organisation) -> Q:
    return Q(country=party) if isinstance(party, Country) else Q(organisation=party)


def _holders(seat: Delegation) -> list[UUID]:
    """The seat and its party: a role at a seat is a role for grants to the party too."""
    party = seat.country_id or seat.organisation_id
    assert party is not None
    return [seat.pk, party] if role_groups_of(party) else [seat.pk]


def _delegate_memberships(delegate: Delegate, seat: Delegation) -> None:
    begin, end = within(
        delegate.valid_from, delegate.valid_until, *seat_time(seat.since, seat.until)
    )
    membership_set(
        user=delegate.user,
        source_id=delegate.pk,
        role=Role(delegate.role),
        holders=_holders(seat),
        valid_from=begin,
        valid_until=end,
    )


def _binding_memberships(binding: ClientBinding, seat: Delegation) -> None:
    begin, end = within(
        binding.created_at, binding.client.expires_at, *seat_time(seat.since, seat.until)
    )
    membership_set(
        user=binding.client.user,
        source_id=binding.pk,
        role=Role(binding.role),
        holders=_holders(seat),
        valid_from=begin,
        valid_until=end,
    )


def _record(
    kind: str,
    actor: Actor,
    object_type: str,
    object_id: UUID,
    seat: Delegation,
    details: Mapping[str, object],
) -> None:
    record(
        kind=kind,
        actor=actor,
        object_type=object_type,
        object_id=object_id,
        seat_id=seat.pk,
        owner_seat_id=seat.pk,
        effective_scope_id=seat.home_scope_id,
        details=details,
        # Who acts for a seat is told to that seat alone.
        events=[
            EventSpec(
                kind,
                narrow_scope_id=None if object_type == "delegation" else seat.home_scope_id,
            )
        ],
    )
