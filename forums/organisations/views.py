"""Organisations."""

from typing import ClassVar

from django.db.models import QuerySet

from platform_api.core.http.pages import Page, PageSpec
from platform_api.core.http.views import Act, ResourceViewSet

from .models import Organisation
from .selectors import organisations
from .serializers import OrganisationDetail, OrganisationFilter


class OrganisationViewSet(ResourceViewSet):
    """Organisations by their keys."""

    model = Organisation
    representation = OrganisationDetail
    lookup_field = "key"
    lookup_url_kwarg = "key"
    page = PageSpec(order=(("key", False),), id_field="key", id_type=str)
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="forums:read", query=OrganisationFilter, many=True),
        "retrieve": Act(ability="view", token_scope="forums:read"),
    }

    def get_queryset(self) -> QuerySet[Organisation]:
        return organisations()

    def list(self) -> Page:
        return self.paginate(self.get_queryset().filter(**self.query))
