"""Every write to comments."""

from .promoting import comment_promote
from .settling import comment_reopen, comment_resolve
from .writing import comment_create, comment_delete, comment_revise

__all__ = [
    "comment_create",
    "comment_delete",
    "comment_promote",
    "comment_reopen",
    "comment_resolve",
    "comment_revise",
]
