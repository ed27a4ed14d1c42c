from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "platform_api.search"
    label = "search"

    def ready(self) -> None:
        from platform_api.core.registry import registry

        from .indexing import index

        registry.search_indexer = index
