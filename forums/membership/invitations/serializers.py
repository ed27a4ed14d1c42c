"""Shapes of invitations."""

from typing import Any

from rest_framework import serializers

from forums.membership.models import ROLE_CHOICES
from forums.membership.serializers import PersonDetail
from platform_api.core.http.serializers import StrictSerializer


class InvitationCreate(StrictSerializer):
    """An address that is to act for a seat."""

    delegation = serializers.UUIDField(help_text="The seat.")
    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=ROLE_CHOICES)
    guest = serializers.BooleanField(required=False, help_text="For readers only.")
    valid_until = serializers.DateTimeField(
        required=False,
        allow_null=True,
        help_text="Until when the role holds. A guest needs an end, within a year.",
    )
    expires_at = serializers.DateTimeField(
        required=False, help_text="Until when it may be accepted: 14 days, 30 at most."
    )


class InvitationDetail(serializers.Serializer[Any]):
    """An address that was invited to a role at a seat. The link is mailed, and told nowhere."""

    id = serializers.UUIDField()
    delegation = serializers.UUIDField(source="delegation_id")
    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=ROLE_CHOICES)
    guest = serializers.BooleanField()
    valid_until = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    accepted_at = serializers.DateTimeField(allow_null=True)
    delegate = serializers.UUIDField(
        source="delegate_id", allow_null=True, help_text="What its acceptance made."
    )


class InvitationFilter(StrictSerializer):
    """Filters of the list of invitations."""

    delegation = serializers.UUIDField(required=False)
    role = serializers.ChoiceField(choices=ROLE_CHOICES, required=False)


class InvitationAccept(StrictSerializer):
    """The mailed token, and who you are."""

    token = serializers.CharField(max_length=200, help_text="What stands behind `#` in the link.")
    name = serializers.CharField(
        required=False, max_length=200, help_text="Of a person without an account yet."
    )
    password = serializers.CharField(
        required=False,
        max_length=200,
        help_text="Of a person without an account yet; at least 12 characters.",
    )


class AcceptedInvitation(serializers.Serializer[Any]):
    """The seat that you act for from now on."""

    delegate = serializers.UUIDField(source="id")
    delegation = serializers.UUIDField(source="delegation_id")
    user = PersonDetail()
    role = serializers.ChoiceField(choices=ROLE_CHOICES)
    guest = serializers.BooleanField()
    valid_from = serializers.DateTimeField()
    valid_until = serializers.DateTimeField(allow_null=True)

    class Meta:
        model = None
