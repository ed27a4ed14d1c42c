"""Routes of notifications, below /api/v1/."""

from django.urls import path

from .views import NotificationViewSet

urlpatterns = [
    path("me/notifications", NotificationViewSet.as_view({"get": "list"}), name="notifications"),
    path(
        "me/notifications/<uuid:id>",
        NotificationViewSet.as_view({"get": "retrieve"}),
        name="notification",
    ),
    path(
        "me/notifications/<uuid:id>/read",
        NotificationViewSet.as_view({"post": "read"}),
        name="notification-read",
    ),
    path(
        "me/notifications/<uuid:id>/acknowledge",
        NotificationViewSet.as_view({"post": "acknowledge"}),
        name="notification-acknowledge",
    ),
]
