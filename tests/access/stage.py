"""The seats and objects of the sequences, the steps that are done there, and what ought to hold."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from documents.structure.services import section_move
from documents.texts.models import Section
from forums.granting.services import grant_end, grant_give
from forums.marking.services import object_restrict, object_unrestrict
from forums.membership.models import Delegation
from forums.membership.services import delegate_end
from forums.membership.suspensions.services import suspension_begin, suspension_end
from forums.transfers.services import transfer_accept, transfer_offer, transfer_withdraw
from platform_api.core.actor import Actor, Level, Role
from platform_api.core.errors import Refusal
from platform_api.core.registry import registry
from platform_api.core.service import writing
from platform_api.core.transaction import acting
from platform_api.identity.groups import role_groups_of
from tests.factories import (
    DocumentFactory,
    ForumFactory,
    SectionFactory,
    actor_at,
    delegate,
    release,
    seat,
)
from tests.factories.base import operator

from .reckoning import DOCUMENTS, DRAFTING, OBJECTS, SEATS, SECTIONS, Reckoning

WORD = "quarrelsome"
"""What all titles have in common."""

ACTS: Mapping[str, Sequence[str]] = {
    "give": OBJECTS,
    "end": OBJECTS,
    "expire": OBJECTS,
    "restrict": OBJECTS,
    "release": SECTIONS,
    "move": SECTIONS,
    "transfer": OBJECTS,
    "suspend": OBJECTS,
    "dismiss": OBJECTS,
}
"""What is done, and to which objects."""


@dataclass
class Stage:
    """The seats with a reader each, the objects, and what ought to hold of them."""

    seats: dict[str, Delegation]
    readers: dict[str, Any]
    objects: dict[str, Any]
    reckoning: Reckoning = field(default_factory=Reckoning)

    def fresh(self, what: str) -> Any:
        return type(self.objects[what])._default_manager.get(pk=self.objects[what].pk)

    def do(self, act: str, what: str, who: str, where: str) -> None:
        """One step. where: the section that one is moved below; itself for among the chapters."""
        getattr(self, f"_{act}")(what, who, where)

    def _give(self, what: str, who: str, where: str) -> None:
        may = self.reckoning.acts(what) and who != self.reckoning.owner[what]
        with _refused(unless=may), self._acting_for(what) as (head, obj):
            grant_give(actor=head, obj=obj, holder=self._holder(who), level=Level.COMMENT)
        if may:
            self.reckoning.granted[what, who] = True

    def _end(self, what: str, who: str, where: str) -> None:
        may = self.reckoning.acts(what) and self.reckoning.granted.get((what, who), False)
        with _refused(unless=may), self._acting_for(what) as (head, obj):
            grant_end(actor=head, obj=obj, holder=self._holder(who))
        if may:
            del self.reckoning.granted[what, who]

    def _expire(self, what: str, who: str, where: str) -> None:
        """Time goes by: what was given to a holder ends without anybody's act."""
        grants: Any = registry.protection_of(type(self.objects[what])).grants
        rows = grants._default_manager.filter(
            content_object=self.objects[what],
            group_id__in=role_groups_of(self._holder(who).pk).values(),
        )
        with writing():
            rows.update(expires_at=datetime.now(UTC) - timedelta(hours=1))
        if (what, who) in self.reckoning.granted:
            self.reckoning.granted[what, who] = False

    def _restrict(self, what: str, who: str, where: str) -> None:
        act = object_unrestrict if what in self.reckoning.restricted else object_restrict
        may = self.reckoning.acts(what)
        with _refused(unless=may), self._acting_for(what) as (head, obj):
            act(actor=head, obj=obj)
        if may:
            self.reckoning.restricted ^= {what}

    def _release(self, what: str, who: str, where: str) -> None:
        may = self.reckoning.may_release(what)
        with _refused(unless=may):
            release(self.fresh(what))
        if may:
            self.reckoning.released.add(what)

    def _move(self, what: str, who: str, where: str) -> None:
        above = None if where == what else where
        parent = above and self.fresh(above)
        may = self.reckoning.may_move(what, above)
        with _refused(unless=may), self._acting_for(what, Role.DRAFTER) as (drafter, section):
            section_move(
                actor=drafter,
                section=section,
                if_match=section.etag_revision,
                parent=parent,
            )
        if may and above is None:
            self.reckoning.above.pop(what, None)
        elif may:
            self.reckoning.above[what] = str(above)

    def _transfer(self, what: str, who: str, where: str) -> None:
        """Its owner offers it to the other of those who draft, who takes it if that can be."""
        (other,) = {*DRAFTING} - {self.reckoning.owner[what]}
        may = self.reckoning.may_offer(what)
        with _refused(unless=may), self._acting_for(what) as (giver, obj):
            transfer = transfer_offer(actor=giver, obj=obj, receiver=self.seats[other], reason="")
        if not may:
            return
        may = self.reckoning.may_take(what, other)
        receiver = actor_at(self.seats[other], Role.HEAD)
        with _refused(unless=may), acting(receiver):
            transfer_accept(actor=receiver, transfer=transfer, if_match=transfer.etag_revision)
        if may:
            self.reckoning.take(what, other)
        else:
            with self._acting_for(what) as (giver, _):
                transfer_withdraw(actor=giver, transfer=transfer, if_match=transfer.etag_revision)

    def _suspend(self, what: str, who: str, where: str) -> None:
        act = suspension_end if who in self.reckoning.suspended else suspension_begin
        act(actor=operator(), of=self.seats[who], reason="A test of access.")
        self.reckoning.suspended ^= {who}

    def _dismiss(self, what: str, who: str, where: str) -> None:
        """The reader's time ends, or the same person is appointed again."""
        if who in self.reckoning.ended:
            delegate(self.seats[who], Role.READER, user=self.readers[who].user)
        else:
            held = self.seats[who].delegates.get(user=self.readers[who].user, valid_until=None)
            delegate_end(actor=operator(), delegate=held, if_match=held.etag_revision)
        self.reckoning.ended ^= {who}

    @contextmanager
    def _acting_for(self, what: str, role: Role = Role.HEAD) -> Iterator[tuple[Actor, Any]]:
        """Somebody of the seat that owns an object, and the object as it is now."""
        actor, obj = actor_at(self.seats[self.reckoning.owner[what]], role), self.fresh(what)
        with acting(actor):
            yield actor, obj

    def _holder(self, who: str) -> Any:
        """Some are granted by their seat, the others by their country."""
        return self.seats[who].party if who in ("bosnia", "croatia") else self.seats[who]


def _refused(*, unless: bool) -> AbstractContextManager[Any]:
    return nullcontext() if unless else pytest.raises(Refusal)


def stage() -> Stage:
    """Everything as it is at first."""
    forum, elsewhere = ForumFactory(slug="seemic"), ForumFactory(slug="other")
    codes = dict(zip(SEATS, ("RS", "AL", "BA", "ME", "HR"), strict=True))
    seats = {
        name: seat(elsewhere if name == "croatia" else forum, code) for name, code in codes.items()
    }
    documents = {
        name: DocumentFactory(
            delegation=seats["serbia"],
            drafting_group=[seats["albania"]],
            titles={"en": f"A {WORD} {name}"},
        )
        for name in DOCUMENTS
    }
    reckoning = Reckoning()
    sections: dict[str, Section] = {
        name: SectionFactory(
            document=documents["manual"],
            title=f"A {WORD} {name}",
            released=name in reckoning.released,
        )
        for name in SECTIONS
    }
    return Stage(
        seats,
        {name: delegate(each, Role.READER) for name, each in seats.items()},
        {**documents, **sections},
        reckoning,
    )
