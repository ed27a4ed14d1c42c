"""Routes of the document, below /api/v1/."""

from django.urls import path

from .views import docs_page, openapi_json

urlpatterns = [
    path("openapi.json", openapi_json, name="openapi"),
    path("openapi-3.0.json", openapi_json, {"version": "3.0"}, name="openapi-3.0"),
    path("docs", docs_page, name="docs"),
]
