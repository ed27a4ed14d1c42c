from django.apps import AppConfig


class ScenarioConfig(AppConfig):
    name = "platform_api.scenario"
    label = "scenario"
