"""What is classified has no place here: the guard on the way of every write to a section."""

from documents.texts.models import Section
from forums.marking.classification import new_marks, require_unmarked
from forums.membership.models import Delegation
from platform_api.core.actor import Actor, Role
from platform_api.core.errors import Forbidden


def require_unclassified(
    actor: Actor, section: Section, seat: Delegation, not_classified: str
) -> list[str]:
    """Refuse a text that bears marks which the section did not bear before.

    not_classified: why they are none, which a head of the seat that writes may say. Answers with
    the marks that this was said of, for the record; the text may keep them from then on.

    Raises ClassificationMark; Forbidden ``head_required``.
    """
    texts = {"/title": section.title, "/body": section.body}
    if not new_marks(texts, {}):
        return []
    held = Section.objects.filter(pk=section.pk).values_list("title", "body").first()
    before = dict(zip(texts, held, strict=True)) if held else {}
    if not not_classified.strip():
        require_unmarked(texts, before)
    elif Role.HEAD not in actor.roles_at(seat.pk):
        raise Forbidden("A head says why a mark is none.", code="head_required")
    return [mark.mark for _, mark in new_marks(texts, before)]
