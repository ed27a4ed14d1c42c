"""Who is told which section a text came from."""

from django.db.models import Q

from documents.texts.models import Revision
from platform_api.core.access import visible_condition
from platform_api.core.actor import Actor
from platform_api.core.registry import Protection, registry

from .models import SectionLineage


def _both_seen(actor: Actor) -> Q:
    """Whoever sees the revision that the text came from and the one that it went into."""
    seen = Revision.objects.filter(visible_condition(Revision, actor)).values("pk")
    return Q(source_revision__in=seen, revision__in=seen)


def register() -> None:
    """Tell the access engine of the slice's protected model."""
    registry.protect(
        Protection(
            model=SectionLineage,
            type_name="section_lineage",
            read_scope="documents:read",
            scope_field=None,
            also=_both_seen,
        )
    )
