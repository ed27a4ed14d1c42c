"""What a file is, told from its bytes alone, and whether it is only that. Pure.

A file is taken when its bytes have the structure of one of the kinds below from the first to the
last, and its name and the type it was sent with say the same. What is two things at once, holds
programs, or would swell to something huge is refused.
"""

from .files import Examined, Refused, examine
from .kinds import FileKind

__all__ = ["Examined", "FileKind", "Refused", "examine"]
