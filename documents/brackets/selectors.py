"""Where brackets stand now: in which section, and where in its present text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from documents.structure.following import Following, Passage, Place
from documents.structure.selectors import came_from, joined_into
from documents.texts.models import Section
from forums.membership.models import Delegation
from platform_api.core.actor import Actor

from .models import Bracket, BracketAlternative, BracketProponent, BracketState
from .rendering import Disagreed, Wording, with_brackets

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


@dataclass(frozen=True, slots=True)
class Standing:
    """Which section has a bracket now, and where in its text the passage stands.

    place: None where the passage is lost, and once the bracket is closed.
    """

    section: Section
    place: Place | None


def standings(actor: Actor, brackets: Iterable[Bracket]) -> Mapping[UUID, Standing]:
    """Where some brackets stand, as far as an actor sees.

    An open one is of the section in which its passage stands now; where the passage is lost, of
    the one in which it was put, and when that was joined to another of that other one. A closed
    one stays with the section in which it was put.
    """
    following = Following(actor)
    found: dict[UUID, Standing] = {}
    for bracket in brackets:
        if bracket.state != BracketState.OPEN:
            found[bracket.pk] = Standing(bracket.section, None)
            continue
        passage = Passage(bracket.base_id, bracket.base.body, bracket.start, bracket.end)
        place = following.place(bracket.section, passage)
        section = place.section if place else joined_into(actor, bracket.section)
        found[bracket.pk] = Standing(section, place)
    return found


def open_in(actor: Actor, sections: Iterable[Section]) -> Mapping[UUID, Standing]:
    """The open brackets that some sections have now, in the order of putting."""
    keys = {section.pk for section in sections}
    rows = (
        Bracket.objects.visible_to(actor)
        .filter(section__in=keys | came_from(actor, keys), state=BracketState.OPEN)
        .select_related("base", "section")
        .order_by("created_at", "id")
    )
    found = standings(actor, rows)
    return {key: standing for key, standing in found.items() if standing.section.pk in keys}


def section_of(actor: Actor, bracket: Bracket) -> Section:
    """The section that has a bracket now; looked for once for each row."""
    known: Section | None = vars(bracket).get("standing_in")
    if known is None:
        known = standings(actor, [bracket])[bracket.pk].section
        vars(bracket)["standing_in"] = known
    return known


def passage_of(bracket: Bracket) -> str:
    """The passage as it stood when it was put in brackets."""
    return bracket.base.body[bracket.start : bracket.end]


def bracketed_text(actor: Actor, section: Section) -> dict[str, Any]:
    """A section's present text with its open brackets in it; the form is ``BracketedText``."""
    found = open_in(actor, [section])
    shown = list(shown_brackets(actor).filter(pk__in=found).order_by("created_at", "id"))
    places = {bracket.pk: found[bracket.pk].place for bracket in shown}
    passages = []
    for bracket in shown:
        place = places[bracket.pk]
        if place is not None:
            wordings = _wordings(bracket, place.words)
            passages.append(Disagreed(place.start, place.end, wordings))
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
