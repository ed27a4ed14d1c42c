"""Attachments in the world of the access tests, and what is expected of them.

Serbia's drafter attached a file at home, one to a released section, and one to the document;
Montenegro one in the decoy.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from documents.texts.models import Document, Section
from forums.membership.models import Delegation
from tests.factories import AttachmentFactory


def attachment_objects(
    seats: Mapping[str, Delegation], private: Section, released: Section, national: Document
) -> dict[str, Model]:
    """The objects by ``type: state``."""
    serbia = seats["Serbia"]
    return {
        "attachment: at home": AttachmentFactory(to=private, delegation=serbia),
        "attachment: released": AttachmentFactory(to=released, delegation=serbia),
        "attachment: of a document": AttachmentFactory(to=national, delegation=seats["Albania"]),
    }


def _file() -> dict[str, Any]:
    return {"file": SimpleUploadedFile("Notes.txt", b"Words.\n", "text/plain")}


BODIES: Mapping[str, Callable[[], dict[str, Any]]] = {
    "section-attachments POST": _file,
    "document-attachments POST": _file,
}

TABLES = {
    "attachment: at home": """
                        view               delete
Serbia reader           yes                drafter_required
Serbia drafter          yes                yes
Serbia head             yes                yes
Serbia head, author     yes                yes
granted read, head      yes                not_owner
granted draft, reader   yes                not_owner
granted draft, drafter  yes                not_owner
granted manage, head    yes                not_owner
granted by country      yes                not_owner
client                  yes                yes
reading client          yes                insufficient_scope
client of another area  insufficient_scope insufficient_scope
everyone else           not_found          not_found
""",
    "attachment: released": """
                        view               delete
Serbia reader           yes                drafter_required
Serbia drafter          yes                yes
Serbia head             yes                yes
Serbia head, author     yes                yes
Albania reader          yes                not_owner
Albania drafter         yes                not_owner
Albania head            yes                not_owner
granted read, head      yes                not_owner
granted draft, reader   yes                not_owner
granted draft, drafter  yes                not_owner
granted manage, head    yes                not_owner
granted by country      yes                not_owner
client                  yes                yes
reading client          yes                insufficient_scope
client of another area  insufficient_scope insufficient_scope
everyone else           not_found          not_found
""",
    # Albania attached it to what is Serbia's.
    "attachment: of a document": """
                        view               delete
Serbia reader           yes                drafter_required
Serbia drafter          yes                yes
Serbia head             yes                yes
Serbia head, author     yes                yes
Albania reader          yes                drafter_required
Albania drafter         yes                yes
Albania head            yes                yes
granted read, head      yes                not_owner
granted draft, reader   yes                not_owner
granted draft, drafter  yes                not_owner
granted manage, head    yes                not_owner
granted by country      yes                not_owner
client                  yes                yes
reading client          yes                insufficient_scope
client of another area  insufficient_scope insufficient_scope
everyone else           not_found          not_found
""",
}

_HEAD = "who                     object                    sends    answer\n"
_READ = f"""
{_HEAD}\
Serbia reader           attachment: at home       -        200
granted read, head      attachment: at home       -        200
Albania reader          attachment: released      -        200
Albania reader          attachment: of a document -        200
Albania head            attachment: at home       -        404 not_found
Bulgaria head           attachment: released      -        404 not_found
grant expired, head     attachment: at home       -        404 not_found
operator                attachment: released      -        404 not_found
secretariat head        attachment: of a document -        404 not_found
Serbia access_manager   attachment: at home       -        404 not_found
Serbia reader           absent                    -        404 not_found
client of another area  attachment: released      -        403 insufficient_scope
nobody                  attachment: released      -        401 not_authenticated
"""

ROWS: dict[str, str] = {
    "section-attachments GET": f"""
{_HEAD}\
Serbia reader           section: private          -        200 some
Albania reader          section: released         -        200 some
Albania reader          section: common           -        200 none
Albania head            section: private          -        404 not_found
Serbia reader           section: decoy            -        404 not_found
Serbia reader           absent                    -        404 not_found
client of another area  section: released         -        403 insufficient_scope
nobody                  section: released         -        401 not_authenticated
""",
    "section-attachments POST": f"""
{_HEAD}\
Serbia drafter          section: private          good     201
Albania drafter         section: common           good     201
granted draft, drafter  section: private          good     201
client                  section: released         good     201
Serbia drafter          section: private          bad      400 invalid
Serbia drafter          section: private          -        400 invalid
Serbia reader           section: private          good     403 drafter_required
Albania head            section: released         good     403 not_owner
reading client          section: private          good     403 insufficient_scope
Albania head            section: private          good     404 not_found
Albania head            section: private          bad      404 not_found
Serbia drafter          absent                    good     404 not_found
nobody                  section: private          good     401 not_authenticated
""",
    "document-attachments GET": f"""
{_HEAD}\
Albania reader          document: national        -        200 some
Albania reader          document: common          -        200 none
Bulgaria head           document: national        -        404 not_found
Serbia reader           absent                    -        404 not_found
client of another area  document: national        -        403 insufficient_scope
nobody                  document: national        -        401 not_authenticated
""",
    "document-attachments POST": f"""
{_HEAD}\
Serbia drafter          document: national        good     201
Albania drafter         document: national        good     201
Serbia drafter          document: national        bad      400 invalid
Albania reader          document: national        good     403 drafter_required
granted draft, drafter  document: national        good     403 not_drafting_group
reading client          document: national        good     403 insufficient_scope
Bulgaria head           document: national        good     404 not_found
Serbia drafter          absent                    good     404 not_found
nobody                  document: national        good     401 not_authenticated
""",
    "attachment GET": _READ,
    "attachment-content GET": _READ,
    "attachment DELETE": f"""
{_HEAD}\
Serbia drafter          attachment: at home       good     204
Albania drafter         attachment: of a document good     204
Serbia drafter          attachment: at home       no etag  428 precondition_required
Serbia drafter          attachment: at home       stale    412 precondition_failed
Serbia drafter          attachment: at home       bad      400 invalid
Serbia reader           attachment: at home       good     403 drafter_required
Albania drafter         attachment: released      good     403 not_owner
reading client          attachment: at home       good     403 insufficient_scope
Albania head            attachment: at home       good     404 not_found
Albania head            attachment: at home       no etag  404 not_found
Serbia drafter          absent                    good     404 not_found
nobody                  attachment: released      good     401 not_authenticated
""",
}
