"""The words of a passage, and where they stand in a text. Pure."""

from collections.abc import Iterator

from .models import Anchor

CONTEXT = 64
"""How many code points before and behind a passage are kept to tell it from others alike."""


def anchor_at(anchor: Anchor, text: str) -> Anchor:
    """The anchor with its quote and what stands around it taken from its text."""
    start, end = anchor.start, anchor.end
    return Anchor(
        anchor.revision,
        start,
        end,
        text[start:end],
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
    )


def occurrences(text: str, anchor: Anchor) -> Iterator[tuple[int, int]]:
    """Where the quote stands in a text between its prefix and suffix."""
    whole = anchor.prefix + anchor.quote + anchor.suffix
    at = text.find(whole)
    while at >= 0:
        start = at + len(anchor.prefix)
        yield start, start + len(anchor.quote)
        at = text.find(whole, at + 1)


def only_occurrence(text: str, anchor: Anchor) -> tuple[int, int] | None:
    """The one place where the quote stands; None for none and for several, and for a quote of
    which a purge has left nothing."""
    found = occurrences(text, anchor) if anchor.quote else iter(())
    first = next(found, None)
    return first if first is not None and next(found, None) is None else None
