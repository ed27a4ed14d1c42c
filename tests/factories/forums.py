"""Countries, organisations, forums, seats and who acts for them."""

from dataclasses import replace
from datetime import date
from string import ascii_uppercase
from typing import Any

import factory

from forums.countries.models import ContentLanguage, Country, CountryAlias
from forums.membership import services
from forums.membership.models import Delegate, Delegation, Forum, Office
from forums.organisations.models import (
    Organisation,
    OrganisationAlias,
    OrganisationIdentifier,
    OrganisationKind,
)
from platform_api.core.actor import Actor, Role
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import Client
from platform_api.identity.scopes import SCOPES

from .base import RowFactory, ServiceFactory, operator
from .identity import UserFactory

REGION = {
    "AL": "ALB", "BA": "BIH", "BG": "BGR", "GR": "GRC", "HR": "HRV", "ME": "MNE", "MK": "MKD",
    "RO": "ROU", "RS": "SRB", "SI": "SVN", "TR": "TUR", "XK": "XKX",
}  # fmt: skip
"""Codes that tests name; made-up countries never take them."""

_MADE_UP = [a + b for a in ascii_uppercase for b in ascii_uppercase if a + b not in REGION]


class CountryFactory(RowFactory):
    """A country, without a home seat; ``CountryFactory(code="RS")`` for one by name."""

    class Meta:
        model = Country

    code = factory.Sequence(lambda n: _MADE_UP[n % len(_MADE_UP)])
    alpha3 = factory.LazyAttribute(lambda country: REGION.get(country.code, f"{country.code}Q"))
    names = factory.LazyAttribute(lambda country: {"en": f"Country {country.code}"})


class CountryAliasFactory(RowFactory):
    class Meta:
        model = CountryAlias

    country = factory.SubFactory(CountryFactory)
    name = factory.Sequence("Other name {}".format)


class ContentLanguageFactory(RowFactory):
    class Meta:
        model = ContentLanguage

    tag = factory.Sequence("x-lang{}".format)
    names = factory.LazyAttribute(lambda language: {"en": f"Language {language.tag}"})
    script = "Latn"


class OrganisationFactory(RowFactory):
    """An organisation, without a home seat."""

    class Meta:
        model = Organisation

    key = factory.Sequence("organisation-{}".format)
    kind = OrganisationKind.INTERNATIONAL_ORGANISATION
    names = factory.LazyAttribute(lambda organisation: {"en": f"The {organisation.key}"})


class OrganisationIdentifierFactory(RowFactory):
    class Meta:
        model = OrganisationIdentifier

    organisation = factory.SubFactory(OrganisationFactory)
    scheme = "XM-DAC"
    value = factory.Sequence("XM-DAC-{}".format)


class OrganisationAliasFactory(RowFactory):
    class Meta:
        model = OrganisationAlias

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence("Alias {}".format)


class ForumFactory(ServiceFactory):
    """A forum with its reader scope."""

    class Meta:
        model = Forum

    slug = factory.Sequence("forum-{}".format)
    names = factory.LazyAttribute(lambda forum: {"en": f"Forum {forum.slug}"})
    mandate = factory.LazyFunction(lambda: {"en": "To cooperate."})
    working_languages = factory.LazyFunction(lambda: ["en"])

    @classmethod
    def make(cls, **given: Any) -> Forum:
        actor = operator()
        with acting(actor):
            return services.forum_create(actor=actor, **given)


class DelegationFactory(ServiceFactory):
    """A seat of ``party``, a country or organisation, in a forum; its home seat is made too."""

    class Meta:
        model = Delegation

    forum = factory.SubFactory(ForumFactory)
    party = factory.SubFactory(CountryFactory)
    status = "member"
    voting = True

    @classmethod
    def make(cls, *, party: Country | Organisation, **given: Any) -> Delegation:
        actor = operator()
        with acting(actor):
            services.home_seat_make(actor=actor, party=party)
            return services.delegation_seat(actor=actor, party=party, **given)


class DelegateFactory(ServiceFactory):
    """A person who acts for a seat in a role (a drafter by default), with its memberships.

    Any role can be made, without an access manager having to be there first.
    """

    class Meta:
        model = Delegate

    delegation = factory.SubFactory(DelegationFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.DRAFTER

    @classmethod
    def make(cls, *, delegation: Delegation, role: str, **given: Any) -> Delegate:
        manager = replace(
            operator(),
            is_operator=False,
            seats={delegation.pk: frozenset({Role.ACCESS_MANAGER})},
        )
        with acting(manager):
            return services.delegate_add(
                actor=manager, delegation=delegation, role=Role(role), **given
            )


class OfficeFactory(ServiceFactory):
    """The chair of a forum from 2024 on, held by ``holder``, a delegation or organisation."""

    class Meta:
        model = Office

    forum = factory.LazyAttribute(lambda office: office.holder.forum)
    kind = Office.Kind.CHAIR
    holder = factory.SubFactory(DelegationFactory)
    since = date(2024, 1, 1)

    @classmethod
    def make(cls, **given: Any) -> Office:
        actor = operator()
        with acting(actor):
            return services.office_assign(actor=actor, **given)


def country(code: str) -> Country:
    """The country of a code, made when it is not there."""
    return Country.objects.filter(code=code).first() or CountryFactory(code=code)


def seat(forum: Forum, party: Country | Organisation | str, **given: Any) -> Delegation:
    """Seat a country (``"RS"``) or organisation in a forum."""
    return DelegationFactory(
        forum=forum, party=country(party) if isinstance(party, str) else party, **given
    )


def delegate(delegation: Delegation, role: str = Role.DRAFTER, **given: Any) -> Delegate:
    """Let a new person, or ``user``, act for a seat in a role."""
    return DelegateFactory(delegation=delegation, role=role, **given)


def actor_at(delegation: Delegation, role: str = Role.DRAFTER) -> Actor:
    """A person that acts for a seat in a role, as an actor of this moment; made when missing."""
    held = delegation.delegates.filter(role=str(role), valid_until=None, user__is_active=True)
    found = held.select_related("user").first() or delegate(delegation, role)
    return actor_of(found.user)


def service_client(
    delegation: Delegation, role: str = Role.DRAFTER, scopes: list[str] | None = None, **given: Any
) -> Client:
    """A service client of a seat in a role; it may carry every scope unless told otherwise."""
    actor = operator()
    given.setdefault("name", f"{delegation.party} {role}")
    with acting(actor):
        made = services.client_create(
            actor=actor,
            delegation=delegation,
            role=Role(role),
            scopes=sorted(SCOPES) if scopes is None else scopes,
            **given,
        )
    return Client.objects.get(client_id=made.client_id)
