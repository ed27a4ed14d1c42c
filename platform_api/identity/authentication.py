"""Bearer tokens of service clients and of people's front ends."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from rest_framework.request import Request


class BearerAuthentication(OAuth2Authentication):
    """A valid access token; with client credentials the caller is the client's own account."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        found = super().authenticate(request)
        if found is None:
            return None
        user, token = found
        client = token.application
        if client is None or not client.is_usable(None):
            return None
        user = user or client.user
        if user is None or not user.is_active:
            return None
        return user, token


class BearerScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document describes the tokens."""

    target_class = BearerAuthentication
    name = "oauth2"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        from .scopes import SCOPES

        return {
            "type": "oauth2",
            "description": "Access tokens of service clients and of people's front ends.",
            "flows": {"clientCredentials": {"tokenUrl": "/oauth2/token", "scopes": SCOPES}},
        }
