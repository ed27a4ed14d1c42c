"""The scenario loads through the services, once."""

from documents.texts.models import Document, Section
from platform_api.scenario.loader import Loader


def test_scenario_loads_and_loading_again_changes_nothing(scenario):
    counts = (Document.objects.count(), Section.objects.count())
    second = Loader(progress=lambda step: None).load(renew_credentials=False)

    assert counts[0] == 1
    assert len(scenario.clients) == 19
    assert second.clients == []
    assert (Document.objects.count(), Section.objects.count()) == counts
