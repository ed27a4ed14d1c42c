"""Shapes of transfers."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forums.membership.serializers import SeatReference
from platform_api.core.http.references import ObjectNamed, ObjectShown
from platform_api.core.http.serializers import StrictSerializer

from .models import Transfer, TransferState


class TransferOffer(StrictSerializer):
    """What is offered to which seat, and why."""

    object = ObjectNamed()
    to = serializers.UUIDField(help_text="The delegation that is to own it.")
    reason = serializers.CharField(max_length=500)


class TransferDetail(serializers.ModelSerializer[Transfer]):
    """An offer to hand an object over, and what became of it."""

    object = serializers.SerializerMethodField()
    giver = SeatReference()
    receiver = SeatReference()
    state = serializers.ChoiceField(choices=TransferState.choices)

    class Meta:
        model = Transfer
        fields = [
            "id",
            "object",
            "giver",
            "receiver",
            "reason",
            "state",
            "created_at",
            "decided_at",
        ]

    @extend_schema_field(ObjectShown)
    def get_object(self, transfer: Transfer) -> dict[str, Any]:
        return {"type": transfer.object_type, "id": str(transfer.object_id)}
