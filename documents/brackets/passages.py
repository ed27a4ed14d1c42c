"""What the passages of brackets forbid."""

from documents.states.services import TextSettling
from documents.texts.models import Section
from platform_api.core.errors import Conflict

from .models import Bracket
from .selectors import open_brackets, places_of


def refuse_brackets(settling: TextSettling) -> None:
    """What is disagreed is not agreed: a subscriber of ``text_settling``."""
    found = [str(bracket.pk) for bracket in open_brackets(settling.sections)]
    if found:
        raise Conflict(
            "Some wording is in brackets.", code="open_brackets", extensions={"brackets": found}
        )


def passage_lost() -> Conflict:
    """The refusal where too little is left of a passage to say where it stands."""
    return Conflict("Too little of the passage is left in the text.", code="passage_lost")


def require_free(bracket: Bracket, section: Section) -> None:
    """Raise Conflict unless a new bracket stands in the present text, clear of the others."""
    bracket.section = section
    place = places_of(section.body, [bracket])[bracket.pk]
    if place is None:
        raise passage_lost()
    others = places_of(section.body, open_brackets([section]))
    overlapping = [
        str(key)
        for key, other in others.items()
        if other is not None and other[0] < place[1] and place[0] < other[1]
    ]
    if overlapping:
        raise Conflict(
            "Part of the passage is in brackets already.",
            code="brackets_overlap",
            extensions={"brackets": overlapping},
        )
