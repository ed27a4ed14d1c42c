"""Routes of the policies app, below /api/v1/."""

from django.urls import path

from policies.instruments.views import (
    InstrumentStatusViewSet,
    InstrumentViewSet,
    StatusEventViewSet,
)
from policies.practices.exchange_views import (
    AdaptationViewSet,
    PracticeLineageViewSet,
    PracticeShareEndViewSet,
    PracticeShareViewSet,
)
from policies.practices.views import (
    PracticeDraftViewSet,
    PracticeVersionViewSet,
    PracticeViewSet,
    PublishedVersionsViewSet,
)

urlpatterns = [
    path(
        "instruments",
        InstrumentViewSet.as_view({"get": "list", "post": "create"}),
        name="instruments",
    ),
    path(
        "instruments/<uuid:id>",
        InstrumentViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="instrument",
    ),
    path(
        "instruments/<uuid:id>/status",
        InstrumentStatusViewSet.as_view({"get": "retrieve"}),
        name="instrument-status",
    ),
    path(
        "instruments/<uuid:instrument_id>/status-events",
        StatusEventViewSet.as_view({"get": "list", "post": "create"}),
        name="instrument-status-events",
    ),
    path("practices", PracticeViewSet.as_view({"get": "list", "post": "create"}), name="practices"),
    path("practices/<uuid:id>", PracticeViewSet.as_view({"get": "retrieve"}), name="practice"),
    path(
        "practices/<uuid:id>/draft",
        PracticeDraftViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="practice-draft",
    ),
    path(
        "practices/<uuid:id>/publish",
        PracticeDraftViewSet.as_view({"post": "publish"}),
        name="practice-publish",
    ),
    path(
        "practices/<uuid:id>/withdraw",
        PracticeViewSet.as_view({"post": "withdraw"}),
        name="practice-withdraw",
    ),
    path(
        "practices/<uuid:practice_id>/versions",
        PublishedVersionsViewSet.as_view({"get": "list"}),
        name="practice-versions",
    ),
    path(
        "practice-versions/<uuid:id>",
        PracticeVersionViewSet.as_view({"get": "retrieve"}),
        name="practice-version",
    ),
    path(
        "practices/<uuid:practice_id>/shares",
        PracticeShareViewSet.as_view({"get": "list", "post": "create"}),
        name="practice-shares",
    ),
    path(
        "practices/<uuid:practice_id>/shares/end",
        PracticeShareEndViewSet.as_view({"post": "end"}),
        name="practice-share-end",
    ),
    path(
        "practices/<uuid:practice_id>/adaptations",
        AdaptationViewSet.as_view({"get": "list", "post": "create"}),
        name="practice-adaptations",
    ),
    path(
        "practices/<uuid:practice_id>/lineage",
        PracticeLineageViewSet.as_view({"get": "retrieve"}),
        name="practice-lineage",
    ),
]
