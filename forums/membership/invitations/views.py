"""Invitations of a seat, and their acceptance."""

from typing import Any, ClassVar

from forums.membership.models import Delegation
from forums.membership.system import membership_actor
from platform_api.core.actor import Role
from platform_api.core.http.pages import Page
from platform_api.core.http.references import referred
from platform_api.core.http.views import Act, ResourceViewSet
from platform_api.core.transaction import acting
from platform_api.identity.models import User

from . import services
from .models import Invitation
from .serializers import (
    AcceptedInvitation,
    InvitationAccept,
    InvitationCreate,
    InvitationDetail,
    InvitationFilter,
)


class InvitationViewSet(ResourceViewSet):
    """Whom a seat has invited, newest first; told to its access managers and to operators."""

    model = Invitation
    representation = InvitationDetail
    detail_route = "invitation"
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="forums:read", query=InvitationFilter, many=True),
        "create": Act(
            ability=None, token_scope="access:manage", input=InvitationCreate, status=201
        ),
        "retrieve": Act(ability="view", token_scope="forums:read"),
        "withdraw": Act(ability="withdraw", token_scope="access:manage", precondition=True),
    }

    def list(self) -> Page:
        return self.paginate(self.get_queryset().filter(**self.query))

    def create(self) -> Invitation:
        given = dict(self.input)
        seat = referred(self.actor, "/delegation", Delegation, pk=given.pop("delegation"))
        role = Role(given.pop("role"))
        return services.invitation_create(actor=self.actor, delegation=seat, role=role, **given)

    def withdraw(self) -> Invitation:
        return services.invitation_withdraw(
            actor=self.actor, invitation=self.object, if_match=self.revision
        )


class InvitationAcceptViewSet(ResourceViewSet):
    """Taking up an invitation, with the token that was mailed."""

    model = Invitation
    representation = AcceptedInvitation
    acts: ClassVar[dict[str, Act]] = {
        "accept": Act(
            ability=None, token_scope="", input=InvitationAccept, status=201, invited=True
        ),
    }

    def get_object(self) -> None:
        return None

    def accept(self) -> dict[str, Any]:
        account = User.objects.get(pk=self.actor.user_id) if self.actor.user_id else None
        system = membership_actor()
        with acting(system):
            made = services.invitation_accept(actor=system, account=account, **self.input)
        return {
            name: getattr(made, name)
            for name in (
                "id", "delegation_id", "user", "role", "guest", "valid_from", "valid_until",
            )
        }  # fmt: skip
