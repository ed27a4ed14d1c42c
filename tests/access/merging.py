"""Merges and working copies in the access tests.

Serbia's drafter and Albania's changed one sentence of a common section; Serbia's words are kept at
home. Montenegro's, of the other forum, are the decoy.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from documents.merging.models import WorkingCopy
from documents.merging.services import section_merge
from documents.texts.models import Document
from documents.texts.services import section_revise
from forums.membership.models import Delegation
from platform_api.core.actor import Actor
from platform_api.core.transaction import acting
from tests.factories import SectionFactory, actor_at


def objects(
    seats: Mapping[str, Delegation], drafter: Actor, national: Document, foreign: Document
) -> dict[str, Model]:
    """The objects by ``type: state``."""
    return {
        "working_copy: ": _clash(national, seats["Albania"], drafter),
        "working_copy: decoy": _clash(foreign, seats["Montenegro"], actor_at(seats["Montenegro"])),
    }


def _clash(document: Document, seat: Delegation, mine: Actor) -> Model:
    """What is kept of ``mine`` after the seat's drafter changed the same words."""
    section = SectionFactory(document=document, common=True, body="Complaints are filed.")
    theirs = actor_at(seat)
    with acting(theirs):
        section_revise(actor=theirs, section=section, if_match="1", body="Complaints are heard.")
    with acting(mine):
        section_merge(actor=mine, section=section, base=section.head, body="Nobody complains.")
    return WorkingCopy.objects.get(section=section)


def merge_body(section: Any) -> dict[str, Any]:
    """A change to a section made on its present text; of an absent one nothing is right."""
    return {"base": str(section.head) if section else "no-such", "body": "Other words."}


TABLES = {
    "working_copy: ": """
                        view               delete
Serbia reader           yes                head_required
Serbia drafter          yes                yes
Serbia head             yes                yes
Serbia head, author     yes                yes
client                  yes                head_required
reading client          yes                insufficient_scope
client of another area  insufficient_scope insufficient_scope
everyone else           not_found          not_found
""",
    "working_copy: decoy": """
                        view               delete
Montenegro head         yes                yes
everyone else           not_found          not_found
""",
}

ROWS = {
    "section-merge POST": """
who                     object                 sends    answer
Serbia drafter          section: common        good     200
Albania drafter         section: common        good     200
Serbia drafter          section: private       good     200
granted draft, drafter  section: private       good     200
Serbia drafter          section: common        bad      400 invalid
Serbia reader           section: common        good     403 drafter_required
Albania head            section: released      good     403 not_owner
granted read, head      section: released      good     403 not_owner
reading client          section: common        good     403 insufficient_scope
Albania head            section: private       good     404 not_found
Montenegro head         section: common        good     404 not_found
operator                section: common        good     404 not_found
Serbia drafter          absent                 good     404 not_found
nobody                  section: common        good     401 not_authenticated
""",
    "section-working-copies GET": """
who                     object                 sends    answer
Serbia reader           section: common        -        200 none
Albania head            section: private       -        404 not_found
operator                section: common        -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  section: common        -        403 insufficient_scope
nobody                  section: common        -        401 not_authenticated
""",
    "working-copies GET": """
who                     object                 sends    answer
Serbia reader           -                      -        200 some
Serbia drafter          -                      -        200 some
Montenegro head         -                      -        200 some
Albania head            -                      -        200 none
granted manage, head    -                      -        200 none
Serbia access_manager   -                      -        200 none
operator                -                      -        200 none
client of another area  -                      -        403 insufficient_scope
nobody                  -                      -        401 not_authenticated
""",
    "working-copy GET": """
who                     object                 sends    answer
Serbia reader           working_copy:          -        200
Serbia drafter          working_copy:          -        200
Albania head            working_copy:          -        404 not_found
granted manage, head    working_copy:          -        404 not_found
Serbia access_manager   working_copy:          -        404 not_found
operator                working_copy:          -        404 not_found
Serbia drafter          working_copy: decoy    -        404 not_found
Serbia drafter          absent                 -        404 not_found
client of another area  working_copy:          -        403 insufficient_scope
nobody                  working_copy:          -        401 not_authenticated
""",
    "working-copy DELETE": """
who                     object                 sends    answer
Serbia drafter          working_copy:          good     204
Serbia head             working_copy:          good     204
Serbia drafter          working_copy:          bad      400 invalid
Serbia drafter          working_copy:          no etag  428 precondition_required
Serbia drafter          working_copy:          stale    412 precondition_failed
Serbia reader           working_copy:          good     403 head_required
client                  working_copy:          good     403 head_required
reading client          working_copy:          good     403 insufficient_scope
Albania head            working_copy:          good     404 not_found
Montenegro head         working_copy:          good     404 not_found
Serbia drafter          absent                 good     404 not_found
nobody                  working_copy:          good     401 not_authenticated
""",
}
