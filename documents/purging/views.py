"""Purges of what the caller's seats keep."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from django.db.models import QuerySet

from documents.attachments.models import Attachment
from documents.texts.models import Document, Revision, Section
from platform_api.core.http.pages import Page
from platform_api.core.http.references import referred
from platform_api.core.http.views import Act, ResourceViewSet

from . import services
from .access import SCOPE
from .models import Purge
from .serializers import PurgeDetail, PurgeRequest

_OF: Mapping[str, type[Section | Document | Attachment]] = {
    "section": Section,
    "document": Document,
    "attachment": Attachment,
}
"""What a request names to be purged, or to be purged from."""


class PurgeViewSet(ResourceViewSet):
    """What the caller's seats asked to remove, newest first."""

    model = Purge
    representation = PurgeDetail
    detail_route = "purge"
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="documents:read", many=True),
        "create": Act(ability=None, token_scope=SCOPE, input=PurgeRequest, status=201),
        "retrieve": Act(ability="view", token_scope="documents:read"),
        "carry_out": Act(ability="carry_out", token_scope=SCOPE, precondition=True),
        "withdraw": Act(ability="withdraw", token_scope=SCOPE, precondition=True),
    }

    def get_queryset(self) -> QuerySet[Purge]:
        return Purge.objects.visible_to(self.actor).select_related(
            "delegation__country", "delegation__organisation"
        )

    def list(self) -> Page:
        return self.paginate(self.get_queryset())

    def create(self) -> Purge:
        given = self.input
        target = given.get("revision")
        name = next(name for name in _OF if name in given)
        purge = services.purge_request(
            actor=self.actor,
            of=referred(self.actor, f"/{name}", _OF[name], pk=given[name]),
            passage=given.get("passage", ""),
            target=referred(self.actor, "/revision", Revision, pk=target) if target else None,
            reason=given["reason"],
        )
        return self.get_queryset().get(pk=purge.pk)

    def carry_out(self) -> Purge:
        return self._decided(services.purge_carry_out)

    def withdraw(self) -> Purge:
        return self._decided(services.purge_withdraw)

    def _decided(self, decide: Callable[..., Purge]) -> Purge:
        decide(actor=self.actor, purge=self.object, if_match=self.revision)
        return self.get_queryset().get(pk=self.object.pk)
