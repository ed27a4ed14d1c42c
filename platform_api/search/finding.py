"""Finding what a caller may see, by rank.

The index answers keys of what the caller's scopes and live grants reach; ``visible_to`` is asked
again before anything is counted or shown, and the texts that are shown come from there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from platform_api.core.actor import Actor
from platform_api.core.http import conf
from platform_api.core.http.pages import Count
from platform_api.core.registry import SearchSource, registry

from .highlight import Passage, highlighted
from .models import SearchEntry
from .query import Query

CAP: Final = 1000
"""Entries that are ranked; where more match, the answer says so."""

Place = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Hit:
    """One object that was found, as it is shown. key: ``<type>:<id>``."""

    key: str
    type: str
    id: UUID
    title: str
    language: str
    highlight: Passage
    url: str


class Findings:
    """What an actor finds by a query, as a feed by (rank, key) descending.

    types: names of search sources, or all of them, that are looked through.
    language: a BCP 47 tag or its first subtags; empty for any.
    """

    def __init__(
        self, actor: Actor, query: Query, *, types: Iterable[str], language: str = ""
    ) -> None:
        self._actor = actor
        self._query = query
        self._language = language
        self._sources: Mapping[str, SearchSource] = {
            name: registry.search_sources[name] for name in types
        }

    @property
    def rows(self) -> QuerySet[Any]:
        """Nothing: what was found is not asked for by ids."""
        return SearchEntry.objects.none()

    @property
    def is_capped(self) -> bool:
        """Whether more matched than were ranked."""
        return len(self._entries) > CAP

    def fetch(self, *, after: Place | None, before: Place | None, limit: int) -> list[Place]:
        """The first places, or those after one, or the nearest before one; best first."""
        places = self._places
        if before is not None:
            return [place for place in places if place > tuple(before)][-limit:]
        if after is not None:
            places = [place for place in places if place < tuple(after)]
        return places[:limit]

    def load(self, ids: Sequence[str]) -> list[Hit]:
        """The objects of these keys with their passages."""
        hits = []
        pairs = sorted(tuple(key.split(":", 1)) for key in ids)
        for name, group in groupby(pairs, key=itemgetter(0)):
            source = self._sources[name]
            # Not joined: a related row behind a wall of its own would take the object along.
            rows = self._visible(source).prefetch_related(*source.related)
            for obj in rows.filter(pk__in=[UUID(id_) for _, id_ in group]):
                hit = self._hit(name, source, obj)
                hits += [hit] if hit else []
        return hits

    def count(self, cap: int) -> Count:
        """How many objects were found, counting no further than ``cap``."""
        return Count(min(len(self._places), cap), capped=self.is_capped)

    @cached_property
    def _entries(self) -> list[tuple[str, UUID, str, float]]:
        """Type, object, language and rank of the entries the index answers, one more than CAP."""
        if not (self._query.tsquery and self._sources):
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT type_name, object_id, language, rank "
                "FROM search_find(%s::tsquery, %s::text[], %s, %s)",
                [self._query.tsquery, sorted(self._sources), self._language, CAP + 1],
            )
            return cursor.fetchall()

    @cached_property
    def _best(self) -> dict[str, tuple[float, str]]:
        """The rank and language of each object's best entry, of those that are visible."""
        best: dict[str, tuple[float, str]] = {}
        ordered = sorted(self._entries[:CAP], key=lambda row: (row[0], str(row[1]), row[2]))
        for name, group in groupby(ordered, key=itemgetter(0)):
            rows = list(group)
            keys = {row[1] for row in rows}
            seen = set(
                self._visible(self._sources[name]).filter(pk__in=keys).values_list("pk", flat=True)
            )
            for _, id_, language, rank in rows:
                key = f"{name}:{id_}"
                if id_ in seen and (key not in best or rank > best[key][0]):
                    best[key] = (rank, language)
        return best

    @cached_property
    def _places(self) -> list[Place]:
        return sorted(((rank, key) for key, (rank, _) in self._best.items()), reverse=True)

    def _visible(self, source: SearchSource) -> QuerySet[Any]:
        model: Any = source.model
        visible: QuerySet[Any] = model._default_manager.visible_to(self._actor)
        return visible

    def _hit(self, name: str, source: SearchSource, obj: Any) -> Hit | None:
        key = f"{name}:{obj.pk}"
        _, language = self._best[key]
        text = next((text for text in source.texts(obj) if text.language == language), None)
        if text is None:
            return None
        query = self._query
        return Hit(
            key=key,
            type=name,
            id=obj.pk,
            title=source.heading(obj) if source.heading else text.title,
            language=language,
            highlight=highlighted(text.title, text.body, language, query.wanted, query.families),
            url=conf.text("PUBLIC_URL").rstrip("/") + reverse(source.route, kwargs={"id": obj.pk}),
        )
