"""Routes of the tree acts."""

from django.urls import URLPattern, path

from .views import SectionLineageViewSet, SectionTreeViewSet

urlpatterns: list[URLPattern] = [
    *(
        path(
            f"sections/<uuid:id>/{verb}",
            SectionTreeViewSet.as_view({"post": verb}),
            name=f"section-{verb}",
        )
        for verb in ("move", "split", "join", "restore")
    ),
    path(
        "sections/<uuid:section_id>/lineage",
        SectionLineageViewSet.as_view({"get": "list"}),
        name="section-lineage",
    ),
]
