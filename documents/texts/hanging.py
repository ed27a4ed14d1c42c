"""What hangs on the words of a section, for whoever is told that they are in dispute.

Slices above know what of theirs hangs there. Each says so by one line in ``AppConfig.ready()``:

    make_hanging("comments", comments_at)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from documents.texts.models import Revision, Section
from documents.texts.wording.units import Span
from platform_api.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Disputed:
    """Words that both sides of a merge changed, each in its own way.

    is_title: they are the section's title. base, present: where they stand in the body that both
    began with, and in the present one; None where they do not.
    """

    is_title: bool
    base: Span | None
    present: Span | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A merge into a section in which something is contested. base: what both sides began with."""

    section: Section
    base: Revision
    words: Sequence[Disputed]


Finder = Callable[[Actor, Dispute], Sequence[Sequence[UUID]]]
"""The ids of what hangs on each of the words in dispute, of what the actor sees."""

_finders: dict[str, Finder] = {}


def make_hanging(kind: str, finder: Finder) -> None:
    """Register what tells of one kind, once."""
    if kind in _finders:
        raise ValueError(f"what tells of {kind} is registered already")
    _finders[kind] = finder


def hanging(kind: str, actor: Actor, dispute: Dispute) -> Sequence[Sequence[UUID]]:
    """The ids of one kind that hang on each of the words in dispute. Raises LookupError."""
    return _finders[kind](actor, dispute) if dispute.words else []
