"""Routes of the document, below /api/v1/."""

from django.urls import path

from .views import docs_page, openapi_json

urlpatterns = [
    path("openapi.json", openapi_json, name="openapi"),
    path("docs", docs_page, name="docs"),
]
