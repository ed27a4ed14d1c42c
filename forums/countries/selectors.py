"""Reads of countries and languages: reference data, the same for every authenticated caller."""

from django.db.models import QuerySet

from .models import ContentLanguage, Country


def countries() -> QuerySet[Country]:
    """All countries with their other names."""
    return Country.objects.prefetch_related("aliases")


def languages() -> QuerySet[ContentLanguage]:
    """All content languages."""
    return ContentLanguage.objects.all()
