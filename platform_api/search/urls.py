"""The route of the search, below /api/v1/."""

from django.urls import path

from .views import SearchViewSet

urlpatterns = [path("search", SearchViewSet.as_view({"get": "list"}), name="search")]
