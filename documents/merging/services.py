"""Merging a change into a section that has moved on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from documents.texts.content import MAX_BODY, SectionText
from documents.texts.models import Revision, Section, SectionState
from documents.texts.selectors import writing_seat
from documents.texts.writing import (
    hold_for_text,
    invalid,
    locked_section,
    require_at,
    text_of,
    write_text,
)
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict
from platform_api.core.service import service

from .composing import TakenPart, compose
from .keeping import Words, copy_named, copy_used, copy_with, keep
from .refusals import EditConflict, MergedTooLong
from .resolving import wordings


@dataclass(frozen=True, slots=True)
class Merged:
    """A section into which a change was merged. taken: what was merged by itself."""

    section: Section
    taken: tuple[TakenPart, ...]


@service
def section_merge(
    *,
    actor: Actor,
    section: Section,
    if_match: str | None = None,
    base: UUID | None = None,
    working_copy: UUID | None = None,
    title: str | None = None,
    body: str | None = None,
    language: str | None = None,
    note: str = "",
    delegation: UUID | None = None,
    head: UUID | None = None,
    resolutions: Sequence[Mapping[str, str]] | None = None,
) -> Merged | EditConflict | MergedTooLong:
    """Write a change that was made on an earlier revision into the present text.

    What does not clash is written (documents.merging.composing). Else the section stays as it is
    and the words are kept as a working copy, in a refusal that is returned and so commits.

    base: the revision worked on; that of the working copy by default. What is None is as it is in
    the working copy, or in the base. resolutions: how everything is settled that is contested
    between the base and ``head``, a later revision. If somebody wrote after that one, what they
    settle is not written: it is the change from now on, made on ``head``.

    Raises Forbidden, Invalid, Conflict (``other_chain``), PreconditionFailed where the caller named
    a revision in If-Match as well.
    """
    hold_for_text(section)
    locked = locked_section(section)
    if if_match is None:
        access.require(actor, "revise", locked)
    else:
        require_at(actor, "revise", locked, if_match)
    seat = writing_seat(actor, locked, delegation)
    copy = copy_named(actor, locked, working_copy) if working_copy else None
    worked_on = copy.base_id if base is None and copy is not None else base
    assert worked_on is not None, "the shape of the input asks for one of the two"
    basis = _revision(actor, locked, worked_on, "/base")
    before = text_of(basis or locked)
    words = Words(
        section=locked,
        seat=seat,
        base=worked_on,
        text=_changed(text_of(copy) if copy else before, title, body, language),
        note=note or (copy.note if copy else ""),
    )
    copy = copy or copy_with(actor, words)
    settled: Revision | None = None
    if resolutions is None:
        merge = compose(before, words.text, text_of(locked))
    else:
        assert head is not None, "the shape of the input asks for both"
        settled = _revision(actor, locked, head, "/head", not_before=basis or locked)
        merge = compose(before, words.text, text_of(settled or locked))
    if resolutions is None and merge.contested:
        assert basis is not None, "nothing clashes with the text it was made on"
        return EditConflict(actor, locked, basis, keep(actor, words, copy), merge)
    text = merge.text(wordings(merge, resolutions or ()))
    if len(text.body) > MAX_BODY:
        return MergedTooLong(keep(actor, words, copy).pk, MAX_BODY)
    if settled is not None:
        kept = keep(actor, words._replace(base=settled.pk, text=text), copy)
        merge = compose(text_of(settled), text, text_of(locked))
        return EditConflict(actor, locked, settled, kept, merge, moved=True)
    write_text(actor, locked, seat, words.note, text, worked_on=basis)
    if copy is not None:
        copy_used(actor, copy)
    return Merged(locked, merge.taken if basis else ())


def _revision(
    actor: Actor,
    section: Section,
    wanted: UUID,
    pointer: str,
    not_before: Section | Revision | None = None,
) -> Revision | None:
    """The revision of the present chain that a caller names and sees; None for the present one,
    which is the section as it stands, also to whoever sees no revisions."""
    if wanted == section.head:
        return None
    found = Revision.objects.visible_to(actor).filter(section=section, pk=wanted).first()
    if found is None:
        raise invalid(pointer, "unknown", "There is no such revision of this section.")
    if found.at_home != (section.state == SectionState.PRIVATE_DRAFTING):
        raise Conflict(
            "The section was released after that revision. Make your change in the public text.",
            code="other_chain",
        )
    if not_before is not None and found.number < _number(not_before):
        raise invalid(pointer, "before_base", "It is older than the revision you worked on.")
    return found


def _number(row: Section | Revision) -> int:
    return row.revision if isinstance(row, Section) else row.number


def _changed(
    text: SectionText, title: str | None, body: str | None, language: str | None
) -> SectionText:
    return SectionText(
        title=text.title if title is None else title,
        body=text.body if body is None else body,
        language=text.language if language is None else language,
    )
