from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "platform_api.notifications"
    label = "notifications"

    def ready(self) -> None:
        from . import access

        access.register()
