"""The tree acts of sections."""

from .deleting import section_delete, section_restore
from .joining import section_join
from .moving import section_move
from .splitting import section_split

__all__ = [
    "section_delete",
    "section_join",
    "section_move",
    "section_restore",
    "section_split",
]
