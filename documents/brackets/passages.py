"""What the passages of brackets forbid."""

from documents.states.services import TextSettling
from documents.structure.services.deleting import SectionDeleting
from documents.texts.models import Section
from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict

from .models import Bracket
from .selectors import open_in, standings


def refuse_brackets(settling: TextSettling) -> None:
    """What is disagreed is not agreed: a subscriber of ``text_settling``."""
    found = [str(key) for key in open_in(settling.actor, settling.sections)]
    if found:
        raise Conflict(
            "Some wording is in brackets.", code="open_brackets", extensions={"brackets": found}
        )


def refuse_deletion(deleting: SectionDeleting) -> None:
    """A disagreement does not end by deleting what it is about: a subscriber of
    ``section_deleting``."""
    found = [str(key) for key in open_in(deleting.actor, [deleting.section])]
    if found:
        raise Conflict(
            "Some of its wording is in brackets; resolve them first, or have them withdrawn.",
            code="open_brackets",
            extensions={"section": str(deleting.section.pk), "brackets": found},
        )


def passage_lost() -> Conflict:
    """The refusal where too little is left of a passage to say where it stands."""
    return Conflict("Too little of the passage is left in the text.", code="passage_lost")


def require_free(actor: Actor, bracket: Bracket, section: Section) -> None:
    """Raise Conflict unless a new bracket stands in the present text, clear of the others."""
    bracket.section = section
    place = standings(actor, [bracket])[bracket.pk].place
    if place is None or place.section.pk != section.pk:
        raise passage_lost()
    overlapping = [
        str(key)
        for key, other in open_in(actor, [section]).items()
        if other.place is not None
        and other.place.start < place.end
        and place.start < other.place.end
    ]
    if overlapping:
        raise Conflict(
            "Part of the passage is in brackets already.",
            code="brackets_overlap",
            extensions={"brackets": overlapping},
        )
