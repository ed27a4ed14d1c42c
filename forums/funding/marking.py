"""How marks narrow projects; what is kept of a project has its readers, or fewer."""

from typing import Any

from forums.marking.compiling import home_of, rings_of, scope_within
from forums.marking.kinds import Markable, make_markable
from forums.marking.rings import Ring

from .codes import Visibility
from .models import Project


def register() -> None:
    """Tell the marking slice of projects."""
    make_markable(Markable(model=Project, settle=settle_project))


def settle_project(project: Any) -> None:
    """Give a project the scope of its visibility and marks."""
    forum = project.forum.effective_scope_id if project.forum_id else None
    rings = rings_of(
        Ring.FORUM if project.visibility == Visibility.FORUM else Ring.HOME,
        home_of(project.owner_delegation_id, None),
        forum=forum,
    )
    project.effective_scope_id = scope_within(rings, project.marks)
