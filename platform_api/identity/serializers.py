"""Shapes of identity."""

from typing import Any

from rest_framework import serializers

from platform_api.core.actor import ActorKind, Role

KINDS = [(kind.value, kind.value) for kind in ActorKind]
ROLES = [(role.value, role.value) for role in Role]


class SeatHeld(serializers.Serializer[Any]):
    """A seat that the caller acts for."""

    delegation = serializers.UUIDField()
    roles = serializers.ListField(child=serializers.ChoiceField(choices=ROLES))


class Me(serializers.Serializer[Any]):
    """Who the caller is."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=KINDS)
    name = serializers.CharField()
    is_operator = serializers.BooleanField()
    seats = SeatHeld(many=True)
    scopes = serializers.ListField(
        child=serializers.CharField(),
        allow_null=True,
        help_text="OAuth scopes of this credential; null where it has no such limit.",
    )
