"""The amendments to words in dispute."""

from uuid import UUID

from documents.texts.hanging import Dispute, Disputed
from documents.texts.models import Revision
from documents.texts.wording.anchoring import Movement
from documents.texts.wording.effort import Effort
from documents.texts.wording.touching import overlap, touched
from documents.texts.wording.units import Span
from platform_api.core.actor import Actor

from .clashing import MOST_AMENDMENTS
from .models import PENDING, Amendment


def amendments_at(actor: Actor, dispute: Dispute) -> list[list[UUID]]:
    """The amendments that are not decided, of those the actor sees, that would change the words:
    where these stand now, or stood in the text that both sides began with.

    By their numbers, the actor's own drafts behind them; at most ``MOST_AMENDMENTS``.
    """
    rows = (
        Amendment.objects.visible_to(actor)
        .filter(section=dispute.section, state__in=PENDING)
        .select_related("base")
        .order_by("number", "id")
    )
    amendments = list(rows[:MOST_AMENDMENTS])
    reached = _Reached(dispute)
    places = {each.pk: reached.by(each) for each in amendments}
    return [
        [each.pk for each in amendments if _is_at(words, each, *places[each.pk])]
        for words in dispute.words
    ]


def _is_at(words: Disputed, amendment: Amendment, before: list[Span], now: list[Span]) -> bool:
    if words.is_title:
        return amendment.title != amendment.base.title
    return any(overlap(each, words.base) for each in before) or any(
        overlap(each, words.present) for each in now
    )


class _Reached:
    """The places of a dispute's two texts that amendments would change, whatever their base.

    What became of a base is worked out once for all the amendments on it.
    """

    def __init__(self, dispute: Dispute) -> None:
        self._texts = dispute.base.body, dispute.section.body
        self._effort = Effort()
        self._movements: dict[UUID, tuple[Movement, Movement]] = {}

    def by(self, amendment: Amendment) -> tuple[list[Span], list[Span]]:
        """What an amendment would change of the text that both sides began with, and of the
        present one."""
        changes = touched(amendment.base.body, amendment.body, self._effort)
        before, now = (
            [
                place
                for change in changes
                if (place := change.place(movement, len(text))) is not None
            ]
            for movement, text in zip(self._from(amendment.base), self._texts, strict=True)
        )
        return before, now

    def _from(self, base: Revision) -> tuple[Movement, Movement]:
        found = self._movements.get(base.pk)
        if found is None:
            one, two = (Movement(base.body, text, self._effort) for text in self._texts)
            found = self._movements[base.pk] = one, two
        return found
