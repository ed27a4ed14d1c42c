"""How marks narrow meetings, and who takes one over; what is kept of it has its readers."""

from typing import Any

from forums.marking.compiling import home_of, rings_of, scope_within
from forums.marking.kinds import Markable, make_markable
from forums.marking.rings import Ring
from forums.transfers.kinds import Transferable, make_transferable, other_forum

from .models import Meeting


def register() -> None:
    """Tell of meetings whoever marks them and hands them over."""
    make_markable(Markable(model=Meeting, settle=settle_meeting))
    make_transferable(Transferable(model=Meeting, refusal=other_forum))


def settle_meeting(meeting: Any) -> None:
    """Give a meeting the scope of its forum or home seat, as its marks allow."""
    forum = meeting.forum.effective_scope_id if meeting.forum_id else None
    rings = rings_of(
        Ring.FORUM if forum else Ring.HOME,
        home_of(meeting.owner_delegation_id, meeting.forum_id),
        forum=forum,
    )
    meeting.effective_scope_id = scope_within(rings, meeting.marks)
