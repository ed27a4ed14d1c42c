"""Comments in the access tests."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from documents.comments.models import Comment, CommentAudience
from documents.comments.services import comment_create, comment_delete, comment_resolve
from documents.texts.models import Section
from forums.membership.models import Delegation
from platform_api.core.transaction import acting
from tests.factories import actor_at

from .tables import DEFAULT, column


def objects(seats: Mapping[str, Delegation], section: Section) -> dict[str, Model]:
    """What Albania and Serbia say on Serbia's released section, in the rings there are."""
    albania, serbia = actor_at(seats["Albania"]), actor_at(seats["Serbia"])
    group = CommentAudience.DRAFTING_GROUP

    def said(actor: Any, audience: CommentAudience | None, thread: Any = None) -> Any:
        with acting(actor):
            return comment_create(
                actor=actor, section=section, body="Words.", audience=audience, thread=thread
            )

    thread, settled, gone = (
        said(albania, group),
        said(serbia, CommentAudience.FORUM),
        said(albania, group),
    )
    with acting(serbia):
        comment_resolve(actor=serbia, comment=settled, if_match="1")
    with acting(albania):
        comment_delete(actor=albania, comment=gone, if_match="g1")
    found = {
        "comment: internal": said(albania, None),
        "comment: group": thread,
        "comment: forum": settled,
        "comment: reply": said(serbia, None, thread),
        "comment: deleted": gone,
    }
    return {name: Comment.objects.get(pk=comment.pk) for name, comment in found.items()}


BODIES: Mapping[str, Callable[[], Any]] = {
    "section-comments POST": lambda: {"body": "Words."},
    "comment PATCH": lambda: {"body": "Other words."},
    "comment-promote POST": lambda: {"audience": "forum"},
}
"""Bodies that are right in every respect, by route and method."""

_NO_DRAFTERS = (
    *(f"{seat} reader" for seat in ("Serbia", "Albania", "Bulgaria", "secretariat")),
    *(f"{seat} access_manager" for seat in ("Serbia", "Albania", "Bulgaria")),
    "granted draft, reader",
    "granted read, manager",
    "manager client",
)
_NO_SEATS = (
    "head of an ended seat",
    "head of a suspended seat",
    "ended delegate",
    "delegate from tomorrow",
    "operator",
)

_COMMENT: Mapping[str, str] = {
    **dict.fromkeys(_NO_DRAFTERS, "drafter_required"),
    **dict.fromkeys(_NO_SEATS, "not_seat"),
    **dict.fromkeys(("reading client", "reading manager client"), "insufficient_scope"),
    "client of another area": "insufficient_scope",
    **dict.fromkeys(("inactive head", "nobody"), "not_authenticated"),
    DEFAULT: "yes",
}
SECTIONS = column("comment", _COMMENT)
"""Who may comment on a section that it sees: every drafter, for its own seat at least."""

_GROUP = """
                        view               revise             delete             resolve            reopen             promote
Serbia reader           yes                not_seat           not_seat           drafter_required   drafter_required   not_seat
Serbia drafter          yes                not_seat           not_seat           yes                wrong_state        not_seat
Serbia head             yes                not_seat           not_seat           yes                wrong_state        not_seat
Serbia head, author     yes                not_seat           not_seat           yes                wrong_state        not_seat
client                  yes                not_seat           not_seat           yes                wrong_state        not_seat
reading client          yes                insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
Albania reader          yes                drafter_required   drafter_required   drafter_required   drafter_required   drafter_required
Albania drafter         yes                {own}              {own}              yes                wrong_state        {own}
Albania head            yes                {own}              {own}              yes                wrong_state        {own}
everyone else           not_found          not_found          not_found          not_found          not_found          not_found
"""

TABLES = {
    # The section's owner sees nothing of it.
    "comment: internal": """
                        view               revise             delete             resolve            reopen             promote
Albania reader          yes                drafter_required   drafter_required   drafter_required   drafter_required   drafter_required
Albania drafter         yes                yes                yes                yes                wrong_state        yes
Albania head            yes                yes                yes                yes                wrong_state        yes
everyone else           not_found          not_found          not_found          not_found          not_found          not_found
""",
    "comment: group": _GROUP.format(own="yes"),
    "comment: deleted": _GROUP.format(own="deleted"),
    # Serbia's, and resolved; read by whoever was granted the section, too.
    "comment: forum": """
                        view               revise             delete             resolve            reopen             promote
Serbia reader           yes                drafter_required   drafter_required   drafter_required   drafter_required   drafter_required
Serbia drafter          yes                yes                yes                wrong_state        yes                wrong_state
Serbia head             yes                yes                yes                wrong_state        yes                wrong_state
Serbia head, author     yes                yes                yes                wrong_state        yes                wrong_state
client                  yes                yes                yes                wrong_state        yes                wrong_state
reading client          yes                insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
Albania reader          yes                not_seat           not_seat           not_seat           not_seat           not_seat
Albania drafter         yes                not_seat           not_seat           not_seat           not_seat           not_seat
Albania head            yes                not_seat           not_seat           not_seat           not_seat           not_seat
granted read, head      yes                not_seat           not_seat           not_seat           not_seat           not_seat
granted draft, reader   yes                not_seat           not_seat           not_seat           not_seat           not_seat
granted draft, drafter  yes                not_seat           not_seat           not_seat           not_seat           not_seat
granted manage, head    yes                not_seat           not_seat           not_seat           not_seat           not_seat
granted by country      yes                not_seat           not_seat           not_seat           not_seat           not_seat
everyone else           not_found          not_found          not_found          not_found          not_found          not_found
""",
    # Serbia's in Albania's thread.
    "comment: reply": """
                        view               revise             delete             resolve            reopen             promote
Serbia reader           yes                drafter_required   drafter_required   drafter_required   drafter_required   drafter_required
Serbia drafter          yes                yes                yes                reply              wrong_state        yes
Serbia head             yes                yes                yes                reply              wrong_state        yes
Serbia head, author     yes                yes                yes                reply              wrong_state        yes
client                  yes                yes                yes                reply              wrong_state        yes
reading client          yes                insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
Albania reader          yes                not_seat           not_seat           not_seat           not_seat           not_seat
Albania drafter         yes                not_seat           not_seat           not_seat           not_seat           not_seat
Albania head            yes                not_seat           not_seat           not_seat           not_seat           not_seat
everyone else           not_found          not_found          not_found          not_found          not_found          not_found
""",
}

_CHANGE = """
who                     object                 sends    answer
Albania drafter         comment: group         good     {status}
Albania head            comment: internal      good     {status}
Albania drafter         comment: group         no etag  428 precondition_required
Albania drafter         comment: group         stale    412 precondition_failed
Albania drafter         comment: group         bad      400 invalid
Albania reader          comment: group         no etag  403 drafter_required
Serbia head             comment: group         good     403 not_seat
granted read, head      comment: forum         good     403 not_seat
Albania head            comment: deleted       good     409 deleted
reading client          comment: group         good     403 insufficient_scope
Serbia head             comment: internal      good     404 not_found
granted manage, head    comment: group         no etag  404 not_found
Montenegro head         comment: forum         good     404 not_found
operator                comment: forum         good     404 not_found
Albania head            absent                 good     404 not_found
nobody                  comment: forum         good     401 not_authenticated
"""

ROWS = {
    "section-comments GET": """
who                     object                 sends    answer
Serbia reader           section: released      -        200 some
granted read, head      section: released      -        200 some
Albania reader          section: common        -        200 none
Albania head            section: private       -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  section: released      -        403 insufficient_scope
nobody                  section: released      -        401 not_authenticated
""",
    "section-comments POST": """
who                     object                 sends    answer
Serbia drafter          section: private       good     201
Albania head            section: released      good     201
granted read, head      section: released      good     201
client                  section: common        good     201
Serbia drafter          section: released      bad      400 invalid
Albania reader          section: released      good     403 drafter_required
operator                section: public        good     403 not_seat
reading client          section: released      good     403 insufficient_scope
Albania head            section: private       good     404 not_found
Bulgaria head           section: released      good     404 not_found
Serbia drafter          absent                 good     404 not_found
nobody                  section: released      good     401 not_authenticated
""",
    "comment GET": """
who                     object                 sends    answer
Albania reader          comment: internal      -        200
Serbia reader           comment: group         -        200
granted read, head      comment: forum         -        200
Serbia head             comment: internal      -        404 not_found
granted manage, head    comment: group         -        404 not_found
grant expired, head     comment: forum         -        404 not_found
Bulgaria head           comment: forum         -        404 not_found
operator                comment: forum         -        404 not_found
Serbia access_manager   comment: forum         -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  comment: group         -        403 insufficient_scope
nobody                  comment: forum         -        401 not_authenticated
""",
    "comment PATCH": _CHANGE.format(status=200),
    "comment DELETE": _CHANGE.format(status=204),
    "comment-promote POST": _CHANGE.format(status=200)
    + "Serbia head             comment: forum         good     409 wrong_state\n",
    "comment-resolve POST": """
who                     object                 sends    answer
Albania drafter         comment: group         good     200
Serbia drafter          comment: group         good     200
Albania head            comment: internal      good     200
Serbia head             comment: deleted       good     200
Serbia head             comment: group         no etag  428 precondition_required
Serbia head             comment: group         stale    412 precondition_failed
Serbia head             comment: group         bad      400 invalid
Serbia reader           comment: group         no etag  403 drafter_required
Serbia head             comment: reply         good     403 reply
Albania head            comment: reply         good     403 not_seat
reading client          comment: group         good     403 insufficient_scope
Serbia head             comment: forum         good     409 wrong_state
Serbia head             comment: internal      good     404 not_found
Serbia head             absent                 good     404 not_found
nobody                  comment: forum         good     401 not_authenticated
""",
    "comment-reopen POST": """
who                     object                 sends    answer
Serbia drafter          comment: forum         good     200
Serbia head             comment: forum         no etag  428 precondition_required
Serbia head             comment: forum         stale    412 precondition_failed
Serbia head             comment: forum         bad      400 invalid
Serbia reader           comment: forum         no etag  403 drafter_required
Albania head            comment: forum         good     403 not_seat
reading client          comment: forum         good     403 insufficient_scope
Serbia head             comment: group         good     409 wrong_state
Serbia head             comment: internal      good     404 not_found
Serbia head             absent                 good     404 not_found
nobody                  comment: forum         good     401 not_authenticated
""",
}
