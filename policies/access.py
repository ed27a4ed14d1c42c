"""Who may do what to instruments and practices. The table is data; core decides by it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from forums.granting.rules import Keeping, with_access
from forums.marking.kinds import Markable, make_markable
from forums.transfers.kinds import Transferable, make_transferable
from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Protection, Rule, registry
from policies.audience import keep_own_sight, settle_owned
from policies.instruments.models import Instrument, InstrumentGrant, LegalStatusEvent
from policies.practices.models import (
    Adaptation,
    Practice,
    PracticeDraft,
    PracticeGrant,
    PracticeState,
    PracticeVersion,
)

_READ, _WRITE = "policies:read", "policies:write"
_PUBLISHED = frozenset({PracticeState.PUBLISHED})

INSTRUMENT_RULES: Mapping[str, Rule] = {
    "revise": Rule(_WRITE, through=("owner",), role=Role.DRAFTER),
    "record_status": Rule(_WRITE, through=("owner",), role=Role.DRAFTER),
}

PRACTICE_RULES: Mapping[str, Rule] = {
    "withdraw": Rule(_WRITE, through=("owner",), role=Role.HEAD, states=_PUBLISHED),
    "list_shares": Rule(_READ, through=("owner",), role=Role.READER),
    "share": Rule(_WRITE, through=("owner",), role=Role.HEAD, states=_PUBLISHED),
    "add_source": Rule(
        _WRITE, through=("owner",), role=Role.DRAFTER, checks=("head_once_published",)
    ),
}

DRAFT_RULES: Mapping[str, Rule] = {
    "revise": Rule(_WRITE, through=("owner",), role=Role.DRAFTER),
    "publish": Rule(_WRITE, through=("owner",), role=Role.HEAD),
}


def _owner(actor: Actor, obj: Any) -> frozenset[Role]:
    return actor.roles_at(obj.owner_delegation_id)


def _owner_of_draft(actor: Actor, draft: Any) -> frozenset[Role]:
    return actor.roles_at(draft.practice.owner_delegation_id)


def head_once_published(actor: Actor, practice: Any) -> str | None:
    """Where others read a practice, what is added to it is read at once: its head's to say."""
    if practice.state != PracticeState.PUBLISHED or Role.HEAD in _owner(actor, practice):
        return None
    return "head_required"


def _title_of_instrument(instrument: Any) -> str:
    titles = [text["title"] for text in instrument.titles.values()]
    return titles[0] if titles else str(instrument)


def _title_of_practice(practice: Any) -> str:
    return str(practice.draft.title)


def _adaptations_seen(actor: Actor) -> Q:
    """Those of practices that are seen, from sources that are seen too."""
    practices = Practice.objects.visible_to(actor).values("pk")
    return Q(practice__in=practices) & (
        Q(source_version=None) | Q(source_version__practice__in=practices)
    )


def register() -> None:
    """Tell of this app's models the access engine, and whoever marks and hands them over."""
    make_markable(Markable(model=Instrument, settle=settle_owned))
    make_markable(Markable(model=Practice, settle=settle_owned))
    for owned in (Instrument, Practice):
        make_transferable(Transferable(model=owned, handed=keep_own_sight))
    registry.protect(
        with_access(
            Protection(
                model=Instrument,
                type_name="instrument",
                read_scope=_READ,
                rules=INSTRUMENT_RULES,
                relations={"owner": _owner},
                grants=InstrumentGrant,
                kind_field="kind",
                has_facet=True,
            ),
            Keeping(title=_title_of_instrument),
        )
    )
    registry.protect(
        Protection(
            model=LegalStatusEvent,
            type_name="legal_status_event",
            read_scope=_READ,
            scope_field=None,
            parent_field="instrument",
        )
    )
    registry.protect(
        with_access(
            Protection(
                model=Practice,
                type_name="practice",
                read_scope=_READ,
                rules=PRACTICE_RULES,
                relations={"owner": _owner},
                checks={"head_once_published": head_once_published},
                state_field="state",
                grants=PracticeGrant,
            ),
            Keeping(title=_title_of_practice, related=("draft",)),
            states=_PUBLISHED,
        )
    )
    registry.protect(
        Protection(
            model=PracticeDraft,
            type_name="practice_draft",
            read_scope=_READ,
            rules=DRAFT_RULES,
            relations={"owner": _owner_of_draft},
        )
    )
    registry.protect(
        Protection(
            model=PracticeVersion,
            type_name="practice_version",
            read_scope=_READ,
            scope_field=None,
            parent_field="practice",
        )
    )
    registry.protect(
        Protection(
            model=Adaptation,
            type_name="adaptation",
            read_scope=_READ,
            scope_field=None,
            also=_adaptations_seen,
        )
    )
