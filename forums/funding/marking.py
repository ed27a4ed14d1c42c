"""How marks narrow projects, and who takes one over; what is kept of one is never wider."""

from typing import Any

from forums.marking.compiling import home_of, rings_of, scope_within
from forums.marking.kinds import Markable, make_markable
from forums.marking.rings import Ring
from forums.transfers.kinds import Transferable, make_transferable, other_forum

from .codes import Visibility
from .models import Project


def register() -> None:
    """Tell of projects whoever marks them and hands them over."""
    make_markable(Markable(model=Project, settle=settle_project))
    make_transferable(Transferable(model=Project, refusal=other_forum))


def settle_project(project: Any) -> None:
    """Give a project the scope of its visibility and marks."""
    forum = project.forum.effective_scope_id if project.forum_id else None
    rings = rings_of(
        Ring.FORUM if project.visibility == Visibility.FORUM else Ring.HOME,
        home_of(project.owner_delegation_id, None),
        forum=forum,
    )
    project.effective_scope_id = scope_within(rings, project.marks)
