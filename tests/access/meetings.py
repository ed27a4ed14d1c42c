"""Meetings and versions in the world of the access tests, and what is expected of them.

Serbia keeps meetings of the forum in every state and has made a version of its national document,
which Bulgaria was granted; that version is on the agenda of a planned meeting.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from documents.texts.models import Document
from documents.versions.models import MaterialRole, MeetingMaterial
from forums.meetings.models import Meeting, MeetingState
from forums.membership.models import Delegation
from platform_api.core.service import writing
from tests.factories import (
    AgendaItemFactory,
    DocumentVersionFactory,
    MeetingFactory,
    MeetingSeriesFactory,
    cancel,
    close,
    grant,
    hold,
)


def meeting_objects(seats: Mapping[str, Delegation], national: Document) -> dict[str, Model]:
    """The objects by ``type: state``."""
    serbia, montenegro = seats["Serbia"], seats["Montenegro"]
    planned = MeetingFactory(delegation=serbia, seats=[serbia, seats["Albania"]])
    opened = MeetingFactory(delegation=serbia)
    with writing():
        Meeting.objects.filter(pk=opened.pk).update(state=MeetingState.REGISTRATION_OPEN)
        organiser = planned.organisers.create(delegation=serbia, role="host")
    version = DocumentVersionFactory(document=national)
    grant(version, seats["Bulgaria"])
    grant(planned, seats["granted read"])
    with writing():
        material = MeetingMaterial.objects.create(
            agenda_item=AgendaItemFactory(meeting=planned),
            version=version,
            role=MaterialRole.PRESENTED_DRAFT,
            until=timezone.now() + timedelta(days=1),
        )
    return {
        "meeting_series: ": MeetingSeriesFactory(delegation=serbia),
        "meeting: planned": planned,
        "meeting: registration_open": opened,
        "meeting: held": hold(MeetingFactory(delegation=serbia)),
        "meeting: closed": close(hold(MeetingFactory(delegation=serbia))),
        "meeting: cancelled": cancel(MeetingFactory(delegation=serbia)),
        "meeting: decoy": MeetingFactory(delegation=montenegro),
        "meeting_organiser: ": organiser,
        "meeting_seat: ": planned.seats.get(delegation=serbia),
        "agenda_item: ": AgendaItemFactory(meeting=planned),
        "document_version: ": version,
        "meeting_material: ": material,
    }


def meeting_bodies(world: Any) -> dict[str, dict[str, Any]]:
    """Bodies that are right in every respect, by route and method."""
    serbia = str(world.seats["Serbia"].pk)
    titles = {"titles": {"en": "A title"}}
    return {
        "meeting-series POST": {"delegation": serbia, "names": {"en": "A series"}},
        "meetings POST": {"delegation": serbia, "kind": "seminar", "mode": "online", **titles},
        "meeting PATCH": {"place": "Zlatibor"},
        "meeting-organisers POST": {"organisation": "racviac", "role": "funder"},
        "meeting-agenda POST": {"kind": "session", **titles},
        "agenda-item PATCH": {"kind": "other"},
        "document-versions POST": {"label": "A version"},
        "document-version-present POST": {
            "agenda_item": str(world.id("agenda_item: ")),
            "until": (timezone.now() + timedelta(days=2)).isoformat(),
        },
    }


def _told(keepers: str, others: int) -> str:
    """A table of the forum's rows that Serbia and the secretariat keep.

    keepers: what their drafters may. others: how many abilities that is.
    """

    def cells(word: str) -> str:
        return f"yes {' '.join([word] * others)}"

    return "\n".join(
        [
            *(
                f"{who} yes {keepers}"
                for who in (
                    "Serbia drafter",
                    "Serbia head",
                    "Serbia head, author",
                    "secretariat head",
                    "client",
                )
            ),
            f"Serbia reader {cells('drafter_required')}",
            f"secretariat reader {cells('drafter_required')}",
            f"reading client {cells('insufficient_scope')}",
            f"client of another area {' '.join(['insufficient_scope'] * (others + 1))}",
            *(
                f"{who} {cells('not_owner')}"
                for who in (
                    "Albania reader",
                    "Albania drafter",
                    "Albania head",
                    "Bulgaria reader",
                    "Bulgaria drafter",
                    "Bulgaria head",
                    "observer head",
                    "granted read, head",
                    "granted draft, reader",
                    "granted draft, drafter",
                    "granted manage, head",
                    "grant expired, head",
                )
            ),
            f"everyone else {' '.join(['not_found'] * (others + 1))}",
        ]
    )


def _managed(table: str) -> str:
    """A table of ``_told`` with who manages access: Serbia's seat alone, which need not read."""
    managers = ("Serbia head", "Serbia head, author", "Serbia access_manager", "manager client")
    first, *rest = table.splitlines()
    told = [f"{first} manage_access"]
    for line in rest:
        who = next(name for name in _NAMES if line.startswith(f"{name} "))
        last = line.split()[-1]
        if who in managers:
            last = "yes"
        elif who in ("Serbia reader", "Serbia drafter", "client"):
            last = "access_manager_required"
        elif last not in ("insufficient_scope", "not_found"):
            last = "not_keeper"
        told.append(f"{line} {last}")
    hidden = " ".join(["not_found"] * len(first.split()))
    return "\n".join([*told, *(f"{who} {hidden} yes" for who in managers[2:])])


_NAMES = (
    "Serbia head, author",
    "Serbia head",
    "Serbia drafter",
    "Serbia reader",
    "Albania reader",
    "Albania drafter",
    "Albania head",
    "Bulgaria reader",
    "Bulgaria drafter",
    "Bulgaria head",
    "observer head",
    "secretariat reader",
    "secretariat head",
    "granted read, head",
    "granted draft, reader",
    "granted draft, drafter",
    "granted manage, head",
    "grant expired, head",
    "client of another area",
    "reading client",
    "client",
    "everyone else",
)

_STEPS = "view revise hold close cancel\n"
_AHEAD = _managed(_STEPS + _told("yes yes wrong_state yes", 4))
_OVER = _managed(_STEPS + _told("wrong_state wrong_state wrong_state wrong_state", 4))
_PARTS = "view\n" + _told("", 0)

TABLES: dict[str, str] = {
    "meeting_series: ": "view add_meeting\n" + _told("yes", 1),
    "meeting: planned": _AHEAD,
    "meeting: registration_open": _AHEAD,
    "meeting: held": _managed(_STEPS + _told("yes wrong_state yes wrong_state", 4)),
    "meeting: closed": _OVER,
    "meeting: cancelled": _OVER,
    "meeting: decoy": """
                        view      revise    hold      close       cancel    manage_access
Montenegro head         yes       yes       yes       wrong_state yes       yes
Serbia head elsewhere   yes       not_owner not_owner not_owner   not_owner not_keeper
granted by country      yes       not_owner not_owner not_owner   not_owner not_keeper
everyone else           not_found not_found not_found not_found   not_found not_found
""",
    "agenda_item: ": "view revise delete\n" + _told("yes yes", 2),
    "meeting_organiser: ": _PARTS,
    "meeting_seat: ": _PARTS,
    # Read by whoever reads the document, and by the seat that was granted it alone.
    "document_version: ": """
                        view               present            manage_access
Serbia reader           yes                drafter_required   access_manager_required
Serbia drafter          yes                yes                access_manager_required
Serbia head             yes                yes                yes
Serbia head, author     yes                yes                yes
Albania reader          yes                not_owner          not_keeper
Albania drafter         yes                not_owner          not_keeper
Albania head            yes                not_owner          not_keeper
Bulgaria reader         yes                not_owner          not_keeper
Bulgaria drafter        yes                not_owner          not_keeper
Bulgaria head           yes                not_owner          not_keeper
granted read, head      yes                not_owner          not_keeper
granted draft, reader   yes                not_owner          not_keeper
granted draft, drafter  yes                not_owner          not_keeper
granted manage, head    yes                not_owner          not_keeper
granted by country      yes                not_owner          not_keeper
client                  yes                yes                access_manager_required
reading client          yes                insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          yes
manager client          not_found          not_found          yes
everyone else           not_found          not_found          not_found
""",
    # Read by whoever sees both the version and the meeting.
    "meeting_material: ": """
                        view
Serbia reader           yes
Serbia drafter          yes
Serbia head             yes
Serbia head, author     yes
Albania reader          yes
Albania drafter         yes
Albania head            yes
Bulgaria reader         yes
Bulgaria drafter        yes
Bulgaria head           yes
granted read, head      yes
granted draft, reader   yes
granted draft, drafter  yes
granted manage, head    yes
client                  yes
reading client          yes
client of another area  insufficient_scope
everyone else           not_found
""",
}

_HEAD = "who                     object                     sends    answer\n"


def _rows(*rows: tuple[str, str, str, str]) -> str:
    return _HEAD + "\n".join(
        f"{who:<24}{obj:<27}{sends:<9}{answer}" for who, obj, sends, answer in rows
    )


def _list() -> str:
    return _rows(
        ("Serbia reader", "-", "-", "200 some"),
        ("ended delegate", "-", "-", "200 none"),
        ("client of another area", "-", "-", "403 insufficient_scope"),
        ("nobody", "-", "-", "401 not_authenticated"),
    )


def _create() -> str:
    return _rows(
        ("Serbia drafter", "-", "good", "201"),
        ("Serbia drafter", "-", "bad", "400 invalid"),
        ("Serbia reader", "-", "good", "403 drafter_required"),
        ("reading client", "-", "good", "403 insufficient_scope"),
        ("nobody", "-", "good", "401 not_authenticated"),
    )


def _read(obj: str, answer: str = "200") -> str:
    return _rows(
        ("Serbia reader", obj, "-", answer),
        ("Serbia reader", "absent", "-", "404 not_found"),
        ("Montenegro head", obj, "-", "404 not_found"),
        ("operator", obj, "-", "404 not_found"),
        ("client of another area", obj, "-", "403 insufficient_scope"),
        ("nobody", obj, "-", "401 not_authenticated"),
    )


def _write(
    obj: str, done: str, *, wrong: str = "", tagged: bool = True, other: str = "Albania head"
) -> str:
    """wrong: an object whose state forbids it. tagged: whether If-Match is needed."""
    rows = [
        ("Serbia drafter", obj, "good", done),
        ("Serbia drafter", obj, "bad", "400 invalid"),
        ("Serbia reader", obj, "good", "403 drafter_required"),
        (other, obj, "good", "403 not_owner"),
        ("reading client", obj, "good", "403 insufficient_scope"),
        ("Montenegro head", obj, "good", "404 not_found"),
        ("Serbia drafter", "absent", "good", "404 not_found"),
        ("nobody", obj, "good", "401 not_authenticated"),
    ]
    if tagged:
        rows += [
            ("Serbia drafter", obj, "no etag", "428 precondition_required"),
            ("Serbia drafter", obj, "stale", "412 precondition_failed"),
        ]
    if wrong:
        rows.append(("Serbia drafter", wrong, "good", "409 wrong_state"))
    return _rows(*rows)


_PLANNED, _CLOSED, _VERSION = "meeting: planned", "meeting: closed", "document_version:"

ROWS: dict[str, str] = {
    "meeting-series GET": _list(),
    "meeting-series POST": _create(),
    "meeting-series-one GET": _read("meeting_series:"),
    "meetings GET": _list(),
    "meetings POST": _create(),
    "meeting GET": _read(_PLANNED),
    "meeting PATCH": _write(_PLANNED, "200", wrong=_CLOSED),
    "meeting-hold POST": _write(_PLANNED, "200", wrong="meeting: held"),
    "meeting-close POST": _write("meeting: held", "200", wrong=_PLANNED),
    "meeting-cancel POST": _write(_PLANNED, "200", wrong="meeting: held"),
    "meeting-organisers GET": _read(_PLANNED, "200 some"),
    "meeting-organisers POST": _write(_PLANNED, "201", wrong=_CLOSED, tagged=False),
    "meeting-agenda GET": _read(_PLANNED, "200 some"),
    "meeting-agenda POST": _write(_PLANNED, "201", wrong=_CLOSED, tagged=False),
    "agenda-item GET": _read("agenda_item:"),
    "agenda-item PATCH": _write("agenda_item:", "200"),
    "agenda-item DELETE": _write("agenda_item:", "204"),
    "meeting-materials GET": _read(_PLANNED, "200 some")
    + "\n"
    + _rows(("observer head", _PLANNED, "-", "200 none")).removeprefix(_HEAD),
    "document-versions GET": _read("document: national", "200 some"),
    "document-versions POST": _write("document: national", "201", tagged=False),
    "document-version GET": _read(_VERSION)
    + "\n"
    + _rows(("Bulgaria reader", _VERSION, "-", "200")).removeprefix(_HEAD),
    "document-version-verify GET": _read(_VERSION),
    "document-version-present POST": _write(_VERSION, "200", tagged=False, other="Bulgaria head"),
}
