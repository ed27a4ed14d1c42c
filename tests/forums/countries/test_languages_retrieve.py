"""GET /api/v1/languages/{tag}"""

import pytest

from tests.api import ApiClient, api, refused
from tests.factories import ContentLanguageFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_shows_a_language_by_its_tag():
    ContentLanguageFactory(tag="sr-Latn", alphabet=["a", "b", "c", "č"])
    ContentLanguageFactory(tag="sr-Cyrl", script="Cyrl")

    response = api(UserFactory()).get("languages/sr-Latn")

    assert response.status_code == 200
    assert response.json() == {
        "tag": "sr-Latn",
        "names": {"en": "Language sr-Latn"},
        "script": "Latn",
        "alphabet": ["a", "b", "c", "č"],
    }


def test_an_unknown_tag_is_not_found(anonymous: ApiClient):
    ContentLanguageFactory(tag="sr-Latn")

    assert refused(api(UserFactory()).get("languages/sr")) == (404, "not_found")
    assert refused(anonymous.get("languages/sr-Latn")) == (401, "not_authenticated")
