"""Every write to brackets."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Max

from documents.texts.models import Revision, Section
from documents.texts.selectors import acting_seat, writing_seat
from documents.texts.services import section_revise
from documents.texts.writing import (
    hold_document,
    invalid,
    locked_section,
    record_section,
    require_at,
)
from forums.membership.models import Delegation
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict
from platform_api.core.service import locked_row, service

from .models import Bracket, BracketAlternative, BracketProponent, BracketState
from .passages import passage_lost, require_free
from .selectors import passage_of, section_of, standings


@service
def bracket_put(
    *,
    actor: Actor,
    section: Section,
    base: Revision,
    start: int,
    end: int,
    alternatives: Sequence[str],
    note: str = "",
    delegation: UUID | None = None,
) -> Bracket:
    """Put a passage of a released section in brackets, with wordings for it.

    base: the revision that start and end are characters of, [start, end). alternatives: an empty
    one strikes the passage out; the acting seat stands by the first. delegation: that seat, needed
    when the actor has several in the drafting group.

    Raises Forbidden, Invalid, Conflict (``wrong_state``, ``text_fixed``, ``passage_lost``, and
    ``brackets_overlap`` with ``brackets``).
    """
    hold_document(section.document_id)
    locked = locked_section(section)
    access.require(actor, "bracket", locked)
    seat = acting_seat(actor, locked.document_id, delegation)
    if base.section_id != locked.pk or base.at_home:
        raise invalid("/revision", "unknown", "There is no such revision of this section.")
    if not start < end <= len(base.body):
        raise invalid("/end", "no_such_passage", "The passage lies within the revision's body.")
    bracket = Bracket(
        section=locked,
        base=base,
        start=start,
        end=end,
        delegation=seat,
        author_id=actor.require_user(),
        note=note,
    )
    require_free(actor, bracket, locked)
    for index, text in enumerate(alternatives):
        if text == passage_of(bracket) or text in alternatives[:index]:
            raise invalid(f"/alternatives/{index}", "same_wording", "It is there already.")
    bracket.save(force_insert=True)
    BracketAlternative(bracket=bracket, position=0).save(force_insert=True)
    first, *_ = [_add(bracket, seat, text, at) for at, text in enumerate(alternatives, 1)]
    _stand(bracket, first, seat)
    _record("section.bracketed", actor, bracket, locked, seat, {"alternatives": len(alternatives)})
    return bracket


@service
def bracket_alternative_add(
    *, actor: Actor, bracket: Bracket, text: str, delegation: UUID | None = None
) -> Bracket:
    """Add a wording to an open bracket; the acting seat stands by it from now on.

    Raises Forbidden, Invalid (``same_wording``), Conflict (``wrong_state``).
    """
    locked, section, seat = _taking_part(actor, bracket, delegation)
    held = BracketAlternative.objects.filter(bracket=locked)
    if text == passage_of(locked) or held.filter(position__gt=0, text=text).exists():
        raise invalid("/text", "same_wording", "It is there already.")
    last: int = held.aggregate(last=Max("position"))["last"]
    alternative = _add(locked, seat, text, last + 1)
    _stand(locked, alternative, seat)
    _changed(locked)
    _record("section.bracket_worded", actor, locked, section, seat, {"position": last + 1})
    return locked


@service
def bracket_support(
    *,
    actor: Actor,
    bracket: Bracket,
    alternative: UUID,
    delegation: UUID | None = None,
) -> Bracket:
    """Stand by a wording; the acting seat stands by one of a bracket at a time.

    Raises Forbidden, Invalid (``unknown``), Conflict (``wrong_state``).
    """
    locked, section, seat = _taking_part(actor, bracket, delegation)
    chosen = _alternative(locked, alternative)
    if _stand(locked, chosen, seat):
        _changed(locked)
        _record(
            "section.bracket_supported", actor, locked, section, seat, {"position": chosen.position}
        )
    return locked


@service
def bracket_unsupport(*, actor: Actor, bracket: Bracket, delegation: UUID | None = None) -> Bracket:
    """Stand by none of a bracket's wordings any more.

    Raises Forbidden, Conflict (``wrong_state``).
    """
    locked, section, seat = _taking_part(actor, bracket, delegation)
    held = BracketProponent.objects.filter(bracket=locked, delegation=seat).first()
    if held is not None:
        held.delete()
        _changed(locked)
        _record("section.bracket_unsupported", actor, locked, section, seat, {})
    return locked


@service
def bracket_resolve(
    *,
    actor: Actor,
    bracket: Bracket,
    if_match: str,
    alternative: UUID,
    section_revision: str,
    note: str = "",
    delegation: UUID | None = None,
) -> Bracket:
    """Close a bracket by one of its wordings, which takes the passage's place in the text.

    The standing wording leaves the text as it is. section_revision: as it was read, of the section
    that has the bracket now: what stands in the passage now is what is replaced.

    Raises Forbidden, Invalid, PreconditionFailed, Conflict (``wrong_state``, ``text_fixed``,
    ``passage_lost``, and ``text_changed`` with ``section_revision``).
    """
    hold_document(bracket.section.document_id)
    section = locked_section(section_of(actor, bracket))
    locked = _locked(bracket)
    require_at(actor, "resolve", locked, if_match)
    seat = writing_seat(actor, section, delegation)
    chosen = _alternative(locked, alternative)
    standing = standings(actor, [locked])[locked.pk]
    if section_revision != section.etag_revision or standing.section.pk != section.pk:
        raise Conflict(
            "The text has changed since it was read.",
            code="text_changed",
            extensions={"section_revision": section.etag_revision},
        )
    if chosen.position:
        place = standing.place
        if place is None:
            raise passage_lost()
        section_revise(
            actor=actor,
            section=section,
            if_match=section.etag_revision,
            body=section.body[: place.start] + chosen.text + section.body[place.end :],
            note=note,
            delegation=seat.pk,
        )
    locked.state, locked.chosen = BracketState.RESOLVED, chosen
    _closed(locked)
    _record(
        "section.bracket_resolved",
        actor,
        locked,
        section,
        seat,
        {"position": chosen.position, "note": note},
    )
    return locked


@service
def bracket_withdraw(*, actor: Actor, bracket: Bracket, if_match: str) -> Bracket:
    """Take a bracket away; it is its proposer's, as long as no other seat stands by a wording
    that would change the text.

    Raises Forbidden, PreconditionFailed, Conflict (``wrong_state``, and ``others_stand_by`` with
    ``delegations``).
    """
    section = locked_section(section_of(actor, bracket))
    locked = _locked(bracket)
    require_at(actor, "withdraw", locked, if_match)
    others = BracketProponent.objects.filter(bracket=locked, alternative__position__gt=0)
    standing = others.exclude(delegation=locked.delegation_id).values_list("delegation", flat=True)
    if standing:
        raise Conflict(
            "Others stand by a wording of it.",
            code="others_stand_by",
            extensions={"delegations": sorted(map(str, standing))},
        )
    locked.state = BracketState.WITHDRAWN
    _closed(locked)
    _record("section.bracket_withdrawn", actor, locked, section, locked.delegation, {})
    return locked


def _locked(bracket: Bracket) -> Bracket:
    rows = Bracket.objects.select_related("section", "base", "delegation")
    return locked_row(rows, bracket.pk)


def _taking_part(
    actor: Actor, bracket: Bracket, delegation: UUID | None
) -> tuple[Bracket, Section, Delegation]:
    """The locked bracket, its section, and the seat of the drafting group that acts."""
    locked = _locked(bracket)
    access.require(actor, "support", locked)
    seat = acting_seat(actor, locked.section.document_id, delegation)
    return locked, section_of(actor, locked), seat


def _alternative(bracket: Bracket, key: UUID) -> BracketAlternative:
    found = BracketAlternative.objects.filter(bracket=bracket, pk=key).first()
    if found is None:
        raise invalid("/alternative", "unknown", "The bracket has no such wording.")
    return found


def _add(bracket: Bracket, seat: Delegation, text: str, position: int) -> BracketAlternative:
    alternative = BracketAlternative(bracket=bracket, position=position, text=text, delegation=seat)
    alternative.save(force_insert=True)
    return alternative


def _stand(bracket: Bracket, alternative: BracketAlternative, seat: Delegation) -> bool:
    """Let a seat stand by a wording; whether it did not before."""
    held = BracketProponent.objects.filter(bracket=bracket, delegation=seat).first()
    if held is not None and held.alternative_id == alternative.pk:
        return False
    if held is not None:
        held.delete()
    BracketProponent(bracket=bracket, alternative=alternative, delegation=seat).save(
        force_insert=True
    )
    return True


def _changed(bracket: Bracket) -> None:
    bracket.revision += 1
    bracket.save(update_fields=["revision"])


def _closed(bracket: Bracket) -> None:
    bracket.closed_at = database_now()
    bracket.revision += 1
    bracket.save(update_fields=["state", "chosen", "closed_at", "revision"])


def _record(
    kind: str,
    actor: Actor,
    bracket: Bracket,
    section: Section,
    seat: Delegation,
    details: Mapping[str, object],
) -> None:
    told = {"bracket": str(bracket.pk), **details}
    record_section(kind, actor, section, seat.pk, told)
