"""The four-eyes rule: who released a text is not who wrote it."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q

from platform_api.core.actor import Actor

from .acts import RevisionAct

AT_HOME = Q(at_home=True, act=RevisionAct.WRITTEN)
"""The revisions whose authors wrote what a release lets out."""


def four_eyes(actor: Actor, section: Any) -> str | None:
    """``four_eyes`` when the actor wrote any of what is to be released, else None.

    A forum may allow single-person release; such a release is marked on the section. Out of a
    document that is hidden from its owner meanwhile nothing is released: ``not_drafting_group``.
    """
    try:
        forum = section.document.forum
    except ObjectDoesNotExist:
        return "not_drafting_group"
    if not forum.four_eyes:
        return None
    if wrote_any(actor, section):
        return "four_eyes"
    return None


def wrote_any(actor: Actor, section: Any) -> bool:
    """Whether the actor wrote a revision of the section that stands at home. Who moved, split or
    joined it did not write of it; who wrote what was split or joined into it did.

    Sections that this actor is shown in a list bring the answer along (``with_authorship``).
    """
    if "actor_wrote" in vars(section):
        return bool(section.actor_wrote)
    if actor.user_id in section.home_writers:
        return True
    return bool(section.revisions.filter(AT_HOME, author_id=actor.user_id).exists())
