"""Routes of the change feed, below /api/v1/."""

from django.urls import path

from .views import EventViewSet

urlpatterns = [path("events", EventViewSet.as_view({"get": "changes"}), name="events")]
