"""Transfers of the caller's seats."""

from collections.abc import Callable
from typing import ClassVar

from django.db.models import QuerySet

from forums.marking.selectors import object_named
from forums.membership.models import Delegation
from platform_api.core.http.pages import Page
from platform_api.core.http.references import referred
from platform_api.core.http.views import Act, ResourceViewSet

from . import services
from .access import SCOPE
from .models import Transfer
from .serializers import TransferDetail, TransferOffer

_PARTIES = tuple(
    f"{side}__{party}" for side in ("giver", "receiver") for party in ("country", "organisation")
)


class TransferViewSet(ResourceViewSet):
    """Offers that the caller's seats made or were made, newest first."""

    model = Transfer
    representation = TransferDetail
    detail_route = "transfer"
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope=SCOPE, many=True),
        "create": Act(ability=None, token_scope=SCOPE, input=TransferOffer, status=201),
        "retrieve": Act(ability="view", token_scope=SCOPE),
        "accept": Act(ability="accept", token_scope=SCOPE, precondition=True),
        "decline": Act(ability="decline", token_scope=SCOPE, precondition=True),
        "withdraw": Act(ability="withdraw", token_scope=SCOPE, precondition=True),
    }

    def get_queryset(self) -> QuerySet[Transfer]:
        return Transfer.objects.visible_to(self.actor).select_related(*_PARTIES)

    def list(self) -> Page:
        return self.paginate(self.get_queryset())

    def create(self) -> Transfer:
        given = self.input
        transfer = services.transfer_offer(
            actor=self.actor,
            obj=object_named(self.actor, given["object"]),
            receiver=referred(self.actor, "/to", Delegation, pk=given["to"]),
            reason=given["reason"],
        )
        return self.get_queryset().get(pk=transfer.pk)

    def accept(self) -> Transfer:
        return self._decided(services.transfer_accept)

    def decline(self) -> Transfer:
        return self._decided(services.transfer_decline)

    def withdraw(self) -> Transfer:
        return self._decided(services.transfer_withdraw)

    def _decided(self, decide: Callable[..., Transfer]) -> Transfer:
        decide(actor=self.actor, transfer=self.object, if_match=self.revision)
        return self.get_queryset().get(pk=self.object.pk)
