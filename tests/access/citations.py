"""Citations in the world of the access tests, and what is expected of them.

Serbia's drafter cites its own instrument at home and in a released section.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from documents.texts.models import Section
from forums.membership.models import Delegation
from tests.factories import CitationFactory


def citation_objects(
    seats: Mapping[str, Delegation], private: Section, released: Section, instrument: Model
) -> dict[str, Model]:
    """The objects by ``type: state``."""
    serbia = seats["Serbia"]
    return {
        "citation: at home": CitationFactory(
            section=private, delegation=serbia, instrument=instrument
        ),
        "citation: released": CitationFactory(
            section=released, delegation=serbia, instrument=instrument
        ),
    }


def bodies(instrument: Model) -> Mapping[str, Callable[[], dict[str, Any]]]:
    """Bodies that are right in every respect, by route and method."""
    return {"section-citations POST": lambda: {"instrument": str(instrument.pk)}}


TABLES = {
    "citation: at home": """
                        view               delete
Serbia reader           yes                drafter_required
Serbia drafter          yes                yes
Serbia head             yes                yes
Serbia head, author     yes                yes
granted read, head      yes                not_writer
granted draft, reader   yes                not_writer
granted draft, drafter  yes                yes
granted manage, head    yes                yes
granted by country      yes                yes
client                  yes                yes
reading client          yes                insufficient_scope
client of another area  insufficient_scope insufficient_scope
everyone else           not_found          not_found
""",
    "citation: released": """
                        view               delete
Serbia reader           yes                drafter_required
Serbia drafter          yes                yes
Serbia head             yes                yes
Serbia head, author     yes                yes
Albania reader          yes                not_writer
Albania drafter         yes                not_writer
Albania head            yes                not_writer
granted read, head      yes                not_writer
granted draft, reader   yes                not_writer
granted draft, drafter  yes                yes
granted manage, head    yes                yes
granted by country      yes                yes
client                  yes                yes
reading client          yes                insufficient_scope
client of another area  insufficient_scope insufficient_scope
everyone else           not_found          not_found
""",
}

_HEAD = "who                     object                 sends    answer\n"

ROWS: dict[str, str] = {
    "section-citations GET": f"""
{_HEAD}\
Serbia reader           section: private       -        200 some
Albania reader          section: released      -        200 some
Albania reader          section: common        -        200 none
Albania head            section: private       -        404 not_found
Serbia reader           section: decoy         -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  section: released      -        403 insufficient_scope
nobody                  section: released      -        401 not_authenticated
""",
    "section-citations POST": f"""
{_HEAD}\
Serbia drafter          section: common        good     201
Serbia drafter          section: common        bad      400 invalid
Albania drafter         section: common        good     201
Serbia reader           section: private       good     403 drafter_required
Albania head            section: released      good     403 not_owner
reading client          section: private       good     403 insufficient_scope
Albania head            section: private       good     404 not_found
Albania head            section: private       bad      404 not_found
Serbia drafter          absent                 good     404 not_found
nobody                  section: private       good     401 not_authenticated
""",
    "citation GET": f"""
{_HEAD}\
Serbia reader           citation: at home      -        200
granted read, head      citation: at home      -        200
Albania reader          citation: released     -        200
Albania head            citation: at home      -        404 not_found
Bulgaria head           citation: released     -        404 not_found
operator                citation: released     -        404 not_found
Serbia access_manager   citation: at home      -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  citation: released     -        403 insufficient_scope
nobody                  citation: released     -        401 not_authenticated
""",
    "citation DELETE": f"""
{_HEAD}\
Serbia drafter          citation: at home      good     204
granted draft, drafter  citation: at home      good     204
Serbia drafter          citation: at home      no etag  428 precondition_required
Serbia drafter          citation: at home      stale    412 precondition_failed
Serbia drafter          citation: at home      bad      400 invalid
Serbia reader           citation: at home      good     403 drafter_required
Albania drafter         citation: released     good     403 not_writer
reading client          citation: at home      good     403 insufficient_scope
Albania head            citation: at home      good     404 not_found
Albania head            citation: at home      no etag  404 not_found
Serbia drafter          absent                 good     404 not_found
nobody                  citation: released     good     401 not_authenticated
""",
}
