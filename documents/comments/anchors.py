"""The passage that a caller names, by its place or by its words."""

from collections.abc import Mapping
from typing import Any

from documents.texts.models import Revision, Section
from platform_api.core.actor import Actor
from platform_api.core.errors import FieldError, Invalid
from platform_api.core.http.references import referred

from .models import Anchor
from .placing import anchor_at, occurrences

MAX_QUOTE = 5_000
"""The longest passage, in code points."""


def anchor_given(actor: Actor, section: Section, given: Mapping[str, Any]) -> Anchor:
    """The anchor that an input means: in the revision it names, else in the present text.

    given: ``revision``; ``start`` and ``end``; ``exact``, ``prefix`` and ``suffix``. Either pair of
    positions or words will do; of both each must be right.

    Raises Invalid at the member that is wrong.
    """
    revision, text = section.head, section.body
    if given.get("revision") not in (None, section.head):
        named = referred(
            actor, "/anchor/revision", Revision, pk=given["revision"], section=section.pk
        )
        revision, text = named.pk, named.body
    start, end, exact = given.get("start"), given.get("end"), given.get("exact")
    quote = Anchor(
        revision,
        start or 0,
        end or 0,
        exact or "",
        given.get("prefix", ""),
        given.get("suffix", ""),
    )
    if start is not None and end is not None:
        _check_place(text, start, end)
        if exact is not None and (start, end) not in occurrences(text, quote):
            raise _wrong("exact", "quote_differs", "The words do not stand at that place.")
    elif exact is not None and start is None and end is None:
        start, end = _only(text, quote)
    else:
        raise _wrong("", "required", "Send start and end, or exact.")
    if not text[start:end].strip():
        raise _wrong("", "blank", "The passage is nothing but white space.")
    if end - start > MAX_QUOTE:
        raise _wrong("", "too_long", f"A passage has at most {MAX_QUOTE} code points.")
    return anchor_at(Anchor(revision, start, end, "", "", ""), text)


def _check_place(text: str, start: int, end: int) -> None:
    if start >= end:
        raise _wrong("end", "before_start", "The end lies behind the start.")
    if end > len(text):
        raise _wrong("end", "beyond_text", f"The text has {len(text)} code points.")


def _only(text: str, quote: Anchor) -> tuple[int, int]:
    found = occurrences(text, quote)
    place = next(found, None)
    if place is None:
        raise _wrong("exact", "not_found", "These words do not stand in the text.")
    if next(found, None) is not None:
        raise _wrong(
            "exact",
            "ambiguous",
            "These words stand in the text more than once; send a longer prefix or suffix.",
        )
    return place


def _wrong(member: str, code: str, detail: str) -> Invalid:
    return Invalid([FieldError(f"/anchor/{member}" if member else "/anchor", code, detail)])
