"""A conflict as data: what an answer tells of it."""

from typing import Any
from uuid import UUID

from documents.texts.content import SectionText
from documents.texts.hanging import Dispute, Disputed, hanging
from documents.texts.models import Revision, Section
from documents.texts.wording.comparing import compare_words
from documents.texts.wording.effort import Effort
from documents.texts.writing import text_of
from platform_api.core.actor import Actor

from .composing import Composition, Contested, SectionPart
from .models import WorkingCopy
from .serializers import EditConflictDetail


def conflict_told(
    actor: Actor, section: Section, base: Revision, kept: WorkingCopy, merge: Composition
) -> dict[str, Any]:
    """The members of the problem for words that were kept; ``clash_told`` with their copy.

    base: the revision that the kept words were made on.
    """
    told = clash_told(actor, section, base, text_of(kept), merge)
    return {**told, "working_copy": str(kept.pk)}


def clash_told(
    actor: Actor,
    section: Section,
    base: Revision,
    yours: SectionText,
    merge: Composition,
    amendment: UUID | None = None,
) -> dict[str, Any]:
    """The members of the problem: both sides, what is contested with what hangs on it, and
    everything else merged.

    base: the revision that ``yours`` was made on; who sees it sees the present one too, which is
    of the same chain. amendment: whose wording ``yours`` is, which does not hang on itself.
    """
    contested = merge.contested
    words = [
        Disputed(
            each.part is SectionPart.TITLE, each.conflict.base_place, each.conflict.theirs_place
        )
        for each in contested
    ]
    dispute = Dispute(section, base, words)
    comments = hanging("comments", actor, dispute)
    amendments = hanging("amendments", actor, dispute)
    head = Revision.objects.select_related("delegation__country", "delegation__organisation").get(
        pk=section.head
    )
    effort = Effort()
    shown: dict[str, Any] = EditConflictDetail(
        {
            "base": {"revision": base.pk, **text_of(base)._asdict()},
            "yours": yours._asdict(),
            "theirs": {"revision": section.head, **text_of(section)._asdict()},
            "theirs_by": {"delegation": head.delegation, "at": head.created_at},
            "conflicts": [
                {
                    **_unit(each, effort),
                    "comments_affected": on_it,
                    "amendments_affected": [key for key in to_it if key != amendment],
                }
                for each, on_it, to_it in zip(contested, comments, amendments, strict=True)
            ],
            "offer": {
                "title": merge.title if isinstance(merge.title, str) else None,
                "language": merge.language if isinstance(merge.language, str) else None,
                "body": [
                    {"text": piece, "conflict": None}
                    if isinstance(piece, str)
                    else {"text": None, "conflict": piece.id}
                    for piece in merge.body.offer()
                ],
            },
            "auto_merged": merge.taken,
        }
    ).data
    return dict(shown)


def _unit(unit: Contested, effort: Effort) -> dict[str, Any]:
    conflict = unit.conflict
    return {
        "id": conflict.id,
        "part": unit.part,
        "kind": conflict.kind,
        "base": conflict.base,
        "yours": conflict.yours,
        "theirs": conflict.theirs,
        "word_diff": {
            "yours": list(compare_words(conflict.base, conflict.yours, effort)),
            "theirs": list(compare_words(conflict.base, conflict.theirs, effort)),
        },
        "choices": unit.choices,
    }
