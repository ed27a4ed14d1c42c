"""Where practices come from: adaptations, and the graph that they make."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict
from platform_api.core.service import locked_row, service
from platform_api.identity.groups import home_scope
from platform_api.ledger.services import EventSpec, record
from policies.audience import invalid

from .models import Adaptation, Practice, PracticeVersion
from .selectors import practices_seen, shown_title

_GRAPH_LOCK = 0x7072_6163
"""Key of the advisory lock under which edges of the graph are added, one after the other."""


@dataclass(frozen=True, slots=True)
class ExternalSource:
    """A source outside the platform; unverified until somebody confirms it."""

    organisation: str
    title: str
    citation: str = ""
    url: str = ""


@service
def adaptation_add(
    *,
    actor: Actor,
    practice: Practice,
    source: PracticeVersion | ExternalSource,
    by_way_of: Adaptation | None = None,
    kept: str = "",
    changed: str = "",
    dropped: str = "",
) -> Adaptation:
    """Say that a practice was made after a published version here, or a source elsewhere.

    by_way_of: the adaptation of this practice through whose external source this one came.

    A cycle is refused whether or not the actor sees all of it: whoever sees the source and owns
    the practice may so learn that the source goes back to it by a practice unseen.

    Raises Forbidden (``head_required`` once it is published), Invalid, Conflict (``cycle``,
    ``already_adapted``).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_GRAPH_LOCK])
    locked = locked_row(Practice.objects.all(), practice.pk)
    access.require(actor, "add_source", locked)
    adaptation = Adaptation(
        practice=locked, by_way_of=by_way_of, kept=kept, changed=changed, dropped=dropped
    )
    if isinstance(source, PracticeVersion):
        if by_way_of is not None:
            raise invalid("/by_way_of", "not_allowed_here", "Only a source elsewhere has a way.")
        if _descends(source.practice_id, locked.pk):
            raise Conflict("The source was itself made after this practice.", code="cycle")
        if Adaptation.objects.filter(practice=locked, source_version=source).exists():
            raise Conflict("This source is named already.", code="already_adapted")
        adaptation.source_version = source
    else:
        if by_way_of is not None and (
            by_way_of.practice_id != locked.pk or by_way_of.source_version_id is not None
        ):
            raise invalid("/by_way_of", "unknown", "There is no such external source here.")
        adaptation.external_organisation = source.organisation
        adaptation.external_title = source.title
        adaptation.external_citation = source.citation
        adaptation.external_url = source.url
    adaptation.save(force_insert=True)
    record(
        kind="practice.source_added",
        actor=actor,
        object_type="practice",
        object_id=locked.pk,
        seat_id=locked.owner_delegation_id,
        owner_seat_id=locked.owner_delegation_id,
        details={
            "adaptation": str(adaptation.pk),
            "source_version": str(adaptation.source_version_id or "") or None,
            "external": adaptation.external_title or None,
        },
        events=[
            EventSpec(
                "practice.source_added", narrow_scope_id=home_scope(locked.effective_scope_id)
            )
        ],
    )
    return adaptation


def _descends(descendant: UUID, ancestor: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT policies_practice_descends(%s, %s)", [descendant, ancestor])
        found: bool = cursor.fetchone()[0]
    return found


def adaptations_of(actor: Actor, practice: Practice) -> QuerySet[Adaptation]:
    """The sources of a practice that an actor sees."""
    return (
        Adaptation.objects.visible_to(actor)
        .filter(practice=practice)
        .select_related("source_version__practice")
    )


@dataclass(slots=True)
class _Walk:
    """The edges found so far, by adaptation, and the practices that they reach."""

    edges: dict[UUID, Adaptation] = field(default_factory=dict)
    practices: set[UUID] = field(default_factory=set)

    def add(self, rows: Iterable[Adaptation]) -> None:
        self.edges.update((row.pk, row) for row in rows)


def lineage_of(actor: Actor, practice: Practice) -> Mapping[str, Any]:
    """What a practice was made after, back to the first, and what was made after it.

    Nodes are practices and external sources; an edge leads from a source to what was made after
    it. What the actor does not see, and what lies behind it only, is not there.
    """
    walk = _Walk(practices={practice.pk})
    _upwards(actor, walk, practice.pk)
    _downwards(actor, walk, practice.pk)
    practices = practices_seen(actor).filter(pk__in=walk.practices)
    nodes = [_practice_node(each) for each in practices]
    rows = sorted(walk.edges.values(), key=lambda row: (row.created_at, row.pk))
    nodes += [_external_node(row) for row in rows if row.source_version_id is None]
    nodes.sort(key=lambda node: str(node["id"]))
    return {"practice": practice.pk, "nodes": nodes, "edges": [_edge(row) for row in rows]}


def _upwards(actor: Actor, walk: _Walk, start: UUID) -> None:
    level = {start}
    while level:
        rows = list(
            Adaptation.objects.visible_to(actor)
            .filter(practice__in=level)
            .select_related("source_version")
        )
        walk.add(rows)
        found = {row.source_version.practice_id for row in rows if row.source_version}
        level = found - walk.practices
        walk.practices |= level


def _downwards(actor: Actor, walk: _Walk, start: UUID) -> None:
    level = {start}
    while level:
        rows = list(
            Adaptation.objects.visible_to(actor)
            .filter(source_version__practice__in=level)
            .select_related("source_version")
        )
        walk.add(rows)
        level = {row.practice_id for row in rows} - walk.practices
        walk.practices |= level


def _practice_node(practice: Practice) -> dict[str, Any]:
    party = practice.owner_organisation
    return {
        "id": practice.pk,
        "kind": "practice",
        "title": shown_title(practice),
        "country": practice.country,
        "organisation": party.key if party else None,
        "citation": "",
        "url": "",
        "verified": None,
    }


def _external_node(row: Adaptation) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": "external",
        "title": row.external_title,
        "country": None,
        "organisation": row.external_organisation,
        "citation": row.external_citation,
        "url": row.external_url,
        "verified": row.external_verified,
    }


def _edge(row: Adaptation) -> dict[str, Any]:
    version = row.source_version
    return {
        "source": version.practice_id if version else row.pk,
        "source_version": version.number if version else None,
        "target": row.by_way_of_id or row.practice_id,
        "kept": row.kept,
        "changed": row.changed,
        "dropped": row.dropped,
    }
