"""What a revision of a section says. Pure."""

from typing import NamedTuple

MAX_BODY = 200_000
"""The longest body of one section, in characters."""


class SectionText(NamedTuple):
    """The content of a section that its revisions keep and its chain binds."""

    title: str
    body: str
    language: str
