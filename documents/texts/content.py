"""What a revision of a section says. Pure."""

from typing import NamedTuple, Protocol

MAX_BODY = 200_000
"""The longest body of one section, in characters."""


class SectionText(NamedTuple):
    """The content of a section that its revisions keep and its chain binds."""

    title: str
    body: str
    language: str


class Worded(Protocol):
    """A row that has the content of a section."""

    @property
    def title(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def language(self) -> str: ...
