"""Where brackets stand in the present text."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from documents.texts.models import Section
from documents.texts.wording.anchoring import Movement
from forums.membership.models import Delegation
from platform_api.core.actor import Actor

from .models import Bracket, BracketAlternative, BracketProponent, BracketState
from .rendering import Disagreed, Wording, with_brackets

Place = tuple[int, int]
"""A passage of a text, [start, end) in characters."""

_PARTY = ("delegation__country", "delegation__organisation")


def shown_brackets(actor: Actor) -> QuerySet[Bracket]:
    """The brackets that an actor sees, with all that answers tell of them."""
    proponents = (
        BracketProponent.objects.visible_to(actor)
        .select_related(*_PARTY)
        .order_by("created_at", "id")
    )
    alternatives = (
        BracketAlternative.objects.visible_to(actor)
        .select_related(*_PARTY)
        .order_by("position")
        .prefetch_related(Prefetch("proponents", proponents))
    )
    return (
        Bracket.objects.visible_to(actor)
        .select_related("section", "base", *_PARTY)
        .prefetch_related(Prefetch("alternatives", alternatives))
    )


def open_brackets(sections: Iterable[Section]) -> QuerySet[Bracket]:
    """The open brackets of some sections, in the order of putting."""
    rows = Bracket.objects.filter(section__in=list(sections), state=BracketState.OPEN)
    return rows.select_related("base").order_by("created_at", "id")


def places_of(body: str, brackets: Iterable[Bracket]) -> Mapping[UUID, Place | None]:
    """Where open brackets stand in the present body of their section; None for one whose passage
    is lost, or that is closed."""
    movements: dict[UUID, Movement] = {}
    places: dict[UUID, Place | None] = {}
    for bracket in brackets:
        if bracket.state != BracketState.OPEN:
            places[bracket.pk] = None
            continue
        movement = movements.get(bracket.base_id)
        if movement is None:
            movement = movements[bracket.base_id] = Movement(bracket.base.body, body)
        places[bracket.pk] = movement.place(bracket.start, bracket.end)
    return places


def passage_of(bracket: Bracket) -> str:
    """The passage as it stood when it was put in brackets."""
    return bracket.base.body[bracket.start : bracket.end]


def bracketed_text(section: Section, brackets: Iterable[Bracket]) -> dict[str, Any]:
    """A section's present text with its open brackets in it; the form is ``BracketedText``."""
    shown = [bracket for bracket in brackets if bracket.state == BracketState.OPEN]
    places = places_of(section.body, shown)
    passages = []
    for bracket in shown:
        place = places[bracket.pk]
        if place is not None:
            passages.append(Disagreed(*place, _wordings(bracket, section.body[slice(*place)])))
    return {
        "section": section.pk,
        "section_revision": section.etag_revision,
        "text": with_brackets(section.body, passages),
        "brackets": [bracket.pk for bracket in shown],
        "orphaned": [key for key, place in places.items() if place is None],
    }


def _wordings(bracket: Bracket, standing: str) -> list[Wording]:
    return [
        Wording(
            alternative.text if alternative.position else standing,
            [_name(each.delegation) for each in alternative.proponents.all()],
        )
        for alternative in bracket.alternatives.all()
    ]


def _name(seat: Delegation) -> str:
    """How a proponent stands in a text: its country's code, or its organisation's key."""
    if seat.country is not None:
        return seat.country.code
    return seat.organisation.key if seat.organisation else str(seat.pk)
