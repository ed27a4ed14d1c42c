"""The kit's own routes, included at the root."""

from django.urls import path

from .health import live, ready
from .problem_pages import problem_page

urlpatterns = [
    path("health/live", live, name="health-live"),
    path("health/ready", ready, name="health-ready"),
    path("problems", problem_page, name="problems"),
    path("problems/<slug:slug>", problem_page, name="problem"),
]
