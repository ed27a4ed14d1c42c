"""Disagreed wording in the access tests: brackets of Serbia's in the common section."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from documents.brackets import services
from documents.brackets.models import Bracket, BracketAlternative, BracketProponent
from documents.texts.models import Revision, Section
from forums.membership.models import Delegation
from platform_api.core.transaction import acting
from tests.factories import actor_at

KEPT = "Text"
"""The passage in brackets: the first word of the section."""


def objects(seats: Mapping[str, Delegation], section: Section) -> dict[str, Model]:
    """A bracket in each state, and a wording and a proponent of the open one."""
    drafter = actor_at(seats["Serbia"])

    def put(start: int, end: int) -> Bracket:
        with acting(drafter):
            return services.bracket_put(
                actor=drafter,
                section=section,
                base=Revision.objects.get(pk=section.head),
                start=start,
                end=end,
                alternatives=["Words"],
            )

    withdrawn, resolved = put(0, len(KEPT)), put(len(KEPT) + 1, len(KEPT) + 3)
    with acting(drafter):
        services.bracket_withdraw(
            actor=drafter, bracket=withdrawn, if_match=withdrawn.etag_revision
        )
        services.bracket_resolve(
            actor=drafter,
            bracket=resolved,
            if_match=resolved.etag_revision,
            alternative=resolved.alternatives.get(position=0).pk,
            section_revision=section.etag_revision,
        )
    bracket = put(0, len(KEPT))
    return {
        "bracket: open": bracket,
        "bracket: resolved": resolved,
        "bracket: withdrawn": withdrawn,
        "bracket_alternative: ": BracketAlternative.objects.get(bracket=bracket, position=1),
        "bracket_proponent: ": BracketProponent.objects.get(bracket=bracket),
    }


def bodies(world_objects: Mapping[str, Model]) -> Mapping[str, Callable[[], Any]]:
    """Bodies that are right in every respect, by route and method."""
    wording = {"alternative": str(world_objects["bracket_alternative: "].pk)}
    return {
        "section-brackets POST": lambda: {"start": 5, "end": 7, "alternatives": ["for"]},
        "bracket-alternatives POST": lambda: {"text": "Letters"},
        "bracket-support POST": lambda: wording,
        "bracket-resolve POST": lambda: wording | {"section_revision": "1"},
    }


def of_object(key: str, body: Any, obj: Any) -> Any:
    """A body that names the present revision of the section it is sent to."""
    if key == "section-brackets POST" and isinstance(obj, Section):
        return {**body, "revision": str(obj.head)}
    if key == "section-brackets POST":
        return {**body, "revision": "01900000-0000-7000-8000-00000000dead"}
    return body


# -- decisions ----------------------------------------------------------------------------------

_OF_SECTION = """
                        bracket
{owner} reader          drafter_required
{owner} drafter         {decided}
{owner} head            {decided}
{further}
reading client          insufficient_scope
client of another area  insufficient_scope
reading manager client  insufficient_scope
inactive head           not_authenticated
nobody                  not_authenticated
everyone else           not_drafting_group
"""
_GROUP = """\
Serbia head, author     {decided}
Serbia access_manager   drafter_required
client                  {decided}
manager client          drafter_required
Albania reader          drafter_required
Albania drafter         {decided}
Albania head            {decided}
Albania access_manager  drafter_required
"""


def _section(owner: str, decided: str) -> str:
    further = _GROUP.format(decided=decided).rstrip() if owner == "Serbia" else ""
    return _OF_SECTION.format(owner=owner, decided=decided, further=further)


COLUMNS: Mapping[str, str] = {
    **{
        f"section: {name}": _section("Serbia", "wrong_state")
        for name in ("private", "private child", "agreed", "closed")
    },
    **{
        f"section: {name}": _section("Serbia", "yes")
        for name in ("released", "common", "restricted", "public")
    },
    "section: decoy": _section("Montenegro", "wrong_state"),
    "section: decoy released": _section("Montenegro", "yes"),
}
"""What the tables of sections gain."""

_BRACKET = """
                        view               support            resolve            withdraw
Serbia reader           yes                drafter_required   drafter_required   drafter_required
Serbia drafter          yes                {decided:<18} {decided:<18} {decided}
Serbia head             yes                {decided:<18} {decided:<18} {decided}
Serbia head, author     yes                {decided:<18} {decided:<18} {decided}
Albania reader          yes                drafter_required   drafter_required   not_proposer
Albania drafter         yes                {decided:<18} {decided:<18} not_proposer
Albania head            yes                {decided:<18} {decided:<18} not_proposer
granted read, head      yes                not_drafting_group not_reviser        not_proposer
granted draft, reader   yes                not_drafting_group not_reviser        not_proposer
granted draft, drafter  yes                not_drafting_group {decided:<18} not_proposer
granted manage, head    yes                not_drafting_group {decided:<18} not_proposer
granted by country      yes                not_drafting_group {decided:<18} not_proposer
client                  yes                {decided:<18} {decided:<18} {decided}
reading client          yes                insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope
everyone else           not_found          not_found          not_found          not_found
"""
_SEEN = """
                        view
Serbia reader           yes
Serbia drafter          yes
Serbia head             yes
Serbia head, author     yes
Albania reader          yes
Albania drafter         yes
Albania head            yes
granted read, head      yes
granted draft, reader   yes
granted draft, drafter  yes
granted manage, head    yes
granted by country      yes
client                  yes
reading client          yes
client of another area  insufficient_scope
everyone else           not_found
"""

TABLES: Mapping[str, str] = {
    "bracket: open": _BRACKET.format(decided="yes"),
    "bracket: resolved": _BRACKET.format(decided="wrong_state"),
    "bracket: withdrawn": _BRACKET.format(decided="wrong_state"),
    "bracket_alternative: ": _SEEN,
    "bracket_proponent: ": _SEEN,
}

# -- answers ------------------------------------------------------------------------------------

_LISTED = """
who                     object                 sends    answer
Albania reader          section: common        -        200{some}
granted read, head      section: common        -        200{some}
Albania head            section: private       -        404 not_found
Bulgaria head           section: common        -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  section: common        -        403 insufficient_scope
nobody                  section: common        -        401 not_authenticated
"""

_TAKING_PART = """
who                     object                 sends    answer
Serbia drafter          bracket: open          good     200
Albania drafter         bracket: open          good     200
Albania drafter         bracket: withdrawn     good     409 wrong_state
Albania drafter         bracket: open          bad      400 invalid
Albania reader          bracket: open          good     403 drafter_required
granted draft, drafter  bracket: open          good     403 not_drafting_group
reading client          bracket: open          good     403 insufficient_scope
Bulgaria head           bracket: open          good     404 not_found
Montenegro head         bracket: open          good     404 not_found
Serbia drafter          absent                 good     404 not_found
nobody                  bracket: open          good     401 not_authenticated
"""

_CLOSING = """
who                     object                 sends    answer
Serbia drafter          bracket: open          good     200
Serbia drafter          bracket: resolved      good     409 wrong_state
Serbia drafter          bracket: open          no etag  428 precondition_required
Serbia drafter          bracket: open          stale    412 precondition_failed
Serbia drafter          bracket: open          bad      400 invalid
Serbia reader           bracket: open          no etag  403 drafter_required
granted read, head      bracket: open          good     403 {reason}
reading client          bracket: open          good     403 insufficient_scope
Bulgaria head           bracket: open          good     404 not_found
Bulgaria head           bracket: open          no etag  404 not_found
Serbia drafter          absent                 good     404 not_found
nobody                  bracket: open          good     401 not_authenticated
"""

ROWS = {
    "section-brackets GET": _LISTED.format(some=" some"),
    "section-bracketed-text GET": _LISTED.format(some=""),
    "section-brackets POST": """
who                     object                 sends    answer
Serbia drafter          section: common        good     201
Albania drafter         section: released      good     201
Serbia drafter          section: private       good     409 wrong_state
Serbia drafter          section: common        bad      400 invalid
Serbia reader           section: common        good     403 drafter_required
granted draft, drafter  section: common        good     403 not_drafting_group
reading client          section: common        good     403 insufficient_scope
Albania drafter         section: private       good     404 not_found
Bulgaria head           section: common        bad      404 not_found
Serbia drafter          absent                 good     404 not_found
nobody                  section: common        good     401 not_authenticated
""",
    "bracket GET": """
who                     object                 sends    answer
Albania reader          bracket: open          -        200
granted read, head      bracket: resolved      -        200
Bulgaria head           bracket: open          -        404 not_found
grant expired, head     bracket: open          -        404 not_found
operator                bracket: open          -        404 not_found
Montenegro head         bracket: withdrawn     -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  bracket: open          -        403 insufficient_scope
nobody                  bracket: open          -        401 not_authenticated
""",
    "bracket-alternatives POST": _TAKING_PART,
    "bracket-support POST": _TAKING_PART,
    "bracket-unsupport POST": _TAKING_PART,
    "bracket-resolve POST": _CLOSING.format(reason="not_reviser"),
    "bracket-withdraw POST": _CLOSING.format(reason="not_proposer"),
}
