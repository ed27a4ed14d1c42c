"""Every write to forums, seats, delegates, clients and offices: one module a concept."""

from .clients import NewClient, client_create
from .forums import forum_create, forum_revise
from .offices import office_assign
from .people import delegate_add, delegate_end
from .seats import delegation_end, delegation_seat, home_seat_make

__all__ = [
    "NewClient",
    "client_create",
    "delegate_add",
    "delegate_end",
    "delegation_end",
    "delegation_seat",
    "forum_create",
    "forum_revise",
    "home_seat_make",
    "office_assign",
]
