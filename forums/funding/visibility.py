"""Who sees a transaction: an audience of its own, narrower than its project's.

One without a country is seen by whoever sees the project. One with a country is seen by the
owner of the project, by those who hold a grant on it for all countries, and by those readers of
a seat of that country who see the project through the seat or the country.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from forums.membership.models import Delegation
from platform_api.core.access import live_grants, visible_condition
from platform_api.core.actor import PUBLIC_SCOPE, Actor, Level, Role
from platform_api.core.registry import registry
from platform_api.identity.actors import LIVE
from platform_api.identity.models import RoleGroup, ScopeReader

from .models import Project


def transactions_seen(actor: Actor) -> Q:
    """The condition that holds exactly for the transactions an actor sees."""
    condition = Q(recipient_country=None, project__in=_projects(actor).values("pk"))
    condition |= Q(owner_delegation__in=_reading_seats(actor))
    condition |= Q(project__in=_open_everywhere(actor))
    for national in _by_country(actor):
        condition |= Q(
            recipient_country__in=national.countries,
            project__in=_projects(national.actor).values("pk"),
        )
    return condition


def countries_told(
    actor: Actor, projects: Mapping[UUID, UUID]
) -> Mapping[UUID, frozenset[UUID] | None]:
    """The countries of whose transactions an actor sees all, for each of some visible projects.

    None stands for every country. projects: the owner's seat of each project.
    """
    seats = set(_reading_seats(actor))
    everywhere = set(_open_everywhere(actor).filter(content_object__in=projects))
    told: dict[UUID, set[UUID]] = {project: set() for project in projects}
    for national in _by_country(actor):
        countries = set(national.countries)
        for project in _projects(national.actor).filter(pk__in=projects).values_list("pk"):
            told[project[0]] |= countries
    return {
        project: None if owner in seats or project in everywhere else frozenset(told[project])
        for project, owner in projects.items()
    }


@dataclass(frozen=True, slots=True)
class _National:
    """An actor as far as it acts for countries. countries: ids, or a query of them."""

    actor: Actor
    countries: Iterable[Any]


def _by_country(actor: Actor) -> list[_National]:
    """The actor once for each country that it reads for, with what that country gives it alone.

    Somebody who acts for one party only, as nearly all do, is taken as it is.
    """
    seats = _reading_seats(actor)
    if not seats:
        return []
    of_countries = Delegation.objects.filter(pk__in=seats, country__isnull=False)
    parties = [party for party, roles in actor.parties.items() if Role.READER in roles]
    if len(parties) <= 1:
        return [_National(actor, of_countries.values_list("country_id", flat=True))]
    holders: dict[UUID, set[UUID]] = defaultdict(set)
    for seat, country in of_countries.values_list("pk", "country_id"):
        assert country is not None
        holders[country] |= {seat, country}
    groups: dict[UUID, set[int]] = defaultdict(set)
    for holder, group in RoleGroup.objects.filter(group_id__in=actor.groups).values_list(
        "holder_id", "group_id"
    ):
        groups[holder].add(group)
    readers = ScopeReader.objects.filter(LIVE, group_id__in=actor.groups)
    scopes: dict[int, set[int]] = defaultdict(set)
    for group, scope in readers.values_list("group_id", "scope_id"):
        scopes[group].add(scope)
    nationals = []
    for country, held in holders.items():
        own = {group for holder in held for group in groups[holder]}
        read = {PUBLIC_SCOPE}.union(*(scopes[group] for group in own))
        narrowed = replace(actor, groups=frozenset(own), scopes=frozenset(read))
        nationals.append(_National(narrowed, [country]))
    return nationals


def _reading_seats(actor: Actor) -> list[UUID]:
    """The seats at which the actor is a reader; an access manager is not thereby one."""
    return [seat for seat, roles in actor.seats.items() if Role.READER in roles]


def _projects(actor: Actor) -> QuerySet[Project]:
    return Project.objects.filter(visible_condition(Project, actor))


def _open_everywhere(actor: Actor) -> QuerySet[Any, Any]:
    """The projects that a live grant opens to the actor for all countries."""
    grants = live_grants(registry.protection_of(Project), actor, [Level.READ])
    projects: QuerySet[Any, Any] = grants.filter(all_countries=True).values_list(
        "content_object_id", flat=True
    )
    return projects
