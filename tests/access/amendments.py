"""Amendments in the access tests: Albania's, in every state, to a released section of Serbia's."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model

from documents.amendments import services
from documents.amendments.models import Amendment, AmendmentCosponsor, AmendmentProposal
from documents.texts.models import Document, Section
from forums.membership.models import Delegation
from platform_api.core.actor import Actor
from platform_api.core.transaction import acting
from tests.factories import SectionFactory, actor_at

_FIRST, _SECOND, _THIRD = "One is filed.", "One is answered.", "One is kept."


def objects(seats: Mapping[str, Delegation], national: Document) -> dict[str, Model]:
    """An amendment in each state; Serbia co-sponsors the one that is submitted."""
    serbia, albania = seats["Serbia"], seats["Albania"]
    section = SectionFactory(
        document=national, released=True, body=f"{_FIRST}\n\n{_SECOND}\n\n{_THIRD}\n"
    )
    base = section.head
    drafter, head = actor_at(albania), actor_at(albania, "head")
    decider, supporter = actor_at(serbia), actor_at(serbia, "head")

    def drafted(*paragraphs: str) -> Amendment:
        with acting(drafter):
            return services.amendment_draft(
                actor=drafter, section=section, base=base, body="\n\n".join((*paragraphs, ""))
            )

    def submitted(*paragraphs: str) -> Amendment:
        return do(services.amendment_submit, drafted(*paragraphs), head)

    def do(service: Callable[..., Amendment], to: Amendment, by: Actor, **given: Any) -> Amendment:
        row = Amendment.objects.get(pk=to.pk)
        with acting(by):
            return service(actor=by, amendment=row, if_match=row.etag_revision, **given)

    other = (_FIRST, _SECOND, "One is burnt.")
    found = {
        "draft": drafted(*other),
        "submitted": submitted(*other),
        "under_consideration": submitted(*other),
        "rejected": submitted(*other),
        "withdrawn": submitted(*other),
        "accepted": submitted("One is sent.", _SECOND, _THIRD),
        "overtaken": submitted("One is sent.", _SECOND, _THIRD),
        "accepted_as_modified": submitted(_FIRST, "One is read.", _THIRD),
    }
    with acting(supporter):
        services.amendment_cosponsor(actor=supporter, amendment=found["submitted"])
    do(services.amendment_consider, found["under_consideration"], decider)
    do(services.amendment_reject, found["rejected"], decider, reason="No.")
    do(services.amendment_withdraw, found["withdrawn"], head)
    do(services.amendment_accept, found["accepted"], decider)
    do(
        services.amendment_accept_as_modified,
        found["accepted_as_modified"],
        decider,
        base=base,
        body=f"{_FIRST}\n\nOne is noted.\n\n{_THIRD}\n",
    )
    proposals = AmendmentProposal.objects.filter(amendment=found["submitted"])
    rows = {f"amendment: {state}": row for state, row in found.items()}
    return {
        **{name: Amendment.objects.get(pk=row.pk) for name, row in rows.items()},
        "amendment_proposal: at home": proposals.get(at_home=True),
        "amendment_proposal: public": proposals.get(at_home=False),
        "amendment_cosponsor: ": AmendmentCosponsor.objects.get(amendment=found["submitted"]),
    }


def bodies(world_objects: Mapping[str, Any]) -> Mapping[str, Callable[[], Any]]:
    """Bodies that are right in every respect, by route and method."""
    base = str(Section.objects.get(pk=world_objects["amendment: submitted"].section_id).head)
    return {
        "amendment PATCH": lambda: {"body": "Other words."},
        "amendment-reject POST": lambda: {"reason": "No."},
        "amendment-accept-as-modified POST": lambda: {"base": base, "body": "Other words."},
    }


def of_object(key: str, body: Any, obj: Any) -> Any:
    """The body of a new amendment to a section, on the text that it has."""
    if key == "section-amendments POST" and body is not None:
        head = obj.head if isinstance(obj, Section) else UUID(int=0)
        return {"base": str(head), "body": "Other words.", **body}
    return body


_READING = """
reading client          insufficient_scope
client of another area  insufficient_scope
everyone else           not_drafting_group
"""
_AT_HOME = f"""
                        amend
Serbia reader           drafter_required
Serbia drafter          wrong_state
Serbia head             wrong_state
Serbia head, author     wrong_state
client                  wrong_state
{_READING}"""
_RELEASED = f"""
                        amend
Serbia reader           drafter_required
Serbia drafter          yes
Serbia head             yes
Serbia head, author     yes
Serbia access_manager   drafter_required
Albania reader          drafter_required
Albania drafter         yes
Albania head            yes
Albania access_manager  drafter_required
client                  yes
manager client          drafter_required
reading manager client  insufficient_scope
inactive head           not_authenticated
nobody                  not_authenticated
{_READING}"""

COLUMNS = {
    "section: private": _AT_HOME,
    "section: private child": _AT_HOME,
    "section: released": _RELEASED,
    "section: common": _RELEASED,
    "section: restricted": _RELEASED,
    "section: public": _RELEASED,
    "section: agreed": _RELEASED.replace("yes", "wrong_state"),
    "section: closed": _RELEASED.replace("yes", "wrong_state"),
    "section: deleted": _RELEASED.replace("yes", "deleted"),
    "section: decoy": """
                        amend
Montenegro head         wrong_state
everyone else           not_drafting_group
""",
    "section: decoy released": """
                        amend
Montenegro head         yes
everyone else           not_drafting_group
""",
}
"""What the rules of sections gain."""

_ABILITIES = (
    "view revise delete submit rebase withdraw cosponsor uncosponsor consider accept "
    "accept_as_modified reject"
)
_NOBODY = "everyone else  " + "not_found " * 12


def _row(who: str, *cells: str) -> str:
    return "  ".join((who, *cells))


def _albania(draft: str, pending: str, opened: str) -> list[str]:
    """The proponent's rows. draft, pending, opened: what comes of acts in these states."""
    rest = ("not_co_drafter", "not_cosponsor", *["not_decider"] * 4)
    head = "head_required"
    lacks = "drafter_required"
    return [
        _row("Albania reader", "yes", lacks, lacks, head, lacks, head, *rest),
        _row("Albania drafter", "yes", draft, draft, head, pending, head, *rest),
        _row("Albania head", "yes", draft, draft, draft, pending, opened, *rest),
    ]


def _serbia(opened: str, new: str, *, cosponsors: bool) -> list[str]:
    """The decider's rows. new: what comes of taking it up."""
    others = ("yes", *["not_proponent"] * 5)
    head = "head_required"
    decide = (new, opened, opened, opened)
    leave, left = (head, opened) if cosponsors else ("not_cosponsor", "not_cosponsor")
    drafter = (*others, head, leave, *decide)
    return [
        _row("Serbia reader", *others, head, leave, *["drafter_required"] * 4),
        _row("Serbia drafter", *drafter),
        _row("client", *drafter),
        _row("Serbia head", *others, opened, left, *decide),
        _row("Serbia head, author", *others, opened, left, *decide),
        _row("reading client", "yes", *["insufficient_scope"] * 11),
        _row("client of another area", *["insufficient_scope"] * 12),
    ]


def _table(*rows: str) -> str:
    return "\n".join((_ABILITIES, *rows, _NOBODY))


_NO = "wrong_state"
_ENDED = _table(*_albania(_NO, _NO, _NO), *_serbia(_NO, _NO, cosponsors=False))

_GROUP = """
                        view
Serbia reader           yes
Serbia drafter          yes
Serbia head             yes
Serbia head, author     yes
client                  yes
reading client          yes
client of another area  insufficient_scope
Albania reader          yes
Albania drafter         yes
Albania head            yes
everyone else           not_found
"""

TABLES = {
    "amendment: draft": _table(*_albania("yes", "yes", _NO)),
    "amendment: submitted": _table(
        *_albania(_NO, "yes", "yes"), *_serbia("yes", "yes", cosponsors=True)
    ),
    "amendment: under_consideration": _table(
        *_albania(_NO, "yes", "yes"), *_serbia("yes", _NO, cosponsors=False)
    ),
    **{
        f"amendment: {state}": _ENDED
        for state in ("accepted", "accepted_as_modified", "rejected", "withdrawn", "overtaken")
    },
    "amendment_proposal: at home": """
                        view
Albania reader          yes
Albania drafter         yes
Albania head            yes
everyone else           not_found
""",
    "amendment_proposal: public": _GROUP,
    "amendment_cosponsor: ": _GROUP,
}

_HEADS = "who                     object                        sends    answer"


def _answers(*rows: tuple[str, str, str, str]) -> str:
    lines = [f"{who:<24}{obj:<30}{sends:<9}{told}" for who, obj, sends, told in rows]
    return "\n".join([_HEADS, *lines])


_DRAFT, _SUBMITTED, _REJECTED = "amendment: draft", "amendment: submitted", "amendment: rejected"


def _act(
    good: tuple[str, str],
    *refused: tuple[str, str, str],
    status: str = "200",
    precondition: bool = True,
) -> str:
    """The rows of an act. good: who may, and on what; refused: who, on what, and the answer."""
    who, obj = good
    named = [(who, obj, "no etag", "428 precondition_required")]
    named += [(who, obj, "stale", "412 precondition_failed")]
    return _answers(
        (who, obj, "good", status),
        *(named if precondition else ()),
        (who, obj, "bad", "400 invalid"),
        *((each, on, "good", answer) for each, on, answer in refused),
        ("reading client", _SUBMITTED, "good", "403 insufficient_scope"),
        ("Bulgaria head", _SUBMITTED, "good", "404 not_found"),
        ("granted manage, head", _SUBMITTED, "good", "404 not_found"),
        ("Serbia head", _DRAFT, "good", "404 not_found"),
        (who, "absent", "good", "404 not_found"),
        ("nobody", _SUBMITTED, "good", "401 not_authenticated"),
    )


def _read(drafter: str, some: str, none: str) -> str:
    """The rows of a list below an amendment or section. some, none: what it is asked of."""
    return _answers(
        ("Serbia reader", some, "-", f"200{drafter}"),
        ("Albania reader", some, "-", f"200{drafter}"),
        ("Bulgaria head", some, "-", "404 not_found"),
        ("Serbia head", none, "-", "404 not_found"),
        ("operator", some, "-", "404 not_found"),
        ("Serbia reader", "absent", "-", "404 not_found"),
        ("client of another area", some, "-", "403 insufficient_scope"),
        ("nobody", some, "-", "401 not_authenticated"),
    )


_DECIDE = (
    ("Serbia drafter", _REJECTED, "409 wrong_state"),
    ("Serbia reader", _SUBMITTED, "403 drafter_required"),
    ("Albania head", _SUBMITTED, "403 not_decider"),
)
_SECTIONS = _answers(
    ("Serbia reader", "section: released", "-", "200 none"),
    ("granted read, head", "section: private", "-", "200 none"),
    ("Albania head", "section: private", "-", "404 not_found"),
    ("Serbia reader", "absent", "-", "404 not_found"),
    ("client of another area", "section: released", "-", "403 insufficient_scope"),
    ("nobody", "section: released", "-", "401 not_authenticated"),
)

ROWS = {
    "section-amendments GET": _SECTIONS,
    "section-amendment-conflicts GET": _SECTIONS.replace("200 none", "200"),
    "section-amendments POST": _answers(
        ("Albania drafter", "section: released", "good", "201"),
        ("Serbia drafter", "section: common", "good", "201"),
        ("Albania drafter", "section: released", "bad", "400 invalid"),
        ("Albania reader", "section: released", "good", "403 drafter_required"),
        ("granted draft, drafter", "section: released", "good", "403 not_drafting_group"),
        ("reading client", "section: released", "good", "403 insufficient_scope"),
        ("Serbia drafter", "section: private", "good", "409 wrong_state"),
        ("inactive head", "section: public", "good", "401 invalid_token"),
        ("Albania head", "section: private", "good", "404 not_found"),
        ("Serbia drafter", "absent", "good", "404 not_found"),
        ("nobody", "section: public", "good", "401 not_authenticated"),
        ("nobody", "section: released", "good", "401 not_authenticated"),
    ),
    "amendment GET": _read("", _SUBMITTED, _DRAFT),
    "amendment-proposals GET": _read(" some", _SUBMITTED, _DRAFT),
    "amendment PATCH": _act(
        ("Albania drafter", _DRAFT),
        ("Albania drafter", _SUBMITTED, "409 wrong_state"),
        ("Albania reader", _DRAFT, "403 drafter_required"),
        ("Serbia head", _SUBMITTED, "403 not_proponent"),
    ),
    "amendment DELETE": _act(
        ("Albania drafter", _DRAFT),
        ("Albania drafter", _SUBMITTED, "409 wrong_state"),
        ("Albania reader", _DRAFT, "403 drafter_required"),
        ("Serbia head", _SUBMITTED, "403 not_proponent"),
        status="204",
    ),
    "amendment-submit POST": _act(
        ("Albania head", _DRAFT),
        ("Albania head", _SUBMITTED, "409 wrong_state"),
        ("Albania drafter", _DRAFT, "403 head_required"),
        ("Serbia head", _SUBMITTED, "403 not_proponent"),
    ),
    "amendment-rebase POST": _act(
        ("Albania drafter", _SUBMITTED),
        ("Albania drafter", _REJECTED, "409 wrong_state"),
        ("Albania reader", _SUBMITTED, "403 drafter_required"),
        ("Serbia head", _SUBMITTED, "403 not_proponent"),
    ),
    "amendment-withdraw POST": _act(
        ("Albania head", _SUBMITTED),
        ("Albania head", _DRAFT, "409 wrong_state"),
        ("Albania drafter", _SUBMITTED, "403 head_required"),
        ("Serbia head", _SUBMITTED, "403 not_proponent"),
    ),
    "amendment-cosponsor POST": _act(
        ("Serbia head", "amendment: under_consideration"),
        ("Serbia head", _REJECTED, "409 wrong_state"),
        ("Serbia drafter", _SUBMITTED, "403 head_required"),
        ("Albania head", _SUBMITTED, "403 not_co_drafter"),
        precondition=False,
    ),
    "amendment-uncosponsor POST": _act(
        ("Serbia head", _SUBMITTED),
        ("Serbia drafter", _SUBMITTED, "403 head_required"),
        ("Serbia head", "amendment: under_consideration", "403 not_cosponsor"),
        precondition=False,
    ),
    "amendment-consider POST": _act(("Serbia drafter", _SUBMITTED), *_DECIDE),
    "amendment-accept POST": _act(("Serbia drafter", _SUBMITTED), *_DECIDE),
    "amendment-accept-as-modified POST": _act(("Serbia drafter", _SUBMITTED), *_DECIDE),
    "amendment-reject POST": _act(("Serbia drafter", _SUBMITTED), *_DECIDE),
}
