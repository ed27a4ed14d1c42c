"""Reads of organisations: reference data, the same for every authenticated caller."""

from django.db.models import QuerySet

from .models import Organisation


def organisations() -> QuerySet[Organisation]:
    """All organisations with their identifiers and other names."""
    return Organisation.objects.select_related("country", "parent").prefetch_related(
        "identifiers", "aliases"
    )
