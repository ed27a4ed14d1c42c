"""Loads the scenario's meetings, and the Manual's draft that was presented at one of them.

Every step looks first whether its outcome is there, so that loading again changes nothing. No
participant is made up: of the seminar only the figures are known that a source reports. The
``marks`` in the data say what each fact rests on.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from documents.texts.models import Document
from documents.versions.models import DocumentVersion
from documents.versions.services import version_make, version_present
from forums.meetings.models import AgendaItem, Meeting, MeetingSeries
from forums.meetings.services import (
    agenda_item_add,
    meeting_create,
    meeting_hold,
    meeting_organiser_add,
    meeting_series_create,
)
from forums.membership.models import Delegate, Delegation
from forums.membership.services import delegate_add
from forums.organisations.models import Organisation
from platform_api.core.actor import Actor, Role
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from platform_api.identity.services import user_create

DATA = Path(__file__).parent / "data" / "meetings.json"

_FACTS = (
    "kind",
    "mode",
    "place",
    "time_zone",
    "begins",
    "ends",
    "duration_days",
    "reported_participants",
    "reported_countries",
    "reported_source",
)


def load(operator: Actor, progress: Callable[[str], None]) -> None:
    """Make what is missing; the seats, their people and the Manual have to be there.

    operator: an operator of the instance. progress: called with a sentence at each step.
    """
    data = json.loads(DATA.read_text(encoding="utf-8"))
    progress("people of the seats that keep the meetings")
    for row in data["people"]:
        _person(operator, row)
    progress("the two sessions on gender equality in the security sector")
    for row in data["series"]:
        _series(operator, row)
    progress("the seminar for SEEMIC and the draft presented there")
    _seminar(operator, data["seminar"])


def _person(operator: Actor, row: Mapping[str, Any]) -> None:
    """Heads and access managers are the operator's to appoint, the others their manager's."""
    role = Role(row["role"])
    with acting(operator):
        seat = _seat(row["forum"], row["party"])
        user = User.objects.filter(email=row["email"]).first() or user_create(
            actor=operator, email=row["email"], name=row["display_name"]
        )
        if Delegate.objects.filter(user=user, delegation=seat, role=role.value).exists():
            return
        appointing = operator
        if role not in {Role.HEAD, Role.ACCESS_MANAGER}:
            appointing = _at(seat, Role.ACCESS_MANAGER)
    with acting(appointing):
        delegate_add(actor=appointing, delegation=seat, user=user, role=role)


def _series(operator: Actor, row: Mapping[str, Any]) -> None:
    with acting(operator):
        seat = _seat(row["forum"], row["party"])
        keeper = _at(seat, Role.DRAFTER)
    with acting(keeper):
        series = MeetingSeries.objects.filter(
            owner_delegation=seat, names__en=row["names"]["en"]
        ).first() or meeting_series_create(actor=keeper, delegation=seat, names=row["names"])
        made: dict[str, Meeting] = {}
        for each in row["meetings"]:
            made[each["key"]] = _meeting(
                keeper,
                seat,
                each,
                series=series,
                continuation_of=made.get(each["continuation_of"] or ""),
            )
            _held(keeper, made[each["key"]])


def _seminar(operator: Actor, row: Mapping[str, Any]) -> None:
    with acting(operator):
        seat = _seat(row["forum"], row["party"])
        keeper = _at(seat, Role.DRAFTER)
    with acting(keeper):
        meeting = _meeting(keeper, seat, row)
        for point in row["agenda"]:
            if "presents" in point:
                _present(keeper, meeting, point)
        _held(keeper, meeting)


def _meeting(keeper: Actor, seat: Delegation, row: Mapping[str, Any], **place: Any) -> Meeting:
    known = Meeting.objects.filter(owner_delegation=seat, titles__en=row["titles"]["en"]).first()
    if known is not None:
        return known
    meeting = meeting_create(
        actor=keeper,
        delegation=seat,
        titles=row["titles"],
        **place,
        **{name: row[name] for name in _FACTS if name in row},
    )
    for organiser in row["organisers"]:
        meeting_organiser_add(
            actor=keeper,
            meeting=meeting,
            party=Organisation.objects.get(key=organiser["organisation"]),
            role=organiser["role"],
        )
    for point in row["agenda"]:
        agenda_item_add(actor=keeper, meeting=meeting, titles=point["titles"], kind=point["kind"])
    return meeting


def _held(keeper: Actor, meeting: Meeting) -> None:
    if meeting.state == "planned":
        meeting_hold(actor=keeper, meeting=meeting, if_match=meeting.etag_revision)


def _present(keeper: Actor, meeting: Meeting, point: Mapping[str, Any]) -> None:
    """The keeper drafts for the Manual's secretariat as well, so it sees both sides."""
    wanted = point["presents"]
    document = Document.objects.get(forum__slug=wanted["forum"])
    if DocumentVersion.objects.filter(document=document, label=wanted["label"]).exists():
        return
    version = version_make(
        actor=keeper, document=document, label=wanted["label"], kind=wanted["kind"]
    )
    version_present(
        actor=keeper,
        version=version,
        agenda_item=AgendaItem.objects.get(meeting=meeting, titles__en=point["titles"]["en"]),
        until=datetime.fromisoformat(wanted["until"]),
    )


def _at(seat: Delegation, role: Role) -> Actor:
    delegate = Delegate.objects.filter(delegation=seat, role=role.value).first()
    if delegate is None:
        raise LookupError(f"nobody is {role} of {seat}")
    return actor_of(delegate.user)


def _seat(forum: str | None, party: str) -> Delegation:
    """A seat in a forum, or a home seat."""
    seats = (
        Delegation.objects.filter(forum__slug=forum)
        if forum
        else Delegation.objects.filter(forum=None)
    )
    return seats.get(country__code=party) if party.isupper() else seats.get(organisation__key=party)
