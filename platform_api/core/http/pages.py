"""Pages of a list: keyset pagination in both directions, without a total unless asked.

A page asks for one row more than it shows, so that it knows whether another follows.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.encoding import escape_uri_path
from rest_framework.request import Request

from . import conf
from .cursors import Key, Place, seal, unseal
from .parameters import Parameters, binding_of, read_parameters

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class PageSpec:
    """How a list is ordered and bounded.

    order: (field, descending) pairs; the fields hold no nulls. The id is put last where it is
    missing, in the direction of the first.
    count_cap: ``?count=true`` counts no further.
    max_ids: of ``?ids=``; 0 where the list has no such parameter.
    id_type: reads one of ``?ids=``; raises ValueError.
    """

    order: tuple[tuple[str, bool], ...] = (("created_at", True), ("id", True))
    default_limit: int = 50
    max_limit: int = 200
    max_ids: int = 200
    count_cap: int = 1000
    id_field: str = "id"
    id_type: Callable[[str], Any] = UUID

    @property
    def full_order(self) -> tuple[tuple[str, bool], ...]:
        """The order with the id as its last member."""
        if self.order and self.order[-1][0] == self.id_field:
            return self.order
        return (*self.order, (self.id_field, self.order[0][1] if self.order else True))

    def key_of(self, item: Any) -> Key:
        """The key of a row, which is a model instance or a mapping."""
        return tuple(_value(item, field) for field, _ in self.full_order)

    def parameters(
        self, query: QueryDict, *, known_fields: Collection[str] | None = None
    ) -> Parameters:
        """The kit's parameters of a query, within this list's bounds."""
        return read_parameters(
            query,
            default_limit=self.default_limit,
            max_limit=self.max_limit,
            max_ids=self.max_ids,
            id_type=self.id_type,
            known_fields=known_fields,
        )


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows there are; ``capped`` when not all were counted and there may be more."""

    value: int
    capped: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page, with absolute URLs of its neighbours."""

    items: Sequence[Any]
    next: str | None = None
    previous: str | None = None
    count: Count | None = None

    @property
    def link_header(self) -> str:
        """RFC 8288 links to the neighbours; empty without any."""
        links = ((self.next, "next"), (self.previous, "prev"))
        return ", ".join(f'<{url}>; rel="{rel}"' for url, rel in links if url)

    def envelope(self, items: Sequence[Any]) -> dict[str, Any]:
        """The answer's object around the represented items."""
        body: dict[str, Any] = {"items": items, "next": self.next, "previous": self.previous}
        if self.count is not None:
            body["count"] = {"value": self.count.value, "capped": self.count.capped}
        return body


class FeedSource(Protocol):
    """A list whose order comes from elsewhere than the objects' table (the grant feed).

    Entries are ``(key, id)`` in feed order: key descending, then id descending.

    rows: the objects as a queryset, of which ``?ids=`` asks for some.
    """

    @property
    def rows(self) -> QuerySet[Any]: ...

    def fetch(
        self, *, after: Key | None, before: Key | None, limit: int
    ) -> Sequence[tuple[Any, Any]]:
        """The first entries; or the first after a key; or the nearest before one, which come
        in feed order too. A Window says where to go on when it stopped looking early."""
        ...

    def load(self, ids: Sequence[Any]) -> Iterable[Any]:
        """The objects of these ids in any order; those out of sight by now are left out."""
        ...

    def count(self, cap: int) -> Count:
        """How many entries there are, counting no further than ``cap``."""
        ...


class Window(list[tuple[Any, Any]]):
    """Entries found in a bounded look.

    resume: the key behind which the rest lies; None when the look reached the end, or found as
    many as were asked for. turn: the last key looked at, from which an empty page leads back.
    """

    def __init__(
        self,
        entries: Iterable[tuple[Any, Any]],
        *,
        resume: Key | None = None,
        turn: Key | None = None,
    ) -> None:
        super().__init__(entries)
        self.resume = resume
        self.turn = turn


def paginate(queryset: QuerySet[M], spec: PageSpec, request: Request | HttpRequest) -> Page:
    """The page of a queryset that a request asks for; raises Invalid for bad parameters.

    A queryset of ``values()`` works too when it holds the fields of the order.
    """
    asked = spec.parameters(request.GET)
    links = _Links(request, spec)
    if asked.ids is not None:
        queryset = queryset.filter(**{f"{spec.id_field}__in": asked.ids})
    count = None
    if asked.count:
        count = _capped(queryset.order_by()[: spec.count_cap + 1].count(), spec)
    place = links.place(asked)
    backward = place is not None and place.backward
    order = tuple((field, descending != backward) for field, descending in spec.full_order)
    if place is not None:
        queryset = queryset.filter(_behind(order, place.key))
    ordered = queryset.order_by(*(f"-{field}" if desc else field for field, desc in order))
    rows = list(ordered[: asked.limit + 1])
    more = len(rows) > asked.limit
    items = rows[: asked.limit]
    if backward:
        items.reverse()
    keys = [spec.key_of(item) for item in items]
    return links.page(items, keys, place, more=more, count=count)


def paginate_feed(source: FeedSource, spec: PageSpec, request: Request | HttpRequest) -> Page:
    """The page of a feed that a request asks for; raises Invalid for bad parameters.

    ``?ids=`` is answered from the feed's rows.
    """
    asked = spec.parameters(request.GET)
    if asked.ids is not None:
        return paginate(source.rows, spec, request)
    links = _Links(request, spec)
    count = source.count(spec.count_cap) if asked.count else None
    place = links.place(asked)
    backward = place is not None and place.backward
    key = place.key if place else None
    entries = source.fetch(
        after=None if backward else key, before=key if backward else None, limit=asked.limit + 1
    )
    more = len(entries) > asked.limit
    window = entries if isinstance(entries, Window) else Window(entries)
    shown = list(entries[-asked.limit :] if backward else entries[: asked.limit])
    objects = {getattr(obj, spec.id_field): obj for obj in source.load([id_ for _, id_ in shown])}
    items = [objects[id_] for _, id_ in shown if id_ in objects]
    return links.page(
        items, shown, place, more=more, resume=window.resume, turn=window.turn, count=count
    )


class _Links:
    """Makes the URLs of a list's other pages."""

    def __init__(self, request: Request | HttpRequest, spec: PageSpec) -> None:
        self._path = escape_uri_path(request.path)
        self._query = request.GET
        self._binding = binding_of(request.path, request.GET, spec.full_order)

    def place(self, asked: Parameters) -> Place | None:
        return None if asked.cursor is None else unseal(asked.cursor, self._binding)

    def page(
        self,
        items: Sequence[Any],
        keys: Sequence[Key],
        place: Place | None,
        *,
        more: bool,
        resume: Key | None = None,
        turn: Key | None = None,
        count: Count | None,
    ) -> Page:
        backward = place is not None and place.backward
        onward = resume if resume is not None and not more else None
        if onward is None and more and keys:
            onward = keys[0] if backward else keys[-1]
        following = self._url(Place(onward, backward)) if onward else None
        returning = None
        if place is not None:
            edge = (keys[-1] if backward else keys[0]) if keys else turn
            returning = self._url(Place(edge, not backward) if edge else None)
        forth, back = (returning, following) if backward else (following, returning)
        return Page(items, forth, back, count)

    def _url(self, place: Place | None) -> str:
        query = self._query.copy()
        query.pop("cursor", None)
        if place is not None:
            query["cursor"] = seal(place, self._binding)
        text = query.urlencode(safe=",:")
        address = conf.text("PUBLIC_URL").rstrip("/") + self._path
        return f"{address}?{text}" if text else address


def _capped(found: int, spec: PageSpec) -> Count:
    return Count(min(found, spec.count_cap), capped=found > spec.count_cap)


def _behind(order: Sequence[tuple[str, bool]], key: Key) -> Q:
    """The rows behind a key: ``a <= x and (a < x or (a = x and …))``.

    The outer bound is implied by the inner; it is there so that an index is entered at it.
    """
    pairs = list(zip(order, key, strict=True))
    (last, last_descending), last_value = pairs[-1]
    inner = Q(**{f"{last}__{'lt' if last_descending else 'gt'}": last_value})

    def wrap(inner: Q, pair: tuple[tuple[str, bool], Any]) -> Q:
        (field, descending), value = pair
        side = "lt" if descending else "gt"
        return Q(**{f"{field}__{side}e": value}) & (
            Q(**{f"{field}__{side}": value}) | (Q(**{field: value}) & inner)
        )

    return reduce(wrap, reversed(pairs[:-1]), inner)


def _value(item: Any, field: str) -> Any:
    if isinstance(item, Mapping):
        return item[field]
    return reduce(getattr, field.split("__"), item)
