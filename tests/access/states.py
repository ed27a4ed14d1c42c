"""The states of documents and sections in the access tests.

Beside the tables of what is being drafted, which gain the columns of the transitions here, there
are a document in each further state and a section in each: of the first three, which were opened
to the forum, the forum reads what is released.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from documents.states import services
from documents.texts.models import Document, Section
from forums.membership.models import Delegation
from platform_api.core.transaction import acting
from tests.factories import DocumentFactory, SectionFactory, actor_at

from .tables import beside


def objects(seats: Mapping[str, Delegation]) -> dict[str, Model]:
    """Documents of Serbia's that Albania drafts too, and sections of theirs."""
    serbia = seats["Serbia"]
    group = [seats["Albania"]]

    def move(verb: str, row: Any, **given: Any) -> Any:
        kind = "document" if isinstance(row, Document) else "section"
        actor = actor_at(serbia, "head")
        with acting(actor):
            act = getattr(services, f"{kind}_{verb}")
            return act(actor=actor, **{kind: row}, if_match=row.etag_revision, **given)

    consultation, final, withdrawn, superseded = (
        DocumentFactory(delegation=serbia, drafting_group=group) for _ in range(4)
    )
    found: dict[str, Model] = {}
    for name, document, steps in (
        ("agreed", consultation, ["agree"]),
        ("closed", final, ["agree", "close"]),
    ):
        section = SectionFactory(document=document, released=True)
        for step in steps:
            section = move(step, Section.objects.get(pk=section.pk))
        found[f"section: {name}"] = section
    for document in (consultation, final, withdrawn):
        move("consult", document)
    move("finalise", Document.objects.get(pk=final.pk))
    move("withdraw", Document.objects.get(pk=withdrawn.pk), reason="Overtaken.")
    move("supersede", superseded, by=consultation)
    return {
        **found,
        "document: consultation": consultation,
        "document: final_draft": final,
        "document: withdrawn": withdrawn,
        "document: superseded": superseded,
    }


def bodies(world_objects: Mapping[str, Model]) -> Mapping[str, Callable[[], Any]]:
    """Bodies that are right in every respect, by route and method."""
    successor = str(world_objects["document: common"].pk)
    reason = {"reason": "New facts."}
    return {
        "document-reopen POST": lambda: reason,
        "document-withdraw POST": lambda: reason,
        "document-supersede POST": lambda: {"by": successor},
        "section-reopen POST": lambda: reason,
    }


def of_object(key: str, body: Any, obj: Any, world_objects: Mapping[str, Model]) -> Any:
    """The body for one object: the common document is superseded by another one."""
    if key == "document-supersede POST" and body and obj == world_objects["document: common"]:
        return {"by": str(world_objects["document: consultation"].pk)}
    return body


# -- decisions ----------------------------------------------------------------------------------

_OF_DOCUMENT = """
                        make_version       consult            finalise           reopen             withdraw           supersede
{owner} reader          drafter_required   head_required      head_required      head_required      head_required      head_required
{owner} drafter         {version}          head_required      head_required      head_required      head_required      head_required
{owner} head            {version}          {consult}          {finalise}         {reopen}           {end}              {end}
{further}
reading client          insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
reading manager client  insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
inactive head           not_authenticated  not_authenticated  not_authenticated  not_authenticated  not_authenticated  not_authenticated
nobody                  not_authenticated  not_authenticated  not_authenticated  not_authenticated  not_authenticated  not_authenticated
everyone else           not_owner          not_owner          not_owner          not_owner          not_owner          not_owner
"""
_OF_SERBIA = """\
Serbia head, author     {version}          {consult}          {finalise}         {reopen}           {end}              {end}
Serbia access_manager   drafter_required   head_required      head_required      head_required      head_required      head_required
client                  {version}          head_required      head_required      head_required      head_required      head_required
manager client          drafter_required   head_required      head_required      head_required      head_required      head_required
"""


def _document(owner: str, *allowed: str) -> str:
    """The columns of a document of an owner in a state that allows these."""
    cells = {
        name: "yes" if name in allowed else "wrong_state"
        for name in ("version", "consult", "finalise", "reopen", "end")
    }
    further = _OF_SERBIA.format(**cells).rstrip() if owner == "Serbia" else ""
    return _OF_DOCUMENT.format(owner=owner, further=further, **cells)


_OF_SECTION = """
                        agree              close              reopen
{owner} reader          head_required      head_required      head_required
{owner} drafter         head_required      head_required      head_required
{owner} head            {agree}            {close}            {reopen}
{further}
reading client          insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope
reading manager client  insufficient_scope insufficient_scope insufficient_scope
inactive head           not_authenticated  not_authenticated  not_authenticated
nobody                  not_authenticated  not_authenticated  not_authenticated
everyone else           not_document_owner not_document_owner not_document_owner
"""
_SECTION_OF_SERBIA = """\
Serbia head, author     {agree}            {close}            {reopen}
Serbia access_manager   head_required      head_required      head_required
client                  head_required      head_required      head_required
manager client          head_required      head_required      head_required
"""


def _section(owner: str, *allowed: str, may: str = "yes") -> str:
    """The columns of a section of an owner's document in a state that allows these.

    may: what a document whose text is not written any more answers to them.
    """
    cells = {
        name: may if name in allowed else "wrong_state" for name in ("agree", "close", "reopen")
    }
    further = _SECTION_OF_SERBIA.format(**cells).rstrip() if owner == "Serbia" else ""
    return _OF_SECTION.format(owner=owner, further=further, **cells)


_DRAFTING = ("version", "consult", "end")

COLUMNS: Mapping[str, str] = {
    **{
        f"document: {name}": _document("Serbia", *_DRAFTING)
        for name in ("national", "restricted", "public")
    },
    "document: common": _document("secretariat", *_DRAFTING),
    "document: decoy": _document("Montenegro", *_DRAFTING),
    **{f"section: {name}": _section("Serbia") for name in ("private", "private child")},
    **{
        f"section: {name}": _section("Serbia", "agree")
        for name in ("released", "common", "restricted", "public")
    },
    "section: decoy": _section("Montenegro"),
    "section: decoy released": _section("Montenegro", "agree"),
}
"""What the tables of what is being drafted gain."""

# What the forum reads: who sits there, but for access managers, who are in no ring.
_IN_THE_FORUM = """
                        view               {revise:<18} add_section        {release:<18} manage_access
Serbia reader           yes                drafter_required   drafter_required   {head_required:<18} access_manager_required
Serbia drafter          yes                {written:<18} {added:<18} {head_required:<18} access_manager_required
Serbia head             yes                {written:<18} {added:<18} {released:<18} yes
Serbia head, author     yes                {written:<18} {added:<18} {released:<18} yes
Albania reader          yes                not_owner          {a_reader:<18} {not_owner:<18} not_keeper
Albania drafter         yes                not_owner          {a_drafter:<18} {not_owner:<18} not_keeper
Albania head            yes                not_owner          {a_drafter:<18} {not_owner:<18} not_keeper
Bulgaria reader         yes                not_owner          {other:<18} {not_owner:<18} not_keeper
Bulgaria drafter        yes                not_owner          {other:<18} {not_owner:<18} not_keeper
Bulgaria head           yes                not_owner          {other:<18} {not_owner:<18} not_keeper
observer head           yes                not_owner          {other:<18} {not_owner:<18} not_keeper
secretariat reader      yes                not_owner          {other:<18} {not_owner:<18} not_keeper
secretariat head        yes                not_owner          {other:<18} {not_owner:<18} not_keeper
granted read, head      yes                not_owner          {other:<18} {not_owner:<18} not_keeper
granted draft, reader   yes                not_owner          {other:<18} {not_owner:<18} not_keeper
granted draft, drafter  yes                not_owner          {other:<18} {not_owner:<18} not_keeper
granted manage, head    yes                not_owner          {other:<18} {not_owner:<18} not_keeper
grant expired, head     yes                not_owner          {other:<18} {not_owner:<18} not_keeper
client                  yes                {written:<18} {added:<18} {head_required:<18} access_manager_required
reading client          yes                insufficient_scope insufficient_scope {scope:<18} insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope {scope:<18} insufficient_scope
Serbia access_manager   not_found          not_found          not_found          {not_found:<18} yes
manager client          not_found          not_found          not_found          {not_found:<18} yes
everyone else           not_found          not_found          not_found          {not_found:<18} not_found
"""


def _document_in_the_forum(written: str) -> str:
    return _IN_THE_FORUM.format(
        revise="revise",
        written=written,
        added=written,
        a_reader="drafter_required",
        a_drafter=written,
        other="not_drafting_group",
        **dict.fromkeys(
            ("release", "head_required", "released", "not_owner", "scope", "not_found"), ""
        ),
    )


def _section_in_the_forum(added: str) -> str:
    return _IN_THE_FORUM.format(
        revise="revise",
        release="release",
        written="wrong_state",
        added=added,
        released="wrong_state",
        head_required="head_required",
        scope="insufficient_scope",
        **dict.fromkeys(("a_reader", "a_drafter", "other", "not_owner"), "not_owner"),
        not_found="not_found",
    )


_ENDED_IN_THE_GROUP = """
                        view               revise             add_section        manage_access
Serbia reader           yes                drafter_required   drafter_required   access_manager_required
Serbia drafter          yes                wrong_state        wrong_state        access_manager_required
Serbia head             yes                wrong_state        wrong_state        yes
Serbia head, author     yes                wrong_state        wrong_state        yes
Albania reader          yes                not_owner          drafter_required   not_keeper
Albania drafter         yes                not_owner          wrong_state        not_keeper
Albania head            yes                not_owner          wrong_state        not_keeper
client                  yes                wrong_state        wrong_state        access_manager_required
reading client          yes                insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          yes
manager client          not_found          not_found          not_found          yes
everyone else           not_found          not_found          not_found          not_found
"""

TABLES: Mapping[str, str] = {
    "document: consultation": beside(
        _document_in_the_forum("yes"), _document("Serbia", "version", "finalise", "reopen", "end")
    ),
    "document: final_draft": beside(
        _document_in_the_forum("wrong_state"), _document("Serbia", "version", "reopen", "end")
    ),
    "document: withdrawn": beside(_document_in_the_forum("wrong_state"), _document("Serbia")),
    "document: superseded": beside(_ENDED_IN_THE_GROUP, _document("Serbia")),
    "section: agreed": beside(_section_in_the_forum("yes"), _section("Serbia", "close", "reopen")),
    "section: closed": beside(
        _section_in_the_forum("wrong_state"), _section("Serbia", "reopen", may="text_fixed")
    ),
}

# -- answers ------------------------------------------------------------------------------------


def _rows(who: str, good: str, wrong: str, other: str, hidden: str) -> str:
    """The rows of a transition that a head does to an object, and not to one in another state.

    other: the reason of one who sees the object and does not decide on it.
    """
    rows = [
        (who, good, "good", "200"),
        (who, wrong, "good", "409 wrong_state"),
        (who, good, "no etag", "428 precondition_required"),
        (who, good, "stale", "412 precondition_failed"),
        (who, good, "bad", "400 invalid"),
        ("Serbia drafter", good, "no etag", "403 head_required"),
        ("Albania head", good, "good", f"403 {other}"),
        ("reading client", good, "good", "403 insufficient_scope"),
        ("Montenegro head", good, "good", "404 not_found"),
        ("Montenegro head", good, "no etag", "404 not_found"),
        (who, hidden, "good", "404 not_found"),
        (who, "absent", "good", "404 not_found"),
        ("nobody", good, "good", "401 not_authenticated"),
    ]
    lines = [f"{a:<24}{b:<23}{c:<9}{d}" for a, b, c, d in rows]
    return "\n".join(["who                     object                 sends    answer", *lines])


def _of_document(good: str, wrong: str) -> str:
    return _rows(
        "Serbia head", f"document: {good}", f"document: {wrong}", "not_owner", "document: decoy"
    )


def _of_section(good: str, wrong: str) -> str:
    other = "not_document_owner"
    return _rows("Serbia head", f"section: {good}", f"section: {wrong}", other, "section: decoy")


ROWS = {
    "document-consult POST": _of_document("national", "consultation"),
    "document-finalise POST": _of_document("consultation", "national"),
    "document-reopen POST": _of_document("final_draft", "withdrawn"),
    "document-withdraw POST": _of_document("final_draft", "superseded"),
    "document-supersede POST": _of_document("consultation", "withdrawn"),
    "section-agree POST": _of_section("released", "agreed"),
    "section-close POST": _of_section("agreed", "released"),
    "section-reopen POST": _of_section("agreed", "released"),
}

FURTHER: Mapping[str, tuple[str, ...]] = {
    key: ("Serbia drafter", name, "good", "409 wrong_state")
    for key, name in (
        ("document PATCH", "document: final_draft"),
        ("document-sections POST", "document: final_draft"),
        ("document-versions POST", "document: withdrawn"),
        ("section PATCH", "section: agreed"),
        ("section DELETE", "section: agreed"),
        ("section-merge POST", "section: agreed"),
        ("section-move POST", "section: agreed"),
        ("section-split POST", "section: agreed"),
        ("section-join POST", "section: agreed"),
        ("section-attachments POST", "section: agreed"),
        ("section-citations POST", "section: agreed"),
        ("document-attachments POST", "document: final_draft"),
    )
} | {"section-reopen POST": ("Serbia head", "section: closed", "good", "409 text_fixed")}
"""Rows that the answers of other routes gain."""
