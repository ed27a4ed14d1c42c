from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "platform_api.core"
    label = "core"
