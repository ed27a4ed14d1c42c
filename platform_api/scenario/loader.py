"""Loads the scenario through the services, as the people who would do each thing.

Every step looks first whether its outcome is there, so that loading again changes nothing.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction

from documents.texts.models import Document, Section
from documents.texts.services import document_create, section_create, section_release
from forums.countries.models import ContentLanguage, Country
from forums.countries.services import country_alias_add, country_create, language_create
from forums.membership.models import Delegate, Delegation, Forum, Office
from forums.membership.services import (
    client_create,
    delegate_add,
    delegation_seat,
    forum_create,
    home_seat_make,
    office_assign,
)
from forums.organisations.models import Organisation
from forums.organisations.services import organisation_create
from platform_api.core.actor import Actor, Role
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of, system_actor
from platform_api.identity.models import Client, User
from platform_api.identity.services import client_secret_renew, user_create

from . import funding, meetings, policies

DATA = Path(__file__).parent / "data"
OPERATOR_EMAIL = "operator@platform.example"

T = TypeVar("T")


@dataclass
class Credentials:
    """What the trial's users sign in with; empty where nothing was made anew."""

    operator_password: str = ""
    people: list[dict[str, Any]] = field(default_factory=list)
    clients: list[dict[str, Any]] = field(default_factory=list)


class Loader:
    """One run of the scenario. progress: called with a sentence at each step."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        self.progress = progress
        self.system = system_actor("bootstrap")

    def load(self, *, renew_credentials: bool) -> Credentials:
        """Make everything that is missing.

        renew_credentials: give the demo clients and the operator new secrets, because those
        handed out before are lost.
        """
        credentials = Credentials()
        operator = User.objects.filter(email=OPERATOR_EMAIL).first()
        if operator is None:
            credentials.operator_password = secrets.token_urlsafe(15)
            operator = user_create(
                actor=self.system,
                email=OPERATOR_EMAIL,
                name="Operator of the trial",
                password=credentials.operator_password,
                is_operator=True,
                is_staff=True,
            )
        elif renew_credentials:
            credentials.operator_password = secrets.token_urlsafe(15)
            operator.set_password(credentials.operator_password)
            operator.save()
        self.operator = actor_of(operator)
        with acting(self.operator):
            self.progress("countries, languages and organisations")
            self._reference_data()
            self.progress("forums and seats")
            self._forums()
        self.progress("delegates")
        self._people()
        self._passwords(credentials, renew_credentials)
        self.progress("the Regional Manual")
        self._manual()
        meetings.load(self.operator, self.progress)
        self.progress("instruments and practices")
        policies.load(operator=self.operator)
        self.progress("the project and its money")
        with acting(self.operator):
            keeper = _seat("wb-mod", "undp-seesac")
            accountant = self._delegate(keeper, Role.DRAFTER)
        funding.load(owner=keeper, drafter=accountant)
        with acting(self.operator):
            self.progress("service clients")
            self._clients(credentials, renew_credentials)
        return credentials

    def _reference_data(self) -> None:
        for row in _read("countries.json"):
            if not Country.objects.filter(code=row["code"]).exists():
                country = country_create(
                    actor=self.operator,
                    code=row["code"],
                    alpha3=row["alpha3"],
                    names=row["names"],
                    user_assigned=row["user_assigned"],
                )
                for alias in row["aliases"]:
                    country_alias_add(
                        actor=self.operator,
                        country=country,
                        name=alias["name"],
                        language=alias.get("lang") or "",
                        valid_until=_date(alias.get("valid_until")),
                    )
                home_seat_make(actor=self.operator, party=country)
        for row in _read("languages.json"):
            if not ContentLanguage.objects.filter(tag=row["tag"]).exists():
                language_create(
                    actor=self.operator,
                    tag=row["tag"],
                    names=row["names"],
                    script=row["script"],
                    search_config=row["search_config"],
                    alphabet=row["collation_alphabet"],
                )
        for row in _read("organisations.json"):
            if not Organisation.objects.filter(key=row["key"]).exists():
                organisation = organisation_create(
                    actor=self.operator,
                    key=row["key"],
                    kind=row["kind"],
                    names=row["names"],
                    acronym=row["acronym"] or "",
                    country=Country.objects.get(code=row["country"]) if row["country"] else None,
                    identifiers=[(i["scheme"], i["value"]) for i in row["identifiers"]],
                    aliases=[_alias_name(alias) for alias in row["aliases"]],
                )
                home_seat_make(actor=self.operator, party=organisation)

    def _forums(self) -> None:
        for row in _read("forums.json"):
            if Forum.objects.filter(slug=row["slug"]).exists():
                continue
            forum = forum_create(
                actor=self.operator,
                slug=row["slug"],
                names=row["names"],
                mandate=row["mandate"],
                working_languages=row["working_languages"],
                silence_hours=row["decision_rule"]["hours"],
                number_pattern=row["number_pattern"],
                four_eyes=row["four_eyes"],
            )
            for seat in row["delegations"]:
                delegation_seat(
                    actor=self.operator,
                    forum=forum,
                    party=_party(seat["country"] or seat["organisation"]),
                    status=seat["status"],
                    voting=seat["voting"],
                    represented_by=_organisation(seat["represented_by"]),
                    since=_date(seat["since"]),
                    time_zone=seat["time_zone"],
                )
            for held in row["chairmanships"]:
                office_assign(
                    actor=self.operator,
                    forum=forum,
                    kind=Office.Kind.CHAIR,
                    holder=_seat(forum.slug, held["country"] or held["organisation"]),
                    since=date.fromisoformat(held["since"]),
                    until=_date(held["until"]),
                )
            if row["secretariat"]:
                office_assign(
                    actor=self.operator,
                    forum=forum,
                    kind=Office.Kind.SECRETARIAT,
                    holder=_seat(forum.slug, row["secretariat"]),
                    since=date(2019, 1, 1),
                )

    def _people(self) -> None:
        """The operator appoints heads and access managers, and these appoint the others."""
        people = sorted(
            _read("people.json")["people"],
            key=lambda row: row["role"] not in {Role.HEAD, Role.ACCESS_MANAGER},
        )
        for row in people:
            with acting(self.operator):
                user = User.objects.filter(email=row["email"]).first() or user_create(
                    actor=self.operator, email=row["email"], name=row["display_name"]
                )
                seat = _seat(row["forum"], row["party"])
                if Delegate.objects.filter(user=user, delegation=seat).exists():
                    continue
                if row["role"] in {Role.HEAD, Role.ACCESS_MANAGER}:
                    delegate_add(
                        actor=self.operator, delegation=seat, user=user, role=Role(row["role"])
                    )
                    continue
                manager = self._delegate(seat, Role.ACCESS_MANAGER)
            delegate_add(actor=manager, delegation=seat, user=user, role=Role(row["role"]))

    def _passwords(self, credentials: Credentials, renew: bool) -> None:
        """Access managers sign in to the admin site, where they manage their seat's access."""
        for row in _read("people.json")["people"]:
            if row["role"] != Role.ACCESS_MANAGER:
                continue
            user = User.objects.get(email=row["email"])
            if user.has_usable_password() and not renew:
                continue
            password = secrets.token_urlsafe(15)
            user.set_password(password)
            user.save()
            credentials.people.append(
                {
                    "name": row["display_name"],
                    "forum": row["forum"],
                    "party": row["party"],
                    "role": row["role"],
                    "email": row["email"],
                    "password": password,
                }
            )

    def _delegate(self, seat: Delegation, role: Role) -> Actor:
        delegate = Delegate.objects.filter(delegation=seat, role=role.value).first()
        if delegate is None:
            raise LookupError(f"nobody is {role} of {seat}")
        return actor_of(delegate.user)

    @transaction.atomic
    def _manual(self) -> None:
        data = _read("manual/manual.json")
        with acting(self.operator):
            forum = Forum.objects.get(slug=data["forum"])
            pen = _seat(forum.slug, data["penholder"])
            group = [
                pen,
                *Delegation.objects.filter(forum=forum, country__isnull=False),
            ]
            secretary = self._delegate(pen, Role.DRAFTER)
        with acting(secretary):
            if Document.objects.filter(forum=forum).exists():
                return
            document = document_create(
                actor=secretary,
                forum=forum,
                delegation=pen,
                kind=data["kind"],
                titles=data["titles"],
                working_language=data["working_language"],
                drafting_group=group,
                penholder=pen.organisation,
                common=True,
            )
        # Actors are asked anew: the document's readers are a scope that did not exist before.
        with acting(self.operator):
            secretary = self._delegate(pen, Role.DRAFTER)
            seats = {seat.country.code: seat for seat in group if seat.country}
            drafters = {code: self._delegate(seat, Role.DRAFTER) for code, seat in seats.items()}
            heads = {code: self._delegate(seat, Role.HEAD) for code, seat in seats.items()}
        for row in data["sections"]:
            drafter = drafters[row["owner"]] if row["owner"] else secretary
            section = self._section(drafter, document, row, None)
            if row["owner"] and row["state"] == "released":
                section_release(
                    actor=heads[row["owner"]],
                    section=section,
                    if_match=section.etag_revision,
                    include_descendants=True,
                )

    def _section(
        self, drafter: Actor, document: Document, row: Mapping[str, Any], parent: Section | None
    ) -> Section:
        section = section_create(
            actor=drafter,
            document=document,
            parent=parent,
            title=row["title"],
            body=(DATA / "manual" / row["body_file"]).read_text(encoding="utf-8"),
            language=row["language"],
            common=row["owner"] is None,
        )
        for child in row["children"]:
            self._section(drafter, document, child, section)
        return section

    def _clients(self, credentials: Credentials, renew: bool) -> None:
        for row in _read("people.json")["clients"]:
            seat = _seat(row["forum"], row["party"])
            known = Client.objects.filter(name=row["name"]).first()
            if known is None:
                made = client_create(
                    actor=self.operator,
                    delegation=seat,
                    name=row["name"],
                    role=Role(row["role"]),
                    scopes=row["scopes"],
                )
                client_id, secret = made.client_id, made.client_secret
            elif renew:
                client_id = known.client_id
                secret = client_secret_renew(actor=self.operator, client=known)
            else:
                continue
            credentials.clients.append(
                {
                    "name": row["name"],
                    "forum": row["forum"],
                    "party": row["party"],
                    "role": row["role"],
                    "client_id": client_id,
                    "client_secret": secret,
                    "scopes": sorted(row["scopes"]),
                }
            )


def _read(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _alias_name(alias: str | Mapping[str, Any]) -> str:
    return alias if isinstance(alias, str) else alias["name"]


def _organisation(key: str | None) -> Organisation | None:
    return Organisation.objects.get(key=key) if key else None


def _party(name: str) -> Country | Organisation:
    if name.isupper():
        return Country.objects.get(code=name)
    return Organisation.objects.get(key=name)


def _seat(slug: str, party: str) -> Delegation:
    seats = Delegation.objects.filter(forum__slug=slug)
    return seats.get(country__code=party) if party.isupper() else seats.get(organisation__key=party)
