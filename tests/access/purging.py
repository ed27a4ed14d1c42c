"""Verifying chains, and purging what is in them, in the access tests."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from documents.purging.models import Purge
from documents.purging.services import purge_carry_out, purge_request, purge_withdraw
from documents.texts.models import Section
from forums.membership.models import Delegation
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.factories import DocumentFactory, SectionFactory, actor_at, delegate

REASON = "Names of people who were never asked."


def objects(seats: Mapping[str, Delegation]) -> dict[str, Model]:
    """Purges that a drafter of Serbia asked for, in every state."""
    document = DocumentFactory(delegation=seats["Serbia"], drafting_group=[seats["Albania"]])
    head = actor_of(delegate(seats["Serbia"], "head").user)
    asking = actor_at(seats["Serbia"])
    decided: Mapping[str, Any] = {
        "requested": None,
        "carried_out": purge_carry_out,
        "withdrawn": purge_withdraw,
    }
    found: dict[str, Model] = {}
    for state, decide in decided.items():
        section = SectionFactory(document=document, body="Said by Ana Marić, in tears.")
        with acting(asking):
            purge = purge_request(
                actor=asking, of=section, passage="Ana Marić, in tears", reason=REASON
            )
        if decide is not None:
            with acting(head):
                decide(actor=head, purge=purge, if_match=purge.etag_revision)
        found[f"purge: {state}"] = Purge.objects.get(pk=purge.pk)
    return found


def bodies(section: Callable[[], Section]) -> Mapping[str, Callable[[], Any]]:
    """Bodies that are right in every respect, by route and method."""
    return {
        "purges POST": lambda: {
            "section": str(section().pk),
            "passage": section().body,
            "reason": REASON,
        }
    }


_PURGE = """
                        view               carry_out          withdraw
Serbia reader           yes                head_required      drafter_required
Serbia drafter          yes                head_required      {decided}
Serbia head             yes                {decided}          {decided}
Serbia head, author     yes                {decided}          {decided}
client                  yes                head_required      {decided}
reading client          yes                insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope
everyone else           not_found          not_found          not_found
"""

TABLES = {
    "purge: requested": _PURGE.format(decided="yes"),
    **{
        f"purge: {state}": _PURGE.format(decided="wrong_state")
        for state in ("carried_out", "withdrawn")
    },
}


def _decide(who: str, below: str, required: str) -> str:
    """The rows of an act by which a purge is decided."""
    rows = [
        (who, "purge: requested", "good", "200"),
        (who, "purge: withdrawn", "good", "409 wrong_state"),
        (who, "purge: requested", "no etag", "428 precondition_required"),
        (who, "purge: requested", "stale", "412 precondition_failed"),
        (who, "purge: requested", "bad", "400 invalid"),
        (below, "purge: requested", "good", f"403 {required}"),
        ("reading client", "purge: requested", "good", "403 insufficient_scope"),
        ("Albania head", "purge: requested", "good", "404 not_found"),
        ("secretariat head", "purge: requested", "good", "404 not_found"),
        (who, "absent", "good", "404 not_found"),
        ("nobody", "purge: requested", "good", "401 not_authenticated"),
    ]
    lines = [f"{a:<24}{b:<23}{c:<9}{d}" for a, b, c, d in rows]
    return "\n".join(["who                     object                 sends    answer", *lines])


ROWS = {
    "section-verify GET": """
who                     object                 sends    answer
Serbia reader           section: private       -        200
Albania reader          section: released      -        200
granted read, head      section: private       -        200
Albania head            section: private       -        404 not_found
Bulgaria head           section: released      -        404 not_found
operator                section: private       -        404 not_found
Serbia access_manager   section: private       -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  section: released      -        403 insufficient_scope
nobody                  section: released      -        401 not_authenticated
""",
    "purges GET": """
who                     object                 sends    answer
Serbia reader           -                      -        200 some
Albania head            -                      -        200 none
secretariat head        -                      -        200 none
client of another area  -                      -        403 insufficient_scope
nobody                  -                      -        401 not_authenticated
""",
    "purges POST": """
who                     object                 sends    answer
Serbia drafter          -                      good     201
Serbia head             -                      good     201
Serbia drafter          -                      bad      400 invalid
Serbia reader           -                      good     403 drafter_required
client                  -                      good     403 person_required
Albania head            -                      good     403 not_keeper
granted manage, head    -                      good     403 not_keeper
Bulgaria head           -                      good     400 invalid
operator                -                      good     400 invalid
reading client          -                      good     403 insufficient_scope
nobody                  -                      good     401 not_authenticated
""",
    "purge GET": """
who                     object                 sends    answer
Serbia reader           purge: requested       -        200
Serbia reader           purge: carried_out     -        200
Albania head            purge: requested       -        404 not_found
operator                purge: requested       -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  purge: requested       -        403 insufficient_scope
nobody                  purge: requested       -        401 not_authenticated
""",
    "purge-carry-out POST": _decide("Serbia head", "Serbia drafter", "head_required"),
    "purge-withdraw POST": _decide("Serbia drafter", "Serbia reader", "drafter_required"),
}
