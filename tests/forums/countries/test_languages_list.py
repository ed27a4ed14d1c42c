"""GET /api/v1/languages"""

import pytest

from tests.api import ApiClient, api, queries_of, refused
from tests.factories import ContentLanguageFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_lists_languages_by_tag():
    ContentLanguageFactory(tag="sr-Cyrl", script="Cyrl", alphabet=["а", "б", "в"])
    ContentLanguageFactory(tag="cnr", names={"en": "Montenegrin"}, alphabet=["a", "ś", "ź"])

    response = api(UserFactory()).get("languages")

    assert response.status_code == 200
    assert response.json() == {
        "items": [
            {
                "tag": "cnr",
                "names": {"en": "Montenegrin"},
                "script": "Latn",
                "alphabet": ["a", "ś", "ź"],
                "etag": '"1"',
            },
            {
                "tag": "sr-Cyrl",
                "names": {"en": "Language sr-Cyrl"},
                "script": "Cyrl",
                "alphabet": ["а", "б", "в"],
                "etag": '"1"',
            },
        ],
        "next": None,
        "previous": None,
    }


def test_needs_a_token_and_its_scope(anonymous: ApiClient):
    assert refused(anonymous.get("languages")) == (401, "not_authenticated")
    narrow = api(UserFactory(), scopes=["documents:read"])
    assert refused(narrow.get("languages")) == (403, "insufficient_scope")


def test_takes_as_many_queries_for_many_languages_as_for_one():
    client = api(UserFactory())
    ContentLanguageFactory()
    for_one = queries_of(lambda: client.get("languages"))
    ContentLanguageFactory.create_batch(20)

    assert queries_of(lambda: client.get("languages")) == for_one
