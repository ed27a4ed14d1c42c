"""What the grid of access shows: objects of a type down, parties across, who has what where.

Three kinds of callers: who manages the access of a seat sees its objects; the secretariat of a
forum the common ones, and the national ones on which others hold grants, without titles; an
operator that grants exist, and to whom.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from forums.countries.models import Country
from forums.granting.rules import KEPT, managed_seats
from forums.granting.seats import Holder, HolderName, holder_names, standing_seats
from forums.granting.selectors import Cell, Matrix, MatrixFilter, MatrixRow
from forums.membership.models import Delegation, Forum
from forums.organisations.models import Organisation
from platform_api.core.access_paths import LIVE_GRANT, permission_id
from platform_api.core.actor import Actor, Level
from platform_api.core.registry import Protection, registry

ROWS = 25
"""Objects on a page."""


@dataclass(frozen=True, slots=True)
class Column:
    """A party across the grid. key: in addresses. seat: its seat in the forum that is shown."""

    key: str
    label: str
    name: str
    party: Country | Organisation
    seat: Delegation | None = None

    def has(self, holder: HolderName) -> bool:
        """Whether a holder is this party, or one of its seats; in a forum, its seat there."""
        if (holder.country, holder.organisation) != self._names:
            return False
        return holder.delegation is None or self.seat is None or holder.delegation == self.seat.pk

    @property
    def _names(self) -> tuple[str | None, str | None]:
        if isinstance(self.party, Country):
            return self.party.code, None
        return None, self.party.key

    @property
    def holders(self) -> dict[str, tuple[Holder, str]]:
        """Whom a grant may name here, by what a form calls it, and in words."""
        whole = f"{self.name}: all its seats, now and later"
        holders: dict[str, tuple[Holder, str]] = {}
        if self.seat is not None and self.seat.forum is not None:
            holders["seat"] = (self.seat, f"{self.name}: its seat in {self.seat.forum.slug} only")
        holders["party"] = (self.party, whole)
        return holders


@dataclass(frozen=True, slots=True)
class Given:
    """Who gave a grant and why, as far as the caller may know."""

    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell entry: what a holder has, and who gave it and why."""

    cell: Cell
    given: Given

    @property
    def level(self) -> str:
        return self.cell.level.name.lower()

    @property
    def scope(self) -> str:
        """What makes the holder a reader, where no grant does."""
        return (self.cell.scope or "").replace("_", " ")

    @property
    def whom(self) -> str:
        """Whose it is, where that is not the column itself."""
        holder = self.cell.holder
        party = holder.country or holder.organisation or "everybody"
        return f"{party} in {holder.forum or 'its home'}" if holder.delegation else party


@dataclass(frozen=True, slots=True)
class Row:
    """One object. may_give: the caller may give access to it, not only end it."""

    row: MatrixRow
    given: Mapping[HolderName, Given] = field(default_factory=dict)
    may_give: bool = False
    may_end: bool = False

    @property
    def owner(self) -> str:
        owner = self.row.owner
        if owner is None:
            return "the forum"
        return owner.country or owner.organisation or ""

    def at(self, column: Column) -> list[Shown]:
        return [self._shown(cell) for cell in self.row.cells if column.has(cell.holder)]

    def beside(self, columns: Iterable[Column]) -> list[Shown]:
        """What is given to holders without a column."""
        across = list(columns)
        return [
            self._shown(cell)
            for cell in self.row.cells
            if not any(column.has(cell.holder) for column in across)
        ]

    def _shown(self, cell: Cell) -> Shown:
        given = self.given.get(cell.holder, Given()) if cell.way == "grant" else Given()
        return Shown(cell, given if not cell.inherited_from else Given())


def type_names() -> list[str]:
    """The types whose access is managed."""
    return sorted(KEPT)


def forums_of(actor: Actor) -> list[Forum]:
    """The forums whose grid a caller may ask for."""
    forums = Forum.objects.visible_to(actor)
    if not actor.is_operator:
        seats = Delegation.objects.visible_to(actor).filter(pk__in=managed_seats(actor))
        forums = forums.filter(pk__in=seats.values("forum"))
    return list(forums.order_by("slug"))


def columns_of(actor: Actor, forum: Forum | None) -> list[Column]:
    """The parties that sit in a forum today; without one, every country."""
    if forum is None:
        return [_column(country) for country in Country.objects.order_by("code")]
    seats = Delegation.objects.visible_to(actor).filter(standing_seats(), forum=forum)
    rows = seats.select_related("country", "organisation", "forum")
    columns = [_column(seat.party, seat) for seat in rows]
    return sorted(columns, key=lambda column: (column.key.partition("-")[0], column.label))


def rows_of(
    actor: Actor, type_name: str, forum: Forum | None, after: UUID | None
) -> tuple[list[Row], bool]:
    """A page of the grid, newest first, and whether there is more behind it."""
    if not managed_seats(actor):
        return _bare_rows(registry.protection_named(type_name), after)
    wanted = MatrixFilter(forum=forum.slug if forum else None)
    matrix = Matrix(actor, type_name, wanted)
    entries = matrix.fetch(after=(after,) if after else None, before=None, limit=ROWS + 1)
    keys = [key for _, key in entries]
    rows = _managed(actor, matrix.protection, matrix.load(keys[:ROWS]))
    return rows, len(keys) > ROWS


def row_of(actor: Actor, type_name: str, key: UUID) -> Row | None:
    """One object of the grid; None for what the caller neither manages nor oversees."""
    if not managed_seats(actor):
        return None
    matrix = Matrix(actor, type_name)
    matrix.fetch(after=(UUID(int=min(key.int + 1, 2**128 - 1)),), before=None, limit=1)
    return next(iter(_managed(actor, matrix.protection, matrix.load([key]))), None)


def _column(party: Country | Organisation, seat: Delegation | None = None) -> Column:
    name = str(party.names.get("en", ""))
    if isinstance(party, Country):
        return Column(f"country-{party.code}", party.code, name or party.code, party, seat)
    label = party.acronym or party.key
    return Column(f"organisation-{party.key}", label, name or label, party, seat)


def _managed(actor: Actor, protection: Protection, found: Sequence[MatrixRow]) -> list[Row]:
    """Rows with who gave what where the own seat keeps the object; overseen ones stay bare."""
    own = [row.id for row in found if row.title is not None]
    given = _given(protection, own)
    rows = [
        Row(row, given.get(row.id, {}), may_give=row.title is not None, may_end=True)
        for row in found
    ]
    return sorted(rows, key=lambda row: row.row.id, reverse=True)


def _given(protection: Protection, keys: Sequence[UUID]) -> dict[UUID, dict[HolderName, Given]]:
    """Who gave the live grants on objects, and why, by holder."""
    assert protection.grants is not None
    grants = protection.grants._default_manager.filter(LIVE_GRANT, content_object_id__in=keys)
    held = list(
        grants.order_by("created_at", "id").values_list(
            "content_object_id", "group_id", "granted_by__name", "reason"
        )
    )
    names = holder_names({group for _, group, _, _ in held})
    found: dict[UUID, dict[HolderName, Given]] = {}
    for key, group, by, reason in held:
        if group in names:
            found.setdefault(key, {})[names[group]] = Given(by, reason)
    return found


def _bare_rows(protection: Protection, after: UUID | None) -> tuple[list[Row], bool]:
    """That grants exist, for operators: object's key, holder, level and end; nothing else."""
    assert protection.grants is not None
    grants: Any = protection.grants._default_manager.filter(LIVE_GRANT)
    below = Q(content_object_id__lt=after) if after else Q()
    keys = list(
        grants.filter(below)
        .order_by("-content_object_id")
        .values_list("content_object_id", flat=True)
        .distinct()[: ROWS + 1]
    )
    level_of = {permission_id(protection.model, level): level for level in Level}
    held = list(
        grants.filter(content_object_id__in=keys[:ROWS]).values_list(
            "content_object_id", "group_id", "permission_id", "expires_at"
        )
    )
    names = holder_names({group for _, group, _, _ in held})
    cells: dict[UUID, dict[HolderName, Cell]] = {key: {} for key in keys[:ROWS]}
    for key, group, permission, until in held:
        cell = _bare_cell(names.get(group), level_of[permission], until)
        if cell is not None:
            known = cells[key].get(cell.holder, cell)
            cells[key][cell.holder] = replace(known, level=max(known.level, cell.level))
    rows = [
        Row(MatrixRow(protection.type_name, key, None, None, tuple(found.values())))
        for key, found in cells.items()
    ]
    return rows, len(keys) > ROWS


def _bare_cell(holder: HolderName | None, level: Level, until: datetime | None) -> Cell | None:
    return Cell(holder, "grant", level, until) if holder else None
