"""Who sees amendments and who does what to them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Q

from documents.texts.models import Section, SectionState
from documents.texts.purgeable import make_purgeable
from platform_api.core.access import state_refusal, visible_condition
from platform_api.core.actor import Actor, Role
from platform_api.core.errors import Conflict
from platform_api.core.registry import Protection, Rule, registry

from .models import (
    OPEN,
    PENDING,
    Amendment,
    AmendmentCosponsor,
    AmendmentProposal,
    AmendmentState,
)
from .selectors import deciding_seats, drafting_seats

SECTION_RULES: Mapping[str, Rule] = {
    "amend": Rule(
        "documents:write",
        through=("drafting_group",),
        role=Role.DRAFTER,
        states=frozenset({SectionState.RELEASED}),
        premises=("text_open",),
    ),
}
"""What the slice adds to the rules of sections."""

_DRAFT = frozenset({AmendmentState.DRAFT})


def _proponents(role: Role, states: frozenset[AmendmentState]) -> Rule:
    return Rule("documents:write", through=("proponent",), role=role, states=states)


def _deciders(states: frozenset[AmendmentState]) -> Rule:
    return Rule("documents:write", through=("decider",), role=Role.DRAFTER, states=states)


_ACCEPT = replace(_deciders(OPEN), checks=("four_eyes",), premises=("section_revised",))


AMENDMENT_RULES: Mapping[str, Rule] = {
    "revise": _proponents(Role.DRAFTER, _DRAFT),
    "delete": _proponents(Role.DRAFTER, _DRAFT),
    "submit": replace(
        _proponents(Role.HEAD, _DRAFT), checks=("four_eyes",), premises=("section_amended",)
    ),
    "rebase": _proponents(Role.DRAFTER, PENDING),
    "withdraw": _proponents(Role.HEAD, OPEN),
    "cosponsor": Rule("documents:write", through=("co_drafter",), role=Role.HEAD, states=OPEN),
    "uncosponsor": Rule("documents:write", through=("cosponsor",), role=Role.HEAD, states=OPEN),
    "consider": _deciders(frozenset({AmendmentState.SUBMITTED})),
    "accept": _ACCEPT,
    "accept_as_modified": _ACCEPT,
    "reject": _deciders(OPEN),
}


def _roles_at(actor: Actor, seats: Any) -> frozenset[Role]:
    roles: frozenset[Role] = frozenset()
    for seat in seats:
        roles |= actor.roles_at(seat)
    return roles


def _proponent(actor: Actor, amendment: Any) -> frozenset[Role]:
    return actor.roles_at(amendment.proponent_id)


def _co_drafter(actor: Actor, amendment: Any) -> frozenset[Role]:
    """The roles at the other seats of the drafting group."""
    return _roles_at(actor, drafting_seats(amendment.section) - {amendment.proponent_id})


def _cosponsor(actor: Actor, amendment: Any) -> frozenset[Role]:
    return _roles_at(actor, (each.delegation_id for each in amendment.cosponsors.all()))


def _decider(actor: Actor, amendment: Any) -> frozenset[Role]:
    return _roles_at(actor, deciding_seats(amendment.section))


def _four_eyes(actor: Actor, amendment: Any) -> str | None:
    """``four_eyes`` when the actor worded it, in a forum with that rule."""
    if amendment.forum.four_eyes and actor.user_id in amendment.writers:
        return "four_eyes"
    return None


def _section_amended(actor: Actor, amendment: Any) -> Conflict | None:
    return state_refusal(actor, "amend", amendment.section)


def _section_revised(actor: Actor, amendment: Any) -> Conflict | None:
    return state_refusal(actor, "revise", amendment.section)


def _in_ring(actor: Actor) -> Q:
    """At home the proponent's, then the drafting group's; as far as they see the section."""
    sections = Section.objects.filter(visible_condition(Section, actor))
    return Q(effective_scope__in=actor.scopes, section__in=sections.values("pk"))


def _with_amendment(actor: Actor) -> Q:
    """What was worded at home stays there; of the rest whoever sees the amendment."""
    amendments = Amendment.objects.filter(visible_condition(Amendment, actor))
    return Q(effective_scope__in=actor.scopes, amendment__in=amendments.values("pk"))


def register() -> None:
    """Tell the access engine of the slice's protected models."""
    registry.protect(
        Protection(
            model=Amendment,
            type_name="amendment",
            read_scope="documents:read",
            rules=AMENDMENT_RULES,
            relations={
                "proponent": _proponent,
                "co_drafter": _co_drafter,
                "cosponsor": _cosponsor,
                "decider": _decider,
            },
            checks={"four_eyes": _four_eyes},
            premises={"section_amended": _section_amended, "section_revised": _section_revised},
            scope_field=None,
            state_field="state",
            also=_in_ring,
        )
    )
    registry.protect(
        Protection(
            model=AmendmentProposal,
            type_name="amendment_proposal",
            read_scope="documents:read",
            scope_field=None,
            also=_with_amendment,
        )
    )
    registry.protect(
        Protection(
            model=AmendmentCosponsor,
            type_name="amendment_cosponsor",
            read_scope="documents:read",
            scope_field=None,
            parent_field="amendment",
        )
    )
    make_purgeable(
        Amendment,
        "title",
        "body",
        "justification",
        "reason",
        "accepted_title",
        "accepted_body",
    )
    make_purgeable(AmendmentProposal, "title", "body")
