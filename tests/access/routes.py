"""The routes of the API, read from the URL conf."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from platform_api.core.http.acts import Act
from platform_api.core.http.views import ResourceViewSet
from platform_api.core.registry import registry

PREFIX = "api/v1/"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")


@dataclass(frozen=True)
class Route:
    """One path of the API.

    view: its class, None for a plain function. actions: of a class, by method.
    kwargs: name -> converter of what the URL names.
    """

    name: str
    path: str
    view: type[ResourceViewSet] | None
    actions: Mapping[str, str]
    kwargs: Mapping[str, Any]

    @property
    def keys(self) -> list[str]:
        """``name METHOD`` of every method that is mapped; GET alone for a plain function."""
        methods = self.actions if self.view else ("GET",)
        return [f"{self.name} {method}" for method in methods]

    def act(self, method: str) -> Act | None:
        """What the view declares of a method, None where it declares nothing."""
        if self.view is None or method not in self.actions:
            return None
        return self.view.acts.get(self.actions[method])

    @property
    def subject(self) -> str:
        """The protected type of the row that the URL names; empty for none or reference data."""
        if not self.kwargs or self.view is None:
            return ""
        if self.view.lookup_url_kwarg in self.kwargs:
            model = self.view.model
            known = registry.is_protected(model)
            return registry.protection_of(model).type_name if known else ""
        (name,) = self.kwargs
        return registry.protection_named(name.rpartition("_")[0]).type_name

    def url(self, **kwargs: Any) -> str:
        return reverse(self.name, kwargs=kwargs)


def _walk(resolver: URLResolver, prefix: str, kwargs: Mapping[str, Any]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        found = {**kwargs, **pattern.pattern.converters}
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, path, found)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "cls", None)
            actions = {
                method.upper(): action
                for method, action in getattr(pattern.callback, "actions", {}).items()
                if method != "head"
            }
            yield Route(str(pattern.name), path, view, actions, found)


ALL_ROUTES = tuple(_walk(get_resolver(), "", {}))
API_ROUTES = tuple(route for route in ALL_ROUTES if route.path.startswith(PREFIX))
ROUTES = {route.name: route for route in API_ROUTES}
