"""Routes of identity: tokens and their discovery at the root, ``/me`` below /api/v1/."""

from django.urls import path
from oauth2_provider.views import RevokeTokenView, TokenView

from .views import MeViewSet, server_metadata

root_urlpatterns = [
    path("oauth2/token", TokenView.as_view(), name="token"),
    path("oauth2/revoke", RevokeTokenView.as_view(), name="revoke-token"),
    path(".well-known/oauth-authorization-server", server_metadata, name="oauth-metadata"),
]

urlpatterns = [path("me", MeViewSet.as_view({"get": "retrieve"}), name="me")]
