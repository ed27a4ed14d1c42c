"""Tree acts and tombstones in the access tests.

Serbia split a common section of its national document, and deleted another; beside them stands
what it split at home.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db.models import Model

from documents.structure.models import SectionLineage
from documents.structure.services import section_delete, section_split
from documents.texts.models import Document, Section
from platform_api.core.service import writing
from platform_api.core.transaction import acting
from tests.factories import SectionFactory, actor_at

from .tables import DEFAULT


def objects(national: Document) -> dict[str, Model]:
    """The tombstone, and the lineage of what was split in public and at home."""
    serbia = national.owner_delegation
    assert serbia is not None
    drafter = actor_at(serbia)
    deleted = SectionFactory(document=national, common=True)
    common = SectionFactory(document=national, common=True, body="One.\n\nTwo.")
    private = SectionFactory(document=national, body="One.\n\nTwo.")
    with acting(drafter):
        section_delete(actor=drafter, section=deleted, if_match="1")
        for section in (common, private):
            section_split(
                actor=drafter,
                section=section,
                if_match=section.etag_revision,
                at=6,
                title="Second part",
            )
    return {
        "section: deleted": Section.objects.get(pk=deleted.pk),
        "section_lineage: public": SectionLineage.objects.get(source=common),
        "section_lineage: at home": SectionLineage.objects.get(source=private),
    }


OF_THE_SECTION = ("section-split POST", "section-join POST")
"""Routes whose body follows from the section."""


def bodies(section: Any) -> dict[str, Any]:
    """Bodies that are right in every respect for one section, by route and method.

    Its text is given two blocks, and a section just like it put behind it.
    """
    if not isinstance(section, Section):
        return {}
    twin = Section.objects.get(pk=section.pk)
    twin.pk, twin.rank, twin.deleted_at = uuid4(), f"{twin.rank}1", None
    with writing():
        Section.objects.filter(pk=section.pk).update(body="One.\n\nTwo.")
        twin.save(force_insert=True)
    return {
        "section-split POST": {"at": 6, "title": "Second part"},
        "section-join POST": {"with": str(twin.pk), "revision": twin.etag_revision},
    }


_AT_REST = ("section: agreed", "section: closed")


def with_tree_acts(tables: Mapping[str, str]) -> dict[str, str]:
    """The tables of sections with the columns of the tree acts.

    Who adds below a section rearranges it, by the same rule; none of these is a tombstone.
    """
    return {name: _widened(table, rests=name in _AT_REST) if name.startswith("section: ") else table
            for name, table in tables.items()}  # fmt: skip


def _widened(table: str, *, rests: bool) -> str:
    first, *rest = [line for line in table.splitlines() if line.strip()]
    abilities = first.split()
    if "restructure" in abilities:
        return table
    lines = [f"{first} restructure restore"]
    for line in rest:
        cell = line.split()[-len(abilities) :][abilities.index("add_section")]
        may = cell in ("yes", "wrong_state")
        moved = "wrong_state" if may and rests else cell
        lines.append(f"{line} {moved} {'not_deleted' if may else cell}")
    return "\n".join(lines)


TABLES: dict[str, str] = {
    # Common, and deleted: it is read as before, and written by nobody.
    "section: deleted": f"""
                        view      revise    add_section release   restructure restore manage_access
Serbia reader           yes drafter_required drafter_required head_required drafter_required drafter_required access_manager_required
Serbia drafter          yes deleted deleted head_required deleted yes access_manager_required
Serbia head             yes deleted deleted deleted deleted yes yes
Serbia head, author     yes deleted deleted deleted deleted yes yes
Albania reader          yes drafter_required drafter_required head_required drafter_required drafter_required not_keeper
Albania drafter         yes deleted deleted head_required deleted yes not_keeper
Albania head            yes deleted deleted deleted deleted yes not_keeper
granted read, head      yes not_owner not_owner not_owner not_owner not_owner not_keeper
granted draft, reader   yes not_owner not_owner not_owner not_owner not_owner not_keeper
granted draft, drafter  yes not_owner not_owner not_owner not_owner not_owner not_keeper
granted manage, head    yes not_owner not_owner not_owner not_owner not_owner not_keeper
granted by country      yes not_owner not_owner not_owner not_owner not_owner not_keeper
client                  yes deleted deleted head_required deleted yes access_manager_required
reading client          yes insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found not_found not_found not_found not_found not_found yes
manager client          not_found not_found not_found not_found not_found not_found yes
{DEFAULT}           not_found not_found not_found not_found not_found not_found not_found
""",  # noqa: E501
    # Read by whoever reads both sections.
    "section_lineage: public": """
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
""",
    "section_lineage: at home": """
                        view
Serbia reader           yes
Serbia drafter          yes
Serbia head             yes
Serbia head, author     yes
client                  yes
reading client          yes
client of another area  insufficient_scope
everyone else           not_found
""",
}

_ACT = """
who                     object                 sends    answer
Serbia drafter          section: private       good     {status}
Serbia drafter          section: private       no etag  428 precondition_required
Serbia drafter          section: private       stale    412 precondition_failed
Serbia drafter          section: private       bad      400 invalid
Serbia drafter          section: deleted       good     409 deleted
Serbia reader           section: private       no etag  403 drafter_required
Albania head            section: released      good     403 not_owner
granted manage, head    section: private       good     403 not_owner
reading client          section: private       good     403 insufficient_scope
Albania head            section: private       good     404 not_found
Albania head            section: private       no etag  404 not_found
Bulgaria head           section: released      good     404 not_found
Serbia drafter          absent                 good     404 not_found
nobody                  section: released      good     401 not_authenticated
"""

ROWS = {
    "section-move POST": _ACT.format(status="200"),
    "section-split POST": _ACT.format(status="201"),
    "section-join POST": _ACT.format(status="200"),
    "section DELETE": _ACT.format(status="409 has_children")
    + """
Serbia drafter          section: private child good     200
Albania drafter         section: common        good     409 open_brackets
""",
    "section-restore POST": """
who                     object                 sends    answer
Serbia drafter          section: deleted       good     200
Albania drafter         section: deleted       good     200
Serbia drafter          section: deleted       no etag  428 precondition_required
Serbia drafter          section: deleted       stale    412 precondition_failed
Serbia drafter          section: deleted       bad      400 invalid
Serbia drafter          section: private       good     409 not_deleted
Serbia reader           section: deleted       good     403 drafter_required
granted manage, head    section: deleted       good     403 not_owner
reading client          section: deleted       good     403 insufficient_scope
Bulgaria head           section: deleted       good     404 not_found
Albania head            section: private       good     404 not_found
Serbia drafter          absent                 good     404 not_found
nobody                  section: deleted       good     401 not_authenticated
""",
    "section-lineage GET": """
who                     object                 sends    answer
Serbia reader           section: private       -        200 none
Albania reader          section: released      -        200 none
Albania head            section: private       -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  section: released      -        403 insufficient_scope
nobody                  section: released      -        401 not_authenticated
""",
}
