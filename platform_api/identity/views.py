"""Who am I, and where tokens come from."""

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from platform_api.core.http.views import Act, ResourceViewSet

from .models import User
from .scopes import SCOPES
from .serializers import Me


class MeViewSet(ResourceViewSet):
    """The caller, its seats, roles and scopes as they are now."""

    model = User
    representation = Me
    acts: ClassVar[dict[str, Act]] = {"retrieve": Act(ability=None, token_scope="")}

    def get_object(self) -> None:
        return None

    def retrieve(self) -> dict[str, Any]:
        actor = self.actor
        return {
            "id": actor.user_id,
            "kind": actor.kind.value,
            "name": actor.name,
            "is_operator": actor.is_operator,
            "seats": [
                {"delegation": seat, "roles": sorted(role.value for role in roles)}
                for seat, roles in sorted(actor.seats.items())
            ],
            "scopes": None if actor.token_scopes is None else sorted(actor.token_scopes),
        }


@csrf_exempt
@require_safe
def server_metadata(request: HttpRequest) -> JsonResponse:
    """OAuth 2.0 Authorization Server Metadata (RFC 8414)."""
    base = settings.PUBLIC_URL
    return JsonResponse(
        {
            "issuer": base,
            "token_endpoint": f"{base}/oauth2/token",
            "revocation_endpoint": f"{base}/oauth2/revoke",
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "revocation_endpoint_auth_methods_supported": [
                "client_secret_basic",
                "client_secret_post",
            ],
            "grant_types_supported": ["client_credentials"],
            "response_types_supported": [],
            "scopes_supported": sorted(SCOPES),
        }
    )
