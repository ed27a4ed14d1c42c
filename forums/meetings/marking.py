"""How marks narrow meetings; what is kept of a meeting has its readers."""

from typing import Any

from forums.marking.compiling import home_of, rings_of, scope_within
from forums.marking.kinds import Markable, make_markable
from forums.marking.rings import Ring

from .models import Meeting


def register() -> None:
    """Tell the marking slice of meetings."""
    make_markable(Markable(model=Meeting, settle=settle_meeting))


def settle_meeting(meeting: Any) -> None:
    """Give a meeting the scope of its forum or home seat, as its marks allow."""
    forum = meeting.forum.effective_scope_id if meeting.forum_id else None
    rings = rings_of(
        Ring.FORUM if forum else Ring.HOME,
        home_of(meeting.owner_delegation_id, meeting.forum_id),
        forum=forum,
    )
    meeting.effective_scope_id = scope_within(rings, meeting.marks)
