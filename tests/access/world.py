"""Who asks and what is asked for: the personas and the objects of the access tests.

Forum ``seemic``: Serbia and Albania draft together with Kosovo, whose seat has ended, and
Bosnia, whose seat is suspended. Bulgaria and the observer Türkiye sit there too, RACVIAC is the
secretariat. Croatia, Slovenia, Romania and North Macedonia hold grants on every object that can
be granted. Forum ``other`` is the decoy: Montenegro, Greece (whose country holds grants) and a
second seat of Serbia. Every object of Serbia's has a decoy of Montenegro's beside it.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from documents.texts.models import (
    Document,
    DocumentDelegation,
    ReleaseCommitment,
    Revision,
    Section,
)
from documents.texts.services import section_revise
from forums.membership.models import ClientBinding, Delegation, Forum, Office
from forums.membership.services import delegation_end
from forums.membership.suspensions.services import suspension_begin
from platform_api.core.actor import ANONYMOUS, PUBLIC_SCOPE, Actor, Level, Role
from platform_api.core.service import writing
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import Client, User
from platform_api.identity.scopes import SCOPES
from tests.api import ApiClient, api
from tests.factories import (
    ContentLanguageFactory,
    DocumentFactory,
    ForumFactory,
    OfficeFactory,
    OperatorFactory,
    OrganisationFactory,
    SectionFactory,
    delegate,
    grant,
    operator,
    seat,
    service_client,
)

from . import (
    amendments,
    brackets,
    commenting,
    funding,
    merging,
    narrowing,
    people,
    policies_world,
    purging,
    states,
    structure,
)
from .attachments import attachment_objects
from .citations import citation_objects
from .meetings import meeting_objects
from .told import notification_objects

READING = ["documents:read", "forums:read"]


@dataclass(frozen=True)
class Persona:
    """Somebody who calls: a person by its user, a service client by its client, or nobody."""

    name: str
    user: User | None = None
    client: Client | None = None

    def actor(self) -> Actor:
        """The actor it is at this moment."""
        if self.client is not None:
            assert self.client.user is not None
            scopes = frozenset(self.client.scopes)
            return actor_of(self.client.user, token_scopes=scopes, client_id=self.client.client_id)
        return ANONYMOUS if self.user is None else actor_of(self.user)

    def api(self) -> ApiClient:
        """A client of the API that calls as it."""
        return api(self.client or self.user)


@dataclass(frozen=True)
class World:
    """Personas by name, and objects by ``type: state``.

    actors: those that the personas are while nothing is changed.
    """

    personas: Mapping[str, Persona]
    actors: Mapping[str, Actor]
    objects: Mapping[str, Model]
    seats: Mapping[str, Delegation]
    forum: Forum

    def __getitem__(self, name: str) -> Any:
        """A copy of an object, with what was loaded beside it."""
        return copy.copy(self.objects[name])

    def id(self, name: str) -> UUID:
        return UUID(str(self.objects[name].pk))


def build() -> World:
    """Everything, made by the services as far as there are services for it."""
    forum, other = ForumFactory(slug="seemic"), ForumFactory(slug="other")
    racviac = OrganisationFactory(key="racviac")
    ContentLanguageFactory(tag="sr-Cyrl")
    seats = {
        "Serbia": seat(forum, "RS"),
        "Albania": seat(forum, "AL"),
        "Kosovo": seat(forum, "XK"),
        "Bosnia": seat(forum, "BA"),
        "Bulgaria": seat(forum, "BG"),
        "observer": seat(forum, "TR", status="observer", voting=False),
        "secretariat": seat(forum, racviac, status="partner", voting=False),
        "granted read": seat(forum, "HR"),
        "granted draft": seat(forum, "SI"),
        "granted manage": seat(forum, "RO"),
        "grant expired": seat(forum, "MK"),
        "Montenegro": seat(other, "ME"),
        "Greece": seat(other, "GR"),
        "Serbia elsewhere": seat(other, "RS"),
    }
    office = OfficeFactory(forum=forum, holder=seats["secretariat"], kind=Office.Kind.SECRETARIAT)
    personas = _personas(seats)
    objects = _objects(seats, personas, forum, office)
    _end_and_suspend(seats)
    objects |= people.objects(seats, personas)
    return World(
        personas={persona.name: persona for persona in personas},
        actors={persona.name: persona.actor() for persona in personas},
        objects=objects,
        seats=seats,
        forum=forum,
    )


def _personas(seats: Mapping[str, Delegation]) -> list[Persona]:
    tomorrow = timezone.now() + timedelta(days=1)
    held = [
        *[(f"Serbia {role}", "Serbia", role) for role in Role],
        ("Serbia head, author", "Serbia", Role.HEAD),
        ("Serbia head elsewhere", "Serbia elsewhere", Role.HEAD),
        *[(f"Albania {role}", "Albania", role) for role in Role],
        *[(f"Bulgaria {role}", "Bulgaria", role) for role in Role],
        ("observer head", "observer", Role.HEAD),
        ("secretariat reader", "secretariat", Role.READER),
        ("secretariat head", "secretariat", Role.HEAD),
        ("granted read, head", "granted read", Role.HEAD),
        ("granted read, manager", "granted read", Role.ACCESS_MANAGER),
        ("granted draft, reader", "granted draft", Role.READER),
        ("granted draft, drafter", "granted draft", Role.DRAFTER),
        ("granted manage, head", "granted manage", Role.HEAD),
        ("grant expired, head", "grant expired", Role.HEAD),
        ("granted by country", "Greece", Role.DRAFTER),
        ("Montenegro head", "Montenegro", Role.HEAD),
        ("head of an ended seat", "Kosovo", Role.HEAD),
        ("head of a suspended seat", "Bosnia", Role.HEAD),
    ]
    people = [Persona(name, delegate(seats[at], role).user) for name, at, role in held]
    inactive = delegate(seats["Serbia"], Role.HEAD).user
    inactive.is_active = False
    inactive.save(update_fields=["is_active"])
    now = timezone.now()
    past = {"valid_from": now - timedelta(days=9), "valid_until": now - timedelta(days=1)}
    ended = delegate(seats["Serbia"], Role.HEAD, **past)
    future = delegate(seats["Serbia"], Role.HEAD, valid_from=tomorrow)
    clients = [
        ("client", Role.DRAFTER, sorted(SCOPES)),
        ("reading client", Role.HEAD, READING),
        ("client of another area", Role.HEAD, ["policies:read"]),
        ("manager client", Role.ACCESS_MANAGER, sorted(SCOPES)),
        ("reading manager client", Role.ACCESS_MANAGER, READING),
    ]
    return [
        *people,
        Persona("inactive head", inactive),
        Persona("ended delegate", ended.user),
        Persona("delegate from tomorrow", future.user),
        *[
            Persona(name, client=service_client(seats["Serbia"], role, scopes, name=name))
            for name, role, scopes in clients
        ],
        Persona("operator", OperatorFactory()),
        Persona("nobody"),
    ]


def _objects(
    seats: Mapping[str, Delegation], personas: list[Persona], forum: Forum, office: Office
) -> dict[str, Model]:
    serbia, montenegro = seats["Serbia"], seats["Montenegro"]
    group = [seats[name] for name in ("Albania", "Kosovo", "Bosnia")]
    national = DocumentFactory(delegation=serbia, drafting_group=group)
    common = DocumentFactory(
        delegation=seats["secretariat"], drafting_group=[serbia, *group], common=True
    )
    restricted = DocumentFactory(delegation=serbia, drafting_group=group)
    public = DocumentFactory(delegation=serbia, drafting_group=group)
    decoy = DocumentFactory(delegation=montenegro)
    private = SectionFactory(document=national)
    released = SectionFactory(document=national, released=True)
    sections = {
        "private": private,
        "private child": SectionFactory(document=national, parent=private),
        "released": released,
        "common": SectionFactory(document=national, common=True),
        "restricted": SectionFactory(document=restricted, released=True),
        "public": SectionFactory(document=public, common=True),
        "decoy": SectionFactory(document=decoy),
        "decoy released": SectionFactory(document=decoy, released=True),
    }
    author = next(each for each in personas if each.name == "Serbia head, author").actor()
    private.refresh_from_db()
    with acting(author):
        section_revise(actor=author, section=private, if_match="h1", body="Second words.")
    with writing():
        Document.objects.filter(pk=restricted.pk).update(effective_scope=None)
        Document.objects.filter(pk=public.pk).update(effective_scope=PUBLIC_SCOPE)
    for obj in (national, common, restricted, public, private, released, sections["common"]):
        _grant_to_all(obj, seats)
    grant(restricted, serbia, Level.MANAGE)
    grant(decoy, montenegro)
    documents = {
        "national": national,
        "common": common,
        "restricted": restricted,
        "public": public,
        "decoy": decoy,
    }
    revisions = Revision.objects.filter(section__in=[private, released]).order_by("created_at")
    found: dict[str, Any] = {
        "forum: ": forum,
        "forum: decoy": montenegro.forum,
        "delegation: seat": serbia,
        "delegation: suspended": seats["Bosnia"],
        "delegation: home seat": Delegation.objects.get(country__code="RS", forum=None),
        "delegate: ": serbia.delegates.filter(role=Role.READER).get(),
        "client_binding: ": ClientBinding.objects.filter(delegation=serbia).first(),
        "office: ": office,
        **{f"document: {state}": obj for state, obj in documents.items()},
        **{f"section: {state}": obj for state, obj in sections.items()},
        "document_delegation: ": DocumentDelegation.objects.get(
            document=national, delegation=serbia
        ),
        "revision: at home": revisions.filter(section=released, at_home=True).get(),
        "revision: private": revisions.filter(section=private).first(),
        "revision: public": revisions.get(section=released, at_home=False),
        "release_commitment: ": ReleaseCommitment.objects.get(revision__section=released),
        **funding.objects(seats, _grant_to_all),
        **policies_world.objects(seats, _grant_to_all),
    }
    found |= meeting_objects(seats, national)
    grant(found["meeting: decoy"], montenegro)
    found |= attachment_objects(seats, private, released, national)
    found |= citation_objects(seats, private, released, found["instrument: at home"])
    found |= notification_objects(released)
    found |= narrowing.objects(seats, released)
    found |= states.objects(seats)
    found |= brackets.objects(seats, sections["common"])
    found |= purging.objects(seats)
    found |= structure.objects(national)
    found |= commenting.objects(seats, released)
    drafter = next(each for each in personas if each.name == "Serbia drafter").actor()
    found |= merging.objects(seats, drafter, national, decoy)
    found |= amendments.objects(seats, national)
    return {name: _loaded(obj) for name, obj in found.items()}


def _grant_to_all(obj: Any, seats: Mapping[str, Delegation]) -> None:
    grant(obj, seats["granted read"], Level.READ)
    grant(obj, seats["granted draft"], Level.DRAFT)
    grant(obj, seats["granted manage"], Level.MANAGE)
    grant(
        obj,
        seats["grant expired"],
        Level.MANAGE,
        expires_at=timezone.now() - timedelta(minutes=1),
    )
    grant(obj, seats["Greece"].party, Level.DRAFT)


def _end_and_suspend(seats: Mapping[str, Delegation]) -> None:
    actor = operator()
    yesterday = timezone.now().date() - timedelta(days=1)
    kosovo = Delegation.objects.get(pk=seats["Kosovo"].pk)
    with acting(actor):
        delegation_end(
            actor=actor, delegation=kosovo, until=yesterday, if_match=kosovo.etag_revision
        )
        for stopped in (seats["Bosnia"], seats["Bosnia"].party, OrganisationFactory(key="stopped")):
            suspension_begin(actor=actor, of=stopped, reason="Its keys were lost.")


def _loaded(obj: Model) -> Model:
    """The object as views have it: fresh, with what the rules look at already there."""
    rows = type(obj)._default_manager.filter(pk=obj.pk)
    if isinstance(obj, Section):
        rows = rows.select_related("document__forum").prefetch_related(
            "document__documentdelegation_set"
        )
    elif isinstance(obj, Document):
        rows = rows.select_related("forum").prefetch_related("documentdelegation_set")
    return rows.get()
