"""Countries and content languages."""

from typing import ClassVar

from django.db.models import QuerySet

from platform_api.core.http.pages import Page, PageSpec
from platform_api.core.http.views import Act, ResourceViewSet

from .models import ContentLanguage, Country
from .selectors import countries, languages
from .serializers import CountryDetail, LanguageDetail


class CountryViewSet(ResourceViewSet):
    """Countries by their ISO 3166-1 alpha-2 codes."""

    model = Country
    representation = CountryDetail
    lookup_field = "code"
    lookup_url_kwarg = "code"
    page = PageSpec(order=(("code", False),), id_field="code", id_type=str)
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="forums:read", many=True),
        "retrieve": Act(ability="view", token_scope="forums:read"),
    }

    def get_queryset(self) -> QuerySet[Country]:
        return countries()

    def list(self) -> Page:
        return self.paginate(self.get_queryset())


class LanguageViewSet(ResourceViewSet):
    """Content languages by their BCP 47 tags."""

    model = ContentLanguage
    representation = LanguageDetail
    lookup_field = "tag"
    lookup_url_kwarg = "tag"
    page = PageSpec(order=(("tag", False),), id_field="tag", id_type=str)
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="forums:read", many=True),
        "retrieve": Act(ability="view", token_scope="forums:read"),
    }

    def get_queryset(self) -> QuerySet[ContentLanguage]:
        return languages()

    def list(self) -> Page:
        return self.paginate(self.get_queryset())
